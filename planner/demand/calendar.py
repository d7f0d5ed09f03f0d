"""Which hours a venue is open and a van drives on a date: usual hours, holidays, exceptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import holidays

from planner.district import CalendarEntry, Vehicle, Venue
from planner.model import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Hours on one date, and where they come from if not from the venue's own row.

    Attributes
    ----------
    hours
        Empty = closed.
    reason
        Of the exception or the holiday; empty for the usual hours, or where there are none.
    """

    hours: tuple[Interval, ...]
    reason: str = ""


def holidays_between(first: date, last: date) -> Mapping[date, str]:
    """Indonesian public holidays and joint leave days (cuti bersama), with their names."""
    years = range(first.year, last.year + 1)
    # The language is passed because the library would follow the machine's locale.
    days = holidays.country_holidays(
        "ID", years=years, language="id", categories=("public", "government")
    )
    return {day: name for day, name in sorted(days.items()) if first <= day <= last}


def opening_on(
    venue: Venue,
    kelurahan: str,
    day: date,
    calendar: Sequence[CalendarEntry],
    days_off: Mapping[date, str],
) -> Opening:
    """Hours of a venue on a date.

    The narrowest entry of the calendar decides: the venue's own, its kelurahan's, its table's,
    everybody's. Without one, a holiday closes what would be open.
    """
    entry = _narrowest(day, (venue.id, kelurahan, venue.type.table, ""), calendar)
    if entry is not None:
        return Opening(hours=entry.hours, reason=entry.reason)
    usual = venue.usual_hours.get(day.weekday(), ())
    if usual and day in days_off:
        return Opening(hours=(), reason=days_off[day])
    return Opening(hours=usual)


def shift_on(
    vehicle: Vehicle, day: date, calendar: Sequence[CalendarEntry], days_off: Mapping[date, str]
) -> Interval | None:
    """Shift of a van on a date, or None where it does not drive."""
    entry = _narrowest(day, (vehicle.id, "vans", ""), calendar)
    usual = vehicle.shifts.get(day.weekday())
    if entry is None:
        return None if day in days_off else usual
    if not entry.hours:
        return None
    # Hours for everybody open a day for venues; a van keeps its own shift.
    return usual if entry.scope == "" else (entry.hours[0][0], entry.hours[-1][1])


def _narrowest(
    day: date, scopes: Sequence[str], calendar: Sequence[CalendarEntry]
) -> CalendarEntry | None:
    by_scope = {entry.scope: entry for entry in calendar if entry.date == day}
    return next((by_scope[scope] for scope in scopes if scope in by_scope), None)
