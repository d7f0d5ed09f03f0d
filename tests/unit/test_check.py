"""Each rule of a plan: one case that holds at its limit, and one that breaks it by one."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from planner.check import misstatements, score, violations
from planner.model import NO_ROAD, Break, Depot, Instance, Site, Van
from planner.plan import Plan, Result, Route, Status, Stop
from planner.violation import Rule

SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)

# Place 0 is the depot, 1 the hall, 2 the school.
DRIVE_S = np.array([[0, 100, 200], [110, 0, 50], [210, 60, 0]])

HALL = Site(
    id="hall",
    place=1,
    expected=10,
    seconds_per_person=30,
    setup_s=20,
    packup_s=10,
    classes=("small", "large"),
    windows={SATURDAY: ((1000, 1200), (1500, 1700))},
    weight=2.0,
    min_people=3,
)
SCHOOL = replace(
    HALL, id="school", place=2, weight=1.0, windows={SATURDAY: ((900, 2000),)}, min_people=12
)
VAN = Van(
    id="A",
    van_class="small",
    kits=2,
    start="office",
    end="office",
    shifts={SATURDAY: (500, 2000)},
    crew_break=Break(earliest_s=1100, latest_s=1300, length_s=40),
    max_people=15,
    max_stops=2,
)
TWO_SITES = Instance(
    drive_s=DRIVE_S,
    depots=(Depot(id="office", place=0),),
    sites=(HALL, SCHOOL),
    vans=(VAN,),
    worth_s=100,
)

AT_HALL = Stop(
    site_id="hall",
    arrive_s=600,
    setup_s=1000,
    serve_s=1020,
    packup_s=1095,
    depart_s=1105,
    people=5,
)
"""Five people, 30 s each, with two kits: 75 s."""

AT_SCHOOL = Stop(
    site_id="school",
    arrive_s=1155,
    setup_s=1155,
    serve_s=1215,
    packup_s=1365,
    depart_s=1375,
    people=10,
)
"""The break of 40 s falls into set-up."""

ROUTE = Route(
    van_id="A",
    date=SATURDAY,
    leave_s=500,
    return_s=1585,
    stops=(AT_HALL, AT_SCHOOL),
    break_start_s=1160,
)


PLAN = Plan(routes=(ROUTE,))


def with_van(**changes: Any) -> Instance:
    return replace(TWO_SITES, vans=(replace(VAN, **changes),))


def with_hall(**changes: Any) -> Instance:
    return replace(TWO_SITES, sites=(replace(HALL, **changes), SCHOOL))


def with_school(**changes: Any) -> Instance:
    return replace(TWO_SITES, sites=(HALL, replace(SCHOOL, **changes)))


def broken(instance: Instance, *routes: Route) -> str:
    """What the check finds, as one text."""
    return "\n".join(map(str, violations(instance, Plan(routes=routes))))


def without_break(instance: Instance) -> Instance:
    vans = tuple(replace(van, crew_break=None) for van in instance.vans)
    return replace(instance, vans=vans)


def at_hall(**changes: Any) -> Route:
    """A route to the hall alone, without break, its drives as long as the roads."""
    stop = replace(AT_HALL, **changes)
    return Route(
        van_id="A",
        date=SATURDAY,
        leave_s=stop.arrive_s - 100,
        return_s=stop.depart_s + 110,
        stops=(stop,),
    )


def test_a_plan_within_all_rules_has_no_violations() -> None:
    """Hall and school, the break inside the set-up of the school."""
    assert violations(TWO_SITES, Plan(routes=(ROUTE,))) == ()
    assert violations(TWO_SITES, Plan()) == ()


def test_score_counts_weighted_people_less_driving() -> None:
    """2 x 5 + 10 people and 100 + 50 + 210 s at 100 s a person: 20 - 3.6."""
    found = score(TWO_SITES, Plan(routes=(ROUTE,)))
    assert (found.people, found.drive_s) == (15, 360)
    assert found.objective == pytest.approx(16.4)


def test_driving_costs_nothing_where_a_person_is_worth_no_time() -> None:
    """With worth_s null the objective is the weighted people, 20."""
    assert score(replace(TWO_SITES, worth_s=None), Plan(routes=(ROUTE,))).objective == 20


def test_the_van_leaves_after_its_shift_opens() -> None:
    """It leaves at 500 s, when the shift opens; not a second before."""
    assert broken(with_van(shifts={SATURDAY: (500, 2000)}), ROUTE) == ""
    found = broken(with_van(shifts={SATURDAY: (501, 2000)}), ROUTE)
    assert "leaves 1 s before its shift opens" in found


def test_the_van_returns_before_its_shift_closes() -> None:
    """It returns at 1,585 s."""
    assert broken(with_van(shifts={SATURDAY: (500, 1585)}), ROUTE) == ""
    found = broken(with_van(shifts={SATURDAY: (500, 1584)}), ROUTE)
    assert "returns 1 s after its shift closes" in found


def test_a_van_without_a_shift_stays_at_home() -> None:
    """The only shift is on Sunday."""
    assert "no shift" in broken(with_van(shifts={SUNDAY: (500, 2000)}), ROUTE)


@pytest.mark.parametrize("leg", [0, 1, 2])
def test_a_drive_takes_no_less_than_the_road(leg: int) -> None:
    """A second more on each of the three roads breaks it; a second less is a later arrival."""
    pairs = [(0, 1), (1, 2), (2, 0)]
    for change, is_broken in ((-1, False), (1, True)):
        drive_s = DRIVE_S.copy()
        drive_s[pairs[leg]] += change
        told = broken(replace(TWO_SITES, drive_s=drive_s), ROUTE)
        assert ("the road takes" in told) is is_broken


def test_a_van_drives_only_where_a_road_leads() -> None:
    """No road from the hall to the school; the way back does not matter."""
    for pair, text in (((1, 2), "no road leads from hall to school"), ((2, 1), "")):
        drive_s = DRIVE_S.copy()
        drive_s[pair] = NO_ROAD
        assert text in broken(replace(TWO_SITES, drive_s=drive_s), ROUTE)
        assert bool(text) == bool(broken(replace(TWO_SITES, drive_s=drive_s), ROUTE))


def test_a_route_visits_a_site_once() -> None:
    """The hall in the morning window and again in the second."""
    again = replace(
        AT_HALL, arrive_s=1105, setup_s=1500, serve_s=1520, packup_s=1595, depart_s=1605
    )
    route = replace(at_hall(), stops=(AT_HALL, again), return_s=1715)
    assert "site hall: the route visits the site 2 times" in broken(without_break(TWO_SITES), route)


def test_a_van_has_one_route_a_day() -> None:
    """The same van twice on Saturday."""
    other = replace(at_hall(), stops=(), leave_s=1900, return_s=1900)
    assert "two routes on this date" in broken(without_break(TWO_SITES), at_hall(), other)


def test_setup_begins_after_the_window_opens() -> None:
    """Set-up at 1,000 s, when the hall opens."""
    assert broken(with_hall(windows={SATURDAY: ((1000, 1200),)}), ROUTE) == ""
    assert "no open window" in broken(with_hall(windows={SATURDAY: ((1001, 1200),)}), ROUTE)


def test_packup_ends_before_the_window_closes() -> None:
    """The van leaves at 1,105 s, when the hall closes."""
    assert broken(with_hall(windows={SATURDAY: ((1000, 1105),)}), ROUTE) == ""
    assert "no open window" in broken(with_hall(windows={SATURDAY: ((1000, 1104),)}), ROUTE)


def test_a_stop_lies_in_one_window() -> None:
    """Two windows that together cover the stop, but none alone."""
    halves = {SATURDAY: ((1000, 1050), (1050, 1200))}
    assert "no open window" in broken(with_hall(windows=halves), ROUTE)


def test_a_window_is_of_its_date() -> None:
    """Open on Sunday only."""
    assert "no open window" in broken(with_hall(windows={SUNDAY: ((1000, 1200),)}), ROUTE)


def test_setup_begins_after_arrival() -> None:
    """Arriving at 1,000 s is early enough for a set-up at 1,000 s, 1,001 s is not."""
    instance = without_break(TWO_SITES)
    assert broken(instance, at_hall(arrive_s=1000)) == ""
    assert "sets up 1 s before it arrives" in broken(instance, at_hall(arrive_s=1001))


@pytest.mark.parametrize("change", [-1, 1])
def test_setup_takes_its_time(change: int) -> None:
    """Twenty seconds, neither 19 nor 21."""
    route = at_hall(serve_s=1020 + change, packup_s=1095 + change, depart_s=1105 + change)
    assert f"set-up lasts {20 + change} s" in broken(without_break(TWO_SITES), route)


def test_serving_takes_its_time_or_longer() -> None:
    """Five people take 75 s with two kits; 76 s are allowed, 74 s are not."""
    instance = without_break(TWO_SITES)
    assert broken(instance, at_hall(packup_s=1096, depart_s=1106)) == ""
    found = broken(instance, at_hall(packup_s=1094, depart_s=1104))
    assert "service lasts 74 s, recording the people (5) takes 75 s" in found


def test_serving_time_is_rounded_up() -> None:
    """Five people, 31 s each, with two kits: 77.5 s, so 78 s are needed."""
    instance = without_break(with_hall(seconds_per_person=31))
    assert broken(instance, at_hall(packup_s=1098, depart_s=1108)) == ""
    assert "takes 78 s" in broken(instance, at_hall(packup_s=1097, depart_s=1107))


@pytest.mark.parametrize("change", [-1, 1])
def test_packup_takes_its_time(change: int) -> None:
    """Ten seconds, neither 9 nor 11."""
    found = broken(without_break(TWO_SITES), at_hall(depart_s=1105 + change))
    assert f"pack-up lasts {10 + change} s" in found


def test_a_stop_records_the_fewest_people_allowed() -> None:
    """Five people where a stop may have at least five, or at least six."""
    assert broken(with_hall(min_people=5), ROUTE) == ""
    assert "a stop may have 6 to 10" in broken(with_hall(min_people=6), ROUTE)


def test_fewer_than_the_fewest_are_enough_if_all_come() -> None:
    """The school has 10 people and asks for 12 a stop: 10 will do, 9 will not."""
    assert broken(TWO_SITES, ROUTE) == ""
    fewer = replace(ROUTE, stops=(AT_HALL, replace(AT_SCHOOL, people=9)))
    assert "people recorded: 9; a stop may have 10 to 10" in broken(TWO_SITES, fewer)


def test_a_stop_records_at_most_all_expected() -> None:
    """Five people where five are expected, and where four are."""
    assert broken(with_hall(expected=5), ROUTE) == ""
    assert "a stop may have 3 to 4" in broken(with_hall(expected=4), ROUTE)


def test_vans_together_record_at_most_all_expected() -> None:
    """Two vans at the hall at the same time, five people each, of ten or of nine."""
    for expected, text in (
        (10, ""),
        (9, "site hall: people recorded by all stops: 10; expected: 9"),
    ):
        instance = replace(
            without_break(with_hall(expected=expected)),
            vans=(replace(VAN, crew_break=None), replace(VAN, id="B", crew_break=None)),
        )
        found = broken(instance, at_hall(), replace(at_hall(), van_id="B"))
        assert found.startswith(text)
        assert bool(found) == bool(text)


def test_a_van_fits_the_site() -> None:
    """A small van where only large ones fit."""
    assert broken(with_hall(classes=("small",)), ROUTE) == ""
    assert "class 'small' does not fit" in broken(with_hall(classes=("large",)), ROUTE)


def test_nobody_is_recorded_at_two_sites() -> None:
    """4 and 8 come to one site, of RT 1 three to the hall and of these two to the school: 15."""
    hall = replace(HALL, expected=4, draws={"rt-1": 3000})
    school = replace(SCHOOL, expected=8, draws={"rt-1": 2000})
    assert broken(replace(TWO_SITES, sites=(hall, school)), ROUTE) == ""
    hall = replace(hall, draws={"rt-1": 2999})
    assert broken(replace(TWO_SITES, sites=(hall, school)), ROUTE) == (
        "sites hall, school: people recorded by all stops there together: 15; expected: 14;"
        " counted twice: 1; record fewer people at some of these sites"
    )


def test_a_site_that_records_too_many_alone_is_named_alone() -> None:
    """Four come to the hall, all of RT 1, and ten to the school, these four among them."""
    hall = replace(HALL, expected=0, draws={"rt-1": 4000})
    school = replace(SCHOOL, expected=5, draws={"rt-1": 5000})
    codes = [v.rule for v in violations(replace(TWO_SITES, sites=(hall, school)), PLAN)]
    assert codes == [Rule.PEOPLE_OF_STOP, Rule.PEOPLE_OF_SITE, Rule.PEOPLE_OF_SITES]


def test_service_takes_its_shortest_time_however_few_the_people() -> None:
    """Five people take 75 s; the hall serves for 75 s at least, or for 76 s."""
    assert broken(with_hall(min_service_s=75), ROUTE) == ""
    assert "service lasts 75 s" in broken(with_hall(min_service_s=76), ROUTE)


def test_a_route_records_no_more_people_than_cards_on_board() -> None:
    """Fifteen people with 15 cards, and with 14."""
    assert broken(with_van(max_people=15), ROUTE) == ""
    assert "people recorded: 15; cards on board: 14" in broken(with_van(max_people=14), ROUTE)


def test_a_route_makes_no_more_stops_than_allowed() -> None:
    """Two stops of two, and of one."""
    assert broken(with_van(max_stops=2), ROUTE) == ""
    assert "stops: 2; stops allowed: 1" in broken(with_van(max_stops=1), ROUTE)


def rested(earliest_s: int, latest_s: int, length_s: int = 40) -> Instance:
    return with_van(crew_break=Break(earliest_s=earliest_s, latest_s=latest_s, length_s=length_s))


def test_no_break_is_needed_by_a_van_that_is_back_in_time() -> None:
    """Back at 1,215 s, when the break has to start at the latest; not a second later."""
    assert broken(rested(1100, 1215), at_hall()) == ""
    assert "has not returned by 1214 s" in broken(rested(1100, 1214), at_hall())


def test_the_break_starts_in_its_time() -> None:
    """It starts at 1,160 s."""
    assert broken(rested(1160, 1160), ROUTE) == ""
    assert "not in 1161 to 1200 s" in broken(rested(1161, 1200), ROUTE)
    assert "not in 1100 to 1159 s" in broken(rested(1100, 1159), ROUTE)


def test_a_break_lasts_its_time() -> None:
    """Set-up of 20 s in 60 s leaves room for a break of 40 s, neither 39 nor 41."""
    assert "set-up lasts 21 s" in broken(rested(1100, 1300, 39), ROUTE)
    assert "set-up lasts 19 s" in broken(rested(1100, 1300, 41), ROUTE)


@pytest.mark.parametrize(
    ("start_s", "serve_s", "packup_s"), [(1175, 1215, 1365), (1176, 1175, 1365), (1325, 1175, 1325)]
)
def test_the_break_pauses_what_is_being_done(start_s: int, serve_s: int, packup_s: int) -> None:
    """Between set-up and serving, a second into serving, as serving ends: the stop is as long."""
    stop = replace(AT_SCHOOL, serve_s=serve_s, packup_s=packup_s)
    route = replace(ROUTE, stops=(AT_HALL, stop), break_start_s=start_s)
    assert broken(rested(1100, 1400), route) == ""


def test_a_break_after_packup_lies_in_the_window() -> None:
    """Pack-up ends at 1,335 s, the break at 1,375 s, as the school closes; not a second later."""
    stop = replace(AT_SCHOOL, serve_s=1175, packup_s=1325)
    route = replace(ROUTE, stops=(AT_HALL, stop), break_start_s=1335)
    for closing_s, text in ((1375, ""), (1374, "no open window")):
        school = replace(SCHOOL, windows={SATURDAY: ((900, closing_s),)})
        instance = replace(rested(1100, 1400), sites=(HALL, school))
        assert text in broken(instance, route)
        assert bool(text) == bool(broken(instance, route))


@pytest.mark.parametrize(("start_s", "driven"), [(600, 0), (599, 1), (960, 0), (460, 0), (461, 1)])
def test_a_break_is_not_taken_while_driving(start_s: int, driven: int) -> None:
    """Leaving at 500 s, at the hall at 600 s, set-up at 1,000 s; the break lasts 40 s."""
    found = broken(rested(0, 2000), replace(at_hall(), break_start_s=start_s))
    assert ("drives during its break" in found) == bool(driven)


def test_a_break_before_leaving_may_begin_before_the_shift() -> None:
    """From 460 s to 500 s, when the shift opens and the van leaves."""
    assert broken(rested(460, 470), replace(at_hall(), break_start_s=460)) == ""


def test_a_break_lies_in_one_place_however_near_the_next() -> None:
    """Two sites at one door, no seconds apart: the break is over before the van changes doors."""
    drive_s = DRIVE_S.copy()
    drive_s[1, 2] = 0
    at_school = Stop(
        site_id="school",
        arrive_s=1105,
        setup_s=1145,
        serve_s=1165,
        packup_s=1315,
        depart_s=1325,
        people=10,
    )
    waiting = replace(ROUTE, stops=(AT_HALL, at_school), return_s=1535, break_start_s=1105)
    instance = replace(TWO_SITES, drive_s=drive_s)
    assert broken(instance, waiting) == ""
    assert "drives during its break" in broken(instance, replace(waiting, break_start_s=1104))


def test_a_van_without_a_break_takes_none() -> None:
    """The plan names one all the same."""
    assert "takes a break, but the van has none" in broken(without_break(TWO_SITES), ROUTE)


def test_unknown_vans_and_sites_are_named() -> None:
    """Van Z, and a stop at the moon."""
    assert "van Z 2026-11-28: the van is not in the instance" in broken(
        TWO_SITES, replace(ROUTE, van_id="Z")
    )
    moon = replace(ROUTE, stops=(replace(AT_HALL, site_id="moon"),))
    assert "site moon: the site is not in the instance" in broken(TWO_SITES, moon)


RESULT = Result(
    plan=Plan(routes=(ROUTE,)),
    people=15,
    objective=16.4,
    status=Status.TIME_LIMIT,
    seed=0,
    solver="by hand",
    bound=20.5,
    people_bound=15,
)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, None),
        ({"people": 14}, "people: says 14, the stops have 15"),
        ({"objective": 16.51234567}, "objective: says 16.5123, it is 16.4000"),
        ({"bound": 16.3}, "bound: says 16.3000, the plan has 16.4000"),
        ({"people_bound": 14}, "people_bound: says 14, the plan records 15 people"),
    ],
)
def test_a_result_says_what_is_so(changes: dict[str, Any], text: str | None) -> None:
    """Fifteen people, 16.4, and a bound above it."""
    result = replace(RESULT, **changes)
    found = "\n".join(map(str, misstatements(TWO_SITES, result, result.gap)))
    assert (text in found) if text else found == ""


def test_a_stated_gap_is_that_of_bound_and_objective() -> None:
    """(20.5 - 16.4) / 20.5 = 0.2."""
    assert misstatements(TWO_SITES, RESULT, 0.2) == ()
    assert "gap: says 0.2222, bound" in str(misstatements(TWO_SITES, RESULT, 2 / 9)[0])
    assert "gap" in str(misstatements(TWO_SITES, RESULT, None)[0])
