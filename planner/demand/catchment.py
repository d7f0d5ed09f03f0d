"""Who walks where: each neighbourhood belongs to its nearest point within walking distance."""

from collections.abc import Sequence

import numpy as np
from scipy.spatial import KDTree

from planner.arrays import Float64s, Indices

EARTH_M = 6_371_008.8
"""Mean radius of the earth, metres (IUGG 1980)."""

NO_POINT = -1
"""No point is near enough."""


def nearest_points(
    homes: Sequence[tuple[float, float]],
    points: Sequence[tuple[float, float]],
    reach_m: float,
) -> Indices:
    """Index of the point nearest to each home, shape ``(num_homes,)``; `NO_POINT` beyond reach.

    Parameters
    ----------
    homes, points
        Latitude and longitude in degrees.
    reach_m
        Longest straight line, metres.
    """
    if not homes or not points:
        return np.full(len(homes), NO_POINT, dtype=np.intp)
    origin = np.array(points, dtype=float).mean(axis=0)
    distance_m, index = KDTree(_metres(points, origin)).query(_metres(homes, origin))
    return np.where(distance_m <= reach_m, index, NO_POINT).astype(np.intp)


def _metres(coordinates: Sequence[tuple[float, float]], origin: Float64s) -> Float64s:
    # A district is small enough for a flat earth: the error is below 0.1 % over 100 km.
    offset = np.radians(np.asarray(coordinates, dtype=float) - origin)
    scale = np.array([EARTH_M, EARTH_M * np.cos(np.radians(origin[0]))])
    return np.asarray(offset * scale, dtype=np.float64)
