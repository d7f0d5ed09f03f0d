"""The smallest change that brings a place in."""

import pytest

from planner.explain import (
    ExplainContext,
    explain,
)
from planner.explain.context import Counterfactual
from planner.explain.minimal_change import find_minimal_change
from planner.explain.parameters import STEPS
from planner.horizon import Horizon
from planner.solvers import solve_with_duals
from planner.solvers.parallel import SolveTask
from tests.unit.explain.crowded import (
    ROUNDS,
    crowded_context,
    place,
)


@pytest.fixture(scope="module")
def crowded() -> tuple[Horizon, ExplainContext]:
    return crowded_context()


def test_the_suggested_weight_brings_the_place_in(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Planned anew with it there is a stop, with a step less there is none."""
    horizon, context = crowded
    (change,) = explain(horizon, context, place(horizon, "P1")).changes
    less = change.step.apply(horizon.instance, "P1", change.count - 1)
    assert "P1" in solve_with_duals(change.instance, limits=ROUNDS).result.plan.served()
    assert "P1" not in solve_with_duals(less, limits=ROUNDS).result.plan.served()


def test_solves_end_as_soon_as_they_are_decided(
    crowded: tuple[Horizon, ExplainContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No number of people brings P1 in: one solve says so; the weight takes one solve as well."""
    _, context = crowded
    asked: list[Counterfactual] = []
    task = ExplainContext.task

    def counted(context: ExplainContext, counterfactual: Counterfactual) -> SolveTask:
        asked.append(counterfactual)
        return task(context, counterfactual)

    monkeypatch.setattr(ExplainContext, "task", counted)
    known = context.result.objective
    for step in STEPS[:2]:
        find_minimal_change(context, "P1", step, known=known)
        assert len(asked) <= 1, step
        assert all(counterfactual.settles == known for counterfactual in asked)
        asked.clear()
