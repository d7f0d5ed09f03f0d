"""The street network: streets cut at their junctions, joined, and made passable."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kota_maker.ground import Xy, dice
from kota_maker.street import ONE_WAY, Street, corners, cut_at_junctions
from planner.arrays import Int32s

Connection = Literal["weak", "strong"]

ONE_WAY_WITHIN_M, ONE_WAY_SHARE = 2300.0, 0.12
"""So near the centre, this share of the quarter streets is one-way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A street, or a stretch of one.

    Attributes
    ----------
    nodes
        Indices of its corners, in the direction of travel.
    """

    nodes: tuple[int, ...]
    highway: str
    name: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All streets that hang together.

    Attributes
    ----------
    corners
        Metres of each node, from west to east.
    """

    corners: tuple[Xy, ...]
    ways: tuple[Way, ...]

    @property
    def gates(self) -> tuple[int, ...]:
        """Nodes with a gate: the first corner of a private street behind a public one."""
        public = {node for way in self.ways if "access" not in way.tags for node in way.nodes}
        private = (way.nodes for way in self.ways if "access" in way.tags)
        return tuple(nodes[1] for nodes in private if nodes[0] in public)


def join(streets: Sequence[Street]) -> Network:
    """The network of all streets that hang together; what hangs loose is dropped."""
    stretches = list(cut_at_junctions(streets))
    places = tuple(sorted({xy for street in stretches for xy in corners(street.line)}))
    index = {xy: node for node, xy in enumerate(places)}
    ways = [
        Way(
            nodes=tuple(index[xy] for xy in corners(street.line)),
            highway=street.highway,
            name=street.name,
            tags=street.tags,
        )
        for street in stretches
    ]
    network = _main_part(places, ways)
    return replace(network, ways=_some_one_way(network))


def split_at(ways: Iterable[Way], nodes: set[int]) -> tuple[Way, ...]:
    """The ways, cut where they pass one of the nodes."""
    return tuple(replace(way, nodes=part) for way in ways for part in _parts(way.nodes, nodes))


def _parts(nodes: tuple[int, ...], cuts: set[int]) -> Iterator[tuple[int, ...]]:
    inside = [i for i in range(1, len(nodes) - 1) if nodes[i] in cuts]
    for begin, end in pairwise([0, *inside, len(nodes) - 1]):
        yield nodes[begin : end + 1]


def _main_part(places: tuple[Xy, ...], ways: Sequence[Way]) -> Network:
    """The largest part that hangs together, its nodes renumbered."""
    part = _part_of_node(len(places), ways, connection="weak")
    main = np.bincount(part).argmax()
    kept = [node for node in range(len(places)) if part[node] == main]
    number = {node: i for i, node in enumerate(kept)}
    return Network(
        corners=tuple(places[node] for node in kept),
        ways=tuple(
            replace(way, nodes=tuple(number[node] for node in way.nodes))
            for way in ways
            if way.nodes[0] in number
        ),
    )


def _part_of_node(num_nodes: int, ways: Iterable[Way], connection: Connection) -> Int32s:
    """Number of the part that each node belongs to."""
    legs = [
        leg
        for way in ways
        for a, b in pairwise(way.nodes)
        for leg in ([(a, b)] if way.tags.get("oneway") == "yes" else [(a, b), (b, a)])
    ]
    tails, heads = np.array(legs).T
    graph = coo_array((np.ones(len(legs)), (tails, heads)), shape=(num_nodes, num_nodes))
    parts: Int32s = connected_components(graph, directed=True, connection=connection)[1]
    return parts


def _some_one_way(network: Network) -> tuple[Way, ...]:
    """The ways, a few quarter streets one-way where everybody still gets in and out."""
    chosen = {
        i
        for i, way in enumerate(network.ways)
        if way.highway == "residential" and "access" not in way.tags and _drawn(network, way)
    }
    while True:
        ways = tuple(
            replace(way, tags={**way.tags, **ONE_WAY}) if i in chosen else way
            for i, way in enumerate(network.ways)
        )
        part = _part_of_node(len(network.corners), ways, connection="strong")
        main = np.bincount(part).argmax()
        cut_off = {i for i in chosen if any(part[node] != main for node in ways[i].nodes)}
        if not cut_off:
            return ways
        chosen -= cut_off


def _drawn(network: Network, way: Way) -> bool:
    x, y = network.corners[way.nodes[0]]
    return math.hypot(x, y) < ONE_WAY_WITHIN_M and dice("one-way", x, y).random() < ONE_WAY_SHARE
