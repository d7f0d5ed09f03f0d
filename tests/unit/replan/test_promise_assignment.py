"""Which van keeps which promises."""

from dataclasses import replace

from planner.model import Instance
from planner.plan import Plan
from planner.promise import list_promises
from planner.replan.chains import build_services
from planner.replan.disruption import Disruption
from planner.replan.promise_assignment import assign_promises
from planner.replan.remaining_route import people_left
from planner.replan.van_state import find_van_states
from planner.solvers.people_left import PeopleLeft
from tests.builders.districts import SATURDAY
from tests.builders.plans import stop
from tests.unit.replan.weekends import H, instance, morning_plan, site, van


def assigned(
    given: Instance,
    *,
    without: tuple[str, ...] = (),
    plan: Plan | None = None,
    published: tuple[str, ...] = ("P1", "P2", "P3"),
) -> dict[str, list[str]]:
    """Places by van, where some break down at 7:00."""
    plan = plan or morning_plan()
    happened = Disruption(day=SATURDAY, time_s=7 * H, without=dict.fromkeys(without))
    states = find_van_states(given, plan, happened)
    services = build_services(plan, list_promises(plan, published))
    chains = assign_promises(given, states, services, PeopleLeft(given))
    return {
        chain.van_state.van(given).id: [service.site_id for service in chain.services]
        for chain in chains
    }


def test_undisturbed_vans_do_what_they_were_to_do() -> None:
    """Nothing has happened."""
    assert assigned(instance()) == {"A": ["P1"], "B": ["P2", "P3"]}


def test_the_most_promises_are_kept() -> None:
    """A alone keeps P3 and one of P1 and P2, which have the same hours: its own."""
    assert assigned(instance(), without=("B",)) == {"A": ["P1", "P3"]}


def test_of_as_many_promises_those_for_the_most_people_are_kept() -> None:
    """P2 has weight: its twenty count for forty."""
    given = instance(sites=(site(1), site(2, weight=2.0), site(3)))
    assert assigned(given, without=("B",)) == {"A": ["P2", "P3"]}


def test_a_promise_is_kept_once_and_by_people_enough() -> None:
    """Two vans for P1 and P3 alone; at P3 there are too few for a stop."""
    given = instance(sites=(site(1), site(2), site(3, expected=20)))
    assert assigned(given, published=("P1", "P3")) == {"A": ["P1"], "B": ["P3"]}
    without_people = people_left(given, [stop("P3", 0, 16)])
    states = find_van_states(given, morning_plan(), Disruption(day=SATURDAY, time_s=7 * H))
    services = build_services(morning_plan(), list_promises(morning_plan(), {"P1", "P3"}))
    chains = assign_promises(given, states, services, without_people)
    assert [chain.stops[0].site_id for chain in chains] == ["P1"]


def test_promises_at_places_that_share_people_need_people_for_each() -> None:
    """Nine come to P1 or P2, where a stop has five; vans A and B promised one each."""
    shared = tuple(replace(site(number), expected=0, draws={"rt-1": 9000}) for number in (1, 2))
    given = instance(sites=(*shared, site(3)))
    kept = assigned(given)
    assert sorted(place for places in kept.values() for place in places) in (
        ["P1", "P3"],
        ["P2", "P3"],
    )
    enough = instance(sites=(*(replace(site, draws={"rt-1": 10_000}) for site in shared), site(3)))
    assert assigned(enough) == {"A": ["P1"], "B": ["P2", "P3"]}


def test_a_van_with_stops_that_promise_nothing_is_left_to_them() -> None:
    """B breaks down; A makes an unpublished stop at P1, so that C goes to P2 at the same time."""
    given = instance(van("A"), van("B"), van("C"))
    assert assigned(given, without=("B",), published=("P2",)) == {"C": ["P2"]}


def test_without_vans_no_promise_is_kept() -> None:
    """Both break down."""
    assert assigned(instance(), without=("A", "B")) == {}


def test_a_van_that_was_not_to_come_may_be_the_only_one() -> None:
    """The plan's van is not in the instance: either of the others keeps its promise."""
    plan = Plan(routes=(replace(morning_plan().routes[0], van_id="X"),))
    found = assigned(instance(), plan=plan)
    assert list(found.values()) == [["P1"]]
    assert "X" not in found
