"""Every engine knows that people who may come to two sites come to one of them."""

from dataclasses import replace

import pytest

from planner.check import violations
from planner.plan import Plan
from planner.solvers import SOLVERS, Limits, solve
from planner.solvers.fixing import residual_instance
from planner.solvers.insertion import adapt_plan, cut_back, insert_site, lengthen_stays
from planner.violation import Rule
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, ignore_draws, instance, site, two_halls

TWO_HALLS = two_halls()
"""There is time to record all of the 45 who come to either."""

ROUNDS = Limits(iterations=20)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_solver_records_nobody_twice(solver: str) -> None:
    """Twenty-five come; a solver that thinks of forty-five makes a plan that the check refuses."""
    plan = solve(TWO_HALLS, solver=solver, limits=ROUNDS).plan
    assert violations(TWO_HALLS, plan) == ()
    assert sum(plan.served().values()) == 25
    ignoring = solve(ignore_draws(TWO_HALLS), solver=solver, limits=ROUNDS).plan
    assert [v.rule for v in violations(TWO_HALLS, ignoring)] == [Rule.PEOPLE_OF_SITES]


@pytest.mark.parametrize("solver", SOLVERS)
def test_two_vans_record_nobody_twice(solver: str) -> None:
    """One at each hall, since a van may make one stop."""
    vans = tuple(replace(VAN, id=name, max_stops=1) for name in "AB")
    given = two_halls(*vans)
    plan = solve(given, solver=solver, limits=ROUNDS).plan
    assert violations(given, plan) == ()
    assert violations(given, solve(ignore_draws(given), solver=solver, limits=ROUNDS).plan)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_service_lasts_its_shortest_time(solver: str) -> None:
    """Ten people take 100 s; with 800 s at least there is time for one of two sites."""
    given = instance(*(site(number, min_service_s=800) for number in (1, 2)))
    plan = solve(given, solver=solver, limits=ROUNDS).plan
    assert violations(given, plan) == ()
    (stop,) = plan.routes[0].stops
    assert stop.packup_s - stop.serve_s == 800


def test_a_plan_is_cut_back_to_those_who_are_there() -> None:
    """Twenty at site 1, so that of 25 at site 2 five are left."""
    ignoring = solve(ignore_draws(TWO_HALLS), solver="greedy", limits=ROUNDS).plan
    plan = cut_back(TWO_HALLS, ignoring)
    assert violations(TWO_HALLS, plan) == ()
    assert sum(plan.served().values()) == 25


def test_stays_grow_by_those_who_are_there() -> None:
    """Ten at each site, then five more at one of them; forty-five if nobody were shared."""
    ten_each = (replace(hall, expected=10, draws={}) for hall in TWO_HALLS.sites)
    short = solve(replace(TWO_HALLS, sites=tuple(ten_each)), solver="greedy", limits=ROUNDS).plan
    assert short.served() == {"site-1": 10, "site-2": 10}
    longer = lengthen_stays(TWO_HALLS, short)
    assert violations(TWO_HALLS, longer) == ()
    assert sum(longer.served().values()) == 25
    assert violations(TWO_HALLS, lengthen_stays(ignore_draws(TWO_HALLS), short))


def test_a_plan_is_adapted_to_those_who_are_there() -> None:
    """What of a plan for 45 is left where 25 come."""
    ignoring = solve(ignore_draws(TWO_HALLS), solver="greedy", limits=ROUNDS).plan
    plan = adapt_plan(TWO_HALLS, ignoring)
    assert violations(TWO_HALLS, plan) == ()
    assert sum(plan.served().values()) == 25
    assert adapt_plan(ignore_draws(TWO_HALLS), ignoring) == ignoring


def test_a_site_is_put_in_for_those_whom_others_leave() -> None:
    """Site 2 has all of RT 1 and five more; a stop at site 1 takes some of the twenty from it."""
    given = two_halls(*(replace(VAN, id=name) for name in "AB"))
    only_b = replace(VAN, id="B", shifts={})
    plan = insert_site(replace(given, vans=(VAN, only_b)), Plan(), "site-2")
    assert plan is not None
    assert plan.served() == {"site-2": 25}
    both = insert_site(given, plan, "site-1")
    assert both is not None
    assert violations(given, both) == ()
    assert sum(both.served().values()) == 25
    ignoring = insert_site(ignore_draws(given), plan, "site-1")
    assert ignoring is not None
    assert violations(given, ignoring)


def test_what_is_left_beside_settled_routes_is_planned() -> None:
    """Van A records fifteen at site 1; of the others of RT 1, and five more, B records ten."""
    given = two_halls(VAN, replace(VAN, id="B"))
    closed = given.with_site(replace(given.sites[1], windows={})).with_van(
        replace(VAN, id="B", shifts={})
    )
    settled = solve(closed.with_van(replace(VAN, max_people=15)), solver="greedy", limits=ROUNDS)
    rest = solve(residual_instance(given, settled.plan), solver="greedy", limits=ROUNDS)
    assert rest.people == 10
    both = given.make_plan([*settled.plan.routes, *rest.plan.routes])
    assert violations(given, both) == ()
    assert {route.date for route in both.routes} == {SATURDAY}
    ignoring = residual_instance(ignore_draws(given), settled.plan)
    rest = solve(ignoring, solver="greedy", limits=ROUNDS)
    assert violations(given, given.make_plan([*settled.plan.routes, *rest.plan.routes]))
