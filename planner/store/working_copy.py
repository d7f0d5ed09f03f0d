"""The usual places, such as ``maps/WEEK``, in which people find the version in force."""

import errno
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from planner.store.atomic import move, remove, write_durably
from planner.store.version import CHANGED, MANIFEST, PLAN, PLANS, earlier_plan

PATTERNS = {
    PLANS: (
        *(PLAN, MANIFEST, CHANGED, "plan.geojson", "schedule.csv", "summary.txt"),
        *("instance.json", "drive_s.npy", "drive_m.npy"),
    ),
    "maps": ("map.html",),
    "prints": ("sheet-*.pdf", "sheets.pdf", "sheets-changed.pdf"),
    "public": ("poster-*.png", "text-*.txt", "schedule.*"),
    "office": (
        *("letter*.pdf", "assignment*.pdf", "text-*.txt"),
        *("route-*.gpx", "schedule.xlsx", "plan.gpkg"),
    ),
    "changes": ("changes.*", "message-*.txt", "crew-*.txt"),
}
"""Names of the files of each kind that are written here, and may be taken away."""


_EARLIER = re.compile(r"plan-(\d{1,9})\.json")


def own_files(place: Path, kind: str) -> dict[str, Path]:
    """Files in the usual place of a kind that are the planner's, by name."""
    paths = (path for pattern in PATTERNS[kind] for path in sorted(place.glob(pattern)))
    return {path.name: path for path in paths}


def earlier_plans(place: Path) -> dict[int, Path]:
    """Plans of earlier versions in ``plans/WEEK``, by number; somebody else may have put them."""
    numbers = ((_EARLIER.fullmatch(path.name), path) for path in place.glob("plan-*.json"))
    return dict(sorted((int(match[1]), path) for match, path in numbers if match))


@dataclass
class WorkingCopy:
    """What the usual places should show, and what they show by now.

    Attributes
    ----------
    wanted
        The file that each path is a copy of.
    shown
        Files that are the planner's, and go where they are not wanted.
    """

    wanted: dict[Path, Path] = field(default_factory=dict)
    shown: set[Path] = field(default_factory=set)

    def add_kind(self, place: Path, kind: str, source: Path | None) -> None:
        """Show the files of a folder, or none, in the usual place of their kind."""
        names = sorted(path.name for path in source.iterdir() if path.is_file()) if source else ()
        self.wanted |= {place / name: source / name for name in names if source}
        self.shown |= {*own_files(place, kind).values()}
        self.shown |= {place / name for name in names if (place / name).exists()}

    def add_earlier(self, place: Path, plan_paths: Mapping[int, Path], kept: set[int]) -> None:
        """Show plans of earlier versions in ``plans/WEEK``; a file of somebody else stays."""
        there = earlier_plans(place)
        for number, plan in plan_paths.items():
            path = there.get(number, place / earlier_plan(number))
            if not path.exists() or _same(path, plan):
                self.shown |= {path} & {*there.values()}
                self.wanted |= {path: plan} if number in kept else {}

    def check_out(self, beside: Path) -> None:
        """Make the usual places show what they should; what others put there stays.

        All that is not wanted goes before the first new file comes: where a run is killed in
        between, nobody meets files of two versions side by side.

        Parameters
        ----------
        beside
            A path on the disk of the plans for a file that is not whole yet.
        """
        for path in sorted(self.shown):
            if path not in self.wanted or not _same(path, self.wanted[path]):
                remove(path)
        for place in {path.parent for path in self.shown} - {path.parent for path in self.wanted}:
            with suppress(OSError):  # Somebody else has put something there.
                place.rmdir()
        for path, source in self.wanted.items():
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_durably(beside, source.read_bytes())
                _move(beside, path)


def _move(source: Path, target: Path) -> None:
    try:
        move(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(source, target)  # The usual place lies on another disk than the plans.


def _same(path: Path, other: Path) -> bool:
    return path.read_bytes() == other.read_bytes()
