"""Road travel between the places of a district: times, metres, and the line on the map."""

from planner.travel.bands import averaged
from planner.travel.cutting import cut, surroundings
from planner.travel.factory import between, nearest_on_foot, prepare
from planner.travel.geometry import simplified
from planner.travel.interface import Cause, Manoeuvre, Place, RoadLines, Step, Travel, Unreached
from planner.travel.network_report import Survey, Typical, typical
from planner.travel.phrasebook import sentence

__all__ = [
    "Cause",
    "Manoeuvre",
    "Place",
    "RoadLines",
    "Step",
    "Survey",
    "Travel",
    "Typical",
    "Unreached",
    "averaged",
    "between",
    "cut",
    "nearest_on_foot",
    "prepare",
    "sentence",
    "simplified",
    "surroundings",
    "typical",
]
