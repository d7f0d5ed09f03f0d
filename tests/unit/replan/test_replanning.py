"""Mornings that go wrong, each with an answer that can be found by hand."""

from dataclasses import replace
from typing import Any

import pytest

from planner.check import violations
from planner.errors import InputError
from planner.plan import Plan, Status, Stop
from planner.promise import list_promises
from planner.replan.disruption import Disruption
from planner.replan.past import changed_past_stops
from planner.replan.replanning import ReplanResult, limits_after, replan
from planner.solvers import Limits
from tests.builders.districts import SATURDAY
from tests.unit.replan.weekends import H, instance, morning_plan, site, van

ALL = list_promises(morning_plan(), {"P1", "P2", "P3"})


def after(time_s: float, **disruption: Any) -> ReplanResult:
    """The morning's plan once something has happened."""
    happened = Disruption(day=SATURDAY, time_s=int(time_s), **disruption)
    limits = Limits(iterations=2)
    found = replan(instance(), morning_plan(), happened, ALL, limits=limits)
    assert violations(found.instance, found.result.plan) == ()
    assert changed_past_stops(morning_plan(), found.result.plan, happened) == []
    return found


def dropped(found: ReplanResult) -> list[str]:
    """Places of the promises that are not kept."""
    return [promise.site_id for promise in found.promises if promise not in found.kept]


def stops(found: ReplanResult, van_id: str) -> list[Stop]:
    return [stop for route, stop in found.result.plan.stops() if route.van_id == van_id]


def test_the_given_plan_keeps_the_rules() -> None:
    """All that follows builds on it."""
    assert violations(instance(), morning_plan()) == ()


@pytest.mark.slow
def test_without_news_nothing_changes() -> None:
    """At 7:00 all is well."""
    found = after(7 * H)
    assert {*found.result.plan.routes} == {*morning_plan().routes}
    assert dropped(found) == []


def test_the_other_van_takes_what_it_can_on_time() -> None:
    """B breaks down at 9:40, packing up at P2: A, home at 10:00, is at P3 before 10:00."""
    found = after(9 * H + 2400, without={"B": None})
    assert [each.site_id for each in stops(found, "A")] == ["P1", "P3"]
    assert dropped(found) == []
    assert [each.people for each in stops(found, "B")] == [20]


def test_what_was_recorded_when_a_van_broke_down_stays() -> None:
    """At 9:00 half of the hour at P2 is over: ten people; the promise of P2 is broken."""
    found = after(9 * H, without={"B": None})
    (cut,) = stops(found, "B")
    assert (cut.people, cut.packup_s) == (10, 9 * H)
    assert dropped(found) == ["P2"]


def test_a_van_that_broke_down_while_setting_up_recorded_nobody() -> None:
    """At 8:10; its stop is not in the plan any more."""
    assert stops(after(8 * H + 600, without={"B": None}), "B") == []


def test_a_van_that_cannot_drive_records_where_it_stands() -> None:
    """A flat tyre at 9:00 at P2: all twenty are recorded there; A is at P3 in B's place."""
    found = after(9 * H, immobile={"B": None})
    assert [(each.site_id, each.people) for each in stops(found, "B")] == [("P2", 20)]
    assert [each.site_id for each in stops(found, "A")] == ["P1", "P3"]
    assert dropped(found) == []


@pytest.mark.parametrize("what", ["without", "immobile"])
def test_a_broken_van_does_not_drive_at_the_next_news(what: str) -> None:
    """B at 9:00; at 9:10 A is a little late: B is not at P3 again."""
    found = after(9 * H, **{what: {"B": None}})
    happened = Disruption(day=SATURDAY, time_s=9 * H + 600, late_s={"A": 300})
    again = replan(found.instance, found.result.plan, happened, ALL, limits=Limits(iterations=2))
    assert stops(again, "B") == stops(found, "B")


def test_a_late_crew_loses_the_people_for_whom_no_time_is_left() -> None:
    """P2 closes at 10:20; B, 60 min late at 9:00, has 30 of the 60 min: ten people, not twenty."""
    sites = (site(1), site(2, windows={SATURDAY: ((8 * H, 10 * H + 1200),)}), site(3))
    for late_s, people in ((1800, 20), (3600, 10), (5400, 0)):
        happened = Disruption(day=SATURDAY, time_s=9 * H, late_s={"B": late_s})
        found = replan(
            instance(sites=sites), morning_plan(), happened, ALL, limits=Limits(iterations=2)
        )
        assert violations(found.instance, found.result.plan) == ()
        assert found.result.plan.served()["P2"] == people, late_s


def test_a_plan_is_never_below_the_old_one_mended() -> None:
    """Two vans at one place at the same time, where one stop of another day cannot be: the rest
    stays to the second.
    """
    first, second = morning_plan().routes
    twice = Plan(
        routes=(
            first,
            replace(second, stops=(replace(second.stops[0], site_id="P1"),), return_s=10 * H),
        )
    )
    given = instance(sites=(site(1, expected=40), site(2), site(3)))
    happened = Disruption(day=SATURDAY, time_s=7 * H, closed=frozenset({"P3"}))
    promises = list_promises(twice, {"P1"})
    found = replan(given, twice, happened, promises, limits=Limits(iterations=2), min_gain=100.0)
    assert found.kept == promises
    assert found.result.plan == found.mended == twice


def test_a_crew_is_not_sent_out_for_two_people() -> None:
    """Six more come to P2; each sheet and each call must bring more than three people."""
    for min_gain, same in ((100.0, True), (0.0, False)):
        happened = Disruption(day=SATURDAY, time_s=7 * H, people={"P2": 26})
        found = replan(
            instance(),
            morning_plan(),
            happened,
            ALL,
            limits=Limits(iterations=2),
            min_gain=min_gain,
        )
        assert (found.result.plan == morning_plan()) is same


def test_a_van_that_has_returned_stays_at_home() -> None:
    """At 10:05 A is home, so that nobody can go to P3."""
    found = after(10 * H + 300, without={"B": None})
    assert [each.site_id for each in stops(found, "A")] == ["P1"]
    assert dropped(found) == ["P3"]


def test_a_stop_that_goes_on_when_its_van_is_late_lasts_longer() -> None:
    """B is 20 min late at 9:00: it leaves P2 at 10:10, too late for P3, where A goes instead."""
    found = after(9 * H, late_s={"B": 1200})
    first, *_ = stops(found, "B")
    assert (first.depart_s, first.people) == (9 * H + 3000 + 1200, 20)
    assert [each.site_id for each in stops(found, "A")] == ["P1", "P3"]
    assert dropped(found) == []


def test_a_locked_hall_is_left_at_once() -> None:
    """P3 is locked at 9:55, as B drives there: it turns there at 10:00, and nothing else waits."""
    found = after(9 * H + 3300, closed=frozenset({"P3"}))
    assert [each.site_id for each in stops(found, "B")] == ["P2"]
    route = next(route for route in found.result.plan.routes if route.van_id == "B")
    assert route.return_s == 10 * H + 600


def test_a_van_that_is_sent_elsewhere_on_its_way_starts_from_there() -> None:
    """B drives to P3, which is locked at 9:55; home is its next place."""
    found = after(9 * H + 3300, closed=frozenset({"P3"}))
    place = found.instance.site("P3").place
    assert found.diversions == {("B", found.result.plan.routes[0].date, 1): place}
    assert after(9 * H + 3300).diversions == {}


def test_a_van_that_breaks_down_on_its_way_home_is_home_when_it_was_to_be() -> None:
    """B turned at P3 at 10:00, to be home at 10:10; the way from P2 would have been shorter."""
    home = after(9 * H + 3300, closed=frozenset({"P3"}))
    plan, day = home.result.plan, home.result.plan.routes[0].date
    broken = Disruption(day=day, time_s=10 * H + 300, without={"B": None})
    found = replan(home.instance, plan, broken, home.promises, limits=Limits(iterations=1))
    route = next(route for route in found.result.plan.routes if route.van_id == "B")
    assert route.return_s == 10 * H + 600


def test_a_hall_found_locked_is_not_a_stop_that_has_begun() -> None:
    """The plan had set-up at P3 begin at 10:00; at 10:10 its doors are still shut."""
    found = after(10 * H + 600, closed=frozenset({"P3"}))
    assert [each.site_id for each in stops(found, "B")] == ["P2"]


def test_hours_stay_when_fewer_people_come() -> None:
    """Twelve at P3 rather than twenty: the crew is there until 11:30 all the same."""
    found = after(8 * H, people={"P3": 12})
    _, last = stops(found, "B")
    assert (last.people, last.serve_s, last.packup_s) == (12, 10 * H + 1800, 11 * H + 1800)
    assert dropped(found) == []


def test_longer_stays_take_more_people() -> None:
    """Thirty at P3, where B has time until its break."""
    found = after(8 * H, people={"P3": 30})
    assert sum(each.people for each in stops(found, "B") if each.site_id == "P3") == 30
    assert dropped(found) == []


def test_a_smaller_van_keeps_the_hours_for_fewer_people() -> None:
    """A has one kit: in the hour at P3 it records ten; P1 takes it twice as long."""
    sites = (site(1, expected=10), site(2), site(3))
    one_kit = instance(van("A", kits=1), van("B"), sites=sites)
    first = morning_plan().routes[0]
    plan = Plan(
        routes=(
            replace(first, stops=(replace(first.stops[0], people=10),)),
            morning_plan().routes[1],
        )
    )
    disruption = Disruption(day=SATURDAY, time_s=7 * H, without={"B": None})
    found = replan(
        one_kit, plan, disruption, list_promises(plan, {"P3"}), limits=Limits(iterations=2)
    )
    kept = next(each for each in stops(found, "A") if each.site_id == "P3")
    assert dropped(found) == []
    assert kept.people >= 10
    assert (kept.serve_s <= 10 * H + 1800, kept.packup_s >= 11 * H + 1800) == (True, True)


def test_names_that_are_unknown_are_told() -> None:
    """All at once."""
    disruption = Disruption(day=SATURDAY, time_s=0, without={"X": None}, closed=frozenset({"P9"}))
    with pytest.raises(InputError, match="van 'X' is not part of this week") as raised:
        replan(instance(), morning_plan(), disruption, ALL)
    assert len(raised.value.problems) == 2


def test_a_plan_that_breaks_rules_is_not_gone_on_from() -> None:
    """A leaves an hour before its shift."""
    early = replace(morning_plan().routes[0], leave_s=H)
    disruption = Disruption(day=SATURDAY, time_s=0)
    with pytest.raises(InputError, match="leaves 23400 s before its shift opens"):
        replan(instance(), Plan(routes=(early,)), disruption, ALL)


def test_a_plan_for_the_rest_is_not_said_to_be_optimal() -> None:
    """It is the best that was found around promises; the past may rule out the best of all."""
    result = replan(instance(), morning_plan(), Disruption(day=SATURDAY, time_s=0), ALL).result
    assert (result.bound, result.status) == (None, Status.TIME_LIMIT)


def test_time_for_promises_is_taken_off_the_time_for_people() -> None:
    """But for a share that is left in any case; rounds are not counted off."""
    limits = Limits(time_limit_s=10.0, iterations=3)
    assert limits_after(limits, 2.0) == Limits(time_limit_s=8.0, iterations=3)
    assert limits_after(limits, 60.0) == Limits(time_limit_s=4.0, iterations=3)
    assert limits_after(Limits(iterations=3), 2.0) == Limits(iterations=3)
    assert limits_after(None, 2.0) is None
