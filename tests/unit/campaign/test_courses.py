"""The better of two ways through a campaign."""

from dataclasses import replace

import pytest

from planner.analysis.campaign import Campaign
from planner.campaign.courses import choose, earliness, may_be_bettered
from tests.builders.campaigns import campaign


def way(*recorded: int, ahead: bool = False, finished: bool = True) -> Campaign:
    """Weekends that record so many."""
    given = campaign(len(recorded))
    weeks = tuple(
        replace(week, looks_ahead=ahead, result=replace(week.result, people=people))
        for week, people in zip(given.weeks, recorded, strict=True)
    )
    return replace(given, weeks=weeks, is_finished=finished, least_weekends=1)


def test_people_recorded_earlier_count_once_more_for_each_weekend() -> None:
    """Three at first and one later: 3 + 4."""
    assert earliness([3, 1]) == 7


@pytest.mark.parametrize(
    ("ahead", "alone", "is_ahead"),
    [
        (way(5, 5, ahead=True), way(6, 3, 1), True),
        (way(5, 4, 1, ahead=True), way(6, 4), False),
        (way(5, 5, ahead=True), way(6, 4), False),
        (way(6, 4, ahead=True), way(6, 4), True),
        (way(5, 5, ahead=True), way(6, 3, finished=False), True),
        (way(4, 4, ahead=True, finished=False), way(6, 3, finished=False), False),
    ],
    ids=["sooner", "later", "as soon", "alike", "only one ends", "none ends"],
)
def test_the_way_that_ends_sooner_is_kept_beside_the_other(
    ahead: Campaign, alone: Campaign, is_ahead: bool
) -> None:
    """As soon: the one that records more people early; none ends: the one that records more."""
    best = choose(ahead, alone)
    kept, other = (ahead, alone) if is_ahead else (alone, ahead)
    assert best.weeks == kept.weeks
    assert best.other is not None
    assert best.other.looks_ahead is not is_ahead
    assert best.other.recorded == tuple(week.people for week in other.weeks)


def test_only_what_may_be_bettered_is_planned_again() -> None:
    """Not what met the least number of weekends, looked ahead nowhere, or was interrupted."""
    ahead = way(5, 5, ahead=True)
    assert may_be_bettered(ahead)
    assert not may_be_bettered(replace(ahead, least_weekends=2))
    assert not may_be_bettered(way(5, 5))
    assert not may_be_bettered(replace(ahead, is_complete=False))
