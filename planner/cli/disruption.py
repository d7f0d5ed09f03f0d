"""What a coordinator types of the day itself, read into news."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Annotated, TypeVar

import typer

from planner.district import District
from planner.i18n.messages import Message, say
from planner.inputs.findings import Findings, Mistake, Spot, quote
from planner.inputs.lookup import find_van, find_venue
from planner.inputs.values import as_whole
from planner.model import MAX_COUNT
from planner.replan import Disruption
from planner.units import DAY_S, HOUR_S, MINUTE_S

_Value = TypeVar("_Value")


def _option(name: str, metavar: str, text: Message) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text)
    return option


Texts = list[str] | None
WithoutVan = Annotated[
    Texts, _option("--without-van", "VAN[=DATE]", say("Broken down; drives again on DATE."))
]
Late = Annotated[Texts, _option("--late", "VAN=MINUTES", say("Behind by so many minutes."))]
Close = Annotated[Texts, _option("--close", "PLACE", say("Locked from now on."))]
People = Annotated[
    Texts, _option("--people", "PLACE=NUMBER", say("So many people come there in all."))
]


def read_disruption(
    district: District, at: datetime, without_van: Texts, late: Texts, close: Texts, people: Texts
) -> Disruption:
    """What the options say; names that nobody knows are left to be told with all others.

    Raises
    ------
    InputError
        With every text that is not understood, and every van or place with two values.
    """
    van, place = partial(_van_id, district), partial(_place_id, district)
    minutes, count = partial(_number, most=DAY_S // MINUTE_S), partial(_number, most=MAX_COUNT)
    findings = Findings()
    without = _by_name("--without-van", without_van, van, _day_back, findings)
    behind = _by_name("--late", late, van, minutes, findings)
    coming = _by_name("--people", people, place, count, findings)
    findings.raise_problems()
    return Disruption(
        day=at.date(),
        time_s=at.hour * HOUR_S + at.minute * MINUTE_S,
        without=without,
        late_s={van_id: MINUTE_S * number for van_id, number in behind.items()},
        closed=frozenset(map(place, close or ())),
        people=coming,
    )


def _by_name(
    option: str,
    texts: Texts,
    named: Callable[[str], str],
    read: Callable[[str], tuple[str, _Value]],
    findings: Findings,
) -> dict[str, _Value]:
    """The value of each van or place named; problems are noted."""
    spot = Spot(source=option, text=option)
    found: dict[str, _Value] = {}
    written: dict[str, str] = {}
    for text in texts or ():
        try:
            name, value = read(text)
        except Mistake as mistake:
            findings.add(spot, mistake.what, mistake.remedy)
            continue
        key = named(name)
        if key in written:
            first, second = quote(written[key]), quote(text)
            what = say("{first} and {second} are about the same", first=first, second=second)
            findings.add(spot, what, say("keep one of them"))
        found[key], written[key] = value, text
    return found


def _van_id(district: District, name: str) -> str:
    with suppress(Mistake):
        return find_van(district.vehicles, name).id
    return name


def _place_id(district: District, name: str) -> str:
    with suppress(Mistake):
        return find_venue(district.venues, name).id
    return name


def _day_back(text: str) -> tuple[str, date | None]:
    """A van, and the date on which it drives again, or None."""
    van, sign, day = text.rpartition("=")
    if not sign:
        return text, None
    try:
        return van, date.fromisoformat(day)
    except ValueError:
        what = say("'{text}' names no date", text=text)
        raise Mistake(what, say("write it as B=2026-11-29")) from None


def _number(text: str, most: int) -> tuple[str, int]:
    """A name, and a whole number up to a limit."""
    name, _, number = text.rpartition("=")
    if not (name and number.isdecimal()):
        what = say("'{text}' names no whole number", text=text)
        raise Mistake(what, say("write it as NAME=40"))
    return name, as_whole(number, most=most)
