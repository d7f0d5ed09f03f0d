"""Where people may come to more than one site, nobody is recorded twice, and everybody once."""

import pytest

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan
from planner.solvers import SOLVERS, Limits, solve
from planner.solvers.fixing import residual_instance
from planner.solvers.insertion import cut_back, insert_site
from tests.builders.instances import ignore_draws
from tests.builders.random_instances import shared_instance
from tests.property.optima import shared_best_of

ROUNDS = 3


@pytest.mark.slow
@pytest.mark.parametrize("first_seed", range(0, 400, 50))
def test_every_plan_keeps_the_rules_and_is_at_most_the_best(first_seed: int) -> None:
    """On 400 random instances, with every other rule too; the best is found by trying all."""
    for seed in range(first_seed, first_seed + 50):
        instance, best = shared_best_of(seed)
        assert violations(instance, best.plan) == (), seed
        assert score(instance, best.plan).objective == pytest.approx(best.objective), seed
        for solver in SOLVERS:
            result = solve(instance, solver=solver, seed=seed, limits=Limits(iterations=ROUNDS))
            assert violations(instance, result.plan) == (), (seed, solver)
            assert result.objective <= best.objective + 1e-9, (seed, solver)
            assert result.bound is None or result.bound >= best.objective - 1e-9, (seed, solver)
            most = result.people_bound
            assert most is None or most >= best.most_people, (seed, solver)


def greedy_plan(instance: Instance) -> Plan:
    return solve(instance, solver="greedy", limits=Limits(iterations=0)).plan


@pytest.mark.slow
def test_plans_made_of_other_plans_keep_the_rules() -> None:
    """Cut back from the plan that ignores who is shared, and with one more site in."""
    num_refused = 0
    for seed in range(200):
        instance = shared_instance(seed, max_sites=5)
        other = greedy_plan(ignore_draws(instance))
        num_refused += bool(violations(instance, other))
        assert violations(instance, cut_back(instance, other)) == (), seed
        plan = greedy_plan(instance)
        for site in instance.sites:
            with_site = insert_site(instance, plan, site.id)
            assert with_site is None or violations(instance, with_site) == (), (seed, site.id)
    assert num_refused > 10


@pytest.mark.slow
def test_a_plan_for_what_is_left_fits_beside_what_is_settled() -> None:
    """Each route of a plan is settled; the others are planned anew."""
    for seed in range(200):
        instance = shared_instance(seed, max_sites=5)
        for route in greedy_plan(instance).routes:
            settled = Plan(routes=(route,))
            rest = greedy_plan(residual_instance(instance, settled))
            both = instance.make_plan([route, *rest.routes])
            assert violations(instance, both) == (), seed
