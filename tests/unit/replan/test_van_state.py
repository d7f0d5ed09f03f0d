"""Where vans are at a moment of the morning."""

from dataclasses import replace
from typing import Any

import pytest

from planner.model import NO_ROAD
from planner.replan.disruption import Disruption
from planner.replan.van_state import VanState, find_van_states
from tests.builders.districts import SATURDAY, SUNDAY
from tests.unit.replan.weekends import H, instance, morning_plan, site, van


def state(van_id: str, time_s: float, **disruption: Any) -> VanState:
    """Of van A or B at a time of Saturday."""
    happened = Disruption(day=SATURDAY, time_s=int(time_s), **disruption)
    return find_van_states(instance(), morning_plan(), happened)["AB".index(van_id)]


def test_a_van_at_its_depot_is_free_from_its_shift_on() -> None:
    """At 7:00; at 7:40 from then on; 20 min late it leaves at 8:10 rather than 7:50."""
    assert (state("A", 7 * H).free_s, state("A", 7 * H).leave_s) == (7 * H + 1800, None)
    assert state("A", 7 * H + 2400).free_s == 7 * H + 2400
    assert state("A", 7 * H, late_s={"A": 1200}).free_s == 8 * H + 600


def test_a_break_that_has_begun_at_the_depot_ends_there() -> None:
    """From 7:35 to 8:05."""
    route, *others = morning_plan().routes
    plan = replace(
        morning_plan(),
        routes=(replace(route, leave_s=9 * H, break_start_s=7 * H + 2100), *others),
    )
    happened = Disruption(day=SATURDAY, time_s=7 * H + 2400)
    first, _ = find_van_states(instance(), plan, happened)
    assert (first.break_start_s, first.free_s) == (7 * H + 2100, 8 * H + 300)


def test_a_van_on_the_road_is_free_where_it_goes() -> None:
    """At 7:55 between its depot and P1, where it is at 8:00; all its stops are still to come."""
    on_the_way = state("A", 8 * H - 300)
    assert (on_the_way.place, on_the_way.free_s) == (1, 8 * H)
    assert [stop.site_id for stop in on_the_way.next_stops] == ["P1"]


def test_a_stop_that_has_begun_is_past() -> None:
    """From set-up at 8:00 on; the van is free at 9:50."""
    at_work = state("B", 8 * H)
    assert [stop.site_id for stop in at_work.past_stops] == ["P2"]
    assert (at_work.place, at_work.free_s) == (2, 9 * H + 3000)
    assert [stop.site_id for stop in at_work.next_stops] == ["P3"]
    assert state("B", 8 * H - 1).past_stops == ()


def test_a_van_that_has_returned_does_nothing_more() -> None:
    """A is home at 10:00."""
    assert not state("A", 10 * H - 1).is_over
    assert state("A", 10 * H).is_over


def test_days_before_are_over() -> None:
    """On Sunday all of Saturday is past."""
    happened = Disruption(day=SUNDAY, time_s=0)
    states = find_van_states(instance(), morning_plan(), happened)
    assert all(each.is_over and not each.next_stops for each in states)


def test_a_van_that_breaks_down_at_work_has_recorded_its_share() -> None:
    """Half of the hour at P2 is over at 9:00; at 8:10 it still sets up."""
    (cut,) = state("B", 9 * H, without={"B": None}).past_stops
    assert (cut.people, cut.packup_s, cut.depart_s) == (10, 9 * H, 9 * H + 1200)
    assert state("B", 8 * H + 600, without={"B": None}).past_stops == ()


def test_a_late_van_stays_as_long_as_its_place_is_open() -> None:
    """Twenty minutes at P2, which closes at 14:00; ten, if it closes at 10:00."""
    (longer,) = state("B", 9 * H, late_s={"B": 1200}).past_stops
    assert (longer.packup_s, longer.depart_s) == (9 * H + 3000, 10 * H + 600)
    closing = replace(site(2), windows={SATURDAY: ((8 * H, 10 * H),)})
    happened = Disruption(day=SATURDAY, time_s=9 * H, late_s={"B": 1200})
    given = instance(sites=(site(1), closing, site(3)))
    last = find_van_states(given, morning_plan(), happened)[1]
    assert (last.past_stops[-1].depart_s, last.free_s) == (10 * H, 10 * H + 600)


def test_a_place_is_reached_from_where_the_van_is_free() -> None:
    """At 9:55 B drives to P3, and on to P1; the plan says that it drove to P1 at once."""
    driving = state("B", 9 * H + 3300)
    assert driving.reach_s(instance(), 1) == 600
    assert driving.arrive_s(instance(), 1) == 10 * H
    assert state("B", 7 * H).arrive_s(instance(), 1) is None


def test_no_place_is_reached_by_a_drive_through_the_break() -> None:
    """The plan would have B on the road from 9:50 to 10:00, in a break from 9:55."""
    driving = replace(state("B", 9 * H + 3300), break_start_s=9 * H + 3300)
    assert driving.drives_through_break(instance(), 10 * H)
    assert driving.reach_s(instance(), 1) == NO_ROAD
    assert not driving.drives_through_break(instance(), 9 * H + 3300)


@pytest.mark.parametrize(("max_people", "left"), [(30, 10), (20, 0)])
def test_cards_are_used_by_past_stops(max_people: int, left: int) -> None:
    """Twenty at P2; without a number there are more than people."""
    given = instance(van("A"), van("B", max_people=max_people))
    assert state("B", 9 * H).cards_left(given) == left
    assert state("B", 9 * H).cards_left(instance()) >= 60


def test_a_van_stops_once_at_a_place_that_it_fits() -> None:
    """B has been at P2; P1 takes small vans only."""
    at_work = state("B", 9 * H)
    assert not at_work.may_stop(instance(), site(2))
    assert at_work.may_stop(instance(), site(1))
    assert not at_work.may_stop(instance(), site(1, classes=("large",)))
