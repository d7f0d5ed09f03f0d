"""From counts to sites: who can come where, and when it is open."""

from planner.demand.calendar import Opening, holidays_between, opening_on, shift_on
from planner.demand.draws import Demand, Group, find_demand
from planner.demand.people import backlog_of, people_by_venue

__all__ = [
    "Demand",
    "Group",
    "Opening",
    "backlog_of",
    "find_demand",
    "holidays_between",
    "opening_on",
    "people_by_venue",
    "shift_on",
]
