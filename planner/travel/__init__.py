"""Road travel between the places of a district: times, metres, and the line on the map."""

from planner.travel.between import between
from planner.travel.geometry import simplified
from planner.travel.phrasebook import sentence
from planner.travel.table import Cause, Manoeuvre, Place, RoadLines, Step, Travel, Unreached

__all__ = [
    "Cause",
    "Manoeuvre",
    "Place",
    "RoadLines",
    "Step",
    "Travel",
    "Unreached",
    "between",
    "sentence",
    "simplified",
]
