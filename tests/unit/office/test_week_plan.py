"""What use cases say of the week they are asked about."""

from datetime import date

import pytest

from planner.office.listener import Listener
from planner.office.week_plan import tell_after, tell_before
from tests.builders.districts import WEEK, district


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 27), ["2026-11-27 is before the first date of 2026-W48"]),
        (date(2026, 11, 28), []),
        (date(2026, 11, 29), []),
        (date(2026, 11, 30), ["2026-11-30 is after the last date of 2026-W48"]),
    ],
)
def test_a_date_outside_of_the_week_is_told(day: date, told: list[str]) -> None:
    """Saturday and Sunday are planned for."""
    notices: list[str] = []
    listener = Listener(notice=notices.append)
    tell_before(district(), WEEK, day, listener)
    tell_after(district(), WEEK, day, listener)
    assert notices == told
