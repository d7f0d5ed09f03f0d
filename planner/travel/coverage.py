"""Which places lie where a road file has roads at all."""

import numpy as np

from planner.arrays import Bools
from planner.travel.interface import LatLons
from planner.travel.network import Network
from planner.travel.snap_index import build_snap_index


def is_covered(network: Network, spots: LatLons, within_m: float) -> Bools:
    """Whether each of some places has a road or footway, of whatever kind, within some metres."""
    if not spots:
        return np.empty(0, dtype=np.bool_)
    lat, lon = np.array(spots, dtype=np.float64).T
    index = build_snap_index(network, lat, lon)
    _, away_m = index.nearest(np.arange(len(spots)), np.arange(len(network.way)), 0.0)
    return np.asarray(away_m <= within_m)
