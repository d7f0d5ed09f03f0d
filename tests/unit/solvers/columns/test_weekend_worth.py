"""What bounds the number of weekends."""

from math import inf

import pytest

from planner.solvers.columns.weekend_worth import ToCover, need, rank, round_up

PRICES = {"T1": 0.5, "T2": 0.25}
PEOPLE = (
    ToCover(people=4, sites=("T1",), pool="RT 1"),
    ToCover(people=2, sites=("T1", "T2"), pool="RT 2"),
)


def test_people_are_worth_what_they_are_where_they_cost_least() -> None:
    """Two may come to T2 as well, at half the price; a place without a price costs nothing."""
    assert rank(PEOPLE, PRICES) == [(0.25, 2, "RT 2"), (0.5, 4, "RT 1")]
    assert rank([ToCover(people=1, sites=("T1", "T9"))], PRICES) == [(0.0, 1, "")]


def test_the_cheapest_people_are_needed() -> None:
    """Three are two at 0.25 and one at 0.5."""
    assert need(rank(PEOPLE, PRICES), 3) == pytest.approx(1.0)


def test_no_more_of_a_pool_than_come() -> None:
    """With one of RT 2 three are one at 0.25 and two at 0.5; six are more than can come."""
    ranked = rank(PEOPLE, PRICES)
    assert need(ranked, 3, {"RT 2": 1}) == pytest.approx(1.25)
    assert need(ranked, 6, {"RT 2": 1}) == inf


def test_sums_in_doubles_prove_no_weekend_more() -> None:
    """A bound of 3 and some noise is 3 weekends, one of 3.01 is 4."""
    assert [round_up(bound) for bound in (0.0, 3 + 1e-12, 3.01)] == [0, 3, 4]
