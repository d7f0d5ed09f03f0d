"""Travel without a road file: straight lines, with a detour that shrinks with the distance."""

from collections.abc import Mapping, Sequence
from math import inf

import numpy as np
from shapely import GeometryCollection
from shapely.geometry.base import BaseGeometry

from planner.arrays import Bools, Float64s
from planner.district import Speeds
from planner.geo import Walks, great_circle_m, pairs_within
from planner.travel.cost import round_legs
from planner.travel.interface import LatLons, Line, Place, RoadLines, Step, Unreached
from planner.units import HOUR_S, KM_M

DETOURS = ((0.0, 1.8), (2_000.0, 1.5), (10_000.0, 1.4))
"""Metres of straight line from which on a drive is so many times as long, where the setting
``straight_ratio`` has its default; medians of six Indonesian cities. Another ratio scales them all:
with 1.7 they are as in hilly Balikpapan, 2.1 and 1.8.
"""

_USUAL_RATIO = Speeds().straight_ratio


class StraightLineTravel:
    """An estimate along straight lines. See `planner.travel.interface.Travel`."""

    straight = True
    attribution = ""

    def __init__(self, places: Sequence[Place], speeds: Speeds) -> None:
        self.places: Sequence[Place] = tuple(places)
        lat = np.array([place.lat for place in places])
        lon = np.array([place.lon for place in places])
        straight_m = great_circle_m(lat[:, None], lon[:, None], lat, lon)
        drive_m = road_m(straight_m, speeds)
        self.drive_m = round_legs(drive_m)
        self.drive_s = round_legs(drive_m / (speeds.straight_kmh * KM_M / HOUR_S))
        self.unreached: Mapping[int, Mapping[str, Unreached]] = {}

    def line(self, origin: int, destination: int) -> Line:
        """The straight line between two places."""
        ends = (self.places[origin], self.places[destination])
        return tuple((place.lat, place.lon) for place in ends)

    def directions(self, origin: int, destination: int) -> tuple[Step, ...]:
        """None: nobody knows the streets."""
        return ()

    def water(self) -> BaseGeometry:
        """None."""
        return GeometryCollection()

    def background(self) -> tuple[RoadLines, ...]:
        """No roads."""
        return ()

    def covers(self, spots: LatLons) -> Bools:
        """All: a line leads everywhere."""
        return np.ones(len(spots), dtype=np.bool_)


def straight_walks(homes: LatLons, points: LatLons, reach_m: float, ratio: float) -> Walks:
    """Walks along straight lines, so many times as long."""
    spots = np.array([*homes, *points], dtype=np.float64).reshape(-1, 2)
    home, point, apart_m = pairs_within(spots[: len(homes)], spots[len(homes) :], reach_m / ratio)
    return Walks.of(home, point, apart_m * ratio)


def road_m(straight_m: Float64s, speeds: Speeds) -> Float64s:
    """Metres of road to expect for metres of straight line; never fewer for a longer line."""
    scale = speeds.straight_ratio / _USUAL_RATIO
    expected_m, reached_m = np.zeros_like(straight_m), 0.0
    for (begin_m, ratio), end_m in zip(DETOURS, [*(b for b, _ in DETOURS[1:]), inf], strict=True):
        inside = (begin_m <= straight_m) & (straight_m < end_m)
        # Where a smaller detour begins, a longer line would otherwise be a shorter drive.
        expected_m[inside] = np.maximum(straight_m[inside] * ratio, reached_m) * scale
        reached_m = end_m * ratio
    return expected_m
