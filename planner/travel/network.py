"""The road network between junctions: an extract without the nodes that only give shape."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.arrays import Bools, Float32s, Float64s, Int32s, Int64s, UInt8s
from planner.geo import great_circle_m
from planner.travel.osm import Extract
from planner.travel.profile import FERRY, SPEED_KMH, VANS, WALK
from planner.travel.turn_restrictions import BannedSequence, Link, banned_sequences
from planner.units import HOUR_S, KM_M

HIGHWAYS = (*SPEED_KMH, FERRY)
"""Kinds of road by the index under which a way keeps its own."""

_ALL = WALK | VANS

_INDICES, _BITS = ("first", "last", "tail", "head", "way"), ("forward", "backward")

_ROAD = np.dtype([(name, np.int32) for name in _INDICES] + [(name, np.uint8) for name in _BITS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Roads between junctions.

    A road's two directions are links, ``2 * road`` along its points, ``2 * road + 1`` against them.

    Attributes
    ----------
    x, y
        Longitude and latitude of all points in units of 1e-7 degrees.
    first, last
        Index of each road's first and last point; all between are its shape.
    tail, head
        Junctions of each road where its points begin and end.
    forward, backward
        Bits of `planner.travel.profile.permissions` for each road, along and against its points.
    length_m
        Length of each road.
    way
        Index of the way each road is part of.
    way_first
        Index of each way's first point, and the number of points behind the last.
    way_highway, way_name, way_limit_kmh, way_circular
        Of each way: index in `HIGHWAYS`, index in `names`, signed speed limit or infinite, whether
        it is part of a roundabout; the limit of a ferry is its speed.
    banned, banned_starts, banned_profiles, banned_u_turn
        Sequences of links that may not be driven one after the other, where each starts, and what
        `planner.travel.turn_restrictions.BannedSequence` says of each.
    unread, unread_count
        Tags that are not understood, the most frequent first, and how often each is met.
    """

    x: Int32s
    y: Int32s
    first: Int32s
    last: Int32s
    tail: Int32s
    head: Int32s
    forward: UInt8s
    backward: UInt8s
    length_m: Float64s
    way: Int32s
    way_first: Int32s
    way_highway: UInt8s
    way_name: Int32s
    way_limit_kmh: Float32s
    way_circular: Bools
    names: NDArray[np.str_]
    banned: Int32s
    banned_starts: Int32s
    banned_profiles: UInt8s
    banned_u_turn: Bools
    unread: NDArray[np.str_]
    unread_count: Int32s

    @property
    def num_junctions(self) -> int:
        """Junctions, dead ends and sides of barriers."""
        return int(max(self.tail.max(), self.head.max())) + 1

    def sequences(self) -> Iterator[BannedSequence]:
        """Links that may not be driven one after the other."""
        for index, (begin, end) in enumerate(pairwise(self.banned_starts.tolist())):
            yield BannedSequence(
                links=tuple(self.banned[begin:end].tolist()),
                profiles=int(self.banned_profiles[index]),
                is_u_turn=bool(self.banned_u_turn[index]),
            )

    def is_ferry(self) -> Bools:
        """Whether each road is a ferry."""
        return np.asarray(self.way_highway[self.way] == HIGHWAYS.index(FERRY))

    def without_ferries(self) -> "Network":
        """The network where no van takes a ferry."""
        kept = np.where(self.is_ferry(), 255 - VANS, 255).astype(np.uint8)
        return replace(self, forward=self.forward & kept, backward=self.backward & kept)

    def degrees(self) -> tuple[Float64s, Float64s]:
        """Latitude and longitude of all points."""
        return degrees(self.y), degrees(self.x)


def degrees(units: Int32s) -> Float64s:
    """Degrees of coordinates in units of 1e-7 degrees."""
    return units.astype(np.float64) / 1e7


def build_network(extract: Extract) -> Network:
    """The network of an extract: roads from junction to junction."""
    node, x, y = extract.columns().T
    junctions, roads = _split_at_junctions(extract, node)
    sequences = banned_sequences(extract.restrictions, *_turn_lookup(extract, junctions, roads))
    roads = _separate_barriers(extract, junctions, roads)
    x, y = x.astype(np.int32), y.astype(np.int32)
    names, way_name = np.unique([way.name for way in extract.ways], return_inverse=True)
    highway = [HIGHWAYS.index(way.highway) for way in extract.ways]
    sizes = [len(sequence.links) for sequence in sequences]
    length_m = _lengths_m(x, y, roads)
    unread = extract.unread.most_common()
    return Network(
        x=x,
        y=y,
        **{name: np.ascontiguousarray(roads[name]) for name in _INDICES + _BITS},
        length_m=length_m,
        way_first=np.array(extract.starts, dtype=np.int32),
        way_highway=np.array(highway, dtype=np.uint8),
        way_name=way_name.astype(np.int32),
        way_limit_kmh=_limits_kmh(extract, roads, length_m),
        way_circular=np.array([way.circular for way in extract.ways], dtype=np.bool_),
        names=names,
        banned=np.array([link for banned in sequences for link in banned.links], dtype=np.int32),
        banned_starts=np.cumsum([0, *sizes], dtype=np.int32),
        banned_profiles=np.array([banned.profiles for banned in sequences], dtype=np.uint8),
        banned_u_turn=np.array([banned.is_u_turn for banned in sequences], dtype=np.bool_),
        unread=np.array([tag for tag, _ in unread], dtype=np.str_),
        unread_count=np.array([count for _, count in unread], dtype=np.int32),
    )


def _split_at_junctions(extract: Extract, node: Int64s) -> tuple[Int64s, NDArray[Any]]:
    """Nodes that several ways share, where ways end, or that need a state; and roads between."""
    nodes, node_of = np.unique(node, return_inverse=True)
    starts = np.array(extract.starts)
    cut = np.bincount(node_of) > 1
    cut[node_of[starts[:-1]]] = cut[node_of[starts[1:] - 1]] = True
    special = [*extract.barriers, *extract.via_nodes()]
    cut |= np.isin(nodes, np.array(special, dtype=np.int64))
    junction = np.cumsum(cut, dtype=np.int32) - 1
    at = np.flatnonzero(cut[node_of])
    way = (np.searchsorted(starts, at, side="right") - 1).astype(np.int32)
    same = way[:-1] == way[1:]
    first, last, way = at[:-1][same], at[1:][same], way[:-1][same]
    tail, head = junction[node_of[first]], junction[node_of[last]]
    bits = np.array([(each.forward, each.backward) for each in extract.ways])[way]
    columns = [first, last, tail, head, way, *bits.T]
    return nodes[cut], np.rec.fromarrays(columns, dtype=_ROAD).view(np.ndarray)


def _turn_lookup(
    extract: Extract, nodes: Int64s, roads: NDArray[Any]
) -> tuple[dict[int, list[Link]], dict[int, list[Link]], dict[int, int]]:
    """Links by the ways turns speak of, links out of each junction, junctions by node."""
    wanted = {
        way
        for restriction in extract.restrictions
        for way in (restriction.from_way, restriction.to_way, *restriction.via_ways)
    }
    by_way: dict[int, list[Link]] = {}
    leaving: dict[int, list[Link]] = {}
    osm_ids = np.array([way.osm_id for way in extract.ways], dtype=np.int64)[roads["way"]]
    near = np.isin(osm_ids, list(wanted))
    touched = np.zeros(len(nodes), dtype=bool)
    touched[roads["tail"][near]] = touched[roads["head"][near]] = True
    for road in np.flatnonzero(touched[roads["tail"]] | touched[roads["head"]]).tolist():
        tail, head = (int(roads[end][road]) for end in ("tail", "head"))
        links = []
        if roads["forward"][road] & VANS:
            links.append(Link(number=2 * road, tail=tail, head=head))
        if roads["backward"][road] & VANS:
            links.append(Link(number=2 * road + 1, tail=head, head=tail))
        for link in links:
            leaving.setdefault(link.tail, []).append(link)
            if near[road]:
                by_way.setdefault(int(osm_ids[road]), []).append(link)
    vias = np.flatnonzero(np.isin(nodes, np.array(extract.via_nodes(), dtype=np.int64)))
    junctions = {int(nodes[via]): via for via in vias.tolist()}
    return by_way, leaving, junctions


def _separate_barriers(extract: Extract, nodes: Int64s, roads: NDArray[Any]) -> NDArray[Any]:
    """Give each road its own end at a barrier; with roads that join them for those who may pass."""
    closed = {node: bits for node, bits in extract.barriers.items() if bits != _ALL}
    at = np.flatnonzero(np.isin(nodes, np.array(list(closed), dtype=np.int64)))
    bits_at = {int(node): closed[int(nodes[node])] for node in at}
    new: list[tuple[int, ...]] = []
    number = len(nodes)
    for ends, points in ((roads["tail"], roads["first"]), (roads["head"], roads["last"])):
        for road in np.flatnonzero(np.isin(ends, at)).tolist():
            hub = int(ends[road])
            ends[road] = number
            point, way, bits = points[road], roads["way"][road], bits_at[hub]
            new.append((point, point, number, hub, way, bits, bits))
            number += 1
    return np.concatenate([roads, np.array(new, dtype=_ROAD)])


def _lengths_m(x: Int32s, y: Int32s, roads: NDArray[Any]) -> Float64s:
    lat, lon = degrees(y), degrees(x)
    steps_m = great_circle_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
    along_m = np.concatenate([[0.0], np.cumsum(steps_m)])
    return np.asarray(along_m[roads["last"]] - along_m[roads["first"]], dtype=np.float64)


def _limits_kmh(extract: Extract, roads: NDArray[Any], length_m: Float64s) -> Float32s:
    """Speed limit of each way; of a ferry the speed that its duration makes."""
    limit_kmh = np.array([way.limit_kmh for way in extract.ways])
    duration_s = np.array([way.duration_s for way in extract.ways])
    way_m = np.bincount(roads["way"], length_m, minlength=len(extract.ways))
    with np.errstate(divide="ignore"):
        sailed_kmh = np.where(duration_s > 0, way_m / duration_s * (HOUR_S / KM_M), np.inf)
    return np.asarray(np.minimum(limit_kmh, sailed_kmh), dtype=np.float32)
