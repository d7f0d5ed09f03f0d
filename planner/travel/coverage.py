"""Which places lie where a road file has roads at all."""

import numpy as np

from planner.arrays import Bools
from planner.travel.interface import LatLons
from planner.travel.network import HIGHWAYS, Network
from planner.travel.snap_index import build_snap_index

FAR_REACHING = [HIGHWAYS.index(name) for name in ("motorway", "motorway_link")]


def is_covered(network: Network, spots: LatLons, within_m: float) -> Bools:
    """Whether each of some places has a road or footway within some metres.

    Motorways do not count: they reach far beyond the ground that an extract is cut around.
    """
    if not spots:
        return np.empty(0, dtype=np.bool_)
    lat, lon = np.array(spots, dtype=np.float64).T
    index = build_snap_index(network, lat, lon)
    local = np.flatnonzero(~np.isin(network.way_highway[network.way], FAR_REACHING))
    _, away_m = index.nearest(np.arange(len(spots)), local, 0.0)
    return np.asarray(away_m <= within_m)
