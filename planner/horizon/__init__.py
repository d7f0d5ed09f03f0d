"""One weekend of one district: the bare instance, and the places and names behind it."""

from planner.horizon.build import build, usual_speeds
from planner.horizon.dates import next_week, service_dates
from planner.horizon.horizon import Horizon, LeftOut, Reason, not_visited
from planner.horizon.walks import walked_to

__all__ = [
    "Horizon",
    "LeftOut",
    "Reason",
    "build",
    "next_week",
    "not_visited",
    "service_dates",
    "usual_speeds",
    "walked_to",
]
