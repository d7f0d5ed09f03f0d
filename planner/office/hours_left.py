"""The hours of a week that are left after a change on the day itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from planner.check import violations, with_plan
from planner.district import Venue
from planner.errors import InputError, input_error
from planner.horizon import Horizon
from planner.i18n.messages import Message, say, say_n
from planner.model import Instance, Site, Van
from planner.office.week_plan import WeekPlan, read_version
from planner.plan import withdraw_bounds
from planner.replan.disruption import Disruption
from planner.replan.hours_left import HoursLeft, find_hours_left
from planner.store.plan_folder import PlanFolder
from planner.units import HOUR_S, MINUTE_S, iso_clock


def last_change(plan: WeekPlan) -> Disruption | None:
    """The moment of the last change on the day itself, with the vans that had stopped by then."""
    told = plan.changed_at
    if told is None or plan.source is None:
        return None
    rows = plan.source.stopped_vans()
    return Disruption(
        day=told.date(),
        time_s=told.hour * HOUR_S + told.minute * MINUTE_S,
        without={row.van: row.back for row in rows if not row.records},
        immobile={row.van: row.back for row in rows if row.records},
    )


def look_ahead(plan: WeekPlan) -> WeekPlan:
    """What is left of a plan after its last change on the day itself; where there is none, all."""
    moment = last_change(plan)
    if moment is None:
        return plan
    left = find_hours_left(plan.horizon.instance, plan.plan, moment)
    return replace(
        plan,
        horizon=replace(plan.horizon, instance=left.instance),
        result=withdraw_bounds(with_plan(left.instance, plan.result, left.plan)),
        whole=plan,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWeek:
    """A week that was changed on the day itself, beside what the tables say of it.

    Attributes
    ----------
    plan
        In force, with its past.
    tables
        The instance by the tables.
    """

    plan: WeekPlan
    moment: Disruption
    tables: Instance

    def hours_left(self, horizon: Horizon, closed: frozenset[str] = frozenset()) -> HoursLeft:
        """What is left of the week in a weekend that the tables with some changes make.

        What the changes say counts from the moment on, and beside what has changed on the day.

        Parameters
        ----------
        closed
            Places that the changes close.

        Raises
        ------
        InputError
            Where a place that was visited before is no site of the weekend.
        """
        now, instance = self.plan.horizon.instance, horizon.instance
        before = {route.van_id for route in self.plan.plan.routes}
        gone = tuple(van for van in now.vans if van.id not in instance.van_index)
        visited = self.plan.plan.served().keys() - instance.site_index.keys()
        if visited:
            (first, *_) = sorted(visited)
            what = say("{place} is in the plan, but not in this weekend", place=first)
            raise input_error(
                horizon.week, what, say("compare another change, or use planner replan --dry-run")
            )
        instance = replace(
            instance,
            sites=tuple(_three_way(self.tables.sites, now.sites, site) for site in instance.sites),
            vans=(
                *(_three_way(self.tables.vans, now.vans, van) for van in instance.vans),
                *(van for van in gone if van.id in before),
            ),
        )
        without = {**dict.fromkeys((van.id for van in gone), None), **self.moment.without}
        moment = replace(self.moment, without=without, closed=closed)
        return find_hours_left(instance, self.plan.plan, moment)

    def with_past_vans(self, horizon: Horizon) -> Horizon:
        """A weekend whose district has the vans that drove before, too."""
        vehicles = {vehicle.id: vehicle for vehicle in self.plan.horizon.district.vehicles}
        vehicles |= {vehicle.id: vehicle for vehicle in horizon.district.vehicles}
        district = replace(horizon.district, vehicles=tuple(vehicles.values()))
        return replace(horizon, district=district)


_Row = TypeVar("_Row", Site, Van)


def _three_way(tables: Sequence[_Row], now: Sequence[_Row], changed: _Row) -> _Row:
    """A site or van as it is now, with what a scenario makes otherwise than the tables."""
    was, is_now = (
        next((row for row in rows if row.id == changed.id), changed) for rows in (tables, now)
    )
    differing = {
        each.name: getattr(changed, each.name)
        for each in fields(changed)
        if getattr(changed, each.name) != getattr(was, each.name)
    }
    return replace(is_now, **differing)


def read_changed_week(horizon: Horizon, cache: Path | None = None) -> ChangedWeek | None:
    """The week of a horizon as it is since the day itself.

    None where nothing changed then, and where the plan in force breaks a rule with the tables as
    they are by now.
    """
    folder, week = horizon.district.folder, horizon.week
    version = PlanFolder.of_week(folder, week).current
    if version is None or not version.has_changes:
        return None
    try:
        plan = read_version(horizon.district, week, version, cache=cache)
    except InputError:  # What changed is of a place or a van that is gone.
        return None
    moment = last_change(plan)
    if moment is None or violations(plan.horizon.instance, plan.plan):
        return None
    return ChangedWeek(plan=plan, moment=moment, tables=horizon.instance)


def remarks(plan: WeekPlan, place: Venue | None = None) -> tuple[Message, ...]:
    """What bears on every answer: vans that stopped, and what is past, of a place too."""
    return (*plan.stopped_vans, *_past_remarks(plan, place))


def _past_remarks(plan: WeekPlan, place: Venue | None) -> Iterator[Message]:
    moment = last_change(plan)
    if plan.whole is None or moment is None:
        return
    past = plan.whole.plan.served() - plan.plan.served()
    yield say(
        "looked at is what is left from {day} {clock} on, when the plan was changed; recorded by"
        " stops over or begun: {people}; plans shown may move published hours, which planner replan"
        " keeps first",
        day=moment.day,
        clock=iso_clock(moment.time_s),
        people=say_n("{n} person", "{n} people", past.total()),
    )
    if place is not None and past[place.id]:
        yield say(
            "{name}: {people} recorded by a stop that is over or begun",
            name=place.name,
            people=say_n("{n} person", "{n} people", past[place.id]),
        )
