"""The versions of the plan of a week; docs/versions.md says where they lie.

One small file, ``versions/WEEK/index.json``, says which versions there are and which of their
papers hold; the last of them is in force. Whatever it does not name does not count.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from planner.errors import input_error
from planner.i18n.messages import say
from planner.plan import Plan
from planner.store.atomic import patiently
from planner.store.version import PLAN, PLANS, VERSIONS, Version
from planner.store.working_copy import PATTERNS, earlier_plans

INDEX = "index.json"
LOCK = "lock"
WRITER = "writer.json"
"""Who holds the lock."""

_NUMBER = re.compile(r"[1-9]\d{0,8}")


class Entry(BaseModel):
    """A version in the index.

    Attributes
    ----------
    published
        Whether its papers were written to be sent out.
    papers
        Folder in that of the version, by kind.
    """

    number: Annotated[int, Field(gt=0)]
    published: bool = False
    papers: dict[str, Annotated[str, StringConstraints(pattern=r"^[a-z]+(-\d+)?$")]] = {}


class Index(BaseModel):
    """What ``index.json`` says.

    Attributes
    ----------
    versions
        In the order of their numbers, at least one; the last is in force.
    checked_out
        Whether the usual places, such as ``maps/WEEK``, show it.
    """

    format: Literal["planner-versions/1"] = "planner-versions/1"
    versions: Annotated[tuple[Entry, ...], Field(min_length=1)]
    checked_out: bool


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
    def versions_path(self) -> Path:
        """``versions/WEEK``, where the versions lie, each in a folder named by its number."""
        return self.path.parent.parent / VERSIONS / self.week

    def read_index(self) -> Index | None:
        """The index; None where no version was written yet, or by an older planner.

        Raises
        ------
        InputError
            Where it is damaged.
        """
        path = self.versions_path / INDEX
        try:
            return Index.model_validate_json(patiently(path.read_bytes))
        except FileNotFoundError:
            return None
        except ValidationError:
            raise input_error(
                str(path),
                say("is damaged, so nobody knows which version holds"),
                say("restore it from a copy; or delete it, then plans/WEEK/plan.json holds"),
            ) from None

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions kept, by number; the last is in force."""
        index = self.read_index()
        if index is not None:
            return tuple(map(self._version, index.versions))
        if not (self.path / PLAN).exists():
            return ()
        # As older planners left it: the plan in force, and its papers, lie in the usual places.
        number = max(earlier_plans(self.path), default=0) + 1
        places = {kind: self.path.parent.parent / kind / self.week for kind in PATTERNS}
        return (Version(path=self.path, number=number, papers=places),)

    def _version(self, entry: Entry) -> Version:
        path = self.versions_path / str(entry.number)
        return Version(
            path=path,
            number=entry.number,
            is_published=entry.published,
            papers={kind: path / name for kind, name in entry.papers.items()},
        )

    @property
    def current(self) -> Version | None:
        """The version in force."""
        versions = self.versions
        return versions[-1] if versions else None

    def read_plan_if_any(self) -> Plan | None:
        """The plan in force, or None where there is none."""
        current = self.current
        return current.read_result().plan if current else None

    def edited_plan(self) -> Path | None:
        """``plans/WEEK/plan.json`` where somebody has changed it by hand, else None."""
        index, path, current = self.read_index(), self.path / PLAN, self.current
        if index is None or current is None or not (index.checked_out and path.exists()):
            return None
        return None if path.read_bytes() == (current.path / PLAN).read_bytes() else path

    def is_settled(self) -> bool:
        """Whether the usual places show the version in force, and no killed run left anything."""
        index = self.read_index()
        return (index is None or index.checked_out) and not self.leftovers()

    def numbered(self) -> dict[int, Path]:
        """Folders of versions by number, also of those that the index does not name."""
        paths = self.versions_path.iterdir() if self.versions_path.exists() else ()
        return {int(path.name): path for path in paths if _NUMBER.fullmatch(path.name)}

    def leftovers(self) -> tuple[Path, ...]:
        """Files and folders under ``versions/WEEK`` that the index does not name."""
        index, top = self.read_index(), self.versions_path
        entries = () if index is None else index.versions
        own = {INDEX, LOCK, *(str(entry.number) for entry in entries)}
        if not top.exists():
            return ()
        return (
            *(path for path in sorted(top.iterdir()) if path.name not in own),
            *(
                path
                for entry in entries
                for path in sorted((top / str(entry.number)).glob("*"))
                if path.is_dir() and path.name not in entry.papers.values()
            ),
        )
