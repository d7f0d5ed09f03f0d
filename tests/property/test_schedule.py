"""A fixed sequence of stops gets times exactly if any times keep the rules."""

from dataclasses import replace
from random import Random

import pytest

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan
from planner.solvers.schedule import schedule_route
from tests.builders.random_instances import random_instance
from tests.property.brute import VanDay


@pytest.mark.parametrize("first_seed", range(0, 600, 100))
def test_times_are_found_whenever_there_are_any(first_seed: int) -> None:
    """Ten random sequences on each of 600 instances: found or not, the brute force agrees."""
    for seed in range(first_seed, first_seed + 100):
        instance, rng = _without_limits(random_instance(seed)), Random(seed)
        for van_index, day in instance.van_days:
            van = instance.vans[van_index]
            sites = [i for i, site in enumerate(instance.sites) if van.van_class in site.classes]
            for _ in range(10 if sites else 0):
                order = rng.sample(sites, rng.randint(1, len(sites)))
                visits = [
                    (i, rng.randint(instance.sites[i].least_people, instance.sites[i].expected))
                    for i in order
                ]
                found = schedule_route(instance, van_index, day, visits)
                tried = VanDay(instance, van_index, day).route(visits)
                assert (found is None) == (tried is None), (seed, visits)
                if found is not None:
                    assert [s.people for s in found.stops] == [people for _, people in visits]
                    assert violations(instance, Plan(routes=(found,))) == (), seed


def _without_limits(instance: Instance) -> Instance:
    """The instance with room for any sequence, for times are all that is looked at."""
    vans = tuple(replace(van, max_people=None, max_stops=None) for van in instance.vans)
    return replace(instance, vans=vans)
