"""What holds for the plan of every solver, on random small instances."""

import pytest

from planner.check import score, violations
from planner.formats import plan_bytes
from planner.solvers import SOLVERS, Limits, solve
from tests.builders.random_instances import random_instance
from tests.property.optima import best_of

ROUNDS = 3


@pytest.mark.slow
@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("first_seed", range(0, 200, 50))
def test_every_plan_keeps_the_rules_and_is_at_most_the_best(solver: str, first_seed: int) -> None:
    """On 200 random instances: no violation, the objective of the check, none above the optimum."""
    for seed in range(first_seed, first_seed + 50):
        instance, best = best_of(seed)
        result = solve(instance, solver=solver, seed=seed, limits=Limits(iterations=ROUNDS))
        assert violations(instance, result.plan) == (), seed
        assert score(instance, result.plan).objective == pytest.approx(result.objective), seed
        assert result.objective <= best.objective + 1e-9, seed
        assert result.people <= best.most_people, seed
        assert result.bound is None or result.bound >= best.objective - 1e-9, seed


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_same_seed_and_iterations_make_the_same_bytes(solver: str) -> None:
    """Twenty instances, each solved twice with seed 7 and the same number of rounds."""
    for seed in range(20):
        instance = random_instance(seed)
        files = [
            plan_bytes(solve(instance, solver=solver, seed=7, limits=Limits(iterations=ROUNDS)))
            for _ in range(2)
        ]
        assert files[0] == files[1], seed


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_plan_to_start_from_is_never_made_worse(solver: str) -> None:
    """Started from the best plan there is, a solver returns one worth as much."""
    for seed in range(40):
        instance, best = best_of(seed)
        result = solve(instance, solver=solver, limits=Limits(iterations=ROUNDS), start=best.plan)
        assert result.objective == pytest.approx(best.objective), seed
