"""What is left to decide of the morning, as an instance of its own."""

from dataclasses import replace
from typing import Any

from planner.check import violations
from planner.model import NO_ROAD, Instance
from planner.plan import Plan
from planner.promise import list_promises
from planner.replan.chains import build_services
from planner.replan.disruption import Disruption
from planner.replan.promise_assignment import assign_promises
from planner.replan.remaining_route import RemainingRoute, fill_people, people_left
from planner.replan.residual_instance import ID_MARK, ResidualInstance, build_residual
from planner.replan.van_state import find_van_states
from tests.builders.districts import SATURDAY
from tests.unit.replan.weekends import H, instance, morning_plan, van

A, B = (f"{van_id}{ID_MARK}{SATURDAY}" for van_id in "AB")


def residual(
    time_s: int,
    *,
    given: Instance | None = None,
    published: tuple[str, ...] = ("P3",),
    **disruption: Any,
) -> tuple[ResidualInstance, tuple[RemainingRoute, ...]]:
    """What is left from a time on, with what keeps the promises that are still open."""
    given = given or instance()
    happened = Disruption(day=SATURDAY, time_s=time_s, **disruption)
    states = find_van_states(given, morning_plan(), happened)
    past = [stop for state in states for stop in state.past_stops]
    services = build_services(morning_plan(), list_promises(morning_plan(), published))
    chains = assign_promises(given, states, services, people_left(given, past))
    stops = {chain.van_state.van_day: chain.stops for chain in chains}
    routes = [
        RemainingRoute(
            van_state=state,
            stops=stops.get(state.van_day, ()),
            break_start_s=state.break_start_s,
        )
        for state in states
    ]
    remaining = fill_people(given, routes)
    left = build_residual(given, remaining, chains)
    assert left is not None
    return left, remaining


def test_a_van_has_what_it_has_left() -> None:
    """B at 9:00 is free at 9:50, with ten of thirty cards and two of three stops."""
    given = instance(van("A"), van("B", max_people=30, max_stops=3))
    left, _ = residual(9 * H, given=given, published=())
    second = left.instance.van(B)
    assert second.shifts == {SATURDAY: (9 * H + 3000, 14 * H)}
    assert (second.max_people, second.max_stops) == (10, 2)
    assert second.van_class == B


def test_a_van_on_its_way_starts_from_where_it_goes() -> None:
    """B at 9:55 is at P3 at 10:00; nobody drives to where it is."""
    left, _ = residual(9 * H + 3300, published=())
    place = left.instance.depot_places[left.instance.van(B).start]
    assert left.instance.drive_s[place, :4].tolist() == [600, 600, 600, 0]
    assert set(left.instance.drive_s[:, place].tolist()) == {NO_ROAD}


def test_a_promise_is_a_site_that_is_open_for_its_stop() -> None:
    """P3 from set-up at 10:00 until 11:50, for the van that was to come."""
    left, _ = residual(7 * H)
    (site_id,) = left.required
    promised = left.instance.site(site_id)
    assert promised.windows == {SATURDAY: ((10 * H, 11 * H + 3000),)}
    assert (promised.setup_s, promised.packup_s, promised.expected) == (6600, 0, 20)
    assert promised.classes == (B,)


def test_a_promise_taken_over_is_open_to_every_van_in_time() -> None:
    """B breaks down at 7:00: P3 is A's, and would be C's as well."""
    given = instance(van("A"), van("B"), van("C"))
    left, _ = residual(7 * H, given=given, without={"B": None})
    (site_id,) = left.required
    assert left.instance.site(site_id).classes == (A, A.replace("A", "C", 1))


def test_other_sites_have_the_people_that_nobody_records() -> None:
    """At 9:00 all twenty of P1 and of P2 are recorded or about to be, and P3's are promised."""
    left, _ = residual(9 * H)
    assert [site.id for site in left.instance.sites] == list(left.required)
    more = replace(instance().sites[0], expected=26)
    left, _ = residual(9 * H, given=instance(sites=(more, *instance().sites[1:])))
    assert (left.instance.site("P1").expected, left.instance.site("P1").classes) == (6, (B,))


def test_a_van_that_is_over_is_not_there() -> None:
    """A is home at 10:00."""
    left, _ = residual(10 * H, published=())
    assert [each.id for each in left.instance.vans] == [B]


def test_nothing_is_left_where_no_van_can_act() -> None:
    """Both have broken down."""
    happened = Disruption(day=SATURDAY, time_s=7 * H, without={"A": None, "B": None})
    states = find_van_states(instance(), morning_plan(), happened)
    none = [RemainingRoute(van_state=each, stops=(), break_start_s=None) for each in states]
    assert build_residual(instance(), none, ()) is None


def test_it_starts_from_the_promises_and_what_fits_of_the_plan() -> None:
    """At 7:00 with P3 promised: P1 and P2 are as they were."""
    left, _ = residual(7 * H)
    start = left.start()
    assert violations(left.instance, start) == ()
    assert [stop.site_id for _, stop in start.stops()] == ["P1", "P2", *left.required]
    assert start.served().total() == 60


def test_what_was_planned_is_worth_combining() -> None:
    """The route of B, in the names of what is left."""
    left, _ = residual(7 * H)
    first, second = left.planned_routes()
    assert (first.van_id, second.van_id) == (A, B)
    assert [stop.site_id for stop in second.stops] == ["P2", *left.required]


def test_a_plan_is_read_back_with_the_names_and_hours_of_its_promises() -> None:
    """What it starts from is the morning's plan, but for when vans leave."""
    left, remaining = residual(7 * H)
    routes = left.read_back(left.start(), remaining)
    assert [route.stops for route in routes] == [route.stops for route in morning_plan().routes]


def test_a_van_without_a_route_makes_no_more_stops() -> None:
    """An empty plan."""
    left, remaining = residual(7 * H)
    assert all(route.stops == () for route in left.read_back(Plan(), remaining))


def test_a_break_is_taken_where_the_van_drives_to() -> None:
    """B rests from 9:55 where it is free, at P3, where the plan says that it arrives at 10:00."""
    left, remaining = residual(9 * H + 3300)
    (route,) = (route for route in left.start().routes if route.van_id == B)
    rested = replace(route, break_start_s=route.leave_s - 1)
    read = left.read_back(Plan(routes=(rested,)), remaining)[1]
    assert read.break_start_s == read.stops[0].arrive_s == 10 * H
