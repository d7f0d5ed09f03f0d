"""The ground the town stands on: metres, degrees, smooth curves and keyed dice."""

import math
import random
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from scipy.interpolate import CubicHermiteSpline
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from planner.arrays import Float64s

SEED = 2026
GRID_M = 0.1
"""All corners lie on this grid, so the last bits of floating point never reach a file."""

# Open water of the Java Sea: no real street, house or border lies under the fictional ones.
ORIGIN_LAT, ORIGIN_LON = -5.4, 110.9
M_PER_DEGREE = 111_195.08

Xy = tuple[float, float]
"""Metres east and north of the origin."""


def degrees(xy: Xy) -> tuple[float, float]:
    """Latitude and longitude, seven decimals as in OpenStreetMap."""
    lat = ORIGIN_LAT + xy[1] / M_PER_DEGREE
    lon = ORIGIN_LON + xy[0] / (M_PER_DEGREE * math.cos(math.radians(ORIGIN_LAT)))
    return round(lat, 7), round(lon, 7)


def dice(*key: object) -> random.Random:
    """Random numbers that depend on the seed and on what they are for, on nothing else."""
    return random.Random("/".join(map(str, (SEED, *key))))


def place_key(point: Point) -> str:
    """A key for `dice` that survives the last bits of floating point."""
    return f"{point.x:.0f},{point.y:.0f}"


def on_grid(points: Iterable[Sequence[float]]) -> LineString:
    """A line through points moved to the grid, repeated ones left out."""
    rounded = [(round(x, 1), round(y, 1)) for x, y in points]
    return LineString([rounded[0], *(b for a, b in pairwise(rounded) if a != b)])


def one_line(geometry: BaseGeometry) -> LineString:
    """The geometry, which the layout promises to be a single line."""
    if not isinstance(geometry, LineString):
        raise TypeError(f"{geometry.geom_type} where one line was expected")
    return geometry


def curve(points: Sequence[Xy], step_m: float = 120.0) -> LineString:
    """A smooth line through points, with a corner about every ``step_m``."""
    corners = np.asarray(points, dtype=float)
    chord_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    samples = np.linspace(0.0, chord_m[-1], max(2, round(chord_m[-1] / step_m)) + 1)
    slopes = np.gradient(corners, chord_m, axis=0)
    return on_grid(CubicHermiteSpline(chord_m, corners, slopes)(samples))


def beside(line: LineString, offset_m: float, taper_m: float = 0.0) -> LineString:
    """A line so far to the left of another, corner by corner; at tapered ends they meet."""
    corners = np.asarray(line.coords)
    along_m = np.array([line.project(Point(corner)) for corner in corners])
    width = np.full(len(corners), offset_m)
    if taper_m:
        width = offset_m * np.clip(np.minimum(along_m, line.length - along_m) / taper_m, 0, 1)
    return on_grid(corners + _left(corners) * width[:, None])


def _left(corners: Float64s) -> Float64s:
    """Unit vectors to the left of a line at its corners."""
    ahead = np.gradient(corners, axis=0)
    ahead /= np.hypot(ahead[:, 0], ahead[:, 1])[:, None]
    return np.column_stack([-ahead[:, 1], ahead[:, 0]])
