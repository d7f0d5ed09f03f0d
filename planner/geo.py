"""Distances on the earth, and a flat frame around a city."""

from dataclasses import dataclass

import numpy as np

from planner.arrays import Float64s

EARTH_M = 6_371_008.8
"""Mean radius of the earth, metres (IUGG 1980)."""


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
    """A flat map in metres around one point; the error is below 0.1 % over 100 km."""

    lat: float
    lon: float

    def xy(self, lat: Float64s, lon: Float64s) -> Float64s:
        """Metres east and north of the origin, shape ``(n, 2)``."""
        metres_per_degree = np.radians(EARTH_M)
        east = (lon - self.lon) * metres_per_degree * np.cos(np.radians(self.lat))
        return np.column_stack([east, (lat - self.lat) * metres_per_degree])
