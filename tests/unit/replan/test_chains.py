"""Chains of promises that one van can keep."""

from dataclasses import replace

import pytest

from planner.plan import Plan
from planner.promise import Promise, list_promises
from planner.replan.chains import Service, build_chain, build_services, enumerate_sequences
from planner.replan.disruption import Disruption
from planner.replan.remaining_route import people_left
from planner.replan.van_state import VanState, find_van_states
from planner.solvers.people_left import PeopleLeft
from tests.builders.districts import SATURDAY
from tests.builders.plans import stop
from tests.unit.replan.weekends import H, instance, morning_plan, van

EVERYBODY = PeopleLeft(instance())


def services(plan: Plan | None = None) -> tuple[Service, ...]:
    """For all places of a plan."""
    plan = plan or morning_plan()
    return build_services(plan, list_promises(plan, {"P1", "P2", "P3"}))


def state(van_id: str = "A", time_s: int = 7 * H) -> VanState:
    happened = Disruption(day=SATURDAY, time_s=time_s)
    return find_van_states(instance(), morning_plan(), happened)["AB".index(van_id)]


def sequences(van_state: VanState, left: PeopleLeft = EVERYBODY) -> list[list[str]]:
    found = enumerate_sequences(instance(), van_state, services(), left)
    return sorted([service.site_id for service in sequence] for sequence in found)


def test_a_service_knows_who_was_to_come_and_when() -> None:
    """B at P3 from 10:30 to 11:30 for twenty people."""
    third = services()[2]
    assert (third.site_id, third.date, third.people) == ("P3", SATURDAY, 20)
    assert third.van_id == "B"
    assert third.planned_hours() == third.published_hours() == (10 * H + 1800, 11 * H + 1800)


def test_two_stops_at_a_place_are_two_services() -> None:
    """P1 from 8:30 to 9:30 by A, and from 10:30 to 11:30 by B."""
    first, second = morning_plan().routes
    again = replace(second, stops=(replace(second.stops[1], site_id="P1"),))
    both = services(Plan(routes=(first, again)))
    assert [(service.van_id, service.published_hours()) for service in both] == [
        ("A", (8 * H + 1800, 9 * H + 1800)),
        ("B", (10 * H + 1800, 11 * H + 1800)),
    ]


def test_a_promise_of_nobody_has_no_van() -> None:
    """At ten there is nobody at P1."""
    promise = Promise(date=SATURDAY, site_id="P1", from_s=10 * H, until_s=11 * H)
    (service,) = build_services(morning_plan(), [promise])
    assert (service.van_id, service.people) == (None, 0)


def test_sequences_are_all_that_a_van_can_do() -> None:
    """P1 and P2 have the same hours; from either P3 is reached in time."""
    assert sequences(state()) == [["P1"], ["P1", "P3"], ["P2"], ["P2", "P3"], ["P3"]]


@pytest.mark.parametrize(("time_s", "served"), [(9 * H + 3000, [["P3"]]), (9 * H + 3001, [])])
def test_a_van_must_be_there_for_its_set_up(time_s: int, served: list[list[str]]) -> None:
    """It leaves its depot at 9:50 to be at P3 at 10:00, 30 min before the first person."""
    waiting = replace(state(), free_s=time_s)
    assert sequences(waiting) == served


def test_a_place_without_people_is_not_served() -> None:
    """Four are left at P3, where a stop has at least five."""
    assert sequences(state(), people_left(instance(), [stop("P3", 0, 16)])) == [["P1"], ["P2"]]


def test_limits_of_the_van_hold() -> None:
    """One stop; cards for nine people, where each stop needs five."""
    for limits in ({"max_stops": 1}, {"max_people": 9}):
        given = instance(van("A", **limits), van("B"))
        found = enumerate_sequences(given, state(), services(), EVERYBODY)
        assert all(len(sequence) == 1 for sequence in found), limits


def test_a_chain_has_the_planned_hours() -> None:
    """A does what B was to do: two hours with twenty minutes of pack-up and ten of road."""
    _, second, third = services()
    chain = build_chain(instance(), state(), (second, third))
    assert chain is not None
    assert [(stop.serve_s, stop.packup_s) for stop in chain.stops] == [
        (8 * H + 1800, 9 * H + 1800),
        (10 * H + 1800, 11 * H + 1800),
    ]
    assert chain.break_start_s is None


def test_a_chain_has_the_published_hours_where_the_planned_are_too_long() -> None:
    """Published from 8:30, planned from 8:10: who is free at 8:00 is in time for the former."""
    first, *others = morning_plan().routes
    early = replace(first.stops[0], setup_s=8 * H - 1200, serve_s=8 * H + 600)
    plan = Plan(routes=(replace(first, stops=(early,)), *others))
    promise = list_promises(morning_plan(), {"P1"})
    (service,) = build_services(plan, promise)
    for free_s, serve_s in ((7 * H, 8 * H + 600), (7 * H + 3000, 8 * H + 1800)):
        windows = {SATURDAY: ((7 * H, 14 * H),)}
        sites = tuple(replace(site, windows=windows) for site in instance().sites)
        given = replace(instance(), sites=sites)
        chain = build_chain(given, replace(state(), free_s=free_s), (service,))
        assert chain is not None
        assert chain.stops[0].serve_s == serve_s


def test_promises_in_another_order_cannot_be_kept() -> None:
    """P3 before P2."""
    _, second, third = services()
    assert build_chain(instance(), state(), (third, second)) is None
