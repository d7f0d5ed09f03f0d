"""Reads the values of options; what is wrong with one is the message of a `BadParameter`."""

import re
from collections.abc import Callable, Collection
from datetime import datetime
from math import isfinite, nan

import typer

from planner.i18n.messages import say

LAST_PORT = 65535

WEEK = re.compile("[0-9]{4}-W[0-9]{2}")


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


def parse_week(text: str) -> str:
    """A week as it stands in names of folders, such as ``2026-W48``; it need not exist."""
    if not WEEK.fullmatch(text):
        raise typer.BadParameter(say("'{week}' is not an ISO week", week=text))
    return text


def parse_percent(text: object) -> float:
    """A share, written in percent."""
    return parse_non_negative(text) / 100


def parse_moment(text: str) -> datetime:
    """A date with a time of day, such as ``2026-11-28T10:15`` or ``2026-11-28 10.15``."""
    try:
        clock = text.replace(" ", "T").replace(".", ":")
        return datetime.strptime(clock, "%Y-%m-%dT%H:%M").astimezone()
    except ValueError:
        what = say("'{text}' is not a date and time such as 2026-11-28T10:15", text=text)
        raise typer.BadParameter(what) from None


def choice_parser(names: Collection[str]) -> Callable[[str], str]:
    """A reader of one of some names."""

    def parse(name: str) -> str:
        if name not in names:
            what = say("'{name}' is not one of {names}", name=name, names=", ".join(names))
            raise typer.BadParameter(what)
        return name

    return parse
