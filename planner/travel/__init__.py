"""Road travel between the places of a district: times, metres, and the line on the map."""

from planner.travel.clipping import clip_extract, district_bounds
from planner.travel.factory import make_travel, nearest_on_foot, prepare_roads
from planner.travel.geometry import simplify_line
from planner.travel.instructions import instruction_text
from planner.travel.interface import (
    Manoeuvre,
    NetworkReport,
    OpenRoads,
    Place,
    RoadEngine,
    RoadLines,
    StageListener,
    Step,
    Travel,
    Unreached,
    UnreachedCause,
    ignore_stage,
)
from planner.travel.network_report import TravelStatistics, travel_statistics
from planner.travel.speed_bands import average_speeds

__all__ = [
    "Manoeuvre",
    "NetworkReport",
    "OpenRoads",
    "Place",
    "RoadEngine",
    "RoadLines",
    "StageListener",
    "Step",
    "Travel",
    "TravelStatistics",
    "Unreached",
    "UnreachedCause",
    "average_speeds",
    "clip_extract",
    "district_bounds",
    "ignore_stage",
    "instruction_text",
    "make_travel",
    "nearest_on_foot",
    "prepare_roads",
    "simplify_line",
    "travel_statistics",
]
