"""Weeks and moments as people type them."""

from datetime import date

import pytest
import typer

from planner.cli.option_values import COMING, parse_moment, parse_week

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-W48", "2026-W48"),
        ("48", "2026-W48"),
        ("2", "2027-W02"),
        ("28/11", "2026-W48"),
        ("28-11", "2026-W48"),
        ("28/11/2026", "2026-W48"),
        ("2026-11-28", "2026-W48"),
        ("2/1", "2026-W53"),
        (COMING, COMING),
    ],
)
def test_a_week_is_its_number_or_a_date_in_it(text: str, week: str) -> None:
    """Without a year the nearest one: week 2 is next year's in November."""
    assert parse_week(text, TODAY) == week


@pytest.mark.parametrize("text", ["../..", "54", "0", "31/2", "besok", "2026-W4"])
def test_what_is_no_week_is_refused(text: str) -> None:
    """A number above 53, a date that is none."""
    with pytest.raises(typer.BadParameter, match="is not an ISO week"):
        parse_week(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10.15", TODAY),
        ("10:15", TODAY),
        ("28/11 10.15", date(2026, 11, 28)),
        ("2026-11-28T10:15", date(2026, 11, 28)),
        ("2026-11-28 10.15", date(2026, 11, 28)),
    ],
)
def test_a_moment_is_a_time_with_or_without_a_date(text: str, day: date) -> None:
    """A time alone is today's."""
    moment = parse_moment(text, TODAY)
    assert (moment.date(), moment.hour, moment.minute) == (day, 10, 15)


def test_what_is_no_moment_is_refused() -> None:
    """A time that no clock shows, a date that is none."""
    for text in ("25.00", "31/2 10.15", "siang"):
        with pytest.raises(typer.BadParameter, match="is not a date and time"):
            parse_moment(text, TODAY)
