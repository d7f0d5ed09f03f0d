"""The instance after a disruption: true from now on, and of the past."""

from typing import Any

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan
from planner.replan.apply_disruption import apply_disruption, route_home
from planner.replan.disruption import Disruption
from planner.replan.van_state import find_van_states
from tests.builders.districts import SATURDAY, SUNDAY
from tests.unit.replan.weekends import H, instance, morning_plan


def changed(time_s: float, **disruption: Any) -> Instance:
    """The instance after something at a time of Saturday; its past alone keeps all rules."""
    happened = Disruption(day=SATURDAY, time_s=int(time_s), **disruption)
    states = find_van_states(instance(), morning_plan(), happened)
    after, states = apply_disruption(instance(), happened, states)
    homes = [route for state in states if (route := route_home(after, state))]
    assert violations(after, Plan(routes=tuple(homes))) == ()
    return after


def test_without_a_disruption_nothing_changes() -> None:
    """At 9:00."""
    after = changed(9 * H)
    assert (after.sites, after.vans) == (instance().sites, instance().vans)


def test_a_van_that_broke_down_at_its_depot_has_no_shift() -> None:
    """At 7:00; at 9:00 it has one, for what it has done."""
    assert changed(7 * H, without={"B": None}).van("B").shifts == {}
    assert SATURDAY in changed(9 * H, without={"B": None}).van("B").shifts


def test_a_stop_cut_short_may_have_few_people() -> None:
    """Two at P2, three minutes each from 8:30 to 8:36: a stop needs no more than that there."""
    after = changed(8 * H + 2160, without={"B": None})
    assert after.site("P2").min_people == 2
    assert after.site("P1").min_people == 5


def test_a_locked_place_is_open_until_the_crew_is_gone() -> None:
    """P2 at 9:00 is packed up by 9:20; P3, where nobody is, is not open at all."""
    after = changed(9 * H, closed=frozenset({"P2", "P3"}))
    assert after.site("P2").windows == {SATURDAY: ((8 * H, 9 * H + 1200),)}
    assert after.site("P3").windows == {}


def test_a_place_stays_as_it_was_on_days_before() -> None:
    """Locked on Sunday, P1 was open on Saturday."""
    happened = Disruption(day=SUNDAY, time_s=0, closed=frozenset({"P1"}))
    states = find_van_states(instance(), morning_plan(), happened)
    after, _ = apply_disruption(instance(), happened, states)
    assert after.site("P1").windows == {SATURDAY: ((8 * H, 14 * H),)}


def test_people_expected_are_no_fewer_than_those_recorded() -> None:
    """Twelve rather than twenty, where all twenty are recorded by 9:30."""
    assert changed(9 * H + 1900, people={"P1": 12}).site("P1").expected == 20
    assert changed(9 * H, people={"P1": 12}).site("P1").expected == 12


def test_a_crew_records_no_more_than_come() -> None:
    """At 9:00 it is still at P1: twelve of the twenty planned come."""
    happened = Disruption(day=SATURDAY, time_s=9 * H, people={"P1": 12})
    states = find_van_states(instance(), morning_plan(), happened)
    _, (first, _) = apply_disruption(instance(), happened, states)
    assert [stop.people for stop in first.past_stops] == [12]


def test_a_shift_is_as_long_as_the_way_home() -> None:
    """Five hours late at 9:00: B leaves P2 as it closes, at 14:00, and is home ten minutes late."""
    after = changed(9 * H, late_s={"B": 5 * H})
    assert after.van("B").shifts[SATURDAY][1] == 14 * H + 600
    crew_break = after.van("B").crew_break
    assert crew_break is not None
    assert crew_break.latest_s == 14 * H + 600


def test_a_van_without_stops_has_no_way_home() -> None:
    """At 7:00."""
    happened = Disruption(day=SATURDAY, time_s=7 * H)
    first, _ = find_van_states(instance(), morning_plan(), happened)
    assert route_home(instance(), first) is None
