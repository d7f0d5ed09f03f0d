"""People who may come to two places are recorded at one of them, whatever has happened."""

from dataclasses import replace

import pytest

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan, Route
from planner.promise import list_promises
from planner.replan.disruption import Disruption
from planner.replan.keep import keep_routes
from planner.replan.repair import repair_plan
from planner.replan.replanning import ReplanResult, keep_promises, replan
from planner.solvers import Limits
from tests.builders.districts import SATURDAY
from tests.builders.instances import ignore_draws
from tests.unit.replan.weekends import H, instance, morning_plan, site

ROUNDS = Limits(iterations=3)


def given(*own: int, drawn: int = 20) -> Instance:
    """P1, P2 and P3 draw the same people; each has some of its own."""
    return instance(
        sites=tuple(
            replace(site(number), expected=expected, draws={"rt-1": drawn * 1000})
            for number, expected in enumerate(own, start=1)
        )
    )


def recorded(plan: Plan) -> int:
    return sum(plan.served().values())


def test_a_repair_records_nobody_twice() -> None:
    """Twenty at each of three places, where thirty come in all; without draws nothing is wrong."""
    thirty = given(10, 0, 0)
    repaired = repair_plan(thirty, morning_plan())
    assert violations(thirty, repaired.plan) == ()
    assert recorded(repaired.plan) == 30
    left = repair_plan(ignore_draws(thirty), morning_plan()).plan
    assert left == morning_plan()
    assert violations(thirty, left)


def test_what_is_planned_beside_settled_routes_records_nobody_twice() -> None:
    """Van A has its twenty at P1, so that B records the other ten."""
    thirty = given(10, 0, 0)
    settled = Plan(routes=morning_plan().routes[:1])
    found = keep_routes(thirty, settled, limits=ROUNDS)
    assert violations(thirty, found.plan) == ()
    assert recorded(found.plan) == 30
    assert violations(thirty, keep_routes(ignore_draws(thirty), settled, limits=ROUNDS).plan)


def test_promises_are_kept_for_those_who_come() -> None:
    """Three promises for fifteen people, who are enough for three stops of five."""
    fifteen = given(0, 0, 0, drawn=15)
    found = keep_promises(fifteen, morning_plan(), limits=ROUNDS)
    assert violations(fifteen, found.result.plan) == ()
    assert (len(found.kept), recorded(found.result.plan)) == (3, 15)
    ignoring = keep_promises(ignore_draws(fifteen), morning_plan(), limits=ROUNDS)
    assert violations(fifteen, ignoring.result.plan)


def replanned(instance: Instance, plan: Plan, **changes: object) -> ReplanResult:
    """At 9:50, when P1 and P2 are done and P3 is to come."""
    happened = Disruption(day=SATURDAY, time_s=10 * H - 600, **changes)  # type: ignore[arg-type]
    promises = list_promises(plan, ("P1", "P2", "P3"))
    return replan(instance, plan, happened, promises, limits=ROUNDS)


def test_those_recorded_before_do_not_come_again() -> None:
    """P1 has recorded all of RT 1, since nobody else came to it: nobody is left for P3."""
    before = given(20, 20, 0)
    found = replanned(before, morning_plan(), people={"P1": 20})
    assert violations(found.instance, found.result.plan) == ()
    assert found.result.plan.served() == {"P1": 20, "P2": 20}
    ignoring = replanned(ignore_draws(before), morning_plan(), people={"P1": 20})
    assert violations(found.instance, ignoring.result.plan)


@pytest.mark.parametrize("people", [0, 12, 25])
def test_more_or_fewer_come_to_a_place(people: int) -> None:
    """All who come to P3 are of RT 1, some of these only, or five others besides."""
    found = replanned(given(20, 20, 0), morning_plan(), people={"P3": people})
    assert violations(found.instance, found.result.plan) == ()
    assert found.instance.site("P3").max_people == people
    assert found.result.plan.served()["P3"] == people


def test_a_past_that_records_more_than_come_by_now_stands() -> None:
    """Twenty each at P1 and P2, all of RT 1: P1 has more of its own then than is said."""
    early = Plan(routes=(morning_plan().routes[0], replace_last(morning_plan().routes[1])))
    found = replanned(given(20, 0, 0), early, people={"P1": 20})
    assert violations(found.instance, found.result.plan) == ()
    assert found.result.plan.served() == {"P1": 20, "P2": 20}


def replace_last(route: Route) -> Route:
    """The route home from its first stop."""
    first = route.stops[0]
    return replace(route, stops=(first,), return_s=first.depart_s + 600)
