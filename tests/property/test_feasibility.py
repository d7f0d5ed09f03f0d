"""What is called impossible is, and what is called possible has a route, by brute force."""

from collections import Counter

import pytest

from planner.check import violations
from planner.explain.feasibility import Feasibility, site_feasibility
from planner.plan import Plan
from planner.solvers import Limits, solve_with_duals
from tests.property.brute import objectives
from tests.property.test_dual_information import plain_instance


@pytest.mark.parametrize("first_seed", range(0, 200, 40))
def test_a_site_called_impossible_is_in_no_plan(first_seed: int) -> None:
    """On 200 random instances, no triangle inequality, breaks, missing roads and all."""
    found: Counter[Feasibility] = Counter()
    for seed in range(first_seed, first_seed + 40):
        instance = plain_instance(seed)
        visited = {
            index for amounts in objectives(instance) for index, q in enumerate(amounts) if q
        }
        for index, site in enumerate(instance.sites):
            told = site_feasibility(instance, site.id)
            found[told.verdict] += 1
            if told.verdict is Feasibility.IMPOSSIBLE:
                assert index not in visited, (seed, site.id)
                assert told.nearest is not None or not instance.van_days
            if told.verdict is Feasibility.POSSIBLE:
                assert index in visited, (seed, site.id)
            for trial in told.trials:
                if trial.route is not None:
                    assert violations(instance, Plan(routes=(trial.route,))) == ()
    assert found[Feasibility.IMPOSSIBLE] > 10
    assert found[Feasibility.POSSIBLE] > 20
    # What is left to a solve is rare.
    assert found[Feasibility.OPEN] < found[Feasibility.IMPOSSIBLE]


def test_a_site_called_impossible_is_missed_when_it_is_required() -> None:
    """The solver tries its best, and proves that it cannot."""
    tried = 0
    for seed in range(60):
        instance = plain_instance(seed)
        for site in instance.sites:
            if site_feasibility(instance, site.id).verdict is Feasibility.IMPOSSIBLE:
                tried += 1
                forced = solve_with_duals(
                    instance, limits=Limits(iterations=12), required=[site.id]
                )
                assert forced.max_required in {0, None}
                assert all(stop.site_id != site.id for _, stop in forced.result.plan.stops())
    assert tried > 20
