"""A network laid flat, in which the road nearest to each place is looked for."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from planner.arrays import Bools, Float64s, Indices, concat_ranges
from planner.geo import LocalProjection
from planner.travel.network import Network
from planner.travel.profile import UNCROSSED, VANS


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapIndex:
    """A network laid flat around some places.

    Attributes
    ----------
    lines
        Each road in metres; a road without length is an empty line, which nothing is near to.
    points
        Each place in metres.
    uncrossed
        The roads that nobody crosses on foot.
    """

    network: Network
    lines: NDArray[np.object_]
    points: NDArray[np.object_]
    uncrossed: shapely.STRtree

    def nearest(self, places: Indices, roads: Indices, within_m: float) -> tuple[Indices, Float64s]:
        """The nearest of some roads to each of some places on foot, and its distance in metres.

        Parameters
        ----------
        within_m
            Where a road that nobody crosses lies between, others are looked for so far away; the
            distance is infinite where there is none.
        """
        roads = roads[self.network.last[roads] > self.network.first[roads]]
        if not len(roads):
            return np.zeros(len(places), dtype=np.intp), np.full(len(places), np.inf)
        tree = shapely.STRtree(self.lines[roads])
        (place, near), away_m = tree.query_nearest(self.points[places], return_distance=True)
        road, away_m = self._first_of_each(place, roads[near], away_m)
        legs = shapely.shortest_line(self.points[places], self.lines[road])
        cut_off = np.flatnonzero(self.is_cut_off(legs) & (away_m <= within_m))
        away_m[cut_off] = np.inf
        at, near = tree.query(self.points[places[cut_off]], "dwithin", within_m)
        legs = shapely.shortest_line(self.points[places[cut_off[at]]], self.lines[roads[near]])
        open_ = ~self.is_cut_off(legs)
        at, near = at[open_], near[open_]
        if len(at):
            again = self._first_of_each(at, roads[near], shapely.length(legs[open_]))
            road[cut_off[np.unique(at)]], away_m[cut_off[np.unique(at)]] = again
        return road, away_m

    def is_cut_off(self, legs: NDArray[np.object_]) -> Bools:
        """Whether each straight line leads across a road that nobody crosses."""
        cut_off = np.zeros(len(legs), dtype=np.bool_)
        cut_off[self.uncrossed.query(legs, "crosses")[0]] = True
        return cut_off

    def shares(self, places: Indices, roads: Indices) -> Float64s:
        """How far along its road's points each place lies, 0 to 1."""
        shares = shapely.line_locate_point(self.lines[roads], self.points[places], normalized=True)
        return np.asarray(shares, dtype=np.float64)

    def _first_of_each(
        self, place: Indices, road: Indices, away_m: Float64s
    ) -> tuple[Indices, Float64s]:
        """Road and distance of the nearest of each place, by place."""
        # On a corner all its streets are equally near: take one with a choice of directions.
        both = self.network.forward[road] & self.network.backward[road] & VANS
        order = np.lexsort((road, both == 0, away_m, place))
        first = order[np.unique(place[order], return_index=True)[1]]
        return road[first], np.asarray(away_m[first], dtype=np.float64)


def build_snap_index(network: Network, lat: Float64s, lon: Float64s) -> SnapIndex:
    """The network in a flat frame around the middle of some places, given in degrees."""
    frame = LocalProjection.around(lat, lon)
    xy = frame.xy(*network.degrees())
    sizes = np.where(network.last > network.first, network.last - network.first + 1, 0)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    lines = np.asarray(
        shapely.from_ragged_array(
            shapely.GeometryType.LINESTRING, xy[concat_ranges(network.first, sizes)], (offsets,)
        )
    )
    return SnapIndex(
        network=network,
        lines=lines,
        points=np.asarray(shapely.points(frame.xy(lat, lon))),
        uncrossed=shapely.STRtree(lines[(network.forward & UNCROSSED) != 0]),
    )
