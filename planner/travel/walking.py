"""Who walks to which point: along streets and footways where there are any near."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planner.arrays import Bools, Float64s, Indices, Int32s
from planner.geo import NO_POINT, nearest_points
from planner.travel.dataset_cache import Arrays, digest_of
from planner.travel.graph import arc_matrix, cheapest_arcs
from planner.travel.interface import LatLons
from planner.travel.network import Network
from planner.travel.profile import WALK
from planner.travel.routing_dataset import RoutingDataset
from planner.travel.snap import SnapIndex, build_snap_index

_BESIDE_M = 100.0
"""From or to a place farther than this from any way, people walk in a straight line."""

_PER_M = 10
"""Lengths are kept in decimetres, whole."""


def nearest_on_foot(
    dataset: RoutingDataset, homes: LatLons, points: LatLons, reach_m: float, ratio: float
) -> Indices:
    """Index of the point nearest to each home on foot; `NO_POINT` where none is within reach.

    Parameters
    ----------
    reach_m
        Longest walk, metres.
    ratio
        Metres walked per metre of straight line, where no way is near.
    """
    if not homes or not points:
        return np.full(len(homes), NO_POINT, dtype=np.intp)

    def make() -> Arrays:
        return {"nearest": _find(dataset.network, homes, points, reach_m, ratio)}

    key = digest_of(dataset.key, list(homes), list(points), reach_m, ratio)
    return dataset.cache.get_or_make("walks", key, make)["nearest"]


def _find(
    network: Network, homes: LatLons, points: LatLons, reach_m: float, ratio: float
) -> Indices:
    spots = np.array([*homes, *points], dtype=np.float64)
    index = build_snap_index(network, spots[:, 0], spots[:, 1])
    walkable = np.flatnonzero(network.forward & WALK)
    road, away_m = index.nearest(np.arange(len(spots)), walkable)
    along, along_m = _along_ways(index, walkable, road, away_m, len(homes), reach_m)
    straight, straight_m = _straight(spots, away_m > _BESIDE_M, len(homes), reach_m / ratio)
    return np.where(straight_m * ratio < along_m, straight, along)


def _along_ways(
    index: SnapIndex,
    walkable: Indices,
    road: Indices,
    away_m: Float64s,
    num_homes: int,
    reach_m: float,
) -> tuple[Indices, Float64s]:
    """Nearest point along ways and the walk to it; infinite where there is none."""
    # Nodes are junctions, then where spots meet their roads, then the spots themselves.
    num_junctions, num_spots = index.network.num_junctions, len(road)
    beside = np.flatnonzero(away_m <= _BESIDE_M)
    tail, head, length_m = _chain_segments(index, walkable, road, beside)
    graph = _graph(
        np.concatenate([tail, num_junctions + beside]),
        np.concatenate([head, num_junctions + num_spots + beside]),
        np.concatenate([length_m, away_m[beside]]),
        num_junctions + 2 * num_spots,
    )
    point_nodes = num_junctions + num_spots + beside[beside >= num_homes]
    if not len(point_nodes):
        return np.full(num_homes, NO_POINT, dtype=np.intp), np.full(num_homes, np.inf)
    costs, _, source = dijkstra(
        graph,
        directed=True,
        indices=point_nodes,
        return_predecessors=True,
        limit=reach_m * _PER_M,
        min_only=True,
    )
    at_homes = slice(num_junctions + num_spots, num_junctions + num_spots + num_homes)
    walk_m = costs[at_homes] / _PER_M
    point = source[at_homes] - (num_junctions + num_spots + num_homes)
    return np.where(np.isinf(walk_m), NO_POINT, point).astype(np.intp), walk_m


def _chain_segments(
    index: SnapIndex,
    walkable: Indices,
    road: Indices,
    beside: Indices,
) -> tuple[Indices, Indices, Float64s]:
    """Pieces of road from junction to spot to spot to junction: both ends and the length."""
    network = index.network
    roads = np.concatenate([walkable, road[beside], walkable])
    nodes = np.concatenate(
        [network.tail[walkable], network.num_junctions + beside, network.head[walkable]]
    )
    share = np.concatenate(
        [np.zeros(len(walkable)), index.shares(beside, road[beside]), np.ones(len(walkable))]
    )
    order = np.lexsort((np.arange(len(roads)), share, roads))
    joined = np.flatnonzero(np.diff(roads[order]) == 0)
    begin, end = order[joined], order[joined + 1]
    length_m = (share[end] - share[begin]) * network.length_m[roads[begin]]
    return nodes[begin], nodes[end], length_m


def _graph(tail: Indices, head: Indices, length_m: Float64s, num_nodes: int) -> csr_array:
    """The graph of pieces walked both ways; of parallel ones the shortest."""
    tails: Int32s = np.concatenate([tail, head]).astype(np.int32)
    heads: Int32s = np.concatenate([head, tail]).astype(np.int32)
    length = np.rint(np.tile(length_m, 2) * _PER_M).astype(np.int64)
    arcs = cheapest_arcs(tails, heads, length)
    return arc_matrix(tails[arcs], heads[arcs], length[arcs], num_nodes)


def _straight(
    spots: Float64s, astray: Bools, num_homes: int, reach_m: float
) -> tuple[Indices, Float64s]:
    """Nearest point in a straight line, where home or point is beside no way; and how far."""
    homes, points = spots[:num_homes], spots[num_homes:]
    index, distance_m = np.full(num_homes, NO_POINT), np.full(num_homes, np.inf)
    for lost, choice in (
        (True, np.arange(len(points))),
        (False, np.flatnonzero(astray[num_homes:])),
    ):
        who = np.flatnonzero(astray[:num_homes] == lost)
        nearest, distance_m[who] = nearest_points(homes[who], points[choice], reach_m)
        index[who] = np.append(choice, NO_POINT)[nearest]
    return index, distance_m
