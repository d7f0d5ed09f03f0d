"""What explain finds on a city is no worse than what anybody finds by hand."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner import inputs
from planner.check import score, violations
from planner.explain.changed_instances import with_closed_site
from planner.explain.context import Counterfactual, ExplainContext
from planner.explain.minimal_change import find_minimal_change
from planner.explain.parameters import STEPS
from planner.horizon import Horizon, build_horizon
from planner.model import Instance
from planner.plan import Plan
from planner.solvers import Limits, solve_with_duals
from planner.solvers.amounts import min_stop_people, route_visits
from planner.solvers.schedule import Visit, schedule_route
from planner.whatif.scenario_plans import solve_scenarios
from tests.builders.city_folder import write_city

SHORT = Limits(iterations=1)
PLACES = 30
CHANGES = 20

pytestmark = pytest.mark.gate


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Horizon, ExplainContext]:
    """A city of 400 RT, 70 places and 3 vans."""
    folder = write_city(tmp_path_factory.mktemp("kota"), num_rt=400, num_places=70, num_vans=3)
    horizon = build_horizon(inputs.read_district(folder), "2026-W49")
    base = solve_with_duals(horizon.instance, limits=Limits(iterations=20))
    context = ExplainContext(
        instance=horizon.instance, plan=base.result.plan, base=base, limits=SHORT
    )
    return horizon, context


def _plans_by_hand(instance: Instance, plan: Plan, site: int) -> Iterator[Plan]:
    """One route with the fewest people at a site put in anywhere, and at most one stop struck."""
    new: Visit = (site, min_stop_people(instance.sites[site]))
    for route in plan.routes:
        others = tuple(other for other in plan.routes if other != route)
        old = [visit for visit in route_visits(instance, route) if visit[0] != site]
        for kept in [old, *(old[:at] + old[at + 1 :] for at in range(len(old)))]:
            for at in range(len(kept) + 1):
                visits = [*kept[:at], new, *kept[at:]]
                van_index = instance.van_index[route.van_id]
                changed = schedule_route(instance, van_index, route.date, visits)
                if changed is not None:
                    yield instance.make_plan((*others, changed))


def _best(instance: Instance, plans: Iterator[Plan]) -> float | None:
    sound = (plan for plan in plans if not violations(instance, plan))
    return max((score(instance, plan).objective for plan in sound), default=None)


def _left_out(context: ExplainContext) -> list[str]:
    served = context.plan.served()
    return [site.id for site in context.instance.sites if site.id not in served][:PLACES]


def test_no_loss_is_above_that_of_a_stop_put_in_by_hand(
    planned: tuple[Horizon, ExplainContext],
) -> None:
    """Of 30 places without a stop."""
    _, context = planned
    instance, tried = context.instance, 0
    for site_id in _left_out(context):
        plans = _plans_by_hand(instance, context.plan, instance.site_index[site_id])
        by_hand = _best(instance, plans)
        if by_hand is None:
            continue
        tried += 1
        asked = Counterfactual(instance=instance, site_id=site_id)
        assert context.solve(asked).result.objective >= by_hand - 1e-6, site_id
    assert tried >= PLACES // 2


def _struck_by_hand(instance: Instance, plan: Plan, site: int) -> Plan:
    """The plan without its stops at a site; those after them come no earlier for it."""
    routes = []
    for route in plan.routes:
        visits = [visit for visit in route_visits(instance, route) if visit[0] != site]
        van_index = instance.van_index[route.van_id]
        rest = schedule_route(instance, van_index, route.date, visits) if visits else None
        routes += [rest] if rest is not None else []
    return instance.make_plan(routes)


def test_no_loss_is_above_that_of_a_stop_struck_by_hand(
    planned: tuple[Horizon, ExplainContext],
) -> None:
    """Without each place of the plan, as explain asks and as twenty scenarios of a what-if do."""
    horizon, context = planned
    served = sorted(context.plan.served())[:CHANGES]
    closed = [with_closed_site(context.instance, site_id) for site_id in served]
    scenarios = solve_scenarios(
        [replace(horizon, instance=instance) for instance in closed],
        context.base,
        seed=0,
        limits=SHORT,
        processes=1,
    )
    for site_id, instance, scenario in zip(served, closed, scenarios, strict=True):
        by_hand = _struck_by_hand(instance, context.plan, instance.site_index[site_id])
        worth = score(instance, by_hand).objective
        asked = context.solve(Counterfactual(instance=instance)).result
        assert asked.objective >= worth - 1e-6, site_id
        assert scenario.result.objective >= worth - 1e-6, site_id
    assert len(served) >= CHANGES // 2


def test_no_smallest_change_is_halved_beyond_its_range(
    planned: tuple[Horizon, ExplainContext],
) -> None:
    """Twenty changes of people and weights; ten times the work stays in the range told."""
    _, context = planned
    longer = replace(context, limits=Limits(iterations=10))
    worth, tried = context.result.objective, 0
    for site_id in _left_out(context):
        forced = context.solve(Counterfactual(instance=context.instance, site_id=site_id))
        for step in STEPS[:2]:
            changes = [
                find_minimal_change(each, site_id, step, worth_without=worth, forced=forced)
                for each in (context, longer)
            ]
            short, long = changes
            if short is None:
                continue
            tried += 1
            assert long is not None, (site_id, step)
            assert short.at_least <= long.count, (site_id, step)
            is_halved = long.count <= short.count / 2
            assert not is_halved or short.at_least < short.count, (site_id, step)
        if tried >= CHANGES:
            break
    assert tried >= CHANGES
