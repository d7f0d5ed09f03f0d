"""From counts to sites: who can come where, and when it is open."""

from planner.demand.calendar import Opening, holidays_between, opening_on, shift_on

__all__ = ["Opening", "holidays_between", "opening_on", "shift_on"]
