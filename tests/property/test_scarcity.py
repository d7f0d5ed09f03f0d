"""What one more van-day is worth: never stated below what it truly brings, by brute force."""

import pytest

from planner.solvers import Limits, solve_with_duals
from planner.solvers.parallel import InlinePool
from planner.whatif.marginal_questions import van_day_questions
from planner.whatif.scarcity import solve_questions, value_questions
from tests.builders.random_instances import random_instance
from tests.property.brute import optimum

FEW = Limits(iterations=6)


@pytest.mark.parametrize("first_seed", range(0, 50, 10))
def test_a_van_day_is_never_worth_more_than_stated(first_seed: int) -> None:
    """On 50 random instances: proven least <= true gain <= proven most, in worth and people."""
    for seed in range(first_seed, first_seed + 10):
        instance = random_instance(seed, max_sites=3)
        before = optimum(instance)
        base = solve_with_duals(instance, limits=FEW)
        for question in van_day_questions(instance, base):
            found = solve_questions([question], base, instance, InlinePool(), seed=0, limits=FEW)
            (valued,) = value_questions(instance, base, [question], found)
            after = optimum(question.instance)
            gain, proven = after.objective - before.objective, valued.gain
            assert proven.upper_bound is not None, seed
            assert proven.people_upper_bound is not None, seed
            assert proven.upper_bound >= gain - 1e-6, seed
            assert proven.people_upper_bound >= after.most_people - before.most_people, seed
            assert proven.lower_bound is None or proven.lower_bound <= gain + 1e-6, seed
            if question.bound is not None:
                assert question.bound >= after.objective - 1e-6, seed
