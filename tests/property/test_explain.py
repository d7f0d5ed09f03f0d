"""What explanations say of costs and changes holds for the best plans, found by brute force."""

from dataclasses import replace
from functools import cache

import pytest

from planner.explain.changed_instances import restrict_to_van_day, with_closed_site
from planner.explain.context import Counterfactual, ExplainContext
from planner.explain.explanation import compute_cost
from planner.explain.feasibility import Feasibility, site_feasibility
from planner.explain.minimal_change import find_minimal_change
from planner.explain.parameters import Parameter, Step
from planner.model import Instance
from planner.solvers import Limits, SolveReport, solve_with_duals
from tests.builders.random_instances import CLASSES
from tests.property.brute import objectives
from tests.property.test_dual_information import plain_instance

FEW = Limits(iterations=12)
SLACK = 1e-6
STEPS = (
    Step(parameter=Parameter.PEOPLE, size=1, max_count=4),
    Step(parameter=Parameter.WEIGHT, size=0.5, max_count=8),
    Step(parameter=Parameter.HOURS, size=1, max_count=20),
    Step(parameter=Parameter.SHIFT, size=1, max_count=20),
)


def best(instance: Instance, site_id: str, *, visited: bool) -> float | None:
    """Worth of the best plan with a stop at a site, or without one; None = there is none."""
    index = instance.site_index[site_id]
    found = objectives(instance).items()
    return max((v for amounts, v in found if bool(amounts[index]) == visited), default=None)


def crowded_instance(seed: int) -> Instance:
    """A random instance with one van-day, too little for all of its sites."""
    instance = plain_instance(seed)
    vans = instance.vans[:1]
    if vans and vans[0].shifts:
        day = min(vans[0].shifts)
        vans = (replace(vans[0], shifts={day: vans[0].shifts[day]}),)
    sites = (replace(site, classes=CLASSES) for site in instance.sites)
    return replace(instance, vans=vans, sites=tuple(sites))


def context_of(instance: Instance) -> ExplainContext:
    """The plan of a small weekend, with what is known of it."""
    base = solve_with_duals(instance, limits=FEW)
    return ExplainContext(instance=instance, plan=base.result.plan, base=base, limits=FEW)


@cache
def left_out(first_seed: int, count: int) -> list[tuple[int, ExplainContext, str, SolveReport]]:
    """Sites that could have a stop and have none, with a report in which they are required."""
    return [
        (
            seed,
            context,
            site.id,
            context.solve_all(Counterfactual(instance=context.instance, site_id=site.id))[0],
        )
        for seed in range(first_seed, first_seed + count)
        for context in [context_of(crowded_instance(seed))]
        for site in context.instance.sites
        if site.id not in context.plan.served()
        and site_feasibility(context.instance, site.id).verdict is not Feasibility.IMPOSSIBLE
    ]


@pytest.mark.slow
def test_the_cost_of_a_stop_is_within_what_is_stated() -> None:
    """On 240 random instances, for every site left out: lower bound <= true cost <= upper bound."""
    tried = 0
    for seed, context, site_id, forced in left_out(0, 240):
        true_with = best(context.instance, site_id, visited=True)
        if site_id not in forced.result.plan.served():
            continue
        tried += 1
        assert true_with is not None, seed
        true = max(objectives(context.instance).values()) - true_with
        base = context.base.result
        found = compute_cost(base, forced.result, context.base.site_bounds.get(site_id))
        assert found.lower_bound is not None
        assert found.upper_bound is not None
        assert found.lower_bound - SLACK <= true <= found.upper_bound + SLACK, (seed, site_id)
    assert tried > 30


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS, ids=[step.parameter.value for step in STEPS])
def test_the_smallest_change_brings_a_site_in_and_one_step_less_does_not(step: Step) -> None:
    """On 240 random instances, wherever the plan there is cannot be bettered."""
    tried = 0
    for seed, context, site_id, _ in left_out(0, 240):
        base = context.base.result
        if base.objective < max(objectives(context.instance).values()) - SLACK:
            continue
        found = find_minimal_change(context, site_id, step, worth_without=base.objective)
        if found is None:
            continue
        changed = step.apply(context.instance, site_id, found.count)
        outside = best(changed, site_id, visited=False)
        inside = best(changed, site_id, visited=True)
        assert inside is not None, (seed, site_id)
        if step.parameter is not Parameter.SHIFT or found.is_certain:
            assert outside is None or inside > outside, (seed, site_id)
        less = step.apply(context.instance, site_id, found.count - 1)
        before = best(less, site_id, visited=True)
        stays_out = before is None or before <= (best(less, site_id, visited=False) or 0.0) + SLACK
        assert stays_out, (seed, site_id)
        tried += 1
    assert tried > 3


@pytest.mark.slow
def test_a_stop_by_one_van_on_one_date_only() -> None:
    """Whatever is planned where a site is only for one van-day is a plan of that kind."""
    for seed in range(40):
        instance = plain_instance(seed)
        for site in instance.sites:
            for van_index, day in instance.van_days:
                van = instance.vans[van_index]
                limited = restrict_to_van_day(instance, site.id, van.id, day)
                plan = solve_with_duals(limited, limits=FEW, required=[site.id]).result.plan
                for route, stop in plan.stops():
                    if stop.site_id == site.id:
                        assert (route.van_id, route.date) == (van.id, day)
                others = replace(with_closed_site(instance, site.id), vans=instance.vans)
                assert max(objectives(limited).values()) >= (
                    max(objectives(others).values()) - SLACK
                )
