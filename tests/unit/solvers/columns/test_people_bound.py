"""Bounds on people alone."""

from dataclasses import replace

import pytest

from planner.solvers.columns.people_bound import bound_people
from planner.solvers.stopping import Limits, StoppingCriterion
from tests.builders.columns import generator, incumbent
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site


@pytest.mark.parametrize(("closing_s", "people"), [(1000, 20), (409, 19), (309, 10)])
def test_driving_and_weights_are_left_out_of_account(closing_s: int, people: int) -> None:
    """Both sites take 410 s; one less loses a person, and 309 s have time for one site only."""
    van = replace(VAN, shifts={SATURDAY: (0, closing_s)})
    given = replace(instance(site(1, weight=7.0), site(2), vans=(van,)), worth_s=1)
    rounds = StoppingCriterion(Limits(iterations=20))
    bound = bound_people(
        generator(given),
        incumbent(given),
        rounds.begin_round,
        should_stop=lambda: False,
        is_settled=lambda bound: False,
    )
    assert bound is not None
    assert people - 1e-6 <= bound < people + 1
