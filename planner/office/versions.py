"""Listing the versions of plans, and going back to one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planner.district import District
from planner.errors import MissingPlanError
from planner.office.listener import SILENT, Listener
from planner.store.plan_folder import PlanFolder
from planner.store.version import PLANS
from planner.store.week_writer import settle_week, write_week


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A version of the plan of a week.

    Attributes
    ----------
    written
        By the clocks at the office.
    because
        The command that wrote it, and so replaced the one before.
    people
        People recorded by its plan; None where it cannot be read.
    """

    week: str
    number: int
    written: datetime
    because: str
    people: int | None
    is_published: bool
    is_current: bool


def list_versions(district: District, week: str | None = None) -> tuple[PlanVersion, ...]:
    """The versions that are kept, by week and number.

    Parameters
    ----------
    week
        None = of all weeks.

    Raises
    ------
    MissingPlanError
        Where the week has none.
    """
    folders = sorted((district.folder / PLANS).glob("*-W*"))
    weeks = [path.name for path in folders] if week is None else [week]
    versions = tuple(version for each in weeks for version in _versions(district, each))
    if week is not None and not versions:
        raise MissingPlanError(district.folder, week)
    return versions


def restore_version(
    district: District, week: str, number: int, *, listener: Listener = SILENT
) -> Path:
    """The folder ``plans/WEEK``, in which the plan of an earlier version is in force again.

    It is a version of its own; those between are kept.

    Raises
    ------
    InputError
        Where there is no such version.
    """
    with write_week(district, week, f"plan --restore {number}", listener.notice) as writer:
        writer.restore(number)
    return PlanFolder.of_week(district.folder, week).path


def _versions(district: District, week: str) -> Iterator[PlanVersion]:
    settle_week(district, week)
    versions = PlanFolder.of_week(district.folder, week).versions
    for version in versions:
        yield PlanVersion(
            week=week,
            number=version.number,
            written=district.office.clock(version.written),
            because=version.history.because,
            people=version.people,
            is_published=version.is_published,
            is_current=version == versions[-1],
        )
