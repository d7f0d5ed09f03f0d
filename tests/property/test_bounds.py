"""No plan that any solver finds exceeds a bound that column generation proved, however early."""

from dataclasses import replace

import pytest

from planner.check import score
from planner.model import Instance
from planner.plan import Result
from planner.solvers import Limits, solve
from tests.builders.random_instances import random_instance
from tests.builders.synthetic_weekends import synthetic_weekend

EARLY = (0, 1, 3, 10)
"""Rounds after which column generation is asked for its bounds; more lower them."""

FINDERS = (("greedy", 0, 1), ("routing", 1, 4), ("columns", 2, 4), ("columns", 3, 12))
"""Solvers that look for plans, with their seeds and rounds."""

LAST_PLACES = 1e-9


def hold(instance: Instance, label: object) -> None:
    """Bounds and plans of all runs, those of the bounds too, held against each other."""
    bounds = [_run(instance, "columns", 0, rounds) for rounds in EARLY]
    plans = [*bounds, *(_run(instance, *finder) for finder in FINDERS)]
    best = max(score(instance, result.plan).objective for result in plans)
    most = max(score(instance, result.plan).people for result in plans)
    for rounds, result in zip(EARLY, bounds, strict=True):
        where = (label, rounds)
        assert result.bound is None or result.bound >= best - LAST_PLACES, where
        assert result.people_bound is None or result.people_bound >= most, where
    # However few the rounds, more than nothing is proven in the end.
    assert bounds[-1].bound is not None, label
    assert bounds[-1].people_bound is not None, label


def _run(instance: Instance, solver: str, seed: int, rounds: int) -> Result:
    return solve(instance, solver=solver, seed=seed, limits=Limits(iterations=rounds))


@pytest.mark.slow
@pytest.mark.parametrize("first_seed", range(1000, 1100, 25))
def test_no_plan_of_a_random_instance_exceeds_a_bound(first_seed: int) -> None:
    """100 instances with all rules and up to five sites, other than those of brute force."""
    for seed in range(first_seed, first_seed + 25):
        hold(random_instance(seed), seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_no_plan_of_a_weekend_exceeds_a_bound(seed: int) -> None:
    """Fifty sites of a made-up city, and two vans on two days."""
    hold(synthetic_weekend(50, 2, seed=seed), seed)


@pytest.mark.slow
def test_no_plan_exceeds_a_bound_where_vans_meet_at_sites() -> None:
    """Twenty sites for four vans, which record most of the people."""
    hold(synthetic_weekend(20, 4), "crowded")


@pytest.mark.gate
def test_no_plan_exceeds_a_bound_where_cards_run_out() -> None:
    """Vans with 120 cards that make at most four stops."""
    given = synthetic_weekend(25, 2)
    vans = tuple(replace(van, max_people=120, max_stops=4) for van in given.vans)
    hold(replace(given, vans=vans), "cards")
