"""What promises each van can keep, one after the other.

The hours are fixed, so that what a van can keep on a date is a short chain of places in the order
of their hours; all of them are listed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import inf

from planner.model import NO_ROAD, Instance, Interval
from planner.plan import Plan, Stop
from planner.promise import Promise, match_promises
from planner.replan.remaining_route import RemainingRoute
from planner.replan.van_state import VanState
from planner.solvers.amounts import min_stop_people
from planner.solvers.people_left import PeopleLeft
from planner.solvers.timeline import (
    Label,
    ListPhases,
    StopTask,
    best_return,
    depot_labels,
    extend_labels,
    list_phases,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Service:
    """Hours at a place that keep a promise.

    Attributes
    ----------
    planned_stop
        The stop that was to keep it; None where there was none.
    van_id
        The van that was to come.
    """

    promise: Promise
    planned_stop: Stop | None = None
    van_id: str | None = None

    @property
    def site_id(self) -> str:
        """Of the place."""
        return self.promise.site_id

    @property
    def date(self) -> date:
        """Of the promise."""
        return self.promise.date

    @property
    def people(self) -> int:
        """People that were to be recorded."""
        return self.planned_stop.people if self.planned_stop else 0

    def planned_hours(self) -> Interval:
        """From the first person to the last of the stop that was planned."""
        stop = self.planned_stop
        return (stop.serve_s, stop.packup_s) if stop else self.published_hours()

    def published_hours(self) -> Interval:
        """From the first person to the last, as it was published."""
        return self.promise.from_s, self.promise.until_s

    def task(self, instance: Instance, van_state: VanState, hours: Interval) -> StopTask:
        """What a van must do to keep the promise for the fewest people, from and until hours."""
        site, van = instance.site(self.site_id), van_state.van(instance)
        people = min_stop_people(site)
        return StopTask.build(site, van, self.date, people, from_s=hours[0], until_s=hours[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(RemainingRoute):
    """What one van-day does to keep promises: stops, each for the service beside it."""

    services: tuple[Service, ...]


def build_services(plan: Plan, promises: Sequence[Promise]) -> tuple[Service, ...]:
    """A service for each promise, by date, place and hour."""
    left, services = [*promises], []
    for route in plan.routes:
        stops = ((route.date, stop) for stop in route.stops)
        for promise, stop in match_promises(stops, left, lambda promise: promise):
            left.remove(promise)
            services.append(Service(promise=promise, planned_stop=stop, van_id=route.van_id))
    services += [Service(promise=promise) for promise in left]
    return tuple(sorted(services, key=lambda service: (service.promise, service.van_id or "")))


def may_serve(instance: Instance, van_state: VanState, service: Service, left: PeopleLeft) -> bool:
    """Whether the rules let a van stop there at all on its date."""
    site = instance.site(service.site_id)
    enough = left.at(instance.site_index[site.id]) >= min_stop_people(site)
    return enough and service.date == van_state.date and van_state.may_stop(instance, site)


def build_chain(
    instance: Instance, van_state: VanState, services: Sequence[Service]
) -> Chain | None:
    """The van-day that keeps promises in this order, or None where it cannot.

    It serves from the first person to the last that was planned, if it has the time, and else for
    the hours that were published.
    """
    for hours_of in (Service.planned_hours, Service.published_hours):
        partial = _PartialChain.start(instance, van_state)
        for service in services:
            task = service.task(instance, van_state, hours_of(service))
            partial = partial.extend(service, task, list_phases)
        end = partial.best_return()
        if end is not None:
            return Chain(
                van_state=van_state,
                services=tuple(services),
                stops=end.stops,
                break_start_s=end.break_start_s,
            )
    return None


def enumerate_sequences(
    instance: Instance,
    van_state: VanState,
    services: Sequence[Service],
    left: PeopleLeft,
) -> Iterator[tuple[Service, ...]]:
    """Every choice of services that a van-day can do, in their order, save none at all."""
    options = sorted(
        (
            (service, service.task(instance, van_state, service.published_hours()))
            for service in services
            if may_serve(instance, van_state, service, left)
        ),
        key=lambda option: (option[1].from_s, option[1].site.id, option[1].until_s),
    )
    from_s = [task.from_s for _, task in options]
    drive_s = instance.drive_s.tolist()
    phases_of = cache(list_phases)
    stack = [_PartialChain.start(instance, van_state)]
    while stack:
        partial = stack.pop()
        if partial.services and partial.best_return() is not None:
            yield partial.services
        if not partial.stops_left:
            continue
        drives_s = None if partial.place is None else drive_s[partial.place]
        ready_s = min(label.ready_s for label in partial.labels)
        # Hours are in order: those that begin too soon are passed over all at once.
        for service, task in options[bisect_left(from_s, max(partial.until_s, ready_s)) :]:
            there_s = ready_s + (0 if drives_s is None else max(0, drives_s[task.site.place]))
            if task.from_s < there_s + task.site.setup_s or task.people > partial.cards_left:
                continue
            if any(service.site_id == other.site_id for other in partial.services):
                continue
            longer = partial.extend(service, task, phases_of)
            if longer.labels:
                stack.append(longer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PartialChain:
    """A chain that may get longer.

    Attributes
    ----------
    labels
        None at all where it cannot be kept.
    place
        Where it ends; None = where the van is.
    until_s
        When its last hours end.
    """

    instance: Instance
    van_state: VanState
    services: tuple[Service, ...] = ()
    labels: Sequence[Label]
    place: int | None = None
    until_s: int = 0
    stops_left: float
    cards_left: int

    @classmethod
    def start(cls, instance: Instance, van_state: VanState) -> "_PartialChain":
        """The van where it is; at its depot it may have rested before it leaves."""
        van, free_s = van_state.van(instance), van_state.free_s
        labels = [Label(free_s, free_s, (), van_state.break_start_s)]
        if van_state.leave_s is None and van_state.break_start_s is None:
            # When it leaves is settled last, and breaks no ties.
            at_depot = depot_labels(free_s, van.crew_break)
            labels = [label._replace(leave_s=free_s) for label in at_depot]
        most = inf if van.max_stops is None else van.max_stops
        return cls(
            instance=instance,
            van_state=van_state,
            labels=labels,
            stops_left=most - len(van_state.past_stops),
            cards_left=van_state.cards_left(instance),
        )

    def extend(self, service: Service, task: StopTask, phases_of: ListPhases) -> "_PartialChain":
        """With one more service."""
        place = task.site.place
        if self.place is None:
            drive_s = self.van_state.reach_s(self.instance, place)
            arrive_s = self.van_state.arrive_s(self.instance, place)
        else:
            drive_s, arrive_s = int(self.instance.drive_s[self.place, place]), None
        labels: list[Label] = []
        if drive_s != NO_ROAD:
            labels = extend_labels(
                self.labels, drive_s, task, arrive_s=arrive_s, phases_of=phases_of
            )
        return replace(
            self,
            services=(*self.services, service),
            labels=labels,
            place=place,
            until_s=task.until_s,
            stops_left=self.stops_left - 1,
            cards_left=self.cards_left - task.people,
        )

    def best_return(self) -> Label | None:
        """How its van is home first in its shift, and rested; None where it cannot."""
        if self.place is None:
            return None
        van = self.van_state.van(self.instance)
        drive_s = int(self.instance.drive_s[self.place, self.instance.depot_places[van.end]])
        closing_s = van.shifts[self.van_state.date][1]
        return best_return(self.labels, drive_s, closing_s, van.crew_break)
