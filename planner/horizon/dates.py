"""Weeks, and the dates of one on which vans go out."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.errors import input_error
from planner.i18n.messages import say

FRIDAY = 5
"""As ISO counts weekdays."""

WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)


def service_dates(
    week: str, service_days: Sequence[int], option: str = "--week"
) -> tuple[date, ...]:
    """Dates of an ISO week such as ``2026-W48`` on which vans go out, ascending.

    Parameters
    ----------
    option
        With which the week was given.

    Raises
    ------
    InputError
        Where the week is none.
    """
    try:
        monday = date.fromisoformat(f"{week}-1")
        return tuple(monday + timedelta(days=weekday) for weekday in sorted(service_days))
    except (ValueError, OverflowError):
        raise input_error(
            option, say("'{week}' is not an ISO week", week=week), say("write it as 2026-W48")
        ) from None


def begin_of_weekend(week: str, service_days: Sequence[int]) -> date:
    """First date of an ISO week on which vans go out; its Monday where they never do."""
    return min(service_dates(week, service_days), default=date.fromisoformat(f"{week}-1"))


def next_week(today: date) -> str:
    """The ISO week to plan for: this one until Friday, then the coming one."""
    year, number, weekday = today.isocalendar()
    if weekday > FRIDAY:
        year, number, _ = (today + timedelta(days=7)).isocalendar()
    return f"{year}-W{number:02}"
