"""From counts to sites: who can come where, and when it is open."""

from planner.demand.calendar import Opening, holidays_between, opening_on, shift_on
from planner.demand.catchment import nearest_points

__all__ = ["Opening", "holidays_between", "nearest_points", "opening_on", "shift_on"]
