"""The old plan, with what cannot be any more struck out: what every new plan is measured by.

Stops that stay have their hours; a van that has a stop less drives on directly and waits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from planner.check import violations
from planner.model import NO_ROAD, Instance
from planner.plan import Stop
from planner.promise import Promise, derive_promise
from planner.replan.chains import Service, build_chain
from planner.replan.remaining_route import (
    RemainingRoute,
    join_past,
    people_left,
    stop_capacity,
)
from planner.replan.van_state import VanState
from planner.solvers.amounts import min_stop_people
from planner.solvers.people_left import PeopleLeft
from planner.solvers.schedule import Visit
from planner.solvers.timeline import busy_from_s

MAX_STOPS = 9
"""Of longer routes no more than two stops are struck one by one; the rest from the end."""


def strike_stops(
    instance: Instance, van_states: Sequence[VanState], promises: Sequence[Promise]
) -> tuple[RemainingRoute, ...]:
    """What is left of each van-day's planned stops: the most promised ones, then the most people.

    Parameters
    ----------
    instance
        As it is by now.
    promises
        Hours that were published.
    """
    left = people_left(instance, (stop for state in van_states for stop in state.past_stops))
    remaining = []
    for van_state in van_states:
        route = _strike(instance, van_state, left, {*promises})
        left.take((instance.site_index[stop.site_id], stop.people) for stop in route.stops)
        remaining.append(route)
    return tuple(remaining)


def _strike(
    instance: Instance, van_state: VanState, left: PeopleLeft, promises: set[Promise]
) -> RemainingRoute:
    none = RemainingRoute(van_state=van_state, stops=(), break_start_s=van_state.break_start_s)
    if van_state.is_over or van_state.date not in van_state.van(instance).shifts:
        return none
    stops = [stop for stop in van_state.next_stops if stop.site_id in instance.site_index]

    def value(route: RemainingRoute) -> tuple[int, float]:
        people = sum(instance.site(stop.site_id).weight * stop.people for stop in route.stops)
        dated = (derive_promise(van_state.date, stop, instance.min_stay_s) for stop in route.stops)
        return sum(promise in promises for promise in dated), people

    best = none
    for size in range(len(stops), 0, -1):
        if len(stops) > MAX_STOPS and size < len(stops) - 2:
            choices: Iterator[tuple[Stop, ...]] = iter([tuple(stops[:size])])
        else:
            choices = combinations(stops, size)
        routes = (_keep_stops(instance, van_state, choice, left) for choice in choices)
        best = max([best, *(route for route in routes if route is not None)], key=value)
        if size == len(stops) and best.stops:
            return best
    return best


def _keep_stops(
    instance: Instance, van_state: VanState, stops: Sequence[Stop], left: PeopleLeft
) -> RemainingRoute | None:
    """The van-day with these stops at their hours; None where it cannot make them."""
    for time_stops in (_as_planned, _retimed):
        timed = time_stops(instance, van_state, stops)
        route = timed and _with_people(instance, timed, stops, left)
        if route is not None and not violations(instance, join_past(instance, [route])):
            return route
    return None


def _as_planned(
    instance: Instance, van_state: VanState, stops: Sequence[Stop]
) -> RemainingRoute | None:
    """To the second, save for arrivals from elsewhere than was planned."""
    planned = van_state.planned
    places = [instance.site(stop.site_id).place for stop in stops]
    reach_s = van_state.reach_s(instance, places[0])
    break_start_s = van_state.break_start_s
    if break_start_s is None and planned is not None:
        break_start_s = planned.break_start_s
        if break_start_s is not None and break_start_s < van_state.free_s:
            break_start_s = None
    if reach_s == NO_ROAD or van_state.free_s + reach_s > busy_from_s(stops[0], break_start_s):
        return None
    first_s = van_state.arrive_s(instance, places[0])
    arrivals_s = [stops[0].arrive_s if first_s is None else first_s]
    for (place, next_place), stop in zip(pairwise(places), stops, strict=False):
        arrivals_s.append(stop.depart_s + max(0, int(instance.drive_s[place, next_place])))
    order = van_state.next_stops
    before = {stop: earlier for earlier, stop in zip((None, *order), order, strict=False)}
    timed = tuple(
        stop
        if before[stop] == earlier and arrive_s <= stop.arrive_s
        else replace(stop, arrive_s=arrive_s)
        for earlier, stop, arrive_s in zip((None, *stops), stops, arrivals_s, strict=False)
    )
    return RemainingRoute(van_state=van_state, stops=timed, break_start_s=break_start_s)


def _retimed(
    instance: Instance, van_state: VanState, stops: Sequence[Stop]
) -> RemainingRoute | None:
    """With the break elsewhere, or as much less than planned as was not published."""
    van = van_state.van(instance)
    services = [
        Service(
            promise=derive_promise(van_state.date, stop, instance.min_stay_s),
            planned_stop=stop,
            van_id=van.id,
        )
        for stop in stops
    ]
    return build_chain(instance, van_state, services)


def _with_people(
    instance: Instance, route: RemainingRoute, stops: Sequence[Stop], left: PeopleLeft
) -> RemainingRoute | None:
    """The stops with as many people as were planned, or as can be; None where those are too few."""
    van_state = route.van_state
    cards = van_state.cards_left(instance)
    timed: list[Stop] = []
    visits: list[Visit] = []
    for stop, planned in zip(route.stops, stops, strict=True):
        index = instance.site_index[stop.site_id]
        least = min_stop_people(instance.sites[index])
        people = min(
            planned.people,
            left.beside(visits, index),
            cards,
            stop_capacity(instance, van_state, stop, route.break_start_s),
        )
        if people < least or not van_state.may_stop(instance, instance.sites[index]):
            return None
        cards -= people
        visits.append((index, people))
        timed.append(replace(stop, people=people))
    return replace(route, stops=tuple(timed))
