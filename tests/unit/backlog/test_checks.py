"""What does not add up is named; what may be right is not."""

import pytest

from planner.backlog import Tally, check_tally
from planner.backlog.records import OUTCOMES
from tests.unit.backlog.test_attribution import SATURDAY
from tests.unit.ledger.test_ledger import PUBLICATION

STOP = PUBLICATION.stops[0]


def said(started_s: int | None = None, ended_s: int | None = None, **counts: int) -> list[str]:
    given = Tally(
        day=SATURDAY, van="A", place="P1", counts=counts, started_s=started_s, ended_s=ended_s
    )
    return [*check_tally(given, STOP)]


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"expected": 10, "recorded_17": 10},
        {"expected": 10, "recorded_17": 9},
        {"recorded_17": 18},
        {"cards_received": 10, "cards_used": 4, "cards_spoiled": 1, "cards_left": 5},
        {"cards_received": 10, "cards_used": 9},
        {"printed": 3, "printed_others": 1, "cards_used": 4},
    ],
)
def test_partial_numbers_are_fine(counts: dict[str, int]) -> None:
    """Nine of ten told, and of the tenth nothing yet."""
    assert said(**counts) == []


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"expected": 10, "recorded_17": 11}, "sasaran 10, outcomes 11"),
        (
            {"expected": 10} | dict.fromkeys(OUTCOMES, 0) | {"failed": 9},
            "sasaran 10, outcomes 9",
        ),
        ({"recorded_17": 19}, "19 recorded, 6 planned"),
        ({"film_received": 9, "film_used": 10}, "film: 9 received, 10 used, spoiled and left"),
        ({"printed": 3, "printed_others": 2, "cards_used": 4}, "5 cards printed, 4 used"),
    ],
)
def test_what_does_not_add_up_is_named(counts: dict[str, int], sentence: str) -> None:
    """One more than there were."""
    assert said(**counts) == [sentence]


def test_times_are_in_order() -> None:
    """It ended a second before it started."""
    assert said(started_s=28800, ended_s=28800) == []
    assert said(started_s=28800, ended_s=28799) == ["it ended before it started"]
