"""What people count who would be recorded later."""

import pytest

from planner.campaign.weights import AHEAD, UNSETTLED, share_ahead, weigh_by_prices
from planner.solvers.columns.covering import Cover
from planner.solvers.columns.weekend_worth import WeekendWorth
from tests.builders.instances import instance, site

PRICES = {"site-1": 0.3, "site-2": 0.1}


@pytest.mark.parametrize(
    ("settled", "share"),
    [(1.0, AHEAD), (1 - UNSETTLED / 2, AHEAD / 2), (1 - UNSETTLED, 0.0), (0.5, 0.0)],
)
def test_prices_count_as_far_as_they_have_settled(settled: float, share: float) -> None:
    """All of the share where their bound meets the LP solution, none a quarter below it."""
    worth = WeekendWorth(prices=PRICES, most=1.0)
    cover = Cover(bound=10.0, worth=worth, values={}, routes={}, settled=settled)
    assert share_ahead(cover) == pytest.approx(share)


def test_people_count_by_their_price_over_the_mean() -> None:
    """Half by the prices 0.3 and 0.1, whose mean is 0.2, and half alike."""
    weighted = weigh_by_prices(instance(site(1), site(2)), PRICES, 0.5)
    assert [one.weight for one in weighted.sites] == pytest.approx([1.25, 0.75])


def test_whoever_counts_least_is_worth_as_long_a_drive_as_before() -> None:
    """A tenth of a person, at a tenth of the cost of a second."""
    given = instance(site(1), site(2))
    weighted = weigh_by_prices(given, {"site-1": 1.0}, 0.9)
    assert min(one.weight for one in weighted.sites) == pytest.approx(0.1)
    assert given.worth_s is not None
    assert weighted.worth_s == pytest.approx(10 * given.worth_s)
