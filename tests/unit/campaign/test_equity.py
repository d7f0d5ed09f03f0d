"""People of kelurahan that are behind count more."""

from dataclasses import replace

import pytest

from planner.analysis.campaign import CampaignWeek, count_by_kelurahan, weekends_without_stop
from planner.campaign.equity import Equity
from tests.builders.campaigns import campaign
from tests.builders.horizons import horizon

CODE = "99.71.01.1001"
OTHER = "99.71.01.1002"


def weekend(recorded: dict[str, int], left: dict[str, int]) -> CampaignWeek:
    return replace(campaign(1).weeks[0], recorded_by_kelurahan=recorded, left_by_kelurahan=left)


WEEKS = [
    weekend({CODE: 10, OTHER: 5}, {CODE: 90, OTHER: 15}),
    weekend({CODE: 0, OTHER: 5}, {CODE: 90, OTHER: 10}),
    weekend({CODE: 0, OTHER: 5}, {CODE: 90, OTHER: 5}),
]


def test_shares_and_waits_follow_from_the_weekends() -> None:
    """Ten of a hundred, two weekends ago; fifteen of twenty, on the last."""
    assert count_by_kelurahan(WEEKS) == {CODE: (10, 90), OTHER: (15, 5)}
    assert weekends_without_stop(WEEKS) == {CODE: 2, OTHER: 0}
    assert weekends_without_stop([weekend({}, {CODE: 3})]) == {CODE: 1}


@pytest.mark.parametrize(
    ("equity", "times"),
    [
        (Equity(), 1),
        (Equity(floor=0.1), 1),
        (Equity(floor=0.11), 2),
        (Equity(visit_weeks=3), 1),
        (Equity(visit_weeks=2), 2),
        (Equity(visit_weeks=1, floor=0.5), 4),
    ],
)
def test_people_count_more_below_the_floor_and_for_each_weekend_too_many(
    equity: Equity, times: int
) -> None:
    """A tenth is recorded, and the last stop is two weekends ago; staff count as before."""
    given = horizon()
    instance = equity.weigh(given, WEEKS)
    codes = {code for group in given.demand.groups for code in [group.code] if group.draws}
    assert codes == {CODE}
    for before, after in zip(given.instance.sites, instance.sites, strict=True):
        expected = times if before.draws else 1
        assert after.weight == pytest.approx(before.weight * expected)
