"""What promises each van can keep, one after the other.

The hours are fixed, so that what a van can keep on a date is a short chain of places in the order
of their hours; all of them are listed.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import inf

from planner.model import Instance
from planner.plan import Plan, Stop
from planner.promise import Promise
from planner.replan.timing import (
    Label,
    PhaseCache,
    ServiceHours,
    best_return,
    extend_labels,
    start_labels,
)
from planner.replan.van_state import VanState
from planner.units import people_in


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Service:
    """Hours at a place that keep one promise, or several at once.

    Attributes
    ----------
    planned
        The stops that were to keep them.
    van_ids
        Vans that were to come.
    """

    promises: tuple[Promise, ...]
    planned: tuple[Stop, ...]
    van_ids: frozenset[str]

    @property
    def site_id(self) -> str:
        """Of the place."""
        return self.promises[0].site_id

    @property
    def date(self) -> date:
        """Of all the promises."""
        return self.promises[0].date

    @property
    def people(self) -> int:
        """People that were to be recorded."""
        return sum(stop.people for stop in self.planned)

    def hours(self, instance: Instance, *, planned: bool) -> ServiceHours:
        """Those of the stops that were planned, or those that were published."""
        site = instance.sites[instance.site_index[self.site_id]]
        if planned:
            from_s = min(stop.serve_s for stop in self.planned)
            until_s = max(stop.packup_s for stop in self.planned)
        else:
            from_s = min(promise.from_s for promise in self.promises)
            until_s = max(promise.until_s for promise in self.promises)
        people = max(1, site.least_people)
        return ServiceHours(site=site, from_s=from_s, until_s=until_s, people=people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What one van-day does: stops in their order, each for the services beside it."""

    van_state: VanState
    services: tuple[Service, ...]
    stops: tuple[Stop, ...]
    break_start_s: int | None

    @property
    def van_day(self) -> tuple[int, date]:
        """Index of the van, and the date."""
        return self.van_state.van_index, self.van_state.date


def build_services(plan: Plan, promises: Sequence[Promise]) -> tuple[Service, ...]:
    """Every way to keep promises by a single stop, by date, place and hour.

    Promises at one place and date can be kept together, by a stop that lasts through all of them.
    """
    wanted = set(promises)
    planned: defaultdict[Promise, list[tuple[str, Stop]]] = defaultdict(list)
    for route, stop in plan.stops():
        for promise in wanted:
            if promise.date == route.date and promise.is_kept_by(stop):
                planned[promise].append((route.van_id, stop))
    at_place: defaultdict[tuple[object, str], list[Promise]] = defaultdict(list)
    for promise in sorted(wanted):
        at_place[promise.date, promise.site_id].append(promise)
    return tuple(
        Service(
            promises=group,
            planned=tuple({stop for promise in group for _, stop in planned[promise]}),
            van_ids=frozenset(van for promise in group for van, _ in planned[promise]),
        )
        for same in at_place.values()
        for size in range(1, len(same) + 1)
        for group in combinations(same, size)
    )


def build_chain(instance: Instance, van_state: VanState, made: Sequence[Service]) -> Chain | None:
    """The van-day that keeps promises in this order, or None where it cannot.

    It serves from the first person to the last that was planned, if it has the time, and else for
    the hours that were published.
    """
    for planned in (True, False):
        labels = start_labels(instance, van_state)
        for each in made:
            labels = extend_labels(
                instance, van_state, labels, each.hours(instance, planned=planned)
            )
        end = best_return(instance, van_state, labels)
        if end is not None:
            return Chain(
                van_state=van_state,
                services=tuple(made),
                stops=end.stops,
                break_start_s=end.break_start_s,
            )
    return None


def enumerate_sequences(
    instance: Instance,
    van_state: VanState,
    offered: Sequence[Service],
    left: Mapping[str, int],
) -> Iterator[tuple[Service, ...]]:
    """Every choice of services that a van-day can do, in their order, save none at all."""
    hours = sorted(
        (
            (each.hours(instance, planned=False), each)
            for each in offered
            if may_serve(instance, van_state, each, left)
        ),
        key=lambda each: (each[0].from_s, each[0].site.id, each[0].until_s),
    )
    from_s = [asked.from_s for asked, _ in hours]
    drive_s = instance.drive_s.tolist()
    known: PhaseCache = {}
    stack = [_PartialChain.at(instance, van_state, len(hours))]
    while stack:
        begun = stack.pop()
        if begun.made and best_return(instance, van_state, begun.labels) is not None:
            yield begun.made
        if not begun.stops_left:
            continue
        drives = None if begun.place is None else drive_s[begun.place]
        ready_s, room = begun.ready_s, begun.room
        # Hours are in order: those that begin too soon are passed over all at once.
        for asked, each in hours[bisect_left(from_s, begun.soonest_s) :]:
            there_s = ready_s + (0 if drives is None else max(0, drives[asked.site.place]))
            if asked.from_s < there_s + asked.site.setup_s or asked.people > room:
                continue
            if any(each.site_id == other.site_id for other in begun.made):
                continue
            found = extend_labels(instance, van_state, begun.labels, asked, known)
            if found:
                stack.append(begun.extend(each, asked, found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _PartialChain:
    """A chain that may get longer.

    Attributes
    ----------
    over_s
        When its last hours end.
    room
        Cards left.
    """

    made: tuple[Service, ...]
    labels: list[Label]
    over_s: int
    stops_left: int
    room: float

    @classmethod
    def at(cls, instance: Instance, van_state: VanState, most: int) -> "_PartialChain":
        """No services yet, and no more than some."""
        van = van_state.van(instance)
        recorded = sum(stop.people for stop in van_state.past_stops)
        return cls(
            made=(),
            labels=start_labels(instance, van_state),
            over_s=0,
            stops_left=most if van.max_stops is None else van.max_stops - len(van_state.past_stops),
            room=inf if van.max_people is None else van.max_people - recorded,
        )

    @property
    def ready_s(self) -> int:
        return min(label.ready_s for label in self.labels)

    @property
    def place(self) -> int | None:
        return self.labels[0].place

    @property
    def soonest_s(self) -> int:
        """No further hours begin before."""
        return max(self.over_s, self.ready_s)

    def extend(self, service: Service, hours: ServiceHours, labels: list[Label]) -> "_PartialChain":
        """With one more service."""
        return _PartialChain(
            made=(*self.made, service),
            labels=labels,
            over_s=hours.until_s,
            stops_left=self.stops_left - 1,
            room=self.room - hours.people,
        )


def may_serve(
    instance: Instance, van_state: VanState, service: Service, left: Mapping[str, int]
) -> bool:
    """Whether the rules let a van stop there at all on its date."""
    site = instance.sites[instance.site_index[service.site_id]]
    return (
        service.date == van_state.date
        and all(stop.site_id != site.id for stop in van_state.past_stops)
        and van_state.van(instance).van_class in site.classes
        and left[site.id] >= max(1, site.least_people)
    )


def stop_capacity(
    instance: Instance, van_state: VanState, stop: Stop, break_start_s: int | None
) -> int:
    """People that can be recorded while a stop serves, the break left out."""
    van = van_state.van(instance)
    site = instance.sites[instance.site_index[stop.site_id]]
    serve_s = stop.packup_s - stop.serve_s
    if van.crew_break is not None and break_start_s is not None:
        end_s = break_start_s + van.crew_break.length_s
        serve_s -= max(0, min(end_s, stop.packup_s) - max(break_start_s, stop.serve_s))
    people = people_in(serve_s, site.seconds_per_person, van.kits)
    return site.expected if people is None else people
