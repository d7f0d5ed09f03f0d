"""Weeks, and the dates of one on which vans go out."""

from datetime import date

import pytest

from planner.errors import InputError
from planner.horizon import next_week, service_dates
from tests.builders.districts import SATURDAY, SUNDAY, WEEK


def test_a_week_has_its_service_days() -> None:
    """Saturday and Sunday of week 48."""
    assert service_dates(WEEK, (6, 5)) == (SATURDAY, SUNDAY)


@pytest.mark.parametrize(
    "week", ["2026-48", "2026-W54", "2026-W8", "2026-W+8", "W48", "besok", "9999-W52"]
)
def test_what_is_no_week_is_refused(week: str) -> None:
    """The remedy shows how to write it."""
    with pytest.raises(InputError, match="is not an ISO week; write it as 2026-W48"):
        service_dates(week, (5, 6))


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 11, 23), "2026-W48"),
        (date(2026, 11, 27), "2026-W48"),
        (date(2026, 11, 28), "2026-W49"),
        (date(2026, 12, 27), "2026-W53"),
        (date(2027, 1, 2), "2027-W01"),
    ],
)
def test_from_saturday_on_the_coming_week_is_planned(today: date, week: str) -> None:
    """On Friday one still plans for tomorrow."""
    assert next_week(today) == week
