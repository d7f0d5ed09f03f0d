"""Plans spoilt at random are mended with the fewest changes, and settled routes stay."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan, Route, Stop
from planner.replan.keep import keep_routes
from planner.replan.repair import repair_plan
from planner.replan.replanning import keep_promises
from planner.solvers import Limits, solve
from tests.property.brute import VanDay
from tests.property.test_replan import SHARED_SEED, horizon, solve_briefly

Placed = tuple[tuple[int, int], ...]
"""Index of the site and people of each stop of a van-day."""


def spoil(instance: Instance, plan: Plan, rng: Random) -> Plan:
    """The plan with one to three stops moved, doubled, or with other people."""
    routes = {(route.van_id, route.date): list(route.stops) for route in plan.routes}
    for van_index, day in instance.van_days:
        routes.setdefault((instance.vans[van_index].id, day), [])
    for _ in range(rng.randint(1, 3)):
        full = [key for key, stops in routes.items() if stops]
        if not full:
            break
        key = rng.choice(full)
        position = rng.randrange(len(routes[key]))
        stop = routes[key][position]
        match rng.randrange(3):
            case 0:
                routes[key][position] = replace(
                    stop, people=max(0, stop.people + rng.choice((-2, 2)))
                )
            case 1:
                del routes[key][position]
                other = rng.choice(list(routes))
                routes[other].insert(rng.randint(0, len(routes[other])), stop)
            case _:
                routes[rng.choice(list(routes))].append(stop)
    times = {(route.van_id, route.date): route for route in plan.routes}
    blank = Route(van_id="", date=instance.dates[0], leave_s=0, return_s=0, stops=())
    return Plan(
        routes=tuple(
            replace(times.get(key, blank), van_id=key[0], date=key[1], stops=tuple(stops))
            for key, stops in routes.items()
            if stops
        )
    )


def fewest_changes(instance: Instance, plan: Plan, below: int) -> int | None:
    """The fewest stops that must change, if below a number; by trying everything."""
    stops = [(route, stop) for route in plan.routes for stop in route.stops]
    for count in range(below):
        for changed_stops in combinations(range(len(stops)), count):
            if any(
                _possible(instance, plans) for plans in _placings(instance, stops, changed_stops)
            ):
                return count
    return None


def _placings(
    instance: Instance, stops: list[tuple[Route, Stop]], changed_stops: tuple[int, ...]
) -> Iterator[dict[tuple[int, object], Placed]]:
    """All plans in which the other stops are as they were and the touched ones anywhere."""
    kept: dict[tuple[int, object], Placed] = dict.fromkeys(instance.van_days, ())
    for number, (route, stop) in enumerate(stops):
        if number not in changed_stops:
            key = (instance.van_index[route.van_id], route.date)
            if key not in kept:
                return
            kept[key] = (*kept[key], (instance.site_index[stop.site_id], stop.people))
    options = []
    for number in changed_stops:
        site = instance.sites[instance.site_index[stops[number][1].site_id]]
        fewest = [None, *((each, site.least_people) for each in instance.van_days)]
        options.append(fewest)
    for chosen in product(*options):
        plans = [kept]
        for number, each in zip(changed_stops, chosen, strict=True):
            if each is None:
                continue
            key, people = each
            visit = (instance.site_index[stops[number][1].site_id], people)
            plans = [
                found | {key: (*found[key][:at], visit, *found[key][at:])}
                for found in plans
                for at in range(len(found[key]) + 1)
            ]
        yield from plans


def _possible(instance: Instance, placed: dict[tuple[int, object], Placed]) -> bool:
    routes = []
    for van_index, day in instance.van_days:
        visits = placed[van_index, day]
        if not visits:
            continue
        route = VanDay(instance, van_index, day).route(visits)
        if route is None:
            return False
        routes.append(route)
    return not violations(instance, Plan(routes=tuple(routes)))


@pytest.mark.slow
@pytest.mark.parametrize("first_seed", [*range(0, 200, 50), SHARED_SEED, SHARED_SEED + 50])
def test_no_repair_changes_fewer_stops(first_seed: int) -> None:
    """Of 300 spoilt plans each is mended, and nothing tried does with fewer changes."""
    for seed in range(first_seed, first_seed + 50):
        instance = horizon(seed)
        if not instance.van_days:
            continue
        plan = spoil(instance, solve_briefly(instance, seed), Random(seed))
        found = repair_plan(instance, plan)
        assert violations(instance, found.plan) == (), seed
        assert found.proven
        assert fewest_changes(instance, plan, len(found.changed_stops)) is None, seed
        assert not found.changed_stops or found.problems, seed


def test_a_sound_plan_is_left_alone() -> None:
    """To the second, and in the order of vans, whatever their names."""
    for seed in range(40):
        instance = horizon(seed)
        instance = replace(instance, vans=instance.vans[::-1])
        plan = solve_briefly(instance, seed)
        found = repair_plan(instance, plan)
        assert found.plan.routes == tuple(route for route in plan.routes if route.stops), seed
        assert (found.changed_stops, found.retimed) == ((), ()), seed


@pytest.mark.parametrize("first_seed", [0, 50, SHARED_SEED, SHARED_SEED + 50])
def test_settled_routes_stay_and_the_rest_is_planned(first_seed: int) -> None:
    """Half of the routes of another plan; what is found is no worse than they alone."""
    for seed in range(first_seed, first_seed + 50):
        instance = horizon(seed)
        if not instance.van_days:
            continue
        greedy = solve(instance, solver="greedy").plan
        settled = Plan(routes=greedy.routes[: Random(seed).randint(0, len(greedy.routes))])
        found = keep_routes(instance, settled, limits=Limits(iterations=2))
        assert violations(instance, found.plan) == (), seed
        assert {*settled.routes} <= {*found.plan.routes}, seed
        assert found.bound is None


@pytest.mark.slow
def test_promises_of_a_plan_for_more_vans_are_kept_where_they_can_be() -> None:
    """With all vans all are kept; with one fewer, the plan still keeps all rules."""
    for seed in [*range(60), *range(SHARED_SEED, SHARED_SEED + 60)]:
        instance = horizon(seed)
        if not instance.van_days:
            continue
        plan = solve_briefly(instance, seed)
        found = keep_promises(instance, plan, limits=Limits(iterations=2))
        assert found.kept == found.promises, seed
        fewer = replace(instance, vans=(replace(instance.vans[0], shifts={}), *instance.vans[1:]))
        if fewer.van_days:
            less = keep_promises(fewer, plan, limits=Limits(iterations=2))
            assert violations(fewer, less.result.plan) == (), seed
