"""What is left to decide of the morning, as an instance of its own."""

from dataclasses import replace

from planner.model import NO_ROAD
from planner.replan.build_remaining_instance import build_remaining_instance
from planner.replan.disruption import Disruption
from planner.replan.remaining_route import RemainingRoute
from planner.replan.van_state import find_van_states
from tests.builders.districts import SATURDAY
from tests.unit.replan.remaining_instances import A, B, remaining_instance
from tests.unit.replan.weekends import H, instance, morning_plan, van


def test_a_van_has_what_it_has_left() -> None:
    """B at 9:00 is free at 9:50, with ten of thirty cards and two of three stops."""
    given = instance(van("A"), van("B", max_people=30, max_stops=3))
    left, _ = remaining_instance(9 * H, given=given, published=())
    second = left.instance.van(B)
    assert second.shifts == {SATURDAY: (9 * H + 3000, 14 * H)}
    assert (second.max_people, second.max_stops) == (10, 2)
    assert second.van_class == B


def test_a_van_on_its_way_starts_from_where_it_goes() -> None:
    """B at 9:55 is at P3 at 10:00; nobody drives to where it is."""
    left, _ = remaining_instance(9 * H + 3300, published=())
    place = left.instance.depot_places[left.instance.van(B).start]
    assert left.instance.drive_s[place, :4].tolist() == [600, 600, 600, 0]
    assert set(left.instance.drive_s[:, place].tolist()) == {NO_ROAD}


def test_a_promise_is_a_site_that_is_open_for_its_stop() -> None:
    """P3 from set-up at 10:00 until 11:50, for the van that was to come."""
    left, _ = remaining_instance(7 * H)
    (site_id,) = left.promised
    promised = left.instance.site(site_id)
    assert promised.windows == {SATURDAY: ((10 * H, 11 * H + 3000),)}
    assert (promised.setup_s, promised.packup_s, promised.expected) == (6600, 0, 20)
    assert promised.classes == (B,)


def test_a_promise_taken_over_is_open_to_every_van_in_time() -> None:
    """B breaks down at 7:00: P3 is A's, and would be C's as well."""
    given = instance(van("A"), van("B"), van("C"))
    left, _ = remaining_instance(7 * H, given=given, without={"B": None})
    (site_id,) = left.promised
    assert left.instance.site(site_id).classes == (A, A.replace("A", "C", 1))


def test_other_sites_have_the_people_that_nobody_records() -> None:
    """At 9:00 all twenty of P1 and of P2 are recorded or about to be, and P3's are promised."""
    left, _ = remaining_instance(9 * H)
    assert [site.id for site in left.instance.sites] == list(left.promised)
    more = replace(instance().sites[0], expected=26)
    left, _ = remaining_instance(9 * H, given=instance(sites=(more, *instance().sites[1:])))
    assert (left.instance.site("P1").expected, left.instance.site("P1").classes) == (6, (B,))


def test_a_van_that_is_over_is_not_there() -> None:
    """A is home at 10:00."""
    left, _ = remaining_instance(10 * H, published=())
    assert [each.id for each in left.instance.vans] == [B]


def test_nothing_is_left_where_no_van_can_act() -> None:
    """Both have broken down."""
    happened = Disruption(day=SATURDAY, time_s=7 * H, without={"A": None, "B": None})
    states = find_van_states(instance(), morning_plan(), happened)
    none = [RemainingRoute(van_state=each, stops=(), break_start_s=None) for each in states]
    assert build_remaining_instance(instance(), none, ()) is None
