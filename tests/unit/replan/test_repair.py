"""Plans made by hand, repaired with the fewest changes."""

from dataclasses import replace
from typing import Any

import pytest

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan, Stop
from planner.replan.repair import RepairResult, repair_plan
from tests.builders.plans import stop
from tests.unit.replan.weekends import H, instance, morning_plan, van


def with_stops(*stops: Stop, van_id: str = "B", plan: Plan | None = None) -> Plan:
    """The morning's plan with other stops of a van."""
    plan = plan or morning_plan()
    return Plan(
        routes=tuple(
            replace(route, stops=stops) if route.van_id == van_id else route
            for route in plan.routes
        )
    )


def repaired(plan: Plan, given: Instance | None = None) -> RepairResult:
    """The repair; it keeps all rules, and repairing it again changes nothing."""
    given = given or instance()
    found = repair_plan(given, plan)
    assert violations(given, found.plan) == ()
    assert found.proven
    again = repair_plan(given, found.plan)
    assert (again.plan, again.changed_stops, again.retimed) == (found.plan, (), ())
    return found


def changes(found: RepairResult) -> list[tuple[str, tuple[str, int] | None]]:
    return [
        (
            change.before.stop.site_id,
            (change.after.van_id, change.after.stop.people) if change.after else None,
        )
        for change in found.changed_stops
    ]


def test_a_sound_plan_stays_to_the_second() -> None:
    """Nothing is changed, retimed or put in another order."""
    found = repaired(morning_plan())
    assert (found.plan, found.problems) == (morning_plan(), ())


def test_a_sound_plan_stays_in_the_order_of_vans() -> None:
    """B is the first van here, and its route the first of the plan."""
    given = instance(van("B"), van("A"))
    plan = given.make_plan(morning_plan().routes)
    assert [route.van_id for route in plan.routes] == ["B", "A"]
    assert repaired(plan, given).plan == plan


def test_stops_at_wrong_times_are_timed_anew() -> None:
    """P3 ten minutes before B can be there: the same stops, and no change."""
    early = with_stops(stop("P2", 8 * H), stop("P3", 9 * H + 3000))
    found = repaired(early)
    assert (changes(found), [van_id for van_id, _ in found.retimed]) == ([], ["B"])
    assert found.plan == morning_plan()
    assert len(found.problems) > 0


@pytest.mark.parametrize(("people", "now"), [(21, 20), (4, 5)])
def test_people_out_of_bounds_are_put_right(people: int, now: int) -> None:
    """More than expected at P3, or fewer than a stop has."""
    found = repaired(with_stops(stop("P2", 8 * H), stop("P3", 10 * H, people)))
    assert changes(found) == [("P3", ("B", now))]


def test_what_does_not_fit_goes_to_another_van() -> None:
    """B may make one stop: P2 or P3 is A's."""
    given = instance(van("A"), van("B", max_stops=1))
    ((_, now),) = changes(repaired(morning_plan(), given))
    assert now == ("A", 20)


def test_what_fits_nowhere_is_left_out() -> None:
    """Both vans may make one stop."""
    given = instance(van("A", max_stops=1), van("B", max_stops=1))
    ((_, now),) = changes(repaired(morning_plan(), given))
    assert now is None


def test_people_are_recorded_once() -> None:
    """Both at P1 for all twenty: one of the stops stays, the other has nobody left."""
    twice = with_stops(stop("P1", 8 * H))
    assert changes(repaired(twice)) == [("P1", None)]


@pytest.mark.parametrize("changed", [{"van_id": "X"}, {"stops": (stop("P9", 8 * H),)}])
def test_unknown_names_do_not_stay(changed: dict[str, Any]) -> None:
    """The stop of a van X goes to a van that is there; a place P9 to nobody."""
    first, second = morning_plan().routes
    found = repaired(Plan(routes=(replace(first, **changed), second)))
    assert len(found.changed_stops) == 1
    assert {route.van_id for route in found.plan.routes} <= {"A", "B"}


def test_of_long_routes_not_everything_is_tried() -> None:
    """Thirteen stops at P1: nothing is proven."""
    many = with_stops(*(stop("P1", 8 * H) for _ in range(13)))
    assert not repair_plan(instance(), many).proven


def test_a_stop_that_stays_has_its_hours() -> None:
    """A place that is gone is left out; B is at P3 from 10:30 on, as its host was told."""
    first, second = morning_plan().routes
    gone = replace(second.stops[0], site_id="P9")
    plan = Plan(routes=(first, replace(second, stops=(gone, second.stops[1]))))
    found = repair_plan(instance(), plan)
    (stop,) = (stop for _, stop in found.plan.stops() if stop.site_id == "P3")
    assert (stop.serve_s, stop.packup_s) == (10 * H + 1800, 11 * H + 1800)
