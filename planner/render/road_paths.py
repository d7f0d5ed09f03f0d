"""Roads and borders as paths, and the roads beneath the web map as one small drawing."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import numpy as np
from markupsafe import Markup
from shapely import clip_by_rect, get_coordinates, get_parts, get_rings, linestrings
from shapely.geometry.base import BaseGeometry

from planner.arrays import Float64s
from planner.render.html import fill_template, path_data
from planner.travel.interface import RoadLines, Travel

Bounds = tuple[float, float, float, float]
"""South, west, north, east in degrees."""

DrawingXY = Float64s
"""Units of a drawing from the left and from the top, of shape ``(n, 2)``."""

UNIT_M = 1.5
"""Metres of a unit of the web map's drawing; finer than a screen shows at any zoom in use."""

EQUATOR_M = 40_075_016.7

ROAD_STYLES = {
    "motorway": ("#9a9a9a", 5.0),
    "trunk": ("#a8a8a8", 4.5),
    "primary": ("#b4b4b4", 4.0),
    "secondary": ("#bebebe", 3.0),
    "tertiary": ("#c8c8c8", 2.2),
}
"""Grey and width in pixels by class of road."""

MINOR_ROAD_STYLE = ("#d2d2d2", 1.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """All roads of one class, in longitude and latitude, with their grey and width in pixels."""

    lines: Any
    colour: str
    width: float

    @property
    def is_minor(self) -> bool:
        """Whether it is of no class that has a style of its own."""
        return self.width == MINOR_ROAD_STYLE[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """What lies beneath the routes on many maps.

    Attributes
    ----------
    water
        Sea, lakes and wide rivers, in longitude and latitude; may be empty.
    roads
        The widest last.
    """

    water: BaseGeometry
    roads: tuple[RoadClass, ...]


def build_basemap(travel: Travel) -> Basemap:
    """Water and roads around the places of a district, ready to be drawn."""
    roads = sorted(map(_road_class, travel.background()), key=lambda road: road.width)
    return Basemap(water=travel.water(), roads=tuple(roads))


def clip_to_path(lines: Any, bounds: Bounds, project: Callable[[Any, Any], DrawingXY]) -> Markup:
    """Path data of the part of lines in longitude and latitude that lies inside the bounds.

    Parameters
    ----------
    project
        Where places, given as latitudes and longitudes, are drawn.
    """
    south, west, north, east = bounds
    return _path(get_parts(clip_by_rect(lines, west, south, east, north)), project)


def clip_to_area(
    shape: BaseGeometry, bounds: Bounds, project: Callable[[Any, Any], DrawingXY]
) -> Markup:
    """Path data, by the even-odd rule, of the part of an area that lies inside the bounds."""
    south, west, north, east = bounds
    parts = get_parts(clip_by_rect(shape, west, south, east, north))
    return _path(get_rings(parts), project)


def _path(lines: Any, project: Callable[[Any, Any], DrawingXY]) -> Markup:
    points, owner = get_coordinates(lines, return_index=True)
    drawn = project(points[:, 1], points[:, 0]).tolist()
    by_part = groupby(zip(owner.tolist(), drawn, strict=True), key=itemgetter(0))
    return path_data([point for _, point in group] for _, group in by_part)


def draw_basemap(basemap: Basemap, bounds: Bounds) -> Markup:
    """An SVG of all roads inside the bounds, one clipped path per class, above the water.

    Its corners are those of the bounds, in the Mercator projection.
    """
    south, west, north, east = bounds
    left, bottom = _mercator(south, west)
    right, top = _mercator(north, east)

    def project(lat: Any, lon: Any) -> DrawingXY:
        x, y = _mercator(lat, lon)
        return np.column_stack([x - left, top - y])

    classes = [(road, clip_to_path(road.lines, bounds, project)) for road in basemap.roads]
    size = (round(right - left), round(top - bottom))
    shores = clip_to_area(basemap.water, bounds, project)
    return fill_template("roads.svg", water=shores, roads=classes, size=size)


def _road_class(road: RoadLines) -> RoadClass:
    lines = [line for line in road.lines if len(line) > 1]
    points = np.array(list(chain.from_iterable(lines)), dtype=float).reshape(-1, 2)[:, ::-1]
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    colour, width = ROAD_STYLES.get(road.highway.removesuffix("_link"), MINOR_ROAD_STYLE)
    return RoadClass(lines=linestrings(points, indices=owner), colour=colour, width=width)


def _mercator(lat: Any, lon: Any) -> tuple[Any, Any]:
    """Units of the drawing east and north at the equator's scale, of numbers or arrays."""
    scale = EQUATOR_M / UNIT_M
    return lon / 360 * scale, np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi) * scale
