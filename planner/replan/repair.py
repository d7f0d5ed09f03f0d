"""A plan that somebody made by hand, repaired with the fewest changes.

A change is a stop that does not stay on its van and date, in its order, with its people. All ways
to leave stops of one route as they are are listed with what they need; an integer program chooses
one for each route. Stops that cannot stay are put back where most people are recorded, if anywhere.
On shortest roads leaving a stop out never makes another impossible, so that no repair changes
fewer stops.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, combinations, compress
from operator import attrgetter, itemgetter

import numpy as np

from planner.check import violations
from planner.difference import VanStop
from planner.model import Instance
from planner.plan import Plan, Route, Stop
from planner.replan.replanning import strike_impossible
from planner.solvers.amounts import min_stop_people, route_visits
from planner.solvers.option_choice import choose_options
from planner.solvers.people_left import PeopleLeft
from planner.solvers.schedule import Visit, is_within_limits, maximise_people, schedule_route
from planner.violation import Violation

VanDay = tuple[str, date]
Visits = tuple[Visit, ...]

StopKey = tuple[VanDay, int]
"""A stop of the given plan: its van-day, and its position there."""

MAX_STOPS = 12
"""Of longer routes not all ways to leave stops as they are are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedStop:
    """A stop that could not stay as it was, and what it has become; None = it is left out."""

    before: VanStop
    after: VanStop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairResult:
    """A plan that keeps all rules.

    Attributes
    ----------
    problems
        Rules that the plan broke before.
    changed_stops
        The stops changed, as few as possible.
    retimed
        Van-days whose stops are the same, at other times.
    proven
        Whether all ways were looked at, so that no repair changes fewer stops on roads where no
        detour is quicker than the direct one.
    """

    plan: Plan
    problems: tuple[Violation, ...]
    changed_stops: tuple[ChangedStop, ...]
    retimed: tuple[VanDay, ...]
    proven: bool


def repair_plan(instance: Instance, plan: Plan) -> RepairResult:
    """The plan with the fewest stops changed so that it keeps all rules.

    Routes that keep the rules stay to the second; stops that stay have their hours where they can.
    """
    given = _stops_by_van_day(plan)
    chosen = _choose_options(instance, given)
    routes = {van_day: option.visits for van_day, option in chosen.items()}
    unkept = [
        (van_day, position)
        for van_day, stops in given.items()
        for position in range(len(stops))
        if van_day not in chosen or position not in chosen[van_day].kept
    ]
    moved_to = _reinsert(instance, given, routes, unkept)
    repaired = _schedule_routes(instance, plan, routes)
    changed = {van_day for van_day, _ in unkept} | {*moved_to.values()}
    return RepairResult(
        plan=repaired,
        problems=violations(instance, plan),
        changed_stops=tuple(
            sorted(
                _changed_stops(given, moved_to, repaired),
                key=attrgetter("before.date", "before.van_id", "before.stop.setup_s"),
            )
        ),
        retimed=tuple(
            (route.van_id, route.date)
            for route in repaired.routes
            if (route.van_id, route.date) not in changed and route not in plan.routes
        ),
        proven=all(len(stops) <= MAX_STOPS for stops in given.values()),
    )


@dataclass(frozen=True, slots=True)
class _RouteOption:
    """Stops of a van-day that are kept as they are, by position, and what the van visits."""

    van_day: VanDay
    kept: tuple[int, ...]
    visits: Visits

    def weighted_people(self, instance: Instance) -> float:
        return sum(instance.sites[site].weight * people for site, people in self.visits)


def _stops_by_van_day(plan: Plan) -> dict[VanDay, list[Stop]]:
    """The stops of each van-day in their order; of two routes those of the earlier first."""
    stops: defaultdict[VanDay, list[Stop]] = defaultdict(list)
    for route in sorted(plan.routes, key=lambda route: (route.date, route.van_id, route.leave_s)):
        stops[route.van_id, route.date].extend(route.stops)
    return dict(stops)


def _route_options(
    instance: Instance, van_day: VanDay, stops: Sequence[Stop]
) -> Iterator[_RouteOption]:
    """Every set of stops that can be kept, the largest first, save none at all."""
    in_instance = [
        position for position, stop in enumerate(stops) if stop.site_id in instance.site_index
    ]
    fewest = 1 if len(in_instance) <= MAX_STOPS else len(in_instance) - 2
    for size in range(len(in_instance), fewest - 1, -1):
        for kept in combinations(in_instance, size):
            visits = tuple(
                (instance.site_index[stops[position].site_id], stops[position].people)
                for position in kept
            )
            if _schedule_allowed(instance, van_day, visits) is not None:
                yield _RouteOption(van_day, kept, visits)


def _schedule_allowed(instance: Instance, van_day: VanDay, visits: Sequence[Visit]) -> Route | None:
    """The route of a van-day with these visits, or None where it breaks a rule of its own."""
    van_id, day = van_day
    van_index = instance.van_index.get(van_id)
    if van_index is None or day not in instance.vans[van_index].shifts:
        return None
    van = instance.vans[van_index]
    if len({site for site, _ in visits}) < len(visits) or not is_within_limits(van, visits):
        return None
    for index, people in visits:
        site = instance.sites[index]
        if van.van_class not in site.classes or not site.least_people <= people <= site.max_people:
            return None
    return schedule_route(instance, van_index, day, visits)


def _choose_options(
    instance: Instance, given: Mapping[VanDay, Sequence[Stop]]
) -> dict[VanDay, _RouteOption]:
    """The option of each van-day that keeps any: most stops kept, then most people at those.

    Each van-day has one option at most, and no more people are recorded than there are.
    """
    options = [
        option
        for van_day, stops in given.items()
        for option in _route_options(instance, van_day, stops)
    ]
    if not options:
        return {}
    columns: list[dict[Hashable, int]] = [
        {option.van_day: 1, **dict(option.visits)} for option in options
    ]
    weighted = np.array([option.weighted_people(instance) for option in options])
    kept = np.array([len(option.kept) for option in options])
    first = 1.0 + weighted.max() * len(given)
    limits: dict[Hashable, int] = dict.fromkeys(given, 1)
    limits.update((index, site.max_people) for index, site in enumerate(instance.sites))
    left = PeopleLeft(instance)
    chosen = choose_options(left, first * kept + weighted, columns, limits, margin=first)
    return {option.van_day: option for option in compress(options, chosen)}


def _reinsert(
    instance: Instance,
    given: Mapping[VanDay, Sequence[Stop]],
    routes: dict[VanDay, Visits],
    unkept: Sequence[StopKey],
) -> dict[StopKey, VanDay | None]:
    """Where stops that cannot stay as they are now are, if anywhere; changes ``routes``.

    Each is put where it records most people, those with most people first.
    """
    moved_to: dict[StopKey, VanDay | None] = {}
    for van_day, position in sorted(unkept, key=lambda key: -given[key[0]][key[1]].people):
        insertion = _best_insertion(instance, routes, van_day, given[van_day][position])
        moved_to[van_day, position] = insertion and insertion[0]
        if insertion is not None:
            routes[insertion[0]] = insertion[1]
    return moved_to


def _best_insertion(
    instance: Instance, routes: Mapping[VanDay, Visits], home: VanDay, stop: Stop
) -> tuple[VanDay, Visits] | None:
    """A van-day and its visits with the stop, where most people are recorded, rather at home."""
    if stop.site_id not in instance.site_index:
        return None
    index, site = instance.site_index[stop.site_id], instance.site(stop.site_id)
    left, least = PeopleLeft(instance), min_stop_people(site)
    left.take(chain.from_iterable(routes.values()))
    most = min(left.at(index), max(stop.people, least))
    insertions = []
    for van_index, day in instance.van_days:
        van = instance.vans[van_index]
        van_day = van.id, day
        visits = routes.get(van_day, ())
        room = most
        if van.max_people is not None:
            room = min(room, van.max_people - sum(people for _, people in visits))
        for position in range(len(visits) + 1):
            before, after = visits[:position], visits[position:]
            tried = (*before, (index, least), *after)
            if room < least or _schedule_allowed(instance, van_day, tried) is None:
                continue
            route = maximise_people(instance, van_index, day, tried, position, room)
            if route is not None:
                people = route.stops[position].people
                preference = people, van_day == home, day == home[1], van.id
                insertions.append((preference, van_day, (*before, (index, people), *after)))
    return max(insertions, key=itemgetter(0))[1:] if insertions else None


def _schedule_routes(instance: Instance, plan: Plan, routes: Mapping[VanDay, Visits]) -> Plan:
    """Routes with these visits; one that keeps the rules as it was given stays to the second."""
    sound = {
        (route.van_id, route.date): route
        for route in plan.routes
        if not violations(instance, Plan(routes=(route,)))
    }
    scheduled = []
    for van_day, visits in routes.items():
        route = sound.get(van_day)
        if route is None or visits != tuple(route_visits(instance, route)):
            route = _at_given_hours(instance, plan, van_day, visits)
            route = route or _schedule_allowed(instance, van_day, visits)
        if route is None:
            raise RuntimeError(f"a repaired route of {van_day} cannot be timed")
        scheduled.append(route)
    return instance.make_plan(scheduled)


def _at_given_hours(
    instance: Instance, plan: Plan, van_day: VanDay, visits: Visits
) -> Route | None:
    """The route with stops at the hours they were given, so that no host need be called."""
    sites = {instance.sites[site].id for site, _ in visits}
    given = tuple(
        replace(route, stops=tuple(stop for stop in route.stops if stop.site_id in sites))
        for route in plan.routes
        if (route.van_id, route.date) == van_day
    )
    if len(given) != 1:
        return None
    for route in strike_impossible(instance, Plan(routes=given)).routes:
        if visits == tuple(route_visits(instance, route)):
            return route
    return None


def _changed_stops(
    given: Mapping[VanDay, Sequence[Stop]],
    moved_to: Mapping[StopKey, VanDay | None],
    plan: Plan,
) -> Iterator[ChangedStop]:
    """What each stop that could not stay is in the new plan."""
    stops = {(route.van_id, route.date, stop.site_id): stop for route, stop in plan.stops()}
    for ((van_id, day), position), now in moved_to.items():
        stop = given[van_id, day][position]
        yield ChangedStop(
            before=VanStop(van_id=van_id, date=day, stop=stop),
            after=now and VanStop(van_id=now[0], date=now[1], stop=stops[*now, stop.site_id]),
        )
