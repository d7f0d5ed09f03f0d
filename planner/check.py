"""The rules of a plan and its worth, restated without any solver: this decides what is true."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from planner.model import NO_ROAD, Depot, Instance, Interval, Site, Van
from planner.plan import Plan, Result, Route, Stop
from planner.units import overlap_s
from planner.violation import Rule, Violation

ROUNDED = 0.01
"""Objective, bound and gap of a file may be rounded by this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a plan is worth.

    Attributes
    ----------
    people
        People recorded over all stops.
    drive_s
        Seconds driven over all routes.
    objective
        Weighted people less driving, in people.
    """

    people: int
    drive_s: int
    objective: float


def score(instance: Instance, plan: Plan) -> Score:
    """People recorded, seconds driven and objective of a plan, feasible or not.

    Parameters
    ----------
    instance
        Provides ``drive_s``; a leg without a road counts no seconds. Not modified.
    plan
        Its sites and vans are those of the instance.

    Raises
    ------
    KeyError
        Where the plan names a site or van that the instance does not have; see `violations`.
    """
    people = sum(stop.people for _, stop in plan.stops())
    weighted = sum(instance.site(stop.site_id).weight * stop.people for _, stop in plan.stops())
    drive_s = sum(
        max(0, int(instance.drive_s[i, j]))
        for route in plan.routes
        for i, j in legs(instance, route)
    )
    driving = drive_s / instance.worth_s if instance.worth_s is not None else 0.0
    return Score(people=people, drive_s=drive_s, objective=weighted - driving)


def with_plan(instance: Instance, result: Result, plan: Plan) -> Result:
    """A result with another plan, counted again; its bounds and its status stay."""
    worth = score(instance, plan)
    return replace(result, plan=plan, people=worth.people, objective=worth.objective)


def legs(instance: Instance, route: Route) -> list[tuple[int, int]]:
    """Pairs of places that a route drives between, depot to depot."""
    van = instance.van(route.van_id)
    places = [
        instance.depot_places[van.start],
        *(instance.site(stop.site_id).place for stop in route.stops),
        instance.depot_places[van.end],
    ]
    return list(pairwise(places))


def violations(instance: Instance, plan: Plan) -> tuple[Violation, ...]:
    """Every rule that a plan breaks, route by route, then over all routes; empty = feasible.

    Parameters
    ----------
    instance, plan
        Not modified. Sites and vans that the instance does not have are named, and their
        routes not looked at further.
    """
    return (*_plan_violations(instance, plan), *_site_violations(instance, plan))


def misstatements(
    instance: Instance, result: Result, stated_gap: float | None
) -> tuple[Violation, ...]:
    """What a result says of itself that is not so; empty = all true.

    Stated values may be rounded to `ROUNDED`.
    """
    try:
        true = score(instance, result.plan)
    except KeyError:
        return ()
    return tuple(_misstatements(true, result, stated_gap))


def _misstatements(true: Score, result: Result, stated_gap: float | None) -> Iterator[Violation]:
    def wrong(rule: Rule, key: str, stated: object, true: object) -> Violation:
        return Violation(rule=rule, key=key, values={"stated": stated, "true": true})

    if result.people != true.people:
        yield wrong(Rule.STATED_PEOPLE, "people", result.people, true.people)
    if abs(result.objective - true.objective) > ROUNDED:
        yield wrong(Rule.STATED_OBJECTIVE, "objective", result.objective, true.objective)
    if result.bound is not None and result.bound < true.objective - ROUNDED:
        yield wrong(Rule.STATED_BOUND, "bound", result.bound, true.objective)
    if result.people_bound is not None and result.people_bound < true.people:
        yield wrong(Rule.STATED_PEOPLE_BOUND, "people_bound", result.people_bound, true.people)
    if (stated_gap is None) != (result.gap is None) or (
        stated_gap is not None and result.gap is not None and abs(stated_gap - result.gap) > ROUNDED
    ):
        stated, true_gap = (gap and round(gap, 4) for gap in (stated_gap, result.gap))
        yield wrong(Rule.STATED_GAP, "gap", stated, true_gap)


def _plan_violations(instance: Instance, plan: Plan) -> Iterator[Violation]:
    seen: set[tuple[str, date]] = set()
    for route in plan.routes:
        unknown = list(_unknown_names(instance, route))
        if unknown:
            yield from unknown
            continue
        if (route.van_id, route.date) in seen:
            yield _of_route(Rule.SECOND_ROUTE, route)
        seen.add((route.van_id, route.date))
        yield from _route_violations(instance, route)


def _unknown_names(instance: Instance, route: Route) -> Iterator[Violation]:
    if route.van_id not in instance.van_index:
        yield _of_route(Rule.UNKNOWN_VAN, route)
    for stop in route.stops:
        if stop.site_id not in instance.site_index:
            yield _of_stop(Rule.UNKNOWN_SITE, route, stop.site_id)


def _route_violations(instance: Instance, route: Route) -> Iterator[Violation]:
    van = instance.van(route.van_id)
    yield from _shift_violations(van, route)
    yield from _leg_violations(instance, route)
    yield from _limit_violations(van, route)
    yield from _break_violations(van, route)
    for stop in route.stops:
        yield from _stop_violations(instance.site(stop.site_id), van, route, stop)


def _shift_violations(van: Van, route: Route) -> Iterator[Violation]:
    shift = van.shifts.get(route.date)
    if shift is None:
        yield _of_route(Rule.NO_SHIFT, route)
        return
    if route.leave_s < shift[0]:
        yield _of_route(Rule.LEAVES_EARLY, route, early_s=shift[0] - route.leave_s)
    if route.return_s > shift[1]:
        yield _of_route(Rule.RETURNS_LATE, route, late_s=route.return_s - shift[1])


def _leg_violations(instance: Instance, route: Route) -> Iterator[Violation]:
    drives = zip(legs(instance, route), _drives(route), strict=True)
    for leg, ((place, next_place), (departure_s, arrival_s)) in enumerate(drives):
        drive_s = int(instance.drive_s[place, next_place])
        plan_s = arrival_s - departure_s
        if drive_s == NO_ROAD:
            yield _of_route(Rule.NO_ROAD, route, **_ends(instance, route, leg))
        elif plan_s < drive_s:
            ends = _ends(instance, route, leg)
            yield _of_route(Rule.DRIVE_TIME, route, **ends, plan_s=plan_s, drive_s=drive_s)


def _ends(instance: Instance, route: Route, leg: int) -> dict[str, Depot | Site]:
    van = instance.van(route.van_id)
    start, end = (
        next(depot for depot in instance.depots if depot.id == depot_id)
        for depot_id in (van.start, van.end)
    )
    sites = (instance.site(stop.site_id) for stop in route.stops)
    line: list[Depot | Site] = [start, *sites, end]
    return {"origin": line[leg], "destination": line[leg + 1]}


def _limit_violations(van: Van, route: Route) -> Iterator[Violation]:
    people = sum(stop.people for stop in route.stops)
    if van.max_people is not None and people > van.max_people:
        yield _of_route(Rule.CARDS, route, people=people, cards=van.max_people)
    if van.max_stops is not None and len(route.stops) > van.max_stops:
        yield _of_route(Rule.STOPS, route, stops=len(route.stops), max_stops=van.max_stops)
    for site_id, times in Counter(stop.site_id for stop in route.stops).items():
        if times > 1:
            yield _of_stop(Rule.REPEATED_SITE, route, site_id, times=times)


def _break_violations(van: Van, route: Route) -> Iterator[Violation]:
    crew_break, start_s = van.crew_break, route.break_start_s
    if start_s is None:
        if crew_break is not None and route.return_s > crew_break.latest_s:
            yield _of_route(Rule.MISSING_BREAK, route, latest_s=crew_break.latest_s)
        return
    if crew_break is None:
        yield _of_route(Rule.UNKNOWN_BREAK, route)
        return
    earliest_s, latest_s = crew_break.earliest_s, crew_break.latest_s
    if not earliest_s <= start_s <= latest_s:
        times_s = {"start_s": start_s, "earliest_s": earliest_s, "latest_s": latest_s}
        yield _of_route(Rule.BREAK_TIME, route, **times_s)
    for departure_s, arrival_s in _drives(route):
        # A drive of no seconds, or a break of none, counts too: a break lies in one place.
        if start_s < arrival_s and departure_s < start_s + crew_break.length_s:
            yield _of_route(Rule.BREAK_WHILE_DRIVING, route, start_s=start_s)


def _stop_violations(site: Site, van: Van, route: Route, stop: Stop) -> Iterator[Violation]:
    if van.van_class not in site.classes:
        yield _of_stop(Rule.VAN_CLASS, route, site.id, van_class=van.van_class)
    if not any(
        opening <= stop.setup_s and stop.depart_s <= closing
        for opening, closing in site.windows.get(route.date, ())
    ):
        yield _of_stop(Rule.WINDOW, route, site.id, from_s=stop.setup_s, until_s=stop.depart_s)
    if stop.setup_s < stop.arrive_s:
        early_s = stop.arrive_s - stop.setup_s
        yield _of_stop(Rule.SETUP_BEFORE_ARRIVAL, route, site.id, early_s=early_s)
    yield from _phase_violations(site, van, route, stop)
    if not site.least_people <= stop.people <= site.max_people:
        people = {"people": stop.people, "least": site.least_people, "expected": site.max_people}
        yield _of_stop(Rule.PEOPLE_OF_STOP, route, site.id, **people)


def _phase_violations(site: Site, van: Van, route: Route, stop: Stop) -> Iterator[Violation]:
    need_s = site.service_s(stop.people, van.kits)
    setup_s = _work_s(van, route, stop.setup_s, stop.serve_s)
    serve_s = _work_s(van, route, stop.serve_s, stop.packup_s)
    packup_s = _work_s(van, route, stop.packup_s, stop.depart_s)
    if setup_s != site.setup_s:
        yield _of_stop(Rule.SETUP_TIME, route, site.id, plan_s=setup_s, site_s=site.setup_s)
    if serve_s < need_s:
        times = {"plan_s": serve_s, "people": stop.people, "service_s": need_s}
        yield _of_stop(Rule.SERVICE_TIME, route, site.id, **times)
    if packup_s != site.packup_s:
        yield _of_stop(Rule.PACKUP_TIME, route, site.id, plan_s=packup_s, site_s=site.packup_s)


def _site_violations(instance: Instance, plan: Plan) -> Iterator[Violation]:
    served = plan.served()
    for site in instance.sites:
        if served[site.id] > site.max_people:
            people = {"people": served[site.id], "expected": site.max_people}
            yield Violation(rule=Rule.PEOPLE_OF_SITE, site_id=site.id, values=people)
    yield from _catchment_violations(instance, served)


def _catchment_violations(instance: Instance, served: Mapping[str, int]) -> Iterator[Violation]:
    """Sets of sites that record some people twice, beyond what each site alone does."""
    if not instance.catchments.are_shared:
        return
    people = [min(served[site.id], site.max_people) for site in instance.sites]
    for broken in instance.catchments.broken_sets(np.array(people)):
        values = {
            "sites": tuple(instance.sites[site] for site in broken.sites),
            "excess": round(broken.excess),
            "people": broken.capacity + round(broken.excess),
            "expected": broken.capacity,
        }
        yield Violation(rule=Rule.PEOPLE_OF_SITES, values=values)


def _drives(route: Route) -> list[Interval]:
    """Departure and arrival of every leg."""
    departures = [route.leave_s, *(stop.depart_s for stop in route.stops)]
    arrivals = [*(stop.arrive_s for stop in route.stops), route.return_s]
    return list(zip(departures, arrivals, strict=True))


def _work_s(van: Van, route: Route, begin_s: int, end_s: int) -> int:
    """Seconds worked between two times, the break left out."""
    if van.crew_break is None or route.break_start_s is None:
        return end_s - begin_s
    pause = (route.break_start_s, route.break_start_s + van.crew_break.length_s)
    return end_s - begin_s - overlap_s(pause, (begin_s, end_s))


def _of_route(rule: Rule, route: Route, **values: object) -> Violation:
    return Violation(rule=rule, van_id=route.van_id, day=route.date, values=values)


def _of_stop(rule: Rule, route: Route, site_id: str, **values: object) -> Violation:
    return replace(_of_route(rule, route, **values), site_id=site_id)
