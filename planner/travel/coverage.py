"""Which places lie where a road file has roads at all."""

import numpy as np

from planner.arrays import Bools, Float64s, Int64s
from planner.travel.interface import LatLons
from planner.travel.network import Network

_CELL = 0.01
"""Degrees: 1.1 km. A place is covered where its cell, or one beside it, has a road."""

_CELLS_AROUND_THE_EARTH = 36_000


def is_covered(network: Network, spots: LatLons) -> Bools:
    """Whether each of some places has roads within 1 to 2 km, of whatever kind."""
    row, column = _cells(*network.degrees())
    with_roads = np.unique(_numbers(row, column))
    lat, lon = np.array(spots, dtype=np.float64).reshape(-1, 2).T
    row, column = _cells(lat, lon)
    around = [_numbers(row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]
    return np.asarray(np.isin(around, with_roads).any(axis=0))


def _cells(lat: Float64s, lon: Float64s) -> tuple[Int64s, Int64s]:
    row, column = (np.floor(axis / _CELL).astype(np.int64) for axis in (lat, lon))
    return row, column


def _numbers(row: Int64s, column: Int64s) -> Int64s:
    return np.asarray(row * _CELLS_AROUND_THE_EARTH + column, dtype=np.int64)
