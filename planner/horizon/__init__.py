"""One weekend of one district: the bare instance, and the places and names behind it."""

from planner.horizon.as_of_dates import learned_before
from planner.horizon.build import build_horizon, usual_speeds
from planner.horizon.dates import begin_of_weekend, next_week, service_dates
from planner.horizon.horizon import Horizon, LeftOut, LeftOutReason, unvisited_venues
from planner.horizon.walks import walks_to
