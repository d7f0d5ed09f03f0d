"""Finds the road each place lies on, and why a van does not get to some of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from planner.arrays import Bools, Float64s, Indices, Int32s
from planner.travel.cost import Costs
from planner.travel.graph import Graph, arc_matrix, build_graph, cheapest_arcs
from planner.travel.interface import Unreached, UnreachedCause
from planner.travel.profile import HALT, PROFILES, WALK, Profile
from planner.travel.snap_index import SnapIndex

STEP_M = 100.0
"""A place on a closed or cut-off road may lie so far from an open one: a van stands at the fence.

Wide enough for a school's own drive, tagged private; too short to cross a gated quarter or a river.
"""

ON_FOOT_RATIO = 2.0
"""People walk so many times the distance between a place and a van at the mouth of its alley."""

NO_COMPONENT = -1


@dataclass(frozen=True, kw_only=True)
class SnappedPlaces:
    """Where places lie on the roads of one class of van.

    Attributes
    ----------
    places
        Indices of the places the class gets to, ascending; the arrays follow them.
    road, share
        Road of each, and how far along the road's points, 0 to 1.
    lost
        Indices of the other places the class is meant for.
    cause, distance_m
        What keeps the class from each of these, as a member of `UnreachedCause`, and how far away
        its nearest road is.
    """

    places: Indices
    road: Indices
    share: Float64s
    lost: Indices
    cause: NDArray[np.str_]
    distance_m: Float64s

    @cached_property
    def unreached(self) -> Mapping[int, Unreached]:
        """What keeps the class from the places it does not get to, by their index."""
        return {
            place: Unreached(cause=UnreachedCause(cause), distance_m=distance_m)
            for place, cause, distance_m in zip(
                self.lost.tolist(), self.cause.tolist(), self.distance_m.tolist(), strict=True
            )
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """Parts of the network of one class that no road of its joins.

    Attributes
    ----------
    of_road
        Part of each road, or `NO_COMPONENT`.
    homes
        Part that each depot lies on, or `NO_COMPONENT`.
    main
        Roads of all these; without any, of the part most places lie on.
    """

    of_road: Int32s
    homes: tuple[int, ...]
    main: Indices


def snap_places(
    index: SnapIndex,
    places: Indices,
    depots: Indices,
    profile: Profile,
    graph_of: Callable[[Profile], Graph],
    costs: Costs,
    snap_m: float,
) -> SnappedPlaces:
    """Where some places lie on the roads of one class, and why it does not get to the others.

    A place lies on a road where a van may stand. Of the parts of the network that no road joins,
    vans drive on those their depots lie on.

    Parameters
    ----------
    places
        Indices of the places the class is meant for.
    depots
        Those of them that are depots; without any, vans drive on the part most places lie on.
    graph_of
        Answers the graph of a class.
    """
    widest = _find_parts(index, places, depots, graph_of(PROFILES[0]), snap_m)
    main, beyond = widest.main, np.empty(0, dtype=np.intp)
    closed, gated = _closed_roads(index, PROFILES[0], main, costs)
    if profile != PROFILES[0]:
        main = _find_parts(index, places, depots, graph_of(profile), snap_m, widest).main
        own, own_gated = _closed_roads(index, profile, main, costs)
        # What keeps a small van out of an alley keeps a large one out of it too.
        closed, gated = np.setdiff1d(np.union1d(own, closed), main), gated | own_gated
        beyond = np.setdiff1d(widest.main, main)
        closed = np.setdiff1d(closed, beyond)
    road, away_m = index.nearest(places, _standable(index, main), snap_m)
    closed_road, closed_m = index.nearest(places, _standable(index, closed), snap_m)
    beside = closed_m <= snap_m
    lost = (away_m > snap_m) | (beside & (closed_m < away_m) & (away_m > STEP_M))
    cause = np.where(gated[closed_road], UnreachedCause.GATED, UnreachedCause.ISLAND)
    cause = np.where(beside, cause, UnreachedCause.TOO_FAR)
    alley, alley_m = index.nearest(places, _standable(index, beyond), snap_m)
    from_mouth = np.flatnonzero(~lost & (alley_m < away_m) & (away_m > STEP_M))
    far = ~_is_on_foot(index, places[from_mouth], alley[from_mouth], road[from_mouth], snap_m)
    lost[from_mouth[far]], cause[from_mouth[far]] = True, UnreachedCause.ISLAND
    road, kept = road[~lost], places[~lost]
    return SnappedPlaces(
        places=kept,
        road=road,
        share=index.shares(kept, road),
        lost=places[lost],
        cause=cause[lost],
        distance_m=away_m[lost],
    )


def _standable(index: SnapIndex, roads: Indices) -> Indices:
    """Those of some roads on which a van may stand."""
    return np.asarray(roads[(index.network.forward[roads] & HALT) != 0], dtype=np.intp)


def _closed_roads(
    index: SnapIndex, profile: Profile, main: Indices, costs: Costs
) -> tuple[Indices, Bools]:
    """Roads a class fits on but does not get to; and of all roads, which it would without gates."""
    fitting = build_graph(index.network, profile.passable, costs)
    components = _road_components(fitting, len(index.network.way))
    closed = np.setdiff1d(fitting.link // 2, main).astype(np.intp)
    gated = np.zeros(len(components), dtype=np.bool_)
    gated[closed] = (
        components[closed] == components[main[0]]
        if len(main)
        else components[closed] != NO_COMPONENT
    )
    return closed, gated


def _find_parts(
    index: SnapIndex,
    places: Indices,
    depots: Indices,
    graph: Graph,
    snap_m: float,
    wider: _Parts | None = None,
) -> _Parts:
    """The parts of a class's network.

    A depot lies on the part with most places among those a step away, else on the nearest one. Of
    a class that smaller vans get farther than, it lies on the one with most places among those
    within `snap_m` that smaller vans drive to from it: at the mouth of an alley.

    Parameters
    ----------
    wider
        Parts of the smaller vans.
    """
    of_road = _road_components(graph, len(index.network.way))
    roads = np.flatnonzero(of_road != NO_COMPONENT)
    if not len(roads):
        return _Parts(of_road=of_road, homes=(NO_COMPONENT,) * len(depots), main=roads)
    standable = _standable(index, roads)
    road, away_m = index.nearest(places, standable, snap_m)
    size = np.bincount(of_road[roads])
    votes = np.bincount(of_road[road[away_m <= snap_m]], minlength=len(size))
    rank = np.argsort(np.lexsort((size, votes)))
    nearest = dict(
        zip(places.tolist(), zip(road.tolist(), away_m.tolist(), strict=True), strict=True)
    )

    def home(depot: int, joined: Bools, within_m: float) -> int:
        candidates = standable[joined[standable]]
        near = shapely.dwithin(index.lines[candidates], index.points[depot], within_m)
        around = of_road[candidates[near]]
        if len(around):
            return int(around[np.argmax(rank[around])])
        road, away_m = nearest[depot]
        return int(of_road[road]) if away_m <= snap_m else NO_COMPONENT

    if wider is None:
        everywhere = np.ones(len(of_road), dtype=np.bool_)
        homes = [home(depot, everywhere, STEP_M) for depot in depots.tolist()]
    else:
        homes = [
            home(depot, wider.of_road == part, snap_m)
            for depot, part in zip(depots.tolist(), wider.homes, strict=True)
        ]
    chosen = {*homes} - {NO_COMPONENT} or {int(np.argmax(rank))}
    main = np.flatnonzero(np.isin(of_road, [*chosen]))
    return _Parts(of_road=of_road, homes=tuple(homes), main=main)


def _is_on_foot(
    index: SnapIndex, places: Indices, begin: Indices, end: Indices, snap_m: float
) -> Bools:
    """Whether each of some places, on a road, is near a van on another road, on foot."""
    network, limit_m = index.network, ON_FOOT_RATIO * snap_m
    if not len(places):
        return np.empty(0, dtype=np.bool_)
    walked = np.flatnonzero(network.forward & WALK)
    tail = np.concatenate([network.tail[walked], network.head[walked]])
    head = np.concatenate([network.head[walked], network.tail[walked]])
    length_m = np.tile(np.rint(network.length_m[walked]).astype(np.int64), 2)
    arcs = cheapest_arcs(tail, head, length_m)
    matrix = arc_matrix(tail[arcs], head[arcs], length_m[arcs], network.num_junctions)
    sources, of_place = np.unique([network.tail[begin], network.head[begin]], return_inverse=True)
    between_m = dijkstra(matrix, indices=sources, limit=limit_m)
    walk_m = np.full(len(places), np.inf)
    for source, share in zip(
        of_place.reshape(2, -1), _end_shares(index, places, begin), strict=True
    ):
        for target, rest in zip(
            (network.tail[end], network.head[end]), _end_shares(index, places, end), strict=True
        ):
            ends_m = share * network.length_m[begin] + rest * network.length_m[end]
            walk_m = np.minimum(walk_m, ends_m + between_m[source, target])
    return walk_m <= limit_m


def _end_shares(index: SnapIndex, places: Indices, roads: Indices) -> tuple[Float64s, Float64s]:
    """Shares of each road between its place and its tail, and its head."""
    share = index.shares(places, roads)
    return share, 1 - share


def _road_components(graph: Graph, num_roads: int) -> Int32s:
    """Part of the graph that each road lies in, with a way there and back; or `NO_COMPONENT`."""
    of_state = graph.components()
    inside = of_state[graph.tail] == of_state[graph.head]
    components = np.full(num_roads, NO_COMPONENT, dtype=np.int32)
    components[graph.link[inside] // 2] = of_state[graph.tail[inside]]
    return components
