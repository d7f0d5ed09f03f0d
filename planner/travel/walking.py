"""How far people walk to points: along streets and footways where there are any near."""

from collections.abc import Iterator

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planner.arrays import Bools, Float64s, Indices, Int32s
from planner.geo import LocalProjection, Walks
from planner.travel.dataset_cache import Arrays, arrays_of, digest_of
from planner.travel.graph import arc_matrix, cheapest_arcs
from planner.travel.interface import LatLons
from planner.travel.network import Network, degrees
from planner.travel.profile import WALK
from planner.travel.routing_dataset import RoutingDataset
from planner.travel.snap_index import SnapIndex, build_snap_index
from planner.travel.straight_line import straight_walks

_BESIDE_M = 100.0
"""From or to a place farther than this from any way, people walk in a straight line."""

_DOORSTEP_M = 50.0
"""To a point no farther than this people walk straight, such as across a yard."""

_PER_M = 10
"""Lengths are kept in decimetres, whole."""


def walks_along_ways(
    dataset: RoutingDataset, homes: LatLons, points: LatLons, reach_m: float, ratio: float
) -> Walks:
    """Walks from each home to all points within reach.

    Parameters
    ----------
    reach_m
        Longest walk, metres.
    ratio
        Metres walked per metre of straight line, where no way is near.
    """
    if not homes or not points:
        return straight_walks(homes, points, reach_m, ratio)

    def make() -> Arrays:
        return arrays_of(_find(dataset.network, homes, points, reach_m, ratio))

    key = digest_of(dataset.key, list(homes), list(points), reach_m, ratio)
    return Walks(**dataset.cache.get_or_make("walks", key, make))


def _find(network: Network, homes: LatLons, points: LatLons, reach_m: float, ratio: float) -> Walks:
    spots = np.array([*homes, *points], dtype=np.float64)
    index = build_snap_index(network, spots[:, 0], spots[:, 1])
    walkable = np.flatnonzero(network.forward & WALK)
    road, away_m = index.nearest(np.arange(len(spots)), walkable, _BESIDE_M)
    beside = away_m <= _BESIDE_M
    num_junctions, num_spots = network.num_junctions, len(spots)
    graph = _graph(index, walkable, road, away_m, beside)
    nodes = np.arange(num_junctions + num_spots, num_junctions + 2 * num_spots)
    home, point, walk_m = _search(
        graph,
        _node_xy(network, spots),
        nodes[: len(homes)],
        nodes[len(homes) :][beside[len(homes) :]],
        reach_m,
    )
    straight = straight_walks(homes, points, reach_m, ratio)
    astray = ~(beside[straight.home] & beside[len(homes) + straight.point])
    straight = straight.where(astray | (straight.walk_m <= _DOORSTEP_M * ratio))
    ends = index.points[straight.home], index.points[len(homes) + straight.point]
    straight = straight.where(~index.is_cut_off(shapely.shortest_line(*ends)))
    return _shortest(
        np.concatenate([home - nodes[0], straight.home]),
        np.concatenate([point - nodes[len(homes)], straight.point]),
        np.concatenate([walk_m, straight.walk_m]),
    )


def _shortest(home: Indices, point: Indices, walk_m: Float64s) -> Walks:
    """The shortest of the walks between each home and point."""
    order = np.lexsort((walk_m, point, home))
    again = (np.diff(home[order], prepend=-1) == 0) & (np.diff(point[order], prepend=-1) == 0)
    kept = order[~again]
    return Walks.of(home[kept], point[kept], walk_m[kept])


def _graph(
    index: SnapIndex, walkable: Indices, road: Indices, away_m: Float64s, beside: Bools
) -> csr_array:
    """The ways with the spots beside them, walked both ways; of parallel ones the shortest.

    Nodes are junctions, then where spots meet their roads, then the spots themselves.
    """
    num_junctions, num_spots = index.network.num_junctions, len(road)
    near = np.flatnonzero(beside)
    tail, head, length_m = _chain_segments(index, walkable, road, near)
    ends = (
        np.concatenate([tail, num_junctions + near]),
        np.concatenate([head, num_junctions + num_spots + near]),
    )
    tails: Int32s = np.concatenate(ends).astype(np.int32)
    heads: Int32s = np.concatenate(ends[::-1]).astype(np.int32)
    lengths_m = np.tile(np.concatenate([length_m, away_m[near]]), 2)
    length = np.rint(lengths_m * _PER_M).astype(np.int64)
    arcs = cheapest_arcs(tails, heads, length)
    return arc_matrix(tails[arcs], heads[arcs], length[arcs], num_junctions + 2 * num_spots)


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


def _node_xy(network: Network, spots: Float64s) -> Float64s:
    """Metres east and north of each node of `_graph`; where a spot meets its road, of the spot."""
    frame = LocalProjection.around(*spots.T)
    xy = np.zeros((network.num_junctions, 2))
    for junction, point in ((network.tail, network.first), (network.head, network.last)):
        xy[junction] = frame.xy(degrees(network.y[point]), degrees(network.x[point]))
    at_spots = frame.xy(*spots.T)
    return np.concatenate([xy, at_spots, at_spots])


def _search(
    graph: csr_array, node_xy: Float64s, homes: Indices, points: Indices, reach_m: float
) -> tuple[Indices, Indices, Float64s]:
    """Home and point of each walk within reach, as nodes, and its length in metres.

    No walk leaves a circle around its point, so the points of a square are searched from together
    in the part of the graph around it.
    """
    found = [(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0))]
    for sources, near in _squares(node_xy, points, reach_m):
        costs = dijkstra(
            graph[near][:, near],
            indices=np.searchsorted(near, sources),
            limit=reach_m * _PER_M,
        )
        at_homes = near[(homes[0] <= near) & (near <= homes[-1])]
        costs = costs[:, np.searchsorted(near, at_homes)]
        source, home = np.nonzero(np.isfinite(costs))
        found.append((at_homes[home], sources[source], costs[source, home] / _PER_M))
    home, point, walk_m = (np.concatenate(column) for column in zip(*found, strict=True))
    return home, point, walk_m


def _squares(
    node_xy: Float64s, points: Indices, reach_m: float
) -> Iterator[tuple[Indices, Indices]]:
    """Points of each square as wide as the reach, and all nodes in reach of some; ascending."""
    margin_m = reach_m + _BESIDE_M
    squares = np.floor(node_xy[points] / margin_m).astype(np.int64)
    by_x = np.argsort(node_xy[:, 0], kind="stable")
    x = node_xy[by_x, 0]
    for square in np.unique(squares, axis=0):
        low, high = (square - 1) * margin_m, (square + 2) * margin_m
        strip = by_x[np.searchsorted(x, low[0]) : np.searchsorted(x, high[0])]
        near = strip[(low[1] <= node_xy[strip, 1]) & (node_xy[strip, 1] <= high[1])]
        yield points[(squares == square).all(axis=1)], np.sort(near)
