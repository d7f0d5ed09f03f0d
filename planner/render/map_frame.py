"""A piece of ground on a piece of paper: where places are drawn, and how lines and texts are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Any

import numpy as np
from shapely import clip_by_rect, get_coordinates, get_parts, linestrings

from planner.arrays import Float64s
from planner.geo import DEGREE_M, degree_of_longitude_m
from planner.render.escape import to_html
from planner.render.road_paths import MINOR_ROAD_STYLE, ROAD_STYLES
from planner.travel import RoadLines

UNITS_PER_MM = 20
"""Units of the drawing in a millimetre."""

MARGIN_MM = 10.0
MIN_WIDTH_M = 800.0
"""A map shows at least so much ground from side to side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """All roads of one class, in longitude and latitude, with their grey and width."""

    lines: Any
    colour: str
    width: float


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
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        east, north = self.units_per_degree
        return (
            self.west,
            self.south,
            self.west + self.width / east,
            self.south + self.height / north,
        )

    def project(self, lat: Any, lon: Any) -> Float64s:
        """Where places are drawn."""
        east, north = self.units_per_degree
        x = (np.asarray(lon, dtype=float) - self.west) * east
        y = self.height - (np.asarray(lat, dtype=float) - self.south) * north
        return np.column_stack([x, y])


def build_road_classes(roads: Iterable[RoadLines]) -> tuple[RoadClass, ...]:
    """The roads ready to be drawn on many maps, the widest last."""
    return tuple(sorted(map(_road_class, roads), key=lambda road: road.width))


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


def clip_to_path(frame: MapFrame, lines: Any) -> str:
    """Path data of lines in longitude and latitude, in whole units."""
    parts = get_parts(clip_by_rect(lines, *frame.bounds))
    points, owner = get_coordinates(parts, return_index=True)
    steps = frame.project(points[:, 1], points[:, 0])
    groups = groupby(zip(owner.tolist(), steps.tolist(), strict=True), key=lambda item: item[0])
    return "".join(to_svg_path([point for _, point in group]) for _, group in groups)


def to_svg_path(points: Iterable[Sequence[float]]) -> str:
    """Path data in whole units, without those that go nowhere."""
    whole = [(round(x), round(y)) for x, y in points]
    moves = [(x - at_x, y - at_y) for (at_x, at_y), (x, y) in pairwise(whole)]
    numbers = " ".join(f"{dx} {dy}" for dx, dy in moves if dx or dy)
    return f"M{whole[0][0]} {whole[0][1]}l{numbers}" if numbers else ""


def to_svg_text(
    at: Sequence[float],
    text: str,
    *,
    size_mm: float,
    colour: str = "#000",
    anchor: str = "start",
    weight: str = "normal",
    edge: bool = True,
) -> str:
    """Text on the map, on a white edge so that lines do not cross it."""
    halo = ' stroke="#fff" stroke-width="14" paint-order="stroke"' if edge else ""
    size = round(size_mm * UNITS_PER_MM)
    return (
        f'<text x="{at[0]:.0f}" y="{at[1]:.0f}" font-size="{size}" fill="{colour}"'
        f' text-anchor="{anchor}" font-weight="{weight}"{halo}>{to_html(text)}</text>'
    )


def _road_class(road: RoadLines) -> RoadClass:
    lines = [line for line in road.lines if len(line) > 1]
    points = np.array(list(chain.from_iterable(lines)), dtype=float).reshape(-1, 2)[:, ::-1]
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    colour, width = ROAD_STYLES.get(road.highway.removesuffix("_link"), MINOR_ROAD_STYLE)
    return RoadClass(lines=linestrings(points, indices=owner), colour=colour, width=width)
