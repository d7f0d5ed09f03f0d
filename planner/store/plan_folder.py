"""The files of ``plans/WEEK/``: the plan in every form, and the manifest to replay it."""

import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from planner import __version__, formats
from planner.analysis.summary import summary, summary_lines
from planner.district import District
from planner.horizon import Horizon, unvisited_venues
from planner.plan import Result
from planner.render.geojson import build_geojson
from planner.render.schedule_csv import build_schedule_csv

MANIFEST = "manifest.json"
PLAN = "plan.json"
CHANGED = "changed.json"
"""What is not as the tables say any more, since the day itself."""

LIBRARIES = ("ortools", "numba", "numpy", "scipy", "osmium", "geopandas", "shapely", "pydantic")


def plan_files(
    horizon: Horizon, result: Result, earlier: Sequence[Mapping[str, str]] = ()
) -> dict[str, bytes]:
    """Content of every file of a plan folder, by name; the same result gives the same bytes.

    Parameters
    ----------
    earlier
        Versions of the plan that this one takes the place of, oldest first; see `next_version`.
    """
    left_out = unvisited_venues(horizon, result.plan)
    lines = summary_lines(summary(horizon, result), horizon.district.office.language)
    return {
        PLAN: formats.plan_bytes(result),
        "plan.geojson": build_geojson(horizon, result, left_out).encode(),
        "schedule.csv": build_schedule_csv(horizon, result),
        "summary.txt": "\n".join([*lines, ""]).encode(),
        MANIFEST: _manifest(horizon, result, earlier),
        **formats.instance_files(horizon.instance),
    }


def next_version(
    plan_folder: Path, because: str
) -> tuple[dict[str, bytes], tuple[Mapping[str, str], ...]]:
    """The present plan under the name of an earlier one, and the versions that there are then.

    Nothing of both where there is no plan yet.

    Parameters
    ----------
    because
        Why the plan is replaced, for the manifest.
    """
    try:
        known = json.loads((plan_folder / MANIFEST).read_text(encoding="utf-8"))["earlier"]
        versions = [{str(key): str(value) for key, value in each.items()} for each in known]
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        versions = []
    if not (plan_folder / PLAN).exists():
        return {}, ()
    number = len(versions) + 1
    while (plan_folder / f"plan-{number}.json").exists():
        number += 1
    name = f"plan-{number}.json"
    versions.append({"file": name, "replaced_because": because})
    return {name: (plan_folder / PLAN).read_bytes()}, tuple(versions)


def changed_inputs(plan_folder: Path, district: District) -> tuple[str, ...]:
    """Names of input files that are not what they were when the plan was made."""
    try:
        before = json.loads((plan_folder / MANIFEST).read_text(encoding="utf-8"))["inputs"]
    except (OSError, ValueError, KeyError):
        return (MANIFEST,)
    now = dict(district.sources)
    return tuple(sorted(name for name in {*before, *now} if before.get(name) != now.get(name)))


def _manifest(horizon: Horizon, result: Result, earlier: Sequence[Mapping[str, str]]) -> bytes:
    district = horizon.district
    manifest = {
        "week": horizon.week,
        "version": len(earlier) + 1,
        "current": PLAN,
        "earlier": [dict(each) for each in earlier],
        "solver": result.solver,
        "seed": result.seed,
        "status": result.status,
        "straight_line_estimate": horizon.travel.straight,
        "drafts": [venue.id for venue in horizon.drafts(result.plan)],
        "inputs": dict(sorted(district.sources.items())),
        "settings": district.settings,
        "versions": {
            "planner": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
    }
    return (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()
