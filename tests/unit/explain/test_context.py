"""Plans with which an explanation begins."""

from planner.check import violations
from planner.explain.changed_instances import with_closed_site
from planner.explain.context import Counterfactual, ExplainContext
from planner.plan import Plan
from planner.solvers import solve_with_duals
from tests.builders.instances import ignore_draws, two_halls
from tests.unit.explain.crowded import ROUNDS, context_of, crowded_context


def test_a_start_with_a_stop_is_made_of_the_plan() -> None:
    """P1 is not in the plan and comes into the start; where it is closed there is none."""
    _, context = crowded_context()
    start = context.best_start(context.instance, "P1")
    assert start is not None
    assert "P1" in start.served()
    assert context.best_start(with_closed_site(context.instance, "P1"), "P1") is None


def test_the_result_is_that_of_the_plan_explained() -> None:
    """An empty plan records nobody, whatever the solver found; the bounds are on all plans."""
    horizon, _ = crowded_context()
    context = context_of(horizon, Plan())
    assert context.result.people == 0
    assert context.result.bound == context.base.result.bound


def test_each_counterfactual_is_solved() -> None:
    """One with a stop at P1, one without any at S1."""
    _, context = crowded_context()
    visiting, closed = context.solve_all(
        Counterfactual(instance=context.instance, site_id="P1"),
        Counterfactual(instance=with_closed_site(context.instance, "S1")),
    )
    assert "P1" in visiting.result.plan.served()
    assert "S1" not in closed.result.plan.served()


def test_a_counterfactual_records_nobody_twice() -> None:
    """A stop at the first of two halls takes people from the other: 25 in all, and not 45."""
    given = two_halls()
    base = solve_with_duals(given, limits=ROUNDS)
    context = ExplainContext(instance=given, plan=base.result.plan, base=base, limits=ROUNDS)
    asked = (Counterfactual(instance=i, site_id="site-1") for i in (given, ignore_draws(given)))
    counted, ignoring = (context.solve(one).result.plan for one in asked)
    assert violations(given, counted) == ()
    assert "site-1" in counted.served()
    assert violations(given, ignoring)
