"""What people are worth, and the rule that few routes share a site."""

from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest

from planner.solvers.columns.grid import grid_of
from planner.solvers.columns.master_rows import CutRow
from planner.solvers.columns.profits import PricedProfits, service_options
from tests.builders.columns import every_amount, every_site, only_class, plain_profits
from tests.builders.instances import instance, site


@pytest.mark.parametrize(("expected", "width"), [(10, 6), (10, 7), (11, 4), (13, 5), (9, 8)])
def test_no_way_to_share_a_site_breaks_a_cut(expected: int, width: int) -> None:
    """Of 10 people, 6 and 4 may be recorded, or 5 and 5: the shares never add up to over 1."""
    cut = CutRow((0,), expected, width)
    for parts in combinations_with_replacement(range(expected + 1), 4):
        if sum(parts) <= expected:
            assert cut.coefficients(np.array(parts)).sum() <= cut.limit + 1e-9


def test_a_mixture_of_routes_can_break_a_cut() -> None:
    """Three halves of routes with 6 of 10 people are 9 people, but one and a half large parts."""
    cut = CutRow((0,), 10, 6)
    assert 1.5 * cut.coefficients(np.array(6)) > cut.limit


def test_a_card_multiplier_and_a_cut_are_taken_off_the_worth() -> None:
    """Three people worth 2 each, of which the cut takes 1: 5 are left, 2 at 1 a card."""
    profits = PricedProfits.of(np.array([2.0]), np.array([3]), [(0, CutRow((0,), 3, 2), 1.0)])
    assert profits.worth(np.array([0]), np.array([3])) == 5.0
    assert replace(profits, card_multiplier=1.0).best()[0] == pytest.approx(2.0)


def test_a_ceiling_allows_fewer_people_only() -> None:
    """Nine people, and no stop for three or more: two at most. None for twenty changes nothing."""
    for ceiling, most in ((3, 2), (20, 9)):
        profits = PricedProfits.of(np.ones(1), np.array([9]), ceilings=[(0, ceiling)])
        assert profits.max_people.tolist() == [most]


def test_longer_stops_are_options_only_where_they_earn_more() -> None:
    """Five to ten people at 10 s each; a price of 1 for each leaves the five only."""
    day_class = only_class(instance(site(1)))
    grid = grid_of(day_class, every_site(day_class), 1)
    plain = service_options(day_class, every_amount(day_class), grid, plain_profits(day_class))
    assert plain.people.tolist() == [5, 6, 7, 8, 9, 10]
    assert plain.cells.tolist() == [0, 10, 20, 30, 40, 50]
    dear = replace(plain_profits(day_class), card_multiplier=1.0)
    priced = service_options(day_class, every_amount(day_class), grid, dear)
    assert (priced.people.tolist(), priced.value.tolist()) == ([5], [0.0])


def test_of_amounts_that_take_as_many_cells_the_best_is_kept() -> None:
    """In cells of 20 s six people take no longer than five, eight than seven, ten than nine."""
    day_class = only_class(instance(site(1)))
    grid = grid_of(day_class, every_site(day_class), 20)
    services = service_options(day_class, every_amount(day_class), grid, plain_profits(day_class))
    assert services.people.tolist() == [6, 8, 10]
    assert services.cells.tolist() == [0, 1, 2]
