"""Where the people of a plan live, and who has no place to go to."""

from dataclasses import replace

from planner.analysis.origins import (
    Reached,
    Uncovered,
    people_at_nearest,
    people_by_origin,
    people_reached,
    reached_by_kelurahan,
    uncovered_by_rw,
)
from planner.district import Decay, District
from planner.horizon import Horizon, build_horizon
from planner.plan import Plan, Route
from planner.venues import POINT
from tests.builders.districts import KELURAHAN, SATURDAY, WEEK, district, venue
from tests.builders.plans import stop

P1, P2 = venue("P1", POINT, -7.0), venue("P2", POINT, -7.004)
HOMES = district().neighbourhoods


def visit(**people: int) -> Plan:
    """A plan that records so many at some places."""
    stops = tuple(stop(site_id, 28800, count) for site_id, count in people.items())
    route = Route(van_id="A", date=SATURDAY, leave_s=28000, return_s=50000, stops=stops)
    return Plan(routes=(route,))


def two_rw(**changes: object) -> Horizon:
    """70 people of RW 001 beside P1, 30 of RW 002 beside P2; half of them come to either."""
    homes = (replace(HOMES[0], lat=-7.0), replace(HOMES[1], rw="002", lat=-7.004))
    given = district(**{"neighbourhoods": homes, "venues": (P1, P2)} | changes)
    return build_horizon(given, WEEK)


def test_people_come_from_each_rw_in_the_same_share() -> None:
    """Of 35 and 15 who would come to P1, 20 are recorded: two fifths of both."""
    found = people_by_origin(two_rw(), visit(P1=20))
    assert found["P1"] == {(KELURAHAN, "001"): 14, (KELURAHAN, "002"): 6}
    assert found["P2"] == {}


def test_pupils_are_told_from_those_who_live_nowhere() -> None:
    """40 at the school: 24 stand in no row of an RT, 16 live in RW 001."""
    found = people_by_origin(build_horizon(district(), WEEK), visit(S1=40))
    assert found["S1"] == {(KELURAHAN, "001"): 16}


def test_a_plan_that_counts_people_twice_tells_nothing() -> None:
    """50 would come to one of the two; 35 and 20 are more."""
    assert people_by_origin(two_rw(), visit(P1=35, P2=20)) == {}


def test_people_are_reached_where_they_would_come_to_a_stop() -> None:
    """Both RW by either point; nobody by a plan without stops."""
    horizon = two_rw()
    everybody = Reached(code=KELURAHAN, kelurahan="Kecil", people=100, unrecorded=100)
    assert reached_by_kelurahan(horizon, visit(P2=5)) == (everybody,)
    assert people_reached(horizon, visit(P1=5, P2=5)) == 100
    assert people_reached(horizon, Plan()) == 0


def test_people_out_of_reach_are_named_by_rw() -> None:
    """RW 002 is 1,112 m away from all places."""
    homes = (HOMES[0], replace(HOMES[1], rw="002", lat=-6.99))
    horizon = two_rw(neighbourhoods=homes)
    expected = Uncovered(code=KELURAHAN, kelurahan="Kecil", rw="002", people=30)
    assert uncovered_by_rw(horizon) == (expected,)


def at_nearest(given: District, **people: int) -> int:
    return people_at_nearest(build_horizon(given, WEEK).instance, visit(**people))


def test_at_the_nearest_stop_no_more_come_than_live_there() -> None:
    """P1 beside 70 people has time for 30, P2 beside 30 for 15: of 35 and 15 all 45 come.

    P2 with time for 30 finds 15 of its own; the others went to P1.
    """
    homes = (replace(HOMES[0], lat=-7.0), replace(HOMES[1], rw="002", lat=-7.004))
    given = district(neighbourhoods=homes, venues=(P1, P2))
    given = replace(given, rates=replace(given.rates, decay={0: 1.0, 1: 0.999}))
    assert at_nearest(given, P1=30, P2=15) == 45
    assert at_nearest(given, P1=20, P2=30) == 20 + 15
    assert at_nearest(given, P2=30) == 30


def test_pupils_simply_go_to_their_school() -> None:
    """0.8 of them would come there, half of them to the point, which then has 40 left."""
    given = replace(district(), rates=replace(district().rates, decay=Decay.NONE))
    assert at_nearest(given, P1=50, S1=30) == 40 + 30
    assert at_nearest(given, P1=50) == 50
