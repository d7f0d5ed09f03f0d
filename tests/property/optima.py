"""Random instances with their best plans, found once for all tests."""

from functools import cache

from planner.model import Instance
from tests.builders.random_instances import random_instance
from tests.property.brute import Optimum, optimum


@cache
def best_of(seed: int) -> tuple[Instance, Optimum]:
    """The instance of a seed and its best plan."""
    instance = random_instance(seed)
    return instance, optimum(instance)
