"""Shortest ways on a contracted graph: all between many places at once, and a single one.

Every cheapest way climbs to ever higher ranks and then comes down again. The way down to many
destinations is shared by all origins: one sweep over the nodes above any destination, several
origins side by side (after Delling, Goldberg and Werneck, "Faster batched shortest paths in road
networks", ATMOS 2011).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.travel.access_links import Ends
from planner.travel.compiled import compiled
from planner.travel.contraction import NONE
from planner.travel.cost import NO_WAY, Costs
from planner.travel.graph import Graph
from planner.travel.hierarchy import Hierarchy, Slopes
from planner.travel.network import Ints

Flags = NDArray[np.bool_]

_WIDTH = 16
"""Origins swept side by side."""


class Doors(NamedTuple):
    """Where places join a contracted graph, place after place.

    Attributes
    ----------
    starts
        Index of each place's first door, and the number of doors behind the last.
    node
        Node behind each door, by rank.
    link, cost
        Link driven between place and node, and the cost of that part of it.
    """

    starts: Ints
    node: Ints
    link: Ints
    cost: Costs


class Below(NamedTuple):
    """Nodes from which one comes down to some nodes, from the highest to the lowest.

    Attributes
    ----------
    node
        Rank of each.
    starts, above, cost
        Arcs down to each: where they start, from which of these nodes, at what cost.
    position
        Where each node of the graph stands among these; of others it says nothing.
    """

    node: Ints
    starts: Ints
    above: Ints
    cost: Costs
    position: Ints


@dataclass(frozen=True, kw_only=True)
class Climb:
    """A search on a contracted graph with places joined to it; answers what `Dijkstra` does."""

    graph: Graph
    ends: Ends
    hierarchy: Hierarchy

    def matrix(self) -> Costs:
        """Cost from each place to each, `NO_WAY` where none leads."""
        direct, count = self.ends.direct, self.ends.num_places
        costs = np.full((count, count), NO_WAY, dtype=np.int64)
        _sweep(self.hierarchy.up, self.hierarchy.down, self._leaving, self._arriving, costs)
        np.minimum.at(costs, (direct.origin, direct.destination), direct.cost)
        return costs

    def links(self, origin: int, destination: int) -> Sequence[int]:
        """Links of the cheapest way between two places, the parts at both ends included."""
        up_cost, up_arc = _ascend(self.hierarchy.up, self._leaving, origin)
        down_cost, down_arc = _ascend(self.hierarchy.down, self._arriving, destination)
        top = int(np.argmin(up_cost + down_cost))
        cost = up_cost[top] + down_cost[top]
        direct = self.ends.direct
        along = np.flatnonzero((direct.origin == origin) & (direct.destination == destination))
        if len(along) and direct.cost[along].min() <= cost:
            return [int(direct.link[along[np.argmin(direct.cost[along])]])]
        if cost >= NO_WAY:
            return []
        climbed = list(_back(self.hierarchy.up, up_arc, top))
        begin = climbed[-1][0] if climbed else top
        descended = list(_back(self.hierarchy.down, down_arc, top))
        end = descended[-1][0] if descended else top
        return [
            _door(self._leaving, origin, begin),
            *(link for low, arc in reversed(climbed) for link in self._unpacked(low, arc, True)),
            *(link for low, arc in descended for link in self._unpacked(low, arc, False)),
            _door(self._arriving, destination, end),
        ]

    def _unpacked(self, low: int, arc: int, rising: bool) -> Iterator[int]:
        """Links of an arc between a node and a higher one, in the order driven."""
        up, down = self.hierarchy.up, self.hierarchy.down
        slopes = up if rising else down
        high, via = int(slopes.higher[arc]), int(slopes.via[arc])
        if via < 0:
            yield int(self.graph.link[-1 - via])
            return
        tail, head = (low, high) if rising else (high, low)
        yield from self._unpacked(via, _arc_to(down, via, tail), False)
        yield from self._unpacked(via, _arc_to(up, via, head), True)

    @cached_property
    def _leaving(self) -> Doors:
        leaving = self.ends.leaving
        node = self.hierarchy.rank[leaving.destination]
        return _doors(self.ends.num_places, leaving.origin, node, leaving.link, leaving.cost)

    @cached_property
    def _arriving(self) -> Doors:
        arriving = self.ends.arriving
        node = self.hierarchy.rank[arriving.origin]
        return _doors(
            self.ends.num_places, arriving.destination, node, arriving.link, arriving.cost
        )


def _doors(num_places: int, place: Ints, node: Ints, link: Ints, cost: Costs) -> Doors:
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(num_places + 1)).astype(np.int32)
    return Doors(starts, node[order], link[order], cost[order])


def _door(doors: Doors, place: int, node: int) -> int:
    """Link of the cheapest door between a place and a node."""
    here = range(int(doors.starts[place]), int(doors.starts[place + 1]))
    best = min((door for door in here if doors.node[door] == node), key=doors.cost.__getitem__)
    return int(doors.link[best])


def _back(slopes: Slopes, arcs: Ints, top: int) -> Iterator[tuple[int, int]]:
    """The arcs by which a search came to a node, from there back: lower end and arc of each."""
    arc = int(arcs[top])
    while arc != NONE:
        node = int(np.searchsorted(slopes.starts, arc, side="right")) - 1
        yield node, arc
        arc = int(arcs[node])


def _arc_to(slopes: Slopes, node: int, higher: int) -> int:
    begin, end = slopes.starts[node], slopes.starts[node + 1]
    return int(begin + np.searchsorted(slopes.higher[begin:end], higher))


@compiled
def _ascend(slopes: Slopes, doors: Doors, place: int) -> tuple[Costs, Ints]:
    """Cost of each node from a place, climbing only, and the arc by which it is reached."""
    num_nodes = len(slopes.starts) - 1
    costs = np.full(num_nodes, NO_WAY, dtype=np.int64)
    arcs = np.full(num_nodes, NONE, dtype=np.int32)
    seen = np.zeros(num_nodes, dtype=np.bool_)
    for door in range(doors.starts[place], doors.starts[place + 1]):
        costs[doors.node[door]] = min(costs[doors.node[door]], doors.cost[door])
    nodes = _above(slopes, seen, doors.node[doors.starts[place] : doors.starts[place + 1]])
    for node in nodes:
        for arc in range(slopes.starts[node], slopes.starts[node + 1]):
            cost = costs[node] + slopes.cost[arc]
            if cost < costs[slopes.higher[arc]]:
                costs[slopes.higher[arc]], arcs[slopes.higher[arc]] = cost, arc
    return costs, arcs


@compiled
def _above(slopes: Slopes, seen: Flags, begin: Ints) -> Ints:
    """All nodes that can be climbed to, the given ones included, ascending; marks them as seen."""
    found = [np.int32(0) for _ in range(0)]
    for node in begin:
        if not seen[node]:
            seen[node] = True
            found.append(node)
    at = 0
    while at < len(found):
        node = found[at]
        at += 1
        for arc in range(slopes.starts[node], slopes.starts[node + 1]):
            higher = slopes.higher[arc]
            if not seen[higher]:
                seen[higher] = True
                found.append(higher)
    return np.sort(np.array(found, dtype=np.int32))


@compiled
def _below(down: Slopes, targets: Ints) -> Below:
    """What to sweep to come down to some nodes."""
    num_nodes = len(down.starts) - 1
    node = _above(down, np.zeros(num_nodes, dtype=np.bool_), targets)[::-1].copy()
    position = np.zeros(num_nodes, dtype=np.int32)
    starts = np.zeros(len(node) + 1, dtype=np.int32)
    for i in range(len(node)):
        position[node[i]] = i
        starts[i + 1] = starts[i] + down.starts[node[i] + 1] - down.starts[node[i]]
    above = np.empty(starts[-1], dtype=np.int32)
    cost = np.empty(starts[-1], dtype=np.int64)
    for i in range(len(node)):
        for k in range(starts[i + 1] - starts[i]):
            arc = down.starts[node[i]] + k
            above[starts[i] + k] = position[down.higher[arc]]
            cost[starts[i] + k] = down.cost[arc]
    return Below(node, starts, above, cost, position)


@compiled
def _sweep(up: Slopes, down: Slopes, leaving: Doors, arriving: Doors, costs: Costs) -> None:
    """Fill in the cost from each place to each."""
    num_nodes, num_places = len(up.starts) - 1, len(costs)
    below = _below(down, arriving.node)
    climbed = np.full((num_nodes, _WIDTH), NO_WAY, dtype=np.int64)
    descended = np.empty((len(below.node), _WIDTH), dtype=np.int64)
    seen = np.zeros(num_nodes, dtype=np.bool_)
    for first in range(0, num_places, _WIDTH):
        behind = min(first + _WIDTH, num_places)
        nodes = _climb(up, leaving, first, behind, seen, climbed)
        _descend(below, climbed, descended)
        _arrive(below, arriving, descended, costs[first:behind])
        for node in nodes:
            climbed[node] = NO_WAY
            seen[node] = False


@compiled
def _climb(
    up: Slopes, leaving: Doors, first: int, behind: int, seen: Flags, climbed: Costs
) -> Ints:
    """Fill in the cost of climbing from some places, side by side; the nodes seen."""
    nodes = _above(up, seen, leaving.node[leaving.starts[first] : leaving.starts[behind]])
    for place in range(first, behind):
        for door in range(leaving.starts[place], leaving.starts[place + 1]):
            node, lane = leaving.node[door], place - first
            climbed[node, lane] = min(climbed[node, lane], leaving.cost[door])
    for node in nodes:
        for arc in range(up.starts[node], up.starts[node + 1]):
            _relax(climbed[up.higher[arc]], climbed[node], up.cost[arc])
    return nodes


@compiled
def _descend(below: Below, climbed: Costs, descended: Costs) -> None:
    for i in range(len(below.node)):
        here = descended[i]
        here[:] = climbed[below.node[i]]
        for arc in range(below.starts[i], below.starts[i + 1]):
            _relax(here, descended[below.above[arc]], below.cost[arc])


@compiled
def _relax(target: Costs, source: Costs, cost: np.int64) -> None:
    for lane in range(_WIDTH):
        found = source[lane] + cost
        target[lane] = found if found < target[lane] else target[lane]


@compiled
def _arrive(below: Below, arriving: Doors, descended: Costs, costs: Costs) -> None:
    for place in range(costs.shape[1]):
        for door in range(arriving.starts[place], arriving.starts[place + 1]):
            here, cost = descended[below.position[arriving.node[door]]], arriving.cost[door]
            for lane in range(len(costs)):
                found = here[lane] + cost
                costs[lane, place] = min(costs[lane, place], found)
