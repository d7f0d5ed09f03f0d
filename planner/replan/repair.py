"""A plan that somebody made by hand, mended with the fewest changes.

A change is a stop that does not stay on its van and date, in its order, with its people. All ways
to leave stops of one route as they are are listed with what they need; an integer program chooses
one for each route. Stops that cannot stay are put back where most people are recorded, if anywhere.
On shortest roads leaving a stop out never makes another impossible, so that no repair changes
fewer stops.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan, Route, Stop
from planner.solvers.schedule import Visit, maximise_people, schedule_route
from planner.violation import Violation

VanDay = tuple[str, date]

MOST_STOPS = 12
"""Of longer routes not all ways to leave stops as they are are looked at."""


class RepairAction(StrEnum):
    """What was done to a stop that could not stay as it was."""

    OTHER_PEOPLE = "other people"
    OTHER_PLACE = "moved"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedStop:
    """A stop that was changed.

    Attributes
    ----------
    now
        The van-day and the stop that it has become, or None.
    """

    action: RepairAction
    van_id: str
    date: date
    stop: Stop
    now: tuple[VanDay, Stop] | None


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
    """The plan with the fewest stops changed so that it keeps all rules; times are found anew."""
    given = _by_van_day(plan)
    options = {key: list(_route_options(instance, key, stops)) for key, stops in given.items()}
    chosen = _choose_options(instance, given, options)
    routes = {key: way.visits for key, way in chosen.items() if way.visits}
    gone = [
        (key, position)
        for key, way in chosen.items()
        for position in range(len(given[key]))
        if position not in way.stay
    ]
    changed_stops = _reinsert(instance, given, routes, gone)
    final = _time_routes(instance, plan, routes)
    changed_van_days = {key for key, _ in gone}
    changed_van_days |= {each.now[0] for each in changed_stops if each.now}
    was = {(route.van_id, route.date): route for route in plan.routes}
    return RepairResult(
        plan=final,
        problems=violations(instance, plan),
        changed_stops=tuple(_with_final_stops(changed_stops, final)),
        retimed=tuple(
            (route.van_id, route.date)
            for route in final.routes
            if (route.van_id, route.date) not in changed_van_days
            and route != was.get((route.van_id, route.date))
        ),
        proven=all(len(stops) <= MOST_STOPS for stops in given.values()),
    )


@dataclass(frozen=True, slots=True)
class _RouteOption:
    """Stops of a van-day that stay as they are, by their position, and what the van visits."""

    stay: tuple[int, ...]
    visits: tuple[Visit, ...]


def _by_van_day(plan: Plan) -> dict[VanDay, list[Stop]]:
    """The stops of each van-day in their order; of two routes those of the earlier first."""
    found: defaultdict[VanDay, list[Stop]] = defaultdict(list)
    for route in sorted(plan.routes, key=lambda route: (route.date, route.van_id, route.leave_s)):
        found[route.van_id, route.date].extend(route.stops)
    return dict(found)


def _route_options(
    instance: Instance, key: VanDay, stops: Sequence[Stop]
) -> Iterator[_RouteOption]:
    """Every set of stops that can stay, the largest first."""
    known = [position for position, stop in enumerate(stops) if stop.site_id in instance.site_index]
    yield _RouteOption((), ())
    if key[0] not in instance.van_index:
        return
    fewest = 1 if len(known) <= MOST_STOPS else len(known) - 2
    for size in range(len(known), fewest - 1, -1):
        for stay in combinations(known, size):
            visits = tuple(
                (instance.site_index[stops[position].site_id], stops[position].people)
                for position in stay
            )
            if _time_route(instance, key, visits) is not None:
                yield _RouteOption(stay, visits)


def _time_route(instance: Instance, key: VanDay, visits: Sequence[Visit]) -> Route | None:
    """The route of a van-day with these visits, or None where it breaks a rule of its own."""
    van_index = instance.van_index[key[0]]
    van, sites = instance.vans[van_index], [instance.sites[site] for site, _ in visits]
    people = sum(number for _, number in visits)
    if key[1] not in van.shifts or len({site.id for site in sites}) < len(sites):
        return None
    if van.max_stops is not None and len(visits) > van.max_stops:
        return None
    if van.max_people is not None and people > van.max_people:
        return None
    for site, (_, number) in zip(sites, visits, strict=True):
        if van.van_class not in site.classes or not site.least_people <= number <= site.expected:
            return None
    return schedule_route(instance, van_index, key[1], visits)


def _choose_options(
    instance: Instance,
    given: Mapping[VanDay, Sequence[Stop]],
    options: Mapping[VanDay, list[_RouteOption]],
) -> dict[VanDay, _RouteOption]:
    """A way for each van-day: fewest stops changed, then most people at those that stay."""
    columns = [(key, way) for key, found in options.items() for way in found]
    if not columns:
        return {}
    weighted = np.array([_weighted_people(instance, way) for _, way in columns])
    changed = np.array([len(given[key]) - len(way.stay) for key, way in columns])
    first = 1.0 + weighted.max() * len(options)
    found = milp(
        first * changed - weighted,
        constraints=_packing_rows(instance, list(options), columns),
        integrality=np.ones(len(columns), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise RuntimeError(f"no choice of stops: {found.message}")
    return {key: way for (key, way), taken in zip(columns, found.x, strict=True) if taken > 0.5}


def _weighted_people(instance: Instance, way: _RouteOption) -> float:
    return sum(instance.sites[site].weight * people for site, people in way.visits)


def _packing_rows(
    instance: Instance, van_days: Sequence[VanDay], columns: Sequence[tuple[VanDay, _RouteOption]]
) -> list[LinearConstraint]:
    """Each van-day goes one way, and no more people are recorded than there are."""
    one = np.array([[float(key == other) for key, _ in columns] for other in van_days])
    sites = sorted({site for _, way in columns for site, _ in way.visits})
    if not sites:
        return [LinearConstraint(one, 1, 1)]
    people = np.array(
        [[float(dict(way.visits).get(site, 0)) for _, way in columns] for site in sites]
    )
    expected = np.array([float(instance.sites[site].expected) for site in sites])
    return [LinearConstraint(one, 1, 1), LinearConstraint(people, -np.inf, expected)]


@dataclass(frozen=True, slots=True)
class _Insertion:
    """Where a stop could be put back."""

    key: VanDay
    position: int
    people: int


def _reinsert(
    instance: Instance,
    given: Mapping[VanDay, Sequence[Stop]],
    routes: dict[VanDay, tuple[Visit, ...]],
    gone: Sequence[tuple[VanDay, int]],
) -> list[ChangedStop]:
    """Stops that cannot stay as they are, put where they record most people; changes ``routes``."""
    found = []
    for key, position in sorted(gone, key=lambda each: -given[each[0]][each[1]].people):
        stop = given[key][position]
        place = _best_insertion(instance, routes, key, stop)
        now = None
        action = RepairAction.LEFT_OUT
        if place is not None:
            visit = (instance.site_index[stop.site_id], place.people)
            visits = routes.get(place.key, ())
            routes[place.key] = (*visits[: place.position], visit, *visits[place.position :])
            now = (place.key, stop)
            fewer = place.key == key and place.people != stop.people
            action = RepairAction.OTHER_PEOPLE if fewer else RepairAction.OTHER_PLACE
        found.append(ChangedStop(action=action, van_id=key[0], date=key[1], stop=stop, now=now))
    return found


def _best_insertion(
    instance: Instance, routes: Mapping[VanDay, tuple[Visit, ...]], home: VanDay, stop: Stop
) -> _Insertion | None:
    """Where most people are recorded, rather on its own van-day than on another."""
    if stop.site_id not in instance.site_index:
        return None
    index = instance.site_index[stop.site_id]
    site = instance.sites[index]
    left = site.expected - sum(
        people for visits in routes.values() for each, people in visits if each == index
    )
    least = max(1, site.least_people)
    most = min(left, max(stop.people, least))
    places = []
    for van_index, day in instance.van_days:
        van = instance.vans[van_index]
        key = (van.id, day)
        visits = routes.get(key, ())
        room = most
        if van.max_people is not None:
            room = min(room, van.max_people - sum(people for _, people in visits))
        for position in range(len(visits) + 1):
            tried = [*visits[:position], (index, least), *visits[position:]]
            if room < least or _time_route(instance, key, tried) is None:
                continue
            route = maximise_people(instance, van_index, day, tried, position, room)
            if route is not None:
                places.append(_Insertion(key, position, route.stops[position].people))
    if not places:
        return None
    return max(
        places,
        key=lambda each: (each.people, each.key == home, each.key[1] == home[1], each.key[0]),
    )


def _time_routes(
    instance: Instance, plan: Plan, routes: Mapping[VanDay, tuple[Visit, ...]]
) -> Plan:
    """Routes with these visits; one that keeps the rules as it was given stays to the second."""
    given = {
        (route.van_id, route.date): route
        for route in plan.routes
        if not violations(instance, Plan(routes=(route,)))
    }
    found = []
    for key, visits in routes.items():
        was = given.get(key)
        same = was is not None and visits == tuple(
            (instance.site_index[stop.site_id], stop.people) for stop in was.stops
        )
        route = was if same else _time_route(instance, key, visits)
        if route is None:
            raise RuntimeError(f"a repaired route of {key} cannot be timed")
        found.append(route)
    return Plan(routes=tuple(sorted(found, key=lambda route: (route.date, route.van_id))))


def _with_final_stops(changed_stops: Sequence[ChangedStop], final: Plan) -> Iterator[ChangedStop]:
    """The changes by date and van, with the stops as they have become."""
    stops = {(route.van_id, route.date, stop.site_id): stop for route, stop in final.stops()}
    for each in sorted(changed_stops, key=lambda each: (each.date, each.van_id, each.stop.setup_s)):
        now = None
        if each.now is not None:
            (van_id, day), stop = each.now
            now = ((van_id, day), stops[van_id, day, stop.site_id])
        yield ChangedStop(
            action=each.action, van_id=each.van_id, date=each.date, stop=each.stop, now=now
        )
