"""The weekend as if a place had its permission, or were open."""

from dataclasses import replace
from pathlib import Path

from planner.district import CalendarEntry, Permission, Venue
from planner.horizon import Horizon, LeftOut, LeftOutReason, build_horizon
from planner.units import HOUR_S

MORNING = ((8 * HOUR_S, 12 * HOUR_S),)
"""Hours of a place whose row has none at all."""


def without_restriction(horizon: Horizon, venue: Venue, cache: Path | None = None) -> Horizon:
    """The weekend in which a place is neither refused nor closed on any date."""
    item = _omission(horizon, venue)
    assert item is not None
    district = horizon.district
    if item.reason is LeftOutReason.CLOSED:
        hours = next(filter(None, venue.hours.values()), MORNING)
        entries = (
            CalendarEntry(date=day, scope=venue.id, hours=hours, reason="")
            for day in horizon.instance.dates
        )
        district = replace(district, calendar=(*district.calendar, *entries))
    else:
        venues = (
            replace(other, permission=Permission.APPROVED) if other.id == venue.id else other
            for other in district.venues
        )
        district = replace(district, venues=tuple(venues))
    found = build_horizon(district, horizon.week, cache=cache)
    still = _omission(found, venue)
    if (
        item.reason is LeftOutReason.REFUSED
        and still is not None
        and still.reason is LeftOutReason.CLOSED
    ):
        return without_restriction(found, still.venue, cache)
    return found


def _omission(horizon: Horizon, venue: Venue) -> LeftOut | None:
    return next((item for item in horizon.left_out if item.venue.id == venue.id), None)
