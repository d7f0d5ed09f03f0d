"""Plans with which an explanation begins."""

from planner.explain.changed_instances import with_closed_site
from planner.explain.context import Counterfactual
from planner.plan import Plan
from tests.unit.explain.crowded import context_of, crowded_context


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
