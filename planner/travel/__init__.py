"""Road travel between the places of a district: times, metres, and the line on the map."""

from planner.travel.table import Cause, Place, RoadLines, Travel, Unreached

__all__ = ["Cause", "Place", "RoadLines", "Travel", "Unreached"]
