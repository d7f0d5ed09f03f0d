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
from planner.replan.timing import Hours, Known, Label, first_labels, homeward, through
from planner.replan.van_state import Standing
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

    def hours(self, instance: Instance, *, planned: bool) -> Hours:
        """Those of the stops that were planned, or those that were published."""
        site = instance.sites[instance.site_index[self.site_id]]
        if planned:
            from_s = min(stop.serve_s for stop in self.planned)
            until_s = max(stop.packup_s for stop in self.planned)
        else:
            from_s = min(promise.from_s for promise in self.promises)
            until_s = max(promise.until_s for promise in self.promises)
        people = max(1, site.least_people)
        return Hours(site=site, from_s=from_s, until_s=until_s, people=people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What one van-day does: stops in their order, each for the services beside it."""

    standing: Standing
    services: tuple[Service, ...]
    stops: tuple[Stop, ...]
    break_start_s: int | None

    @property
    def van_day(self) -> tuple[int, date]:
        """Index of the van, and the date."""
        return self.standing.van_index, self.standing.date


def services(plan: Plan, promises: Sequence[Promise]) -> tuple[Service, ...]:
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


def chain_of(instance: Instance, standing: Standing, made: Sequence[Service]) -> Chain | None:
    """The van-day that keeps promises in this order, or None where it cannot.

    It serves from the first person to the last that was planned, if it has the time, and else for
    the hours that were published.
    """
    for planned in (True, False):
        labels = first_labels(instance, standing)
        for each in made:
            labels = through(instance, standing, labels, each.hours(instance, planned=planned))
        end = homeward(instance, standing, labels)
        if end is not None:
            return Chain(
                standing=standing,
                services=tuple(made),
                stops=end.stops,
                break_start_s=end.break_start_s,
            )
    return None


def listed(
    instance: Instance,
    standing: Standing,
    offered: Sequence[Service],
    left: Mapping[str, int],
) -> Iterator[tuple[Service, ...]]:
    """Every choice of services that a van-day can do, in their order, save none at all."""
    hours = sorted(
        (
            (each.hours(instance, planned=False), each)
            for each in offered
            if may_do(instance, standing, each, left)
        ),
        key=lambda each: (each[0].from_s, each[0].site.id, each[0].until_s),
    )
    from_s = [asked.from_s for asked, _ in hours]
    drive_s = instance.drive_s.tolist()
    known: Known = {}
    stack = [_Begun.at(instance, standing, len(hours))]
    while stack:
        begun = stack.pop()
        if begun.made and homeward(instance, standing, begun.labels) is not None:
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
            found = through(instance, standing, begun.labels, asked, known)
            if found:
                stack.append(begun.longer(each, asked, found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
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
    def at(cls, instance: Instance, standing: Standing, most: int) -> "_Begun":
        """No services yet, and no more than some."""
        van = standing.van(instance)
        done = sum(stop.people for stop in standing.done)
        return cls(
            made=(),
            labels=first_labels(instance, standing),
            over_s=0,
            stops_left=most if van.max_stops is None else van.max_stops - len(standing.done),
            room=inf if van.max_people is None else van.max_people - done,
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

    def longer(self, service: Service, hours: Hours, labels: list[Label]) -> "_Begun":
        """With one more service."""
        return _Begun(
            made=(*self.made, service),
            labels=labels,
            over_s=hours.until_s,
            stops_left=self.stops_left - 1,
            room=self.room - hours.people,
        )


def may_do(
    instance: Instance, standing: Standing, service: Service, left: Mapping[str, int]
) -> bool:
    """Whether the rules let a van stop there at all on its date."""
    site = instance.sites[instance.site_index[service.site_id]]
    return (
        service.date == standing.date
        and all(stop.site_id != site.id for stop in standing.done)
        and standing.van(instance).van_class in site.classes
        and left[site.id] >= max(1, site.least_people)
    )


def most_served(
    instance: Instance, standing: Standing, stop: Stop, break_start_s: int | None
) -> int:
    """People that can be recorded while a stop serves, the break left out."""
    van = standing.van(instance)
    site = instance.sites[instance.site_index[stop.site_id]]
    serve_s = stop.packup_s - stop.serve_s
    if van.crew_break is not None and break_start_s is not None:
        end_s = break_start_s + van.crew_break.length_s
        serve_s -= max(0, min(end_s, stop.packup_s) - max(break_start_s, stop.serve_s))
    people = people_in(serve_s, site.seconds_per_person, van.kits)
    return site.expected if people is None else people
