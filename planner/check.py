"""The rules of a plan and its worth, restated without any solver: this decides what is true."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from planner.errors import Problem
from planner.i18n.messages import say
from planner.model import NO_ROAD, Instance, Interval, Site, Van
from planner.plan import Plan, Result, Route, Stop
from planner.units import overlap_s, service_s

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


def legs(instance: Instance, route: Route) -> list[tuple[int, int]]:
    """Pairs of places that a route drives between, depot to depot."""
    van = instance.van(route.van_id)
    places = [
        instance.depot_places[van.start],
        *(instance.site(stop.site_id).place for stop in route.stops),
        instance.depot_places[van.end],
    ]
    return list(pairwise(places))


def violations(instance: Instance, plan: Plan) -> tuple[Problem, ...]:
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
) -> tuple[Problem, ...]:
    """What a result says of itself that is not so; empty = all true.

    Stated values may be rounded to `ROUNDED`.
    """
    try:
        true = score(instance, result.plan)
    except KeyError:
        return ()
    found = []
    if result.people != true.people:
        found.append(
            _broken(
                "people",
                "says {stated}, the stops have {true}",
                stated=result.people,
                true=true.people,
            )
        )
    if abs(result.objective - true.objective) > ROUNDED:
        found.append(
            _broken(
                "objective",
                "says {stated}, it is {true:.4f}",
                stated=result.objective,
                true=true.objective,
            )
        )
    if result.bound is not None and result.bound < true.objective - ROUNDED:
        found.append(
            _broken(
                "bound",
                "says {stated}, the plan has {true:.4f}",
                stated=result.bound,
                true=true.objective,
            )
        )
    if result.people_bound is not None and result.people_bound < true.people:
        found.append(
            _broken("people_bound", "says {stated}, the plan has more", stated=result.people_bound)
        )
    if (stated_gap is None) != (result.gap is None) or (
        stated_gap is not None and result.gap is not None and abs(stated_gap - result.gap) > ROUNDED
    ):
        found.append(
            _broken(
                "gap",
                "says {stated_gap}, bound and objective give {true}",
                stated_gap=stated_gap,
                true=result.gap,
            )
        )
    return tuple(found)


def _plan_violations(instance: Instance, plan: Plan) -> Iterator[Problem]:
    seen: set[tuple[str, object]] = set()
    for route in plan.routes:
        where = say("van {van} {day}", van=route.van_id, day=route.date)
        unknown = [
            *([] if route.van_id in instance.van_index else [say("van '{van}'", van=route.van_id)]),
            *(
                say("site '{site}'", site=s.site_id)
                for s in route.stops
                if s.site_id not in instance.site_index
            ),
        ]
        if unknown:
            yield from (
                _broken(where, "{name} is not in the instance", name=name) for name in unknown
            )
            continue
        if (route.van_id, route.date) in seen:
            yield _broken(where, "the van has two routes on this date")
        seen.add((route.van_id, route.date))
        yield from _route_violations(instance, route, where)


def _route_violations(instance: Instance, route: Route, where: str) -> Iterator[Problem]:
    van = instance.van(route.van_id)
    yield from _shift_violations(van, route, where)
    yield from _leg_violations(instance, route, where)
    yield from _limit_violations(van, route, where)
    yield from _break_violations(van, route, where)
    for stop in route.stops:
        site = instance.site(stop.site_id)
        yield from _stop_violations(
            site, van, route, stop, say("{where} site {site}", where=where, site=site.id)
        )


def _shift_violations(van: Van, route: Route, where: str) -> Iterator[Problem]:
    shift = van.shifts.get(route.date)
    if shift is None:
        yield _broken(where, "the van has no shift on this date")
        return
    if route.leave_s < shift[0]:
        yield _broken(
            where, "leaves {early_s} s before its shift opens", early_s=shift[0] - route.leave_s
        )
    if route.return_s > shift[1]:
        yield _broken(
            where, "returns {late_s} s after its shift closes", late_s=route.return_s - shift[1]
        )


def _leg_violations(instance: Instance, route: Route, where: str) -> Iterator[Problem]:
    for (place, next_place), (departure_s, arrival_s) in zip(
        legs(instance, route), _drives(route), strict=True
    ):
        drive_s = int(instance.drive_s[place, next_place])
        if drive_s == NO_ROAD:
            yield _broken(
                where,
                "no road leads from place {place} to place {next_place}",
                place=place,
                next_place=next_place,
            )
        elif arrival_s - departure_s != drive_s:
            yield _broken(
                where,
                "drives from place {place} to place {next_place} in {taken_s} s, the road "
                "takes {drive_s} s",
                place=place,
                next_place=next_place,
                taken_s=arrival_s - departure_s,
                drive_s=drive_s,
            )


def _limit_violations(van: Van, route: Route, where: str) -> Iterator[Problem]:
    people = sum(stop.people for stop in route.stops)
    if van.max_people is not None and people > van.max_people:
        yield _broken(
            where,
            "records {people} people with {cards} cards on board",
            people=people,
            cards=van.max_people,
        )
    if van.max_stops is not None and len(route.stops) > van.max_stops:
        yield _broken(
            where,
            "makes {stops} stops of at most {most}",
            stops=len(route.stops),
            most=van.max_stops,
        )
    for site_id, times in Counter(stop.site_id for stop in route.stops).items():
        if times > 1:
            yield _broken(
                where, "visits site {site_id} {times} times", site_id=site_id, times=times
            )


def _break_violations(van: Van, route: Route, where: str) -> Iterator[Problem]:
    crew_break, start_s = van.crew_break, route.break_start_s
    if start_s is None:
        if crew_break is not None and route.return_s > crew_break.latest_s:
            yield _broken(
                where, "is out after {latest_s} s without its break", latest_s=crew_break.latest_s
            )
        return
    if crew_break is None:
        yield _broken(where, "takes a break, but the van has none")
        return
    if not crew_break.earliest_s <= start_s <= crew_break.latest_s:
        yield _broken(
            where,
            "starts its break at {start_s} s, not in {earliest_s} to {latest_s} s",
            start_s=start_s,
            earliest_s=crew_break.earliest_s,
            latest_s=crew_break.latest_s,
        )
    for departure_s, arrival_s in _drives(route):
        # A drive of no seconds, or a break of none, counts too: a break lies in one place.
        if start_s < arrival_s and departure_s < start_s + crew_break.length_s:
            yield _broken(where, "drives during its break from {start_s} s", start_s=start_s)


def _stop_violations(
    site: Site, van: Van, route: Route, stop: Stop, where: str
) -> Iterator[Problem]:
    if van.van_class not in site.classes:
        yield _broken(where, "a van of class '{van_class}' does not fit", van_class=van.van_class)
    if not any(
        opening <= stop.setup_s and stop.depart_s <= closing
        for opening, closing in site.windows.get(route.date, ())
    ):
        yield _broken(
            where,
            "the stop from {from_s} to {until_s} s is in no open window",
            from_s=stop.setup_s,
            until_s=stop.depart_s,
        )
    if stop.setup_s < stop.arrive_s:
        yield _broken(
            where, "sets up {early_s} s before it arrives", early_s=stop.arrive_s - stop.setup_s
        )
    yield from _phase_violations(site, van, route, stop, where)
    if not site.least_people <= stop.people <= site.expected:
        yield _broken(
            where,
            "records {people} people, a stop has {least} to {expected}",
            people=stop.people,
            least=site.least_people,
            expected=site.expected,
        )


def _phase_violations(
    site: Site, van: Van, route: Route, stop: Stop, where: str
) -> Iterator[Problem]:
    need_s = service_s(stop.people, site.seconds_per_person, van.kits)
    setup_s = _work_s(van, route, stop.setup_s, stop.serve_s)
    serve_s = _work_s(van, route, stop.serve_s, stop.packup_s)
    packup_s = _work_s(van, route, stop.packup_s, stop.depart_s)
    if setup_s != site.setup_s:
        yield _broken(
            where,
            "sets up in {setup_s} s, the site takes {site_s} s",
            setup_s=setup_s,
            site_s=site.setup_s,
        )
    if serve_s < need_s:
        yield _broken(
            where,
            "serves {people} people in {serve_s} s, they take {need_s} s",
            people=stop.people,
            serve_s=serve_s,
            need_s=need_s,
        )
    if packup_s != site.packup_s:
        yield _broken(
            where,
            "packs up in {packup_s} s, the site takes {site_s} s",
            packup_s=packup_s,
            site_s=site.packup_s,
        )


def _site_violations(instance: Instance, plan: Plan) -> Iterator[Problem]:
    served = plan.served()
    for site in instance.sites:
        if served[site.id] > site.expected:
            yield _broken(
                say("site {site}", site=site.id),
                "{served} people recorded of {expected} expected",
                served=served[site.id],
                expected=site.expected,
            )


def _drives(route: Route) -> list[Interval]:
    """Departure and arrival of every leg."""
    departures = [route.leave_s, *(stop.depart_s for stop in route.stops)]
    arrivals = [*(stop.arrive_s for stop in route.stops), route.return_s]
    return list(zip(departures, arrivals, strict=True))


def _work_s(van: Van, route: Route, begin_s: int, end_s: int) -> int:
    """Seconds worked between two times, the break left out."""
    if van.crew_break is None or route.break_start_s is None:
        return end_s - begin_s
    crew_break = (route.break_start_s, route.break_start_s + van.crew_break.length_s)
    return end_s - begin_s - overlap_s(crew_break, (begin_s, end_s))


def _broken(where: str, what: str, **values: object) -> Problem:
    return Problem(
        where=where, what=say(what, **values), remedy=say("see the rules in docs/model.md")
    )
