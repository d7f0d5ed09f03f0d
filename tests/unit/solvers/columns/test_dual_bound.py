"""Bounds by prices of a similar instance."""

from dataclasses import replace

import pytest

from planner.solvers import Limits, lagrangian_bound, solve_with_duals
from planner.solvers.base import Prices
from tests.builders.districts import SATURDAY
from tests.builders.instances import instance, site

TWO = instance(site(1), site(2))


def test_by_its_own_prices_an_instance_is_bounded_closely() -> None:
    """18.5, but for single precision."""
    prices = solve_with_duals(TWO, limits=Limits(iterations=20)).prices
    assert prices is not None
    assert lagrangian_bound(TWO, prices).bound == pytest.approx(18.5, abs=1e-3)


def test_any_prices_bound() -> None:
    """None known, too low, too high: never below 18.5."""
    van_day = {("A", SATURDAY): 30.0}
    for prices in (Prices(), Prices(sites={"site-1": 5.0}), Prices(van_days=van_day)):
        assert lagrangian_bound(TWO, prices).bound >= 18.5


def test_what_is_the_same_is_not_priced_again() -> None:
    """The bound of the only class is taken over from the same instance, wrong as it may be."""
    prices = Prices(sites={"site-1": 0.0, "site-2": 0.0})
    like = lagrangian_bound(TWO, prices)
    (key,) = like.route_bounds
    taken = lagrangian_bound(TWO, prices, like=replace(like, route_bounds={key: 100.0}))
    assert taken.bound == pytest.approx(100.0, rel=1e-6)
    more = instance(site(1, expected=11), site(2))
    assert key not in lagrangian_bound(more, prices, like=like).route_bounds


def test_a_weekend_without_van_days_is_worth_nothing() -> None:
    """Nobody can come."""
    assert lagrangian_bound(instance(site(1), vans=()), Prices()).bound == 0.0
