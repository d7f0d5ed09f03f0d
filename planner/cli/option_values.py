"""Reads the values of options; what is wrong with one is the message of a `BadParameter`."""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, datetime
from math import isfinite, nan

import typer

from planner.i18n.messages import say

LAST_PORT = 65535

WEEK = re.compile("[0-9]{4}-W[0-9]{2}")

COMING = "coming"
"""The week of the coming weekend, by the clock of the office."""


def parse_non_negative(text: object) -> float:
    """A number of 0 or more, with a point or a comma.

    Raises
    ------
    typer.BadParameter
        Where it is none; as all readers of values here.
    """
    try:
        value = float(str(text).replace(",", "."))
    except ValueError:
        value = nan
    if not isfinite(value):
        raise typer.BadParameter(say("'{text}' is not a number", text=text))
    if value < 0:
        raise typer.BadParameter(say("'{text}' is negative", text=text))
    return value


def parse_natural(text: object) -> int:
    """A whole number of 0 or more."""
    value = parse_non_negative(text)
    if value != int(value):
        raise typer.BadParameter(say("'{text}' is not a whole number", text=text))
    return int(value)


def parse_port(text: object) -> int:
    """A port of this computer; 0 = any."""
    value = parse_natural(text)
    if value > LAST_PORT:
        raise typer.BadParameter(say("'{text}' is more than {most}", text=text, most=LAST_PORT))
    return value


def parse_week(text: str, today: date | None = None) -> str:
    """A week as it stands in names of folders, such as ``2026-W48``; it need not exist.

    Parameters
    ----------
    text
        May also be its number, or a date in it; without a year the nearest is meant.
    today
        None = by the clock.
    """
    if text == COMING or WEEK.fullmatch(text):
        return text
    today = today or date.today()  # noqa: DTZ011 - only the year is asked of it
    weeks = [text] if re.fullmatch("[0-9]{1,2}", text) else []
    mondays = [
        date.fromisocalendar(year, int(number), 1)
        for number in weeks
        for year in range(today.year - 1, today.year + 2)
        if 1 <= int(number) <= date(year, 12, 28).isocalendar().week
    ]
    day = _nearest(mondays, today) if mondays else parse_day(text, today)
    if day is None:
        raise typer.BadParameter(say("'{week}' is not an ISO week", week=text))
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def parse_day(text: str, today: date) -> date | None:
    """A date such as ``28/11``, ``28/11/2026`` or ``2026-11-28``; None where it is none."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a date has no zone
    days = []
    for year in range(today.year - 1, today.year + 2):
        with suppress(ValueError):
            written = f"{text.replace('-', '/')}/{year}"
            days.append(datetime.strptime(written, "%d/%m/%Y").date())  # noqa: DTZ007
    return _nearest(days, today) if days else None


def parse_date(text: str) -> str:
    """A date as ISO has it; without a year the nearest is meant."""
    day = parse_day(text, date.today())  # noqa: DTZ011 - only the year is asked of it
    if day is None:
        raise typer.BadParameter(say("'{text}' is not a date such as 28/11/2026", text=text))
    return day.isoformat()


def _nearest(days: Collection[date], today: date) -> date:
    return min(days, key=lambda day: abs(day - today))


def parse_percent(text: object) -> float:
    """A share, written in percent."""
    return parse_non_negative(text) / 100


def parse_target(text: object) -> float:
    """A share of people, written in percent; no more than all."""
    value = parse_percent(text)
    if value > 1:
        raise typer.BadParameter(say("'{text}' is more than {most}", text=text, most=100))
    return value


def parse_until(text: str) -> date:
    """The last day of a month such as ``2027-06``, or a date."""
    try:
        if len(text) == len("2027-06"):
            year, month = map(int, text.split("-"))
            first_of_next = date(year + month // 12, month % 12 + 1, 1)
            return date.fromordinal(first_of_next.toordinal() - 1)
        return date.fromisoformat(text)
    except ValueError:
        what = say("'{text}' is not a month such as 2027-06 or a date", text=text)
        raise typer.BadParameter(what) from None


def parse_rate(text: object) -> float:
    """People an hour, such as ``5`` or ``5/h``."""
    return parse_non_negative(str(text).removesuffix("/h"))


def parse_moment(text: str, today: date | None = None) -> datetime:
    """A date with a time of day, such as ``2026-11-28T10:15`` or ``28/11 10.15``; or ``10.15``.

    Parameters
    ----------
    today
        The date of a time alone; None = by the clock.
    """
    today = today or date.today()  # noqa: DTZ011 - as clocks here show it
    day_text, _, clock = text.strip().replace("T", " ").rpartition(" ")
    day = parse_day(day_text, today) if day_text else today
    try:
        time = datetime.strptime(clock.replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
        if day is not None:
            return datetime.combine(day, time).astimezone()
    except ValueError:
        pass
    what = say("'{text}' is not a date and time such as 2026-11-28T10:15", text=text)
    raise typer.BadParameter(what)


def choice_parser(names: Collection[str]) -> Callable[[str], str]:
    """A reader of one of some names."""

    def parse(name: str) -> str:
        if name not in names:
            what = say("'{name}' is not one of {names}", name=name, names=", ".join(names))
            raise typer.BadParameter(what)
        return name

    return parse
