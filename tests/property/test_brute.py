"""The brute force agrees with the rules of `planner.check`."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan, Route, Stop
from planner.units import service_s
from tests.builders.random_instances import random_instance
from tests.property.brute import VanDay
from tests.property.optima import best_of


@pytest.mark.slow
@pytest.mark.parametrize("first_seed", range(0, 200, 20))
def test_the_best_plan_keeps_all_rules_and_is_worth_what_it_says(first_seed: int) -> None:
    """On 200 random instances the check finds nothing, and counts the same objective."""
    for seed in range(first_seed, first_seed + 20):
        instance, best = best_of(seed)
        assert violations(instance, best.plan) == (), seed
        assert score(instance, best.plan).objective == pytest.approx(best.objective), seed


@pytest.mark.slow
def test_no_plan_that_keeps_the_rules_is_missed() -> None:
    """Of 60,000 random single-stop routes every one the check lets pass is found possible too."""
    passed = 0
    for seed in range(200):
        instance = random_instance(seed)
        for van_day, route in _random_routes(instance, Random(seed), tries=300):
            if not violations(instance, Plan(routes=(route,))):
                passed += 1
                stop = route.stops[0]
                visits = ((instance.site_index[stop.site_id], stop.people),)
                assert van_day.route(visits) is not None, (seed, route)
    assert passed > 200


def _random_routes(
    instance: Instance, rng: Random, *, tries: int
) -> Iterator[tuple[VanDay, Route]]:
    """Routes with a stop whose phases take what they should, at any time, break anywhere."""
    if not instance.sites or not instance.van_days:
        return
    for _ in range(tries):
        van_index, day = rng.choice(instance.van_days)
        van_day = VanDay(instance, van_index, day)
        site_index = rng.randrange(len(instance.sites))
        site = instance.sites[site_index]
        visits = ((site_index, rng.randint(site.least_people, site.expected)),)
        yield van_day, _random_route(van_day, visits, rng, day)


def _random_route(
    van_day: VanDay, visits: tuple[tuple[int, int], ...], rng: Random, day: date
) -> Route:
    (site_index, people), van = visits[0], van_day.van
    site = van_day.instance.sites[site_index]
    there_s, back_s = van_day.legs(visits)
    break_start_s = rng.choice(van_day.breaks)
    pause_s = van.crew_break.length_s if van.crew_break and break_start_s is not None else 0
    leave_s = van.shifts[day][0] + rng.choice([0, 0, rng.randint(0, 30)])
    arrive_s = leave_s + there_s
    setup_s = arrive_s + rng.choice([0, 0, rng.randint(0, 30)])
    pauses = [0, 0, 0]
    pauses[rng.randrange(3)] = pause_s * rng.randint(0, 1)
    serve_s = setup_s + site.setup_s + pauses[0]
    need_s = service_s(people, site.seconds_per_person, van.kits)
    packup_s = serve_s + need_s + pauses[1] + rng.choice([0, 0, rng.randint(0, 5)])
    depart_s = packup_s + site.packup_s + pauses[2]
    stop = Stop(
        site_id=site.id,
        arrive_s=arrive_s,
        setup_s=setup_s,
        serve_s=serve_s,
        packup_s=packup_s,
        depart_s=depart_s,
        people=people,
    )
    return Route(
        van_id=van.id,
        date=day,
        leave_s=leave_s,
        return_s=depart_s + back_s,
        stops=(stop,),
        break_start_s=break_start_s,
    )
