"""Comparing two plans stop by stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner import formats, inputs
from planner.analysis.itinerary import Itinerary
from planner.analysis.origins import recorded_by_kelurahan
from planner.difference import StopChange, compare_stops
from planner.district import District, Venue
from planner.errors import PlannerError, input_error
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.office.week_plan import changed_horizon
from planner.plan import Plan
from planner.render.change_map import draw_changes
from planner.render.kelurahan_table import kelurahan_rows
from planner.store.atomic import write_files
from planner.store.plan_folder import PlanFolder
from planner.store.version import PLAN, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan in a file.

    Attributes
    ----------
    path
        Of the file, absolute.
    """

    path: Path
    plan: Plan

    @property
    def district(self) -> District | None:
        """The district in whose folder the file lies, read anew; None where it lies in none."""
        folder = Version(path=self.path.parent).district_folder
        return None if folder is None else inputs.read_district(folder)

    def by_kelurahan(self) -> Mapping[str, int]:
        """People recorded who live in each kelurahan, by its code; empty where that is not known.

        So it is where the file lies in no district folder, or the tables have changed too much.
        """
        district = self.district
        if district is None:
            return {}
        version = Version(path=self.path.parent)
        try:
            horizon = changed_horizon(district, version.week, version)
        except PlannerError:
            return {}
        return recorded_by_kelurahan(horizon, self.plan)

    def itinerary(self) -> Itinerary:
        """The plan with the names and drives behind it.

        Raises
        ------
        InputError
            Where the file lies in no district folder.
        """
        district = self.district
        if district is None:
            raise input_error(
                str(self.path),
                say("is not in a district folder, so the places of its stops are unknown"),
                say("use a plan in plans/WEEK of a district folder, or omit --map"),
            )
        version = Version(path=self.path.parent)
        return Itinerary(changed_horizon(district, version.week, version), self.plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """What changed between two plans; those of two weeks are compared weekday by weekday.

    Attributes
    ----------
    venues
        Places of the later plan's district, by id; empty where it lies in none.
    by_kelurahan
        People recorded who live in each kelurahan, by its code, of both plans.
    """

    before: PlanFile
    after: PlanFile
    changes: Sequence[StopChange]
    venues: Mapping[str, Venue]
    by_kelurahan: tuple[Mapping[str, int], Mapping[str, int]]

    def kelurahan_rows(self, words: Words) -> list[list[str]]:
        """A row for each kelurahan; none where one of the plans does not tell."""
        district = self.after.district
        if district is None or not all(self.by_kelurahan):
            return []
        names = words("before"), words("after")
        return kelurahan_rows(district, [*zip(names, self.by_kelurahan, strict=True)], words)


def diff_plans(before: Path, after: Path) -> PlanDifference:
    """The stops kept, moved, cancelled and new between two plans.

    Parameters
    ----------
    before, after
        A ``planner-plan/1`` file, or a folder ``plans/WEEK`` or ``versions/WEEK/NUMBER``.
    """
    old, new = _read(before), _read(after)
    district = new.district
    min_stay_s = district.rates.min_stay_s if district else 0
    return PlanDifference(
        before=old,
        after=new,
        changes=compare_stops(old.plan, new.plan, min_stay_s),
        venues=district.venues_of({**old.plan.served(), **new.plan.served()}) if district else {},
        by_kelurahan=(old.by_kelurahan(), new.by_kelurahan()),
    )


def save_difference(difference: PlanDifference, path: Path) -> None:
    """Write an HTML page with both plans on a map.

    Raises
    ------
    InputError
        Where one of the plans lies in no district folder.
    """
    page = draw_changes(difference.before.itinerary(), difference.after.itinerary())
    write_files(path.parent, {path.name: page.encode()})


def _read(path: Path) -> PlanFile:
    path = path.resolve()
    current = PlanFolder(path).current if path.is_dir() else None
    file = path if current is None else current.path / PLAN
    return PlanFile(path=file, plan=formats.read_result(file)[0].plan)
