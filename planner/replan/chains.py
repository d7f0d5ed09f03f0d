"""What promises each van can keep, one after the other.

The hours are fixed, so that what a van can keep on a date is a short chain of places in the order
of their hours; all of them are listed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from planner.model import Instance
from planner.plan import Plan, Stop
from planner.promise import Promise
from planner.replan.standing import Standing
from planner.replan.timing import Hours, Label, first_labels, homeward, through
from planner.units import people_in


@dataclass(frozen=True, slots=True, kw_only=True)
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
            if promise.date == route.date and promise.kept_by(stop):
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
    van, drive_s = standing.van(instance), instance.drive_s.tolist()
    stops_left = len(hours) if van.max_stops is None else van.max_stops - len(standing.done)
    people = sum(stop.people for stop in standing.done)
    cards = float("inf") if van.max_people is None else van.max_people - people
    stack: list[tuple[tuple[Service, ...], list[Label], int, float]] = [
        ((), first_labels(instance, standing), 0, cards)
    ]
    while stack:
        made, labels, over_s, room = stack.pop()
        if made and homeward(instance, standing, labels) is not None:
            yield made
        if len(made) >= stops_left:
            continue
        ready_s = min(label.ready_s for label in labels)
        place = labels[0].place
        for asked, each in hours:
            soonest_s = ready_s + asked.site.setup_s
            if place is not None:
                soonest_s += max(0, drive_s[place][asked.site.place])
            if asked.from_s < max(over_s, soonest_s) or asked.people > room:
                continue
            if any(each.site_id == other.site_id for other in made):
                continue
            found = through(instance, standing, labels, asked)
            if found:
                stack.append(((*made, each), found, asked.until_s, room - asked.people))


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
    if van.rest is not None and break_start_s is not None:
        end_s = break_start_s + van.rest.length_s
        serve_s -= max(0, min(end_s, stop.packup_s) - max(break_start_s, stop.serve_s))
    people = people_in(serve_s, site.seconds_per_person, van.kits)
    return site.expected if people is None else people
