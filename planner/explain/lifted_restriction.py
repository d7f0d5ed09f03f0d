"""Weekends in which a place is neither refused nor closed."""

from pathlib import Path

from planner.district import Venue
from planner.horizon import Horizon, LeftOutReason
from planner.model import Interval
from planner.scenarios import OpenPlace, Permit, build_changed_horizon
from planner.units import HOUR_S

MORNING: Interval = (8 * HOUR_S, 12 * HOUR_S)
"""Hours of a place whose row has none at all."""


def without_restriction(horizon: Horizon, venue: Venue, cache: Path | None = None) -> Horizon:
    """The weekend in which a place that is refused or closed is neither, on any date.

    Parameters
    ----------
    cache
        Folder in which prepared roads are kept.
    """
    hours = next(filter(None, venue.hours.values()), (MORNING,))
    for reason, change in (
        (LeftOutReason.REFUSED, Permit(target=venue.id)),
        (LeftOutReason.CLOSED, OpenPlace(place=venue.id, hours=hours)),
    ):
        if any(item.venue.id == venue.id and item.reason is reason for item in horizon.left_out):
            horizon = build_changed_horizon(horizon, change, cache)
    return horizon
