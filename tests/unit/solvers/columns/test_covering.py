"""Prices of people prove what a weekend is worth."""

import pytest

from planner.solvers.columns.covering import route_worth
from tests.builders.instances import instance, site


@pytest.mark.parametrize(
    ("prices", "worth"),
    [
        ({"site-1": 0.5, "site-2": 0.0}, 5.0),
        ({"site-1": 0.5}, 10.0),
    ],
)
def test_a_place_without_a_price_is_worth_as_much_as_any(
    prices: dict[str, float], worth: float
) -> None:
    """Ten people at each: one place opens in this week alone, when no price was known for it."""
    assert route_worth(instance(site(1), site(2)), prices) == pytest.approx(worth)
