"""The smallest change that brings a place in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pytest

from planner.explain.context import LEAST_S, Counterfactual, ExplainContext
from planner.explain.minimal_change import LEAST_SOLVES, find_minimal_change
from planner.explain.parameters import STEPS
from planner.horizon import Horizon
from planner.solvers import Limits, SolveReport, solve_with_duals
from planner.solvers.parallel import InlinePool, SolveTask
from planner.solvers.params import DEFAULT_PARAMS, DiveParams
from tests.unit.explain.crowded import (
    ROUNDS,
    crowded_context,
    explain_fully,
    place,
    told,
)


@pytest.fixture(scope="module")
def crowded() -> tuple[Horizon, ExplainContext]:
    return crowded_context()


def test_the_suggested_weight_brings_the_place_in(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Planned anew with it there is a stop, with a step less there is none."""
    horizon, context = crowded
    (change,) = explain_fully(horizon, context, place(horizon, "P1")).changes
    less, changed = (
        change.step.apply(horizon.instance, "P1", count)
        for count in (change.count - 1, change.count)
    )
    assert "P1" in solve_with_duals(changed, limits=ROUNDS).result.plan.served()
    assert "P1" not in solve_with_duals(less, limits=ROUNDS).result.plan.served()


@dataclass(frozen=True)
class RecordingPool(InlinePool):
    """Keeps the tasks that it is asked to solve."""

    tasks: list[SolveTask] = field(default_factory=list)

    def solve(
        self, tasks: Sequence[SolveTask], on_progress: Callable[[int], None]
    ) -> tuple[SolveReport, ...]:
        self.tasks.extend(tasks)
        return super().solve(tasks, on_progress)


def test_solves_end_as_soon_as_they_are_decided(crowded: tuple[Horizon, ExplainContext]) -> None:
    """No number of people brings P1 in, which takes no solve to say; the weight takes one."""
    _, context = crowded
    known = context.result.objective
    pool = RecordingPool()
    people, weight = STEPS[:2]
    assert (
        find_minimal_change(replace(context, pool=pool), "P1", people, worth_without=known) is None
    )
    assert pool.tasks == []
    assert (
        find_minimal_change(replace(context, pool=pool), "P1", weight, worth_without=known)
        is not None
    )
    assert [task.settles for task in pool.tasks] == [known]


def test_solves_are_tuned_as_the_plan_is(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Dives of five steps, where planner.toml says so."""
    horizon, context = crowded
    pool, params = RecordingPool(), replace(DEFAULT_PARAMS, dive=DiveParams(steps=5))
    tuned = replace(context, pool=pool, params=params)
    tuned.solve(Counterfactual(instance=horizon.instance, site_id=None))
    assert [task.params for task in pool.tasks] == [params]


@pytest.mark.parametrize(("left_s", "limits_s"), [(12, [10, 12]), (1, [1, 1]), (-8, [LEAST_S] * 2)])
def test_no_solve_lasts_longer_than_the_answer_may(
    crowded: tuple[Horizon, ExplainContext],
    monkeypatch: pytest.MonkeyPatch,
    left_s: float,
    limits_s: list[float],
) -> None:
    """Of 10 s each, and 30 s for what is told first, 12 s are left; then next to nothing."""
    _, context = crowded
    monkeypatch.setattr("planner.explain.context.time", SimpleNamespace(monotonic=lambda: 100.0))
    pool = RecordingPool()
    limited = replace(context, pool=pool, limits=Limits(time_limit_s=10), ends_s=100.0 + left_s)
    asked = Counterfactual(instance=context.instance)
    limited.solve_all(asked, replace(asked, is_headline=True))
    assert [task.limits.time_limit_s for task in pool.tasks] == limits_s


def test_a_change_that_is_found_says_what_is_proven_of_less(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Six steps of weight bring P1 in; where five are not refuted, fewer steps are the range."""
    horizon, context = crowded
    (change,) = explain_fully(horizon, context, place(horizon, "P1")).changes
    assert (change.count, change.at_least, change.is_proven) == (6, 6, True)
    why = explain_fully(horizon, context, place(horizon, "P1"))
    found = replace(why, changes=(replace(change, at_least=2),))
    assert "proven is at least a weight 0.2 higher" in told(horizon, found)
    unknown = replace(why, changes=(replace(change, at_least=0),))
    assert "not found to be enough, but is not ruled out" in told(horizon, unknown)


def test_a_search_begins_with_the_plan_that_is_known(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """26 people at P1 cost 14.6: six steps of 2.6 are more, before anything is solved."""
    horizon, context = crowded
    forced = context.solve(Counterfactual(instance=horizon.instance, site_id="P1"))
    none = replace(context, limits=Limits(iterations=0))
    weight = STEPS[1]
    known = context.result.objective
    change = find_minimal_change(none, "P1", weight, worth_without=known, forced=forced)
    assert change is not None
    assert change.count == 6


def test_a_busy_machine_answers_with_a_least_number_of_solves(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """The time was over before it began: what insertion gives is told, after one solve for less."""
    _, context = crowded
    weight = STEPS[1]
    known, pool = context.result.objective, RecordingPool()
    late = replace(context, pool=pool, ends_s=0.0)
    change = find_minimal_change(late, "P1", weight, worth_without=known)
    assert change is not None
    assert late.is_over()
    assert len(pool.tasks) <= LEAST_SOLVES
    stopped = replace(context, pool=pool, stop=lambda: True)
    assert find_minimal_change(stopped, "P1", weight, worth_without=known) is None
