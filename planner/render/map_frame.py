"""A piece of ground on a piece of paper: where places and roads are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, radians, sin
from typing import Any

import numpy as np
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from planner.geo import DEGREE_M, degree_of_longitude_m
from planner.render.html import path_data
from planner.render.road_paths import Bounds, DrawingXY, RoadClass, clip_to_area, clip_to_path

UNITS_PER_MM = 20
"""Units of the drawing in a millimetre."""

UNITS_PER_ROAD_PX = 3.2
"""Roads are thinner on paper than on a screen."""

MARGIN_MM = 10.0
MIN_WIDTH_M = 800.0
"""A map shows at least so much ground from side to side."""

MAX_PUSHES = 60
PUSH_ASIDE = radians(20)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFrame:
    """A piece of ground on a piece of paper.

    Attributes
    ----------
    south, west
        Degrees of the lower left corner.
    m_per_unit
        Metres of ground in one unit of the drawing.
    width, height
        Units of the drawing.
    """

    south: float
    west: float
    m_per_unit: float
    width: int
    height: int

    @property
    def units_per_degree(self) -> tuple[float, float]:
        """Units of the drawing in a degree eastwards and northwards."""
        east = degree_of_longitude_m(self.south)
        return east / self.m_per_unit, DEGREE_M / self.m_per_unit

    @property
    def bounds(self) -> Bounds:
        """South, west, north, east in degrees."""
        east, north = self.units_per_degree
        return (
            self.south,
            self.west,
            self.south + self.height / north,
            self.west + self.width / east,
        )

    def project(self, lat: Any, lon: Any) -> DrawingXY:
        """Where places are drawn."""
        east, north = self.units_per_degree
        x = (np.asarray(lon, dtype=float) - self.west) * east
        y = self.height - (np.asarray(lat, dtype=float) - self.south) * north
        return np.column_stack([x, y])

    def spot(self, lat: float, lon: float) -> tuple[int, int]:
        """Where a place is drawn, to whole units."""
        ((x, y),) = self.project(lat, lon).tolist()
        return round(x), round(y)

    def roads(self, roads: Sequence[RoadClass]) -> list[tuple[Markup, str, int]]:
        """Path data, colour and width of each class of road."""
        return [
            (self.path(road.lines), road.colour, round(road.width * UNITS_PER_ROAD_PX))
            for road in roads
        ]

    def area(self, shape: BaseGeometry) -> Markup:
        """Path data of the part of an area that can be seen."""
        return clip_to_area(shape, self.bounds, self.project)

    def path(self, lines: Any) -> Markup:
        """Path data of the part of lines in longitude and latitude that can be seen."""
        return clip_to_path(lines, self.bounds, self.project)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """The mark of a stop.

    Attributes
    ----------
    x, y, radius
        Units of the drawing.
    leader
        Path data of a line to the place of the stop; empty where the disc is there.
    """

    x: int
    y: int
    radius: int
    leader: Markup


def fit_frame(points: Sequence[tuple[float, float]], size_mm: tuple[float, float]) -> MapFrame:
    """The ground around all points, as large as the paper allows."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    width, height = (round(side * UNITS_PER_MM) for side in size_mm)
    margin = MARGIN_MM * UNITS_PER_MM
    degree_m = degree_of_longitude_m(min(lats))
    wide_m, high_m = (max(lons) - min(lons)) * degree_m, (max(lats) - min(lats)) * DEGREE_M
    m_per_unit = max(
        wide_m / (width - 2 * margin), high_m / (height - 2 * margin), MIN_WIDTH_M / width
    )
    return MapFrame(
        south=(min(lats) + max(lats)) / 2 - height * m_per_unit / 2 / DEGREE_M,
        west=(min(lons) + max(lons)) / 2 - width * m_per_unit / 2 / degree_m,
        m_per_unit=m_per_unit,
        width=width,
        height=height,
    )


def place_discs(
    frame: MapFrame, places: Sequence[tuple[float, float]], radius_mm: float
) -> list[Disc]:
    """A disc for each place, moved until none covers another, inside the frame."""
    spots = [frame.project(*place)[0].tolist() for place in places]
    radius = radius_mm * UNITS_PER_MM
    radii = [radius] * len(spots)
    shown = separate_spots(spots, radii, (frame.width, frame.height), UNITS_PER_MM)
    return [
        Disc(x=round(x), y=round(y), radius=round(radius), leader=path_data([[spot, (x, y)]]))
        for spot, (x, y) in zip(spots, shown, strict=True)
    ]


def separate_spots(
    spots: Sequence[Sequence[float]],
    radii: Sequence[float],
    size: tuple[int, int],
    margin: float = 0.0,
) -> list[list[float]]:
    """Spots with a radius each, moved until none covers another, inside a drawing.

    Each pair is pushed apart a little off its line, so that a row of spots makes way sideways.

    Parameters
    ----------
    size
        Width and height of the drawing.
    margin
        To its edges.
    """
    moved = np.array(spots, dtype=float).reshape(-1, 2)
    turn = np.array([[cos(PUSH_ASIDE), -sin(PUSH_ASIDE)], [sin(PUSH_ASIDE), cos(PUSH_ASIDE)]])
    edge = np.array(radii, dtype=float).reshape(-1, 1) + margin
    for _ in range(MAX_PUSHES):
        for one, other in combinations(range(len(moved)), 2):
            least = 1.1 * (radii[one] + radii[other])
            between = moved[other] - moved[one]
            distance = hypot(*between)
            if distance < least:
                away = turn @ (between / distance if distance else np.array([1.0, 0.0]))
                push = away * ((least - distance) / 2 + 0.5)
                moved[one] -= push
                moved[other] += push
        moved = moved.clip(edge, np.array(size) - edge)
    moved_spots: list[list[float]] = moved.tolist()
    return moved_spots
