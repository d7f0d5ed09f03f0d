"""The roads beneath the map as one small drawing."""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import Any

import numpy as np
from shapely import clip_by_rect, get_coordinates, get_parts, linestrings

from planner.travel import RoadLines
from planner.travel.interface import Line

Bounds = tuple[float, float, float, float]
"""South, west, north, east in degrees."""

UNIT_M = 1.5
"""Metres of a step of the drawing; finer than a screen shows at any zoom in use."""

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


def draw_roads(roads: Iterable[RoadLines], bounds: Bounds) -> str:
    """An SVG of all roads inside the bounds, one clipped path per class of road.

    Its corners are those of the bounds, in the Mercator projection.
    """
    south, west, north, east = bounds
    left, bottom = _mercator(south, west)
    right, top = _mercator(north, east)
    paths = "".join(
        f'<path class="{"minor" if width == MINOR_ROAD_STYLE[1] else "major"}" d="{path}"'
        f' stroke="{colour}" style="--w:{width}px"/>'
        for road, (colour, width) in sorted(
            ((road, _style_road(road.highway)) for road in roads), key=lambda item: item[1][1]
        )
        if (path := _path(road.lines, (left, bottom, right, top)))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="roads" preserveAspectRatio="none"'
        f' viewBox="0 0 {round(right - left)} {round(top - bottom)}">{paths}</svg>'
    )


def _style_road(highway: str) -> tuple[str, float]:
    return ROAD_STYLES.get(highway.removesuffix("_link"), MINOR_ROAD_STYLE)


def _path(lines: Sequence[Line], box: tuple[float, float, float, float]) -> str:
    """Path data with relative whole steps, clipped to the box, y downwards."""
    left, _, _, top = box
    drawn = [line for line in lines if len(line) > 1]
    lat, lon = np.array(list(chain.from_iterable(drawn))).reshape(-1, 2).T
    owner = np.repeat(np.arange(len(drawn)), [len(line) for line in drawn])
    whole = linestrings(np.column_stack(_mercator(lat, lon)), indices=owner)
    points, part = get_coordinates(get_parts(clip_by_rect(whole, *box)), return_index=True)
    steps = np.rint((points - (left, top)) * (1, -1)).astype(np.int64).tolist()
    by_part = groupby(zip(part.tolist(), steps, strict=True), key=itemgetter(0))
    return "".join(_steps([point for _, point in group]) for _, group in by_part)


def _steps(points: Sequence[tuple[int, int]]) -> str:
    """``Mx yldx dy dx dy ...`` without steps that go nowhere; the start is absolute."""
    moves = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(points)]
    numbers = " ".join(f"{dx} {dy}" for dx, dy in moves if dx or dy)
    return f"M{points[0][0]} {points[0][1]}l{numbers}".replace(" -", "-") if numbers else ""


def _mercator(lat: Any, lon: Any) -> tuple[Any, Any]:
    """Steps of the drawing east and north at the equator's scale, of numbers or arrays."""
    scale = EQUATOR_M / UNIT_M
    return lon / 360 * scale, np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi) * scale
