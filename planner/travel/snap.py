"""Finds the road each place lies on, and why a van does not get to some of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from planner.arrays import Bools, Float64s, Indices, Int32s, concat_ranges
from planner.geo import LocalProjection
from planner.travel.cost import Costs
from planner.travel.graph import Graph, build_graph
from planner.travel.interface import Unreached, UnreachedCause
from planner.travel.network import Network
from planner.travel.profile import PROFILES, VANS, Profile

STEP_M = 100.0
"""A place on a closed or cut-off road may lie so far from an open one: a van stands at the fence.

Wide enough for a school's own drive, tagged private; too short to cross a gated quarter or a river.
"""

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
class SnapIndex:
    """A network laid flat around some places.

    Attributes
    ----------
    lines
        Each road in metres; a road without length is an empty line, which nothing is near to.
    points
        Each place in metres.
    """

    network: Network
    lines: NDArray[np.object_]
    points: NDArray[np.object_]

    def nearest(self, places: Indices, roads: Indices) -> tuple[Indices, Float64s]:
        """The nearest of some roads to each of some places, and its distance in metres."""
        roads = roads[self.network.last[roads] > self.network.first[roads]]
        if not len(roads):
            return np.zeros(len(places), dtype=np.intp), np.full(len(places), np.inf)
        tree = shapely.STRtree(self.lines[roads])
        (place, nearest), away_m = tree.query_nearest(self.points[places], return_distance=True)
        # On a corner all its streets are equally near: take one with a choice of directions.
        road = roads[nearest]
        both = self.network.forward[road] & self.network.backward[road] & VANS
        order = np.lexsort((road, both == 0, place))
        first = order[np.unique(place[order], return_index=True)[1]]
        return road[first], np.asarray(away_m[first], dtype=np.float64)

    def shares(self, places: Indices, roads: Indices) -> Float64s:
        """How far along its road's points each place lies, 0 to 1."""
        shares = shapely.line_locate_point(self.lines[roads], self.points[places], normalized=True)
        return np.asarray(shares, dtype=np.float64)


def build_snap_index(network: Network, lat: Float64s, lon: Float64s) -> SnapIndex:
    """The network in a flat frame around the middle of some places, given in degrees."""
    frame = LocalProjection.around(lat, lon)
    xy = frame.xy(*network.degrees())
    sizes = np.where(network.last > network.first, network.last - network.first + 1, 0)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    lines = shapely.from_ragged_array(
        shapely.GeometryType.LINESTRING, xy[concat_ranges(network.first, sizes)], (offsets,)
    )
    points = shapely.points(frame.xy(lat, lon))
    return SnapIndex(network=network, lines=np.asarray(lines), points=np.asarray(points))


def snap_places(
    index: SnapIndex,
    places: Indices,
    profile: Profile,
    graph_of: Callable[[Profile], Graph],
    costs: Costs,
    snap_m: float,
) -> SnappedPlaces:
    """Where some places lie on the roads of one class, and why it does not get to the others.

    Of the parts of the network that no road joins, vans drive on the one most places lie on.

    Parameters
    ----------
    places
        Indices of the places the class is meant for.
    graph_of
        Answers the graph of a class.
    """
    main = _main_roads(index, places, graph_of(profile), snap_m)
    road, away_m = index.nearest(places, main)
    closed, gated = _closed_roads(index, profile, main, costs)
    if profile != PROFILES[0]:
        # What keeps a small van out of an alley keeps a large one out of it too.
        widest = _main_roads(index, places, graph_of(PROFILES[0]), snap_m)
        alleys, gated_alleys = _closed_roads(index, PROFILES[0], widest, costs)
        closed, gated = np.setdiff1d(np.union1d(closed, alleys), main), gated | gated_alleys
    closed_road, closed_m = index.nearest(places, closed)
    beside = closed_m <= snap_m
    lost = (away_m > snap_m) | (beside & (closed_m < away_m) & (away_m > STEP_M))
    cause = np.where(gated[closed_road], UnreachedCause.GATED, UnreachedCause.ISLAND)
    cause = np.where(beside, cause, UnreachedCause.TOO_FAR)
    road, kept = road[~lost], places[~lost]
    return SnappedPlaces(
        places=kept,
        road=road,
        share=index.shares(kept, road),
        lost=places[lost],
        cause=cause[lost],
        distance_m=away_m[lost],
    )


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


def _main_roads(index: SnapIndex, places: Indices, graph: Graph, snap_m: float) -> Indices:
    """Roads of the part of the graph that most places lie on; of equal ones, of the largest."""
    components = _road_components(graph, len(index.network.way))
    roads = np.flatnonzero(components != NO_COMPONENT)
    if not len(roads):
        return roads
    road, away_m = index.nearest(places, roads)
    size = np.bincount(components[roads])
    votes = np.bincount(components[road[away_m <= snap_m]], minlength=len(size))
    return np.flatnonzero(components == np.lexsort((size, votes))[-1])


def _road_components(graph: Graph, num_roads: int) -> Int32s:
    """Part of the graph that each road lies in, with a way there and back; or `NO_COMPONENT`."""
    of_state = graph.components()
    inside = of_state[graph.tail] == of_state[graph.head]
    components = np.full(num_roads, NO_COMPONENT, dtype=np.int32)
    components[graph.link[inside] // 2] = of_state[graph.tail[inside]]
    return components
