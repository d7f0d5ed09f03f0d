"""One version of the plan of a week: a folder that never changes once it is written."""

import json
import platform
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from planner import __version__, formats
from planner.district import District
from planner.errors import InputError
from planner.horizon import Horizon
from planner.i18n.language import is_district
from planner.i18n.messages import say
from planner.model import Instance
from planner.plan import Diversions, Result

PLANS = "plans"
VERSIONS = "versions"
MANIFEST = "manifest.json"
PLAN = "plan.json"
CHANGED = "changed.json"
"""What differs from the tables since the day itself."""

LIBRARIES = ("ortools", "numba", "numpy", "scipy", "osmium", "geopandas", "shapely", "pydantic")


class History(BaseModel):
    """How a version came to be.

    Attributes
    ----------
    version
        Its number; it took the place of the one before it.
    because
        The command that wrote it, such as ``replan --at 2026-11-28T10:15``.
    planned_on
        The version in force when planning began, mostly the one before it.
    current, earlier
        File names in ``plans/WEEK`` of this plan, and of those before it with the command that
        replaced each.
    """

    version: int = 1
    because: str = "plan"
    planned_on: int | None = None
    current: str = PLAN
    earlier: list[dict[str, str]] = []

    def next(self, because: str, planned_on: int | None) -> "History":
        """That of the version after this one."""
        replaced = {"file": earlier_plan(self.version), "replaced_because": because}
        return History(
            version=self.version + 1,
            because=because,
            planned_on=planned_on,
            earlier=[*self.earlier, replaced],
        )


def earlier_plan(number: int) -> str:
    """File name in ``plans/WEEK`` of the plan of an earlier version."""
    return f"plan-{number}.json"


class _Manifest(History):
    """What is read back of a manifest."""

    inputs: dict[str, str]
    people: int | None = None
    assumes_permission: bool = False
    first_date: date | None = None
    tallies: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A plan, its other forms, and the manifest to replay it.

    Attributes
    ----------
    path
        The folder in which its ``plan.json`` lies.
    number
        From 1 on.
    is_published
        Whether its posters, texts and letters were written to be sent out.
    papers
        Folder of each kind of papers drawn from it.
    """

    path: Path
    number: int = 1
    is_published: bool = False
    papers: Mapping[str, Path] = field(default_factory=dict)

    @property
    def district_folder(self) -> Path | None:
        """The district folder in whose ``plans`` or ``versions`` it lies, or None."""
        folder = self._week_folder
        return folder and folder.parent.parent

    @property
    def week(self) -> str:
        """ISO week, ``2026-W48``; empty outside of a district folder."""
        folder = self._week_folder
        return folder.name if folder else ""

    @property
    def _week_folder(self) -> Path | None:
        for path in (self.path, *self.path.parents):
            if path.parent.name in {PLANS, VERSIONS} and is_district(path.parent.parent):
                return path
        return None

    @property
    def has_changes(self) -> bool:
        """Whether the plan was changed on the day itself, so that the tables no longer hold."""
        return (self.path / CHANGED).exists()

    def read_result(self) -> Result:
        """The plan."""
        return formats.read_result(self.path / PLAN)[0]

    def read_changed(self) -> bytes | None:
        """What differs from the tables since the day itself."""
        return (self.path / CHANGED).read_bytes() if self.has_changes else None

    def with_changes(self, instance: Instance) -> Instance:
        """The instance of the tables, as it is since the day itself."""
        return formats.with_changes(instance, self.path / CHANGED)

    def changed_bytes(
        self,
        before: Instance,
        after: Instance,
        stopped: Sequence[formats.StoppedVanRow],
        diversions: Diversions,
    ) -> bytes:
        """What differs from the tables by now: between these instances, and since before them."""
        return formats.changed_bytes(before, after, self.path / CHANGED, stopped, diversions)

    def diversions(self, instance: Instance) -> Diversions:
        """Where vans were that have been sent elsewhere on their way."""
        return formats.read_diversions(instance, self.path / CHANGED)

    def stopped_vans(self) -> tuple[formats.StoppedVanRow, ...]:
        """Vans that do not drive any more, until said otherwise."""
        return formats.stopped_vans(self.path / CHANGED)

    def stale_inputs(self, district: District) -> tuple[str, ...]:
        """Names of input files that are not what they were when the plan was made.

        With the ledger, where by now it tells otherwise of the people before the first date.
        """
        manifest = self._manifest()
        if manifest is None:
            return (MANIFEST,)
        before, now = manifest.inputs, dict(district.sources)
        stale = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
        first = manifest.first_date
        if first and manifest.tallies != _digest_tallies(district, first):
            stale.append(say("tallies in the ledger"))
        return tuple(stale)

    @property
    def assumes_permission(self) -> bool:
        """Whether it counts on permissions that nobody has given."""
        manifest = self._manifest()
        return manifest is not None and manifest.assumes_permission

    @property
    def history(self) -> History:
        """How it came to be, as far as its manifest says."""
        return self._manifest() or History(version=self.number)

    @property
    def people(self) -> int | None:
        """People recorded by its plan; None where it cannot be read."""
        manifest = self._manifest()
        if manifest is not None and manifest.people is not None:
            return manifest.people
        try:
            return self.read_result().people
        except InputError:
            return None

    @property
    def written(self) -> datetime:
        """When it was written: it has not changed since."""
        return datetime.fromtimestamp((self.path / PLAN).stat().st_mtime, UTC)

    @property
    def told_at(self) -> datetime | None:
        """When a replan was told by the clocks at the office; None for other commands."""
        told = re.match(r"replan --at (\S+)", self.history.because)
        return datetime.fromisoformat(told[1]) if told else None

    def read_papers(self, kind: str) -> dict[str, bytes]:
        """Papers of a kind by file name; none where none were drawn."""
        return read_folder(self.papers[kind]) if kind in self.papers else {}

    def files(self) -> dict[str, bytes]:
        """All it is made of but its papers, by file name."""
        return read_folder(self.path)

    def says_the_same(self, files: Mapping[str, bytes]) -> bool:
        """Whether files are those of this version, save for its history and seconds of solving."""
        own = self.files()
        return own.keys() == files.keys() and all(
            _comparable(name, own[name]) == _comparable(name, files[name]) for name in own
        )

    def _manifest(self) -> _Manifest | None:
        """None where there is none that can be read."""
        try:
            return _Manifest.model_validate_json((self.path / MANIFEST).read_bytes())
        except (OSError, ValidationError):
            return None


def read_folder(path: Path) -> dict[str, bytes]:
    """The files in a folder by name; none where there is no folder."""
    paths = sorted(path.iterdir()) if path.is_dir() else ()
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def manifest_bytes(horizon: Horizon, result: Result) -> bytes:
    """What replays a plan: hashes of inputs, settings, seed and versions of programs."""
    district = horizon.district
    return _json_bytes(
        {
            "week": horizon.week,
            "people": horizon.recordings(result.plan).served().total(),
            "assumes_permission": district.assumes_permission,
            "first_date": horizon.first_date.isoformat(),
            "tallies": _digest_tallies(district, horizon.first_date),
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
                **{name: version_of(name) for name in LIBRARIES},
            },
        }
    )


def _digest_tallies(district: District, first: date) -> str:
    """Other for other people recorded, struck off or waiting for a card before a date."""
    people: Counter[tuple[str, str, str]] = Counter()
    for kind, outcomes in (("done", district.outcomes), ("cards", district.cards)):
        for outcome in outcomes:
            if outcome.day < first:
                people[kind, outcome.unit, outcome.school] += outcome.people
    told = sorted((*key, number) for key, number in people.items() if number)
    return sha256(json.dumps(told).encode()).hexdigest() if told else ""


def with_history(manifest: bytes, history: History) -> bytes:
    """A manifest that says how its version came to be, whatever it said before."""
    return _json_bytes(history.model_dump() | _without_history(manifest))


def _without_history(manifest: bytes) -> dict[str, Any]:
    try:
        content = json.loads(manifest)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        return {"inputs": {}}
    return {name: value for name, value in content.items() if name not in History.model_fields}


def _comparable(name: str, content: bytes) -> object:
    if name == MANIFEST:
        return _without_history(content)
    if name == PLAN:
        try:
            return json.loads(content) | {"solve_s": None}
        except (ValueError, RecursionError, TypeError):
            return content
    return content


def _json_bytes(content: object) -> bytes:
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    return text.encode(errors="backslashreplace")  # Half a character is written as it was read.
