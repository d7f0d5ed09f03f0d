"""The weekend as if a place had its permission, or were open."""

from dataclasses import replace
from pathlib import Path

from planner.district import CalendarEntry, Permission, Venue
from planner.units import HOUR_S
from planner.weekend import LeftOut, Reason, Weekend, build

MORNING = ((8 * HOUR_S, 12 * HOUR_S),)
"""Hours of a place whose row has none at all."""


def granted(weekend: Weekend, venue: Venue, cache: Path | None = None) -> Weekend:
    """The weekend in which a place is neither refused nor closed on any date."""
    item = _left_out(weekend, venue)
    assert item is not None
    district = weekend.district
    if item.reason is Reason.CLOSED:
        hours = next(filter(None, venue.hours.values()), MORNING)
        entries = (
            CalendarEntry(date=day, scope=venue.id, hours=hours, reason="")
            for day in weekend.instance.dates
        )
        district = replace(district, calendar=(*district.calendar, *entries))
    else:
        venues = (
            replace(other, permission=Permission.APPROVED) if other.id == venue.id else other
            for other in district.venues
        )
        district = replace(district, venues=tuple(venues))
    found = build(district, weekend.week, cache=cache)
    still = _left_out(found, venue)
    if item.reason is Reason.REFUSED and still is not None and still.reason is Reason.CLOSED:
        return granted(found, still.venue, cache)
    return found


def _left_out(weekend: Weekend, venue: Venue) -> LeftOut | None:
    return next((item for item in weekend.left_out if item.venue.id == venue.id), None)
