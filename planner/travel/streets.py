"""Places along the streets of an area, for people of whom no more is known."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from planner.arrays import Float64s
from planner.travel.interface import LatLons
from planner.travel.network import HIGHWAYS, Network, degrees

LIVED_ON = ("residential", "living_street", "unclassified", "tertiary")
"""Kinds of road that people live along."""


def spread_along_streets(
    network: Network, areas: Sequence[tuple[BaseGeometry, int]]
) -> list[LatLons]:
    """For each area so many places at equal distances along its streets; none if it has none.

    A road counts where its middle lies.
    """
    lived_on = np.isin(network.way_highway[network.way], [*map(HIGHWAYS.index, LIVED_ON)])
    roads = np.flatnonzero(lived_on)
    first, last = network.first[roads], network.last[roads]
    # Of a road of two points, the middle point is the one before the middle.
    before, behind = (first + last) // 2, (first + last + 1) // 2
    lat = (degrees(network.y[before]) + degrees(network.y[behind])) / 2
    lon = (degrees(network.x[before]) + degrees(network.x[behind])) / 2
    insides = [np.flatnonzero(shapely.contains_xy(shape, lon, lat)) for shape, _ in areas]
    return [
        _spread(lat[inside], lon[inside], network.length_m[roads[inside]], count)
        for inside, (_, count) in zip(insides, areas, strict=True)
    ]


def _spread(lat: Float64s, lon: Float64s, length_m: Float64s, count: int) -> LatLons:
    if not len(lat):
        return []
    along = np.cumsum(length_m)
    spots = np.searchsorted(along, (np.arange(count) + 0.5) / count * along[-1])
    return [(float(lat[spot]), float(lon[spot])) for spot in spots]
