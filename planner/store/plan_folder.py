"""The folder ``plans/WEEK/``: the plan in force, its earlier versions, the manifest to replay it.

Nothing outside this file knows where a version of a plan lies.
"""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ValidationError

from planner import __version__, formats
from planner.district import District
from planner.horizon import Horizon
from planner.i18n.language import SETTINGS
from planner.model import Instance
from planner.plan import Plan, Result
from planner.store.atomic import write_files

PLANS = "plans"
MANIFEST = "manifest.json"
PLAN = "plan.json"
CHANGED = "changed.json"
"""What differs from the tables since the day itself."""

LIBRARIES = ("ortools", "numba", "numpy", "scipy", "osmium", "geopandas", "shapely", "pydantic")

Versions = tuple[Mapping[str, str], ...]


class _Manifest(BaseModel):
    """What is read back of a manifest."""

    inputs: dict[str, str]
    earlier: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """The versions of the plan of one week.

    Attributes
    ----------
    path
        ``plans/WEEK`` of the district folder; need not exist.
    """

    path: Path

    @classmethod
    def of_week(cls, district_folder: Path, week: str) -> "PlanFolder":
        """The folder in which the plan of a week lies."""
        return cls(district_folder / PLANS / week)

    @property
    def week(self) -> str:
        """ISO week, ``2026-W48``."""
        return self.path.name

    @property
    def district_folder(self) -> Path | None:
        """The district folder in which it lies as ``plans/WEEK``, or None."""
        folder = self.path.parent.parent
        lies_in = self.path.parent.name == PLANS and (folder / SETTINGS).exists()
        return folder if lies_in else None

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan."""
        return (self.path / PLAN).exists()

    @property
    def has_changes(self) -> bool:
        """Whether the plan was changed on the day itself, so that the tables no longer hold."""
        return (self.path / CHANGED).exists()

    def read_result(self) -> Result:
        """The plan in force."""
        return formats.read_result(self.path / PLAN)[0]

    def read_changed(self) -> bytes | None:
        """What differs from the tables since the day itself, as `write` takes it."""
        return (self.path / CHANGED).read_bytes() if self.has_changes else None

    def read_plan_if_any(self) -> Plan | None:
        """The plan in force, or None where there is none."""
        return self.read_result().plan if self.has_plan else None

    def with_changes(self, instance: Instance) -> Instance:
        """The instance of the tables, as it is since the day itself."""
        return formats.with_changes(instance, self.path / CHANGED)

    def changed_bytes(self, before: Instance, after: Instance) -> bytes:
        """What differs from the tables by now: between these instances, and since before them."""
        return formats.changed_bytes(before, after, self.path / CHANGED)

    def stale_inputs(self, district: District) -> tuple[str, ...]:
        """Names of input files that are not what they were when the plan was made."""
        manifest = self._manifest()
        if manifest is None:
            return (MANIFEST,)
        before, now = manifest.inputs, dict(district.sources)
        return tuple(sorted(name for name in {*before, *now} if before.get(name) != now.get(name)))

    def write(
        self,
        horizon: Horizon,
        result: Result,
        files: Mapping[str, bytes],
        *,
        replaces_because: str | None = None,
        changed: bytes | None = None,
    ) -> None:
        """Write a version of the plan, whole or not at all; it is then the one in force.

        Parameters
        ----------
        files
            The plan in other forms, by file name.
        replaces_because
            Why it takes the place of the plan in force, which then stays as an earlier version;
            None = this plan is the first one.
        changed
            What differs from the tables since the day itself; None = nothing does.
        """
        old, earlier = ({}, ()) if replaces_because is None else self._archive(replaces_because)
        content = {
            PLAN: formats.plan_bytes(result),
            **files,
            MANIFEST: _manifest_bytes(horizon, result, earlier),
            **old,
        }
        if changed is not None:
            content[CHANGED] = changed
        write_files(self.path, content)
        if changed is None:
            (self.path / CHANGED).unlink(missing_ok=True)

    def _archive(self, because: str) -> tuple[dict[str, bytes], Versions]:
        """The plan in force under the name of an earlier version, and all earlier versions then.

        Nothing of both where there is no plan yet.
        """
        if not self.has_plan:
            return {}, ()
        manifest = self._manifest()
        versions = manifest.earlier if manifest else []
        number = len(versions) + 1
        while (self.path / f"plan-{number}.json").exists():
            number += 1
        name = f"plan-{number}.json"
        versions.append({"file": name, "replaced_because": because})
        return {name: (self.path / PLAN).read_bytes()}, tuple(versions)

    def _manifest(self) -> _Manifest | None:
        """None where there is none that can be read."""
        try:
            return _Manifest.model_validate_json((self.path / MANIFEST).read_bytes())
        except (OSError, ValidationError):
            return None


def _manifest_bytes(horizon: Horizon, result: Result, earlier: Versions) -> bytes:
    district = horizon.district
    manifest = {
        "week": horizon.week,
        "version": len(earlier) + 1,
        "current": PLAN,
        "earlier": [dict(row) for row in earlier],
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
