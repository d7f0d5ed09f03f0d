"""Amounts of stops in a fixed order."""

from dataclasses import replace

import numpy as np
import pytest

from planner.solvers.columns.routes import make_column, optimize_amounts, route_drive_s
from planner.solvers.params import DEFAULT_PARAMS
from tests.builders.columns import only_class, plain_profits
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site

PRICING = DEFAULT_PARAMS.pricing
BOTH = np.array([0, 1])


def test_everybody_is_recorded_where_there_is_time() -> None:
    """20 people less 150 s of driving at 100 s a person."""
    day_class = only_class(instance(site(1), site(2)))
    route = optimize_amounts(day_class, plain_profits(day_class), BOTH, params=PRICING)
    assert route == (18.5, ((0, 10), (1, 10)))


def test_time_goes_where_a_second_earns_most() -> None:
    """310 + 50 s for twice five people and five more: those of the site of weight 2."""
    van = replace(VAN, shifts={SATURDAY: (0, 360)})
    day_class = only_class(instance(site(1), site(2, weight=2.0), vans=(van,)))
    route = optimize_amounts(day_class, plain_profits(day_class), BOTH, params=PRICING)
    assert route == (5 + 2 * 10 - 1.5, ((0, 5), (1, 10)))


def test_an_order_there_is_no_time_for_is_no_route() -> None:
    """One second less than for twice five people."""
    van = replace(VAN, shifts={SATURDAY: (0, 309)})
    day_class = only_class(instance(site(1), site(2), vans=(van,)))
    assert optimize_amounts(day_class, plain_profits(day_class), BOTH, params=PRICING) is None


def test_a_careful_grid_never_plans_too_much() -> None:
    """In cells of 7 s the same route has one or two people fewer, and can be timed."""
    van = replace(VAN, shifts={SATURDAY: (0, 400)})
    day_class = only_class(instance(site(1), site(2), vans=(van,)))
    exact = optimize_amounts(day_class, plain_profits(day_class), BOTH, params=PRICING)
    rough = optimize_amounts(day_class, plain_profits(day_class), BOTH, 7, params=PRICING)
    assert exact is not None
    assert rough is not None
    assert exact[0] - 3 <= rough[0] <= exact[0]


@pytest.mark.parametrize("multiplier", [0.0, 0.9])
def test_cards_are_rationed(multiplier: float) -> None:
    """Twelve for two sites, whether their price is about known or not."""
    day_class = only_class(instance(site(1), site(2), vans=(replace(VAN, max_people=12),)))
    profits = replace(plain_profits(day_class), card_multiplier=multiplier)
    route = optimize_amounts(day_class, profits, BOTH, params=PRICING)
    assert route is not None
    assert sum(people for _, people in route[1]) == 12
    assert route[0] == 12 - 1.5


def test_cards_too_few_for_the_least_amounts_make_no_route() -> None:
    """Nine cards for two stops of five people or more."""
    day_class = only_class(instance(site(1), site(2), vans=(replace(VAN, max_people=9),)))
    for multiplier in (0.0, 0.9):
        profits = replace(plain_profits(day_class), card_multiplier=multiplier)
        assert optimize_amounts(day_class, profits, BOTH, params=PRICING) is None


def test_known_ceilings_are_kept() -> None:
    """Six at the first site, all at the second."""
    day_class = only_class(instance(site(1), site(2)))
    route = optimize_amounts(
        day_class, plain_profits(day_class), BOTH, params=PRICING, max_people=np.array([6, 10])
    )
    assert route == (16 - 1.5, ((0, 6), (1, 10)))


def test_a_column_is_worth_its_people_less_its_driving() -> None:
    """Eight people and 100 s."""
    column = make_column(0, only_class(instance(site(1))), ((0, 8),))
    assert (column.drive_s, column.value) == (100, 7.0)


def test_a_route_without_stops_drives_from_the_start_to_the_end() -> None:
    """Both are the same place."""
    assert route_drive_s(only_class(instance(site(1))), np.zeros(0, dtype=np.int64)) == 0
