"""On tiny weekends, whatever happens: the past stands and no promise is dropped without need."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan
from planner.promise import Promise, kept_promises, list_promises
from planner.replan.disruption import Disruption
from planner.replan.replanning import replan
from planner.solvers import Limits, solve
from tests.builders.random_instances import (
    CLOSING_S,
    OPENING_S,
    random_instance,
    shared_instance,
)
from tests.property.promised import most_promises

SHARED_SEED = 10_000
"""From here on people may come to more than one site."""


def horizon(seed: int) -> Instance:
    """Small, and on real roads: every drive is the shortest, and every place is reached."""
    draw_instance = random_instance if seed < SHARED_SEED else shared_instance
    given = draw_instance(seed, max_sites=4)
    drive_s = np.where(given.drive_s < 0, 9, given.drive_s).astype(np.int32)
    for via in range(len(drive_s)):
        drive_s = np.minimum(drive_s, drive_s[:, [via]] + drive_s[[via], :])
    return replace(given, drive_s=drive_s)


def solve_briefly(instance: Instance, seed: int) -> Plan:
    return solve(instance, solver="columns", seed=seed, limits=Limits(iterations=2)).plan


def published(instance: Instance, plan: Plan) -> tuple[Promise, ...]:
    """All of it; days have 75 seconds here, so hours are rounded to 4 of them."""
    return list_promises(plan, instance.site_index, round_s=4)


def random_breakdown(instance: Instance, rng: Random) -> Disruption:
    """A van, or none, breaks down at some second of some day."""
    vans = [van.id for van in instance.vans if van.shifts]
    return Disruption(
        day=rng.choice(instance.dates),
        time_s=rng.randrange(OPENING_S - 5, CLOSING_S + 5),
        without={rng.choice(vans): None} if rng.random() < 0.8 else {},
    )


@pytest.mark.slow
@pytest.mark.parametrize("first_seed", [*range(0, 300, 50), SHARED_SEED, SHARED_SEED + 50])
def test_no_promise_is_dropped_while_a_plan_that_keeps_it_exists(first_seed: int) -> None:
    """Counted by trying every order of sites and every second, on 400 random weekends."""
    for seed in range(first_seed, first_seed + 50):
        instance = horizon(seed)
        if not instance.van_days:
            continue
        rng = Random(seed)
        plan = solve_briefly(instance, seed)
        promises = published(instance, plan)
        disruption = random_breakdown(instance, rng)
        found = replan(instance, plan, disruption, promises, seed=seed, limits=Limits(iterations=2))
        assert violations(found.instance, found.result.plan) == (), seed
        most = most_promises(instance, found.instance, plan, disruption, promises)
        assert len(found.kept) == most, (seed, disruption)


def random_disruption(instance: Instance, rng: Random) -> Disruption:
    """Vans break down or are late, places close, and more or fewer people come."""
    disruption = random_breakdown(instance, rng)
    driving = [van.id for van in instance.vans if van.shifts and van.id not in disruption.without]
    return replace(
        disruption,
        late_s={van: rng.choice([1, 5, 20]) for van in driving if rng.random() < 0.5},
        closed=frozenset(site.id for site in instance.sites if rng.random() < 0.25),
        people={site.id: rng.randint(0, 6) for site in instance.sites if rng.random() < 0.25},
    )


def is_past_unchanged(before: Plan, after: Plan, disruption: Disruption) -> bool:
    """Whether all that had begun is in the new plan as it was planned, or cut short."""
    routes = {(route.van_id, route.date): route for route in after.routes}
    for route in before.routes:
        begun = [
            stop
            for stop in route.stops
            if route.date < disruption.day
            or (route.date == disruption.day and stop.setup_s <= disruption.time_s)
        ]
        now = routes.get((route.van_id, route.date))
        found = [
            stop
            for stop, was in zip(now.stops if now else (), begun, strict=False)
            if (stop.site_id, stop.setup_s) == (was.site_id, was.setup_s)
        ]
        over = route.date < disruption.day
        for was, stop in zip(begun, found, strict=False):
            finished = over or was.depart_s <= disruption.time_s
            same = replace(stop, people=was.people, packup_s=was.packup_s, depart_s=was.depart_s)
            if (finished and stop != was) or same != was:
                return False
        unmade = begun[len(found) :]
        gone = route.van_id in {*disruption.without, *disruption.late_s}
        if any(over or disruption.time_s >= stop.packup_s for stop in unmade):
            return False
        if any(not gone and stop.site_id not in disruption.closed for stop in unmade):
            return False
    return True


@pytest.mark.parametrize("first_seed", [*range(1000, 1300, 50), *range(11000, 11200, 50)])
def test_whatever_happens_the_past_stands_and_all_rules_are_kept(first_seed: int) -> None:
    """On 500 random weekends nothing begun is touched, and nothing is done where it cannot be."""
    for seed in range(first_seed, first_seed + 50):
        instance = horizon(seed)
        if not instance.van_days:
            continue
        plan = solve_briefly(instance, seed)
        disruption = random_disruption(instance, Random(seed))
        promises = published(instance, plan)
        found = replan(instance, plan, disruption, promises, seed=seed, limits=Limits(iterations=2))
        after = found.result.plan
        assert violations(found.instance, after) == (), seed
        assert is_past_unchanged(plan, after, disruption), (seed, disruption)
        kept_of_mended = kept_promises(found.mended, promises)
        assert violations(found.instance, found.mended) == (), seed
        assert len(found.kept) >= len(kept_of_mended), seed
        assert after.served().total() >= found.mended.served().total(), seed
        for route, stop in after.stops():
            later = route.date > disruption.day or stop.setup_s > disruption.time_s
            if route.date >= disruption.day and later:
                assert route.van_id not in disruption.without, seed
                assert stop.site_id not in disruption.closed, seed


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    """Twice."""
    instance = horizon(7)
    plan, disruption = solve_briefly(instance, 7), random_breakdown(instance, Random(7))
    promises = published(instance, plan)
    one, two = (
        replan(instance, plan, disruption, promises, limits=Limits(iterations=2)) for _ in range(2)
    )
    assert one.result.plan == two.result.plan
