"""Random instances with their best plans, found once for all tests."""

from functools import cache

from planner.model import Instance
from tests.builders.random_instances import random_instance, shared_instance
from tests.property.brute import Optimum, optimum


@cache
def best_of(seed: int) -> tuple[Instance, Optimum]:
    """The instance of a seed and its best plan."""
    instance = random_instance(seed)
    return instance, optimum(instance)


@cache
def shared_best_of(seed: int) -> tuple[Instance, Optimum]:
    """The instance of a seed in which people may come to several sites, and its best plan."""
    instance = shared_instance(seed, max_sites=4)
    return instance, optimum(instance)
