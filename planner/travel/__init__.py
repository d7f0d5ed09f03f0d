"""Road travel between the places of a district: times, metres, and the line on the map."""

from planner.travel.between import between
from planner.travel.geometry import simplified
from planner.travel.table import Cause, Place, RoadLines, Travel, Unreached

__all__ = ["Cause", "Place", "RoadLines", "Travel", "Unreached", "between", "simplified"]
