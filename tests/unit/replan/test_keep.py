"""Routes that somebody has settled."""

from dataclasses import replace

import pytest

from planner.errors import InputError
from planner.plan import Plan, Status
from planner.replan.keep import check_plan, keep_routes
from planner.solvers import Limits
from planner.violation import Rule
from tests.unit.replan.weekends import H, instance, morning_plan, van


def test_what_is_left_is_planned_around_a_settled_route() -> None:
    """Only B is settled: P1 is left to A, and no second van goes to P2 and P3."""
    settled = Plan(routes=morning_plan().routes[1:])
    found = keep_routes(instance(), settled, limits=Limits(iterations=2))
    assert settled.routes[0] in found.plan.routes
    assert found.people == 60
    assert (found.bound, found.status) == (None, Status.TIME_LIMIT)


def test_routes_are_in_the_order_of_vans() -> None:
    """B comes first here, whatever its name."""
    given = instance(van("B"), van("A"))
    found = keep_routes(given, Plan(routes=morning_plan().routes[:1]), limits=Limits(iterations=2))
    assert [route.van_id for route in found.plan.routes] == ["B", "A"]


def test_a_plan_that_breaks_rules_is_not_kept() -> None:
    """A leaves an hour and a half before its shift opens."""
    early = Plan(routes=(replace(morning_plan().routes[0], leave_s=6 * H),))
    with pytest.raises(InputError, match="before its shift opens") as raised:
        keep_routes(instance(), early)
    assert len(raised.value.problems) == 1
    check_plan(instance(), early, rules={Rule.CARDS})
