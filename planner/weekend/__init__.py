"""One weekend of one district: the bare instance, and the places and names behind it."""

from planner.weekend.build import build, usual_speeds
from planner.weekend.dates import next_week, service_dates
from planner.weekend.people import walked_to
from planner.weekend.weekend import LeftOut, Reason, Weekend, not_visited

__all__ = [
    "LeftOut",
    "Reason",
    "Weekend",
    "build",
    "next_week",
    "not_visited",
    "service_dates",
    "usual_speeds",
    "walked_to",
]
