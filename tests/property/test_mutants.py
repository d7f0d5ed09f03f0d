"""A good plan made worse by one second or one person anywhere is caught."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.check import legs, violations
from planner.model import Instance
from planner.plan import Plan, Route
from tests.property.optima import best_of

STOP_TIMES = ("arrive_s", "setup_s", "serve_s", "packup_s", "depart_s")


@pytest.mark.parametrize("change", [-1, 1])
def test_every_time_one_second_off_is_caught(change: int) -> None:
    """Each time of the best plans of 200 random instances, a second earlier and later.

    Save that a van may drive longer than the road takes.
    """
    tried = 0
    for seed in range(200):
        instance, best = best_of(seed)
        plan = best.plan
        for number, route in enumerate(plan.routes):
            for mutant in _moved(instance, route, change):
                tried += 1
                routes = (*plan.routes[:number], mutant, *plan.routes[number + 1 :])
                assert violations(instance, Plan(routes=routes)), (seed, mutant)
    assert tried > 1000


def _moved(instance: Instance, route: Route, change: int) -> Iterator[Route]:
    """The route with one of its times changed."""
    yield replace(route, leave_s=route.leave_s + change)
    if change < 0:
        yield replace(route, return_s=route.return_s + change)
    for number, stop in enumerate(route.stops):
        for name in STOP_TIMES:
            moved_s = getattr(stop, name) + change
            if name == "arrive_s" and stop.arrive_s < moved_s <= stop.setup_s:
                continue
            # Within the break nothing is done, so it does not matter there when a phase ends.
            if not _in_break(instance, route, getattr(stop, name), moved_s):
                mutant = replace(stop, **{name: moved_s})
                stops = (*route.stops[:number], mutant, *route.stops[number + 1 :])
                yield replace(route, stops=stops)


def _in_break(instance: Instance, route: Route, *times_s: int) -> bool:
    rest = instance.vans[instance.van_index[route.van_id]].crew_break
    start_s = route.break_start_s
    if rest is None or start_s is None:
        return False
    return all(start_s <= time_s <= start_s + rest.length_s for time_s in times_s)


def test_everything_that_takes_one_second_more_is_caught() -> None:
    """Each road driven, set-up and pack-up of the best plans of 200 random instances."""
    tried = 0
    for seed in range(200):
        instance, best = best_of(seed)
        plan = best.plan
        for longer in _longer(instance, plan):
            tried += 1
            assert violations(longer, plan), seed
    assert tried > 500


def _longer(instance: Instance, plan: Plan) -> Iterator[Instance]:
    """The instance with one duration that the plan relies on made a second longer."""
    for route, stop in plan.stops():
        index = instance.site_index[stop.site_id]
        site = instance.sites[index]
        for changed in (
            replace(site, setup_s=site.setup_s + 1),
            replace(site, packup_s=site.packup_s + 1),
        ):
            sites = (*instance.sites[:index], changed, *instance.sites[index + 1 :])
            yield replace(instance, sites=sites)
        for leg in legs(instance, route):
            drive_s = instance.drive_s.copy()
            drive_s[leg] += 1
            yield replace(instance, drive_s=drive_s)


def test_one_person_more_than_there_are_is_caught() -> None:
    """Each site of the best plans of 200 random instances expects one person fewer than it gets."""
    tried = 0
    for seed in range(200):
        instance, best = best_of(seed)
        plan = best.plan
        for _, stop in plan.stops():
            index = instance.site_index[stop.site_id]
            served = sum(s.people for _, s in plan.stops() if s.site_id == stop.site_id)
            if served == 0:
                continue
            fewer = replace(instance.sites[index], expected=served - 1)
            sites = (*instance.sites[:index], fewer, *instance.sites[index + 1 :])
            tried += 1
            assert violations(replace(instance, sites=sites), plan), seed
    assert tried > 100
