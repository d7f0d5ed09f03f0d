"""Distances on the earth, a flat map of a district, and walks in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from scipy.spatial import KDTree

from planner.arrays import Bools, Float64s, Indices

EARTH_M = 6_371_008.8
"""Mean radius of the earth, metres (IUGG 1980)."""

DEGREE_M = radians(EARTH_M)
"""Metres in a degree of latitude."""


def degree_of_longitude_m(lat: float) -> float:
    """Metres in a degree of longitude at a latitude."""
    return DEGREE_M * cos(radians(lat))


def great_circle_m(lat: Float64s, lon: Float64s, lat2: Float64s, lon2: Float64s) -> Float64s:
    """Metres between points in degrees along the sphere; the arrays are broadcast."""
    phi, phi2 = np.radians(lat), np.radians(lat2)
    # The haversine stays exact for points a few metres apart, which the cosine rule does not.
    half = (
        np.sin((phi2 - phi) / 2) ** 2
        + np.cos(phi) * np.cos(phi2) * np.sin(np.radians(lon2 - lon) / 2) ** 2
    )
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(half, 1))), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalProjection:
    """An equirectangular map in metres around one point.

    The error is below 0.1 % over 100 km, less than a district needs.
    """

    lat: float
    lon: float

    @classmethod
    def around(cls, lat: Float64s, lon: Float64s) -> "LocalProjection":
        """The map around the mean of some points."""
        return cls(lat=float(lat.mean()), lon=float(lon.mean()))

    def xy(self, lat: Float64s, lon: Float64s) -> Float64s:
        """Metres east and north of the origin, shape ``(n, 2)``."""
        east = (lon - self.lon) * degree_of_longitude_m(self.lat)
        return np.column_stack([east, (lat - self.lat) * DEGREE_M])


def nearest_to_mean(lat: Sequence[float], lon: Sequence[float], weights: Sequence[float]) -> int:
    """Index of the point nearest to the weighted mean of all; the first of those as near."""
    lats, lons = np.array(lat, dtype=np.float64), np.array(lon, dtype=np.float64)
    means = (np.array([np.average(axis, weights=weights)]) for axis in (lats, lons))
    return int(great_circle_m(lats, lons, *means).argmin())


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundingBox:
    """South, west, north and east of an area, degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, lat: Float64s, lon: Float64s, margin_m: float) -> "BoundingBox":
        """The box around some points, a margin wider on every side."""
        south, north = float(lat.min()), float(lat.max())
        wider = margin_m / degree_of_longitude_m((south + north) / 2)
        return cls(
            south=south - margin_m / DEGREE_M,
            west=float(lon.min()) - wider,
            north=north + margin_m / DEGREE_M,
            east=float(lon.max()) + wider,
        )

    def contains(self, lat: Float64s, lon: Float64s) -> Bools:
        """Whether points lie inside or on the border, same shape."""
        inside = (self.south <= lat) & (lat <= self.north)
        return inside & (self.west <= lon) & (lon <= self.east)


def pairs_within(
    origins: Float64s, points: Float64s, reach_m: float
) -> tuple[Indices, Indices, Float64s]:
    """Index of origin and point of each pair no farther apart than that, and metres between.

    In straight lines, and in no order.

    Parameters
    ----------
    origins, points
        Latitude and longitude in degrees, shapes ``(n, 2)`` and ``(m, 2)``.
    """
    if not len(origins) or not len(points):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0)
    projection = LocalProjection.around(*points.T)
    trees = [KDTree(projection.xy(*spots.T)) for spots in (origins, points)]
    pairs = trees[0].sparse_distance_matrix(trees[1], reach_m, output_type="ndarray")
    return pairs["i"], pairs["j"], pairs["v"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """Walks from homes to points within reach: by home, the nearest point first.

    Attributes
    ----------
    home, point
        Index of both ends of each walk.
    walk_m
        Its length in metres.
    """

    home: Indices
    point: Indices
    walk_m: Float64s

    @classmethod
    def of(cls, home: Indices, point: Indices, walk_m: Float64s) -> "Walks":
        """Walks in any order; of points equally near, that of the lower index comes first."""
        order = np.lexsort((point, walk_m, home))
        return cls(home=home[order], point=point[order], walk_m=walk_m[order])

    def where(self, chosen: Bools) -> "Walks":
        """Some of the walks."""
        return Walks(home=self.home[chosen], point=self.point[chosen], walk_m=self.walk_m[chosen])
