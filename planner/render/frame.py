"""A piece of ground on a piece of paper: where places are drawn, and how lines and texts are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from math import cos, radians
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import clip_by_rect, get_coordinates, get_parts, linestrings

from planner.render.escape import to_html
from planner.render.road_paths import LOOKS, MINOR_LOOK
from planner.travel import RoadLines
from planner.travel.earth import EARTH_M

UNITS = 20
"""Steps of the drawing in a millimetre."""

MARGIN_MM = 10.0
SMALLEST_M = 800.0
"""A map shows at least so much ground from side to side."""

Steps = NDArray[np.float64]
"""Steps of the drawing from the left and from the top, of shape ``(n, 2)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """All roads of one class, in longitude and latitude, with their grey and width."""

    lines: Any
    colour: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A piece of ground on a piece of paper.

    Attributes
    ----------
    south, west
        Degrees of the lower left corner.
    metres
        Metres of ground in one step of the drawing.
    width, height
        Steps of the drawing.
    """

    south: float
    west: float
    metres: float
    width: int
    height: int

    @property
    def steps_per_degree(self) -> tuple[float, float]:
        """Steps of the drawing in a degree eastwards and northwards."""
        north = radians(1) * EARTH_M / self.metres
        return north * cos(radians(self.south)), north

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        east, north = self.steps_per_degree
        return (
            self.west,
            self.south,
            self.west + self.width / east,
            self.south + self.height / north,
        )

    def steps(self, lat: Any, lon: Any) -> Steps:
        """Where places are drawn."""
        east, north = self.steps_per_degree
        x = (np.asarray(lon, dtype=float) - self.west) * east
        y = self.height - (np.asarray(lat, dtype=float) - self.south) * north
        return np.column_stack([x, y])


def road_classes(roads: Iterable[RoadLines]) -> tuple[RoadClass, ...]:
    """The roads ready to be drawn on many maps, the widest last."""
    return tuple(sorted(map(_road_class, roads), key=lambda road: road.width))


def frame_around(points: Sequence[tuple[float, float]], size_mm: tuple[float, float]) -> Frame:
    """The ground around all points, as large as the paper allows."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    width, height = (round(side * UNITS) for side in size_mm)
    margin = MARGIN_MM * UNITS
    metre_lat = radians(1) * EARTH_M
    metre_lon = metre_lat * cos(radians(min(lats)))
    wide_m, high_m = (max(lons) - min(lons)) * metre_lon, (max(lats) - min(lats)) * metre_lat
    metres = max(wide_m / (width - 2 * margin), high_m / (height - 2 * margin), SMALLEST_M / width)
    return Frame(
        south=(min(lats) + max(lats)) / 2 - height * metres / 2 / metre_lat,
        west=(min(lons) + max(lons)) / 2 - width * metres / 2 / metre_lon,
        metres=metres,
        width=width,
        height=height,
    )


def clipped(frame: Frame, lines: Any) -> str:
    """Path data of lines in longitude and latitude, in whole steps."""
    parts = get_parts(clip_by_rect(lines, *frame.bounds))
    points, owner = get_coordinates(parts, return_index=True)
    steps = frame.steps(points[:, 1], points[:, 0])
    groups = groupby(zip(owner.tolist(), steps.tolist(), strict=True), key=lambda item: item[0])
    return "".join(path_data([point for _, point in group]) for _, group in groups)


def path_data(points: Iterable[Sequence[float]]) -> str:
    """Path data in whole steps, without those that go nowhere."""
    whole = [(round(x), round(y)) for x, y in points]
    moves = [(x - at_x, y - at_y) for (at_x, at_y), (x, y) in pairwise(whole)]
    numbers = " ".join(f"{dx} {dy}" for dx, dy in moves if dx or dy)
    return f"M{whole[0][0]} {whole[0][1]}l{numbers}" if numbers else ""


def text_at(
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
    return (
        f'<text x="{at[0]:.0f}" y="{at[1]:.0f}" font-size="{size_mm * UNITS:.0f}" fill="{colour}"'
        f' text-anchor="{anchor}" font-weight="{weight}"{halo}>{to_html(text)}</text>'
    )


def _road_class(road: RoadLines) -> RoadClass:
    lines = [line for line in road.lines if len(line) > 1]
    points = np.array(list(chain.from_iterable(lines)), dtype=float).reshape(-1, 2)[:, ::-1]
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    colour, width = LOOKS.get(road.highway.removesuffix("_link"), MINOR_LOOK)
    return RoadClass(lines=linestrings(points, indices=owner), colour=colour, width=width)
