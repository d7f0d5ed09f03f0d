"""From counts to sites: who can come where, and when it is open."""

from planner.demand.calendar import Opening, holidays_between, opening_on, shift_on
from planner.demand.draws import Demand, Group, find_demand
from planner.demand.zoning import zone_pupils
