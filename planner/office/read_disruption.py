"""What a coordinator says of the day itself, read into a disruption."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from planner.district import District
from planner.errors import Mistake, quote
from planner.i18n.messages import say
from planner.inputs.cell_values import as_whole
from planner.inputs.findings import Findings, Spot
from planner.inputs.lookup import find_van, find_venue
from planner.model import MAX_COUNT
from planner.office.week_plan import now_at
from planner.replan.disruption import Disruption
from planner.units import DAY_S, HOUR_S, MINUTE_S

_Value = TypeVar("_Value")


Texts = Sequence[str] | None


def read_disruption(
    district: District,
    at: datetime | None = None,
    *,
    without_van: Texts = None,
    cannot_drive: Texts = None,
    with_van: Texts = None,
    late: Texts = None,
    close: Texts = None,
    people: Texts = None,
) -> Disruption:
    """What texts say has happened.

    Parameters
    ----------
    at
        From when on; None = now, by the clocks at the office.
    without_van
        Vans that broke down, ``B`` or ``B=2026-11-29`` for one that drives again on a date.
    cannot_drive
        Vans that stay where they are and finish recording there, likewise.
    with_van
        Vans that drive again.
    late
        Minutes by which vans are behind, ``B=40``.
    close
        Places locked from now on.
    people
        How many come to places in all, ``T-12=60``.

    Raises
    ------
    InputError
        With every text that is not understood, every name that nobody knows and those that are
        near, and every van or place with two values.
    """
    at = at or now_at(district.office)
    van, place = partial(_van_id, district), partial(_place_id, district)
    minutes, count = partial(_number, most=DAY_S // MINUTE_S), partial(_number, most=MAX_COUNT)
    findings = Findings()
    without = _by_name("--without-van", without_van, van, _day_back, findings)
    immobile = _by_name("--cannot-drive", cannot_drive, van, _day_back, findings)
    behind = _by_name("--late", late, van, minutes, findings)
    coming = _by_name("--people", people, place, count, findings)
    back = _named("--with-van", with_van, van, findings)
    closed = _named("--close", close, place, findings)
    findings.raise_problems()
    return Disruption(
        day=at.date(),
        time_s=at.hour * HOUR_S + at.minute * MINUTE_S,
        without=without,
        immobile=immobile,
        back=back,
        late_s={van_id: MINUTE_S * number for van_id, number in behind.items()},
        closed=closed,
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
    values: dict[str, _Value] = {}
    written: dict[str, str] = {}
    for text in texts or ():
        with findings.catch(spot):
            name, value = read(text)
            key = named(name)
            if key in written:
                first, second = quote(written[key]), quote(text)
                what = say("{first} and {second} set the same thing", first=first, second=second)
                raise Mistake(what, say("keep one of them"))
            values[key], written[key] = value, text
    return values


def _named(
    option: str, names: Texts, named: Callable[[str], str], findings: Findings
) -> frozenset[str]:
    """Ids of vans or places named; problems are noted."""
    ids: set[str] = set()
    for name in names or ():
        with findings.catch(Spot(source=option, text=option)):
            ids.add(named(name))
    return frozenset(ids)


def _van_id(district: District, name: str) -> str:
    return find_van(district.vehicles, name).id


def _place_id(district: District, name: str) -> str:
    return find_venue(district, name).id


def _day_back(text: str) -> tuple[str, date | None]:
    """A van, and the date on which it drives again, or None."""
    van, sign, day = text.rpartition("=")
    if not sign:
        return text, None
    try:
        return van, date.fromisoformat(day)
    except ValueError:
        what = say("'{text}' has no date", text=text)
        raise Mistake(what, say("write it as B=2026-11-29")) from None


def _number(text: str, most: int) -> tuple[str, int]:
    """A name, and a whole number up to a limit."""
    name, _, number = text.rpartition("=")
    if not (name and number.isdecimal()):
        what = say("'{text}' has no whole number", text=text)
        raise Mistake(what, say("write it as NAME=40"))
    return name, as_whole(number, maximum=most)
