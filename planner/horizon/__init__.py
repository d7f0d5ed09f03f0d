"""One weekend of one district: the bare instance, and the places and names behind it."""

from planner.horizon.allocation import allocate_neighbourhoods
from planner.horizon.build import build_horizon, usual_speeds
from planner.horizon.dates import next_week, service_dates
from planner.horizon.horizon import Horizon, LeftOut, LeftOutReason, unvisited_venues

__all__ = [
    "Horizon",
    "LeftOut",
    "LeftOutReason",
    "allocate_neighbourhoods",
    "build_horizon",
    "next_week",
    "service_dates",
    "unvisited_venues",
    "usual_speeds",
]
