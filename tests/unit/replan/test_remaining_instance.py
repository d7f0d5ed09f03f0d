"""Where the solve of what is left starts from, and what comes of it."""

from dataclasses import replace

from planner.check import violations
from planner.plan import Plan
from tests.unit.replan.remaining_instances import A, B, remaining_instance
from tests.unit.replan.weekends import H, morning_plan


def test_it_starts_from_the_promises_and_what_fits_of_the_plan() -> None:
    """At 7:00 with P3 promised: P1 and P2 are as they were."""
    left, _ = remaining_instance(7 * H)
    start = left.start()
    assert violations(left.instance, start) == ()
    assert [stop.site_id for _, stop in start.stops()] == ["P1", "P2", *left.promised]
    assert start.served().total() == 60


def test_what_was_planned_is_worth_combining() -> None:
    """The route of B, in the names of what is left."""
    left, _ = remaining_instance(7 * H)
    first, second = left.planned_routes()
    assert (first.van_id, second.van_id) == (A, B)
    assert [stop.site_id for stop in second.stops] == ["P2", *left.promised]


def test_a_plan_is_read_back_with_the_names_and_hours_of_its_promises() -> None:
    """What it starts from is the morning's plan, but for when vans leave."""
    left, remaining = remaining_instance(7 * H)
    routes = left.read_back(left.start(), remaining)
    assert [route.stops for route in routes] == [route.stops for route in morning_plan().routes]


def test_a_van_without_a_route_makes_no_more_stops() -> None:
    """An empty plan."""
    left, remaining = remaining_instance(7 * H)
    assert all(route.stops == () for route in left.read_back(Plan(), remaining))


def test_a_break_is_taken_where_the_van_drives_to() -> None:
    """B rests from 9:55 where it is free, at P3, where the plan says that it arrives at 10:00."""
    left, remaining = remaining_instance(9 * H + 3300)
    (route,) = (route for route in left.start().routes if route.van_id == B)
    rested = replace(route, break_start_s=route.leave_s - 1)
    read = left.read_back(Plan(routes=(rested,)), remaining)[1]
    assert read.break_start_s == read.stops[0].arrive_s == 10 * H
