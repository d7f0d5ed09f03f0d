"""Shortest paths on a contracted graph: all between many places at once, and a single one.

Every cheapest path climbs to ever higher ranks and then comes down again. The way down to many
destinations is shared by all origins: one sweep over the nodes above any destination, several
origins side by side (after Delling, Goldberg and Werneck, "Faster batched shortest paths in road
networks", ATMOS 2011).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from planner.arrays import Bools, Int32s
from planner.jit import jit
from planner.travel.access_links import AccessLinks, Connectors
from planner.travel.contraction import NONE
from planner.travel.cost import NO_PATH, Costs
from planner.travel.graph import Graph
from planner.travel.hierarchy import Hierarchy, SearchGraph

_BATCH = 16
"""Origins swept side by side."""


class PlaceConnectors(NamedTuple):
    """Connectors between places and a contracted graph, place after place.

    Attributes
    ----------
    starts
        Index of each place's first connector, and the number of connectors behind the last.
    node
        Node at the end of each connector, by rank.
    link, cost
        Link driven between place and node, and the cost of that part of it.
    """

    starts: Int32s
    node: Int32s
    link: Int32s
    cost: Costs


class DownwardSelection(NamedTuple):
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

    node: Int32s
    starts: Int32s
    above: Int32s
    cost: Costs
    position: Int32s


@dataclass(frozen=True, kw_only=True)
class CHQuery:
    """A search on a contracted graph with places joined to it; answers what `Dijkstra` does."""

    graph: Graph
    access_links: AccessLinks
    hierarchy: Hierarchy

    def matrix(self) -> Costs:
        """Cost from each place to each, `NO_PATH` where none leads."""
        direct, count = self.access_links.direct, self.access_links.num_places
        costs = np.full((count, count), NO_PATH, dtype=np.int64)
        _rphast_sweep(self.hierarchy.up, self.hierarchy.down, self._leaving, self._arriving, costs)
        np.minimum.at(costs, (direct.origin, direct.destination), direct.cost)
        return costs

    def links(self, origin: int, destination: int) -> Sequence[int]:
        """Links of the cheapest path between two places, the parts at both ends included."""
        up_cost, up_arc = _search_upward(self.hierarchy.up, self._leaving, origin)
        down_cost, down_arc = _search_upward(self.hierarchy.down, self._arriving, destination)
        top = int(np.argmin(up_cost + down_cost))
        cost = up_cost[top] + down_cost[top]
        direct = self.access_links.direct
        along = np.flatnonzero((direct.origin == origin) & (direct.destination == destination))
        if len(along) and direct.cost[along].min() <= cost:
            return [int(direct.link[along[np.argmin(direct.cost[along])]])]
        if cost >= NO_PATH:
            return []
        rising = list(_trace_back(self.hierarchy.up, up_arc, top))
        begin = rising[-1][0] if rising else top
        falling = list(_trace_back(self.hierarchy.down, down_arc, top))
        end = falling[-1][0] if falling else top
        return [
            _best_connector(self._leaving, origin, begin),
            *(link for low, arc in reversed(rising) for link in self._unpack(low, arc, True)),
            *(link for low, arc in falling for link in self._unpack(low, arc, False)),
            _best_connector(self._arriving, destination, end),
        ]

    def _unpack(self, low: int, arc: int, rising: bool) -> Iterator[int]:
        """Links of an arc between a node and a higher one, in the order driven."""
        up, down = self.hierarchy.up, self.hierarchy.down
        graph = up if rising else down
        high, via = int(graph.higher[arc]), int(graph.via[arc])
        if via < 0:
            yield int(self.graph.link[-1 - via])
            return
        tail, head = (low, high) if rising else (high, low)
        yield from self._unpack(via, _find_arc(down, via, tail), False)
        yield from self._unpack(via, _find_arc(up, via, head), True)

    @cached_property
    def _leaving(self) -> PlaceConnectors:
        leaving = self.access_links.leaving
        node = self.hierarchy.rank[leaving.destination]
        return _connectors_by_place(self.access_links.num_places, leaving, leaving.origin, node)

    @cached_property
    def _arriving(self) -> PlaceConnectors:
        arriving = self.access_links.arriving
        node = self.hierarchy.rank[arriving.origin]
        place = arriving.destination
        return _connectors_by_place(self.access_links.num_places, arriving, place, node)


def _connectors_by_place(
    num_places: int, connectors: Connectors, place: Int32s, node: Int32s
) -> PlaceConnectors:
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(num_places + 1)).astype(np.int32)
    return PlaceConnectors(starts, node[order], connectors.link[order], connectors.cost[order])


def _best_connector(connectors: PlaceConnectors, place: int, node: int) -> int:
    """Link of the cheapest connector between a place and a node."""
    own = np.arange(connectors.starts[place], connectors.starts[place + 1])
    own = own[connectors.node[own] == node]
    return int(connectors.link[own[np.argmin(connectors.cost[own])]])


def _trace_back(graph: SearchGraph, arcs: Int32s, top: int) -> Iterator[tuple[int, int]]:
    """The arcs by which a search came to a node, from there back: lower end and arc of each."""
    arc = int(arcs[top])
    while arc != NONE:
        node = int(np.searchsorted(graph.starts, arc, side="right")) - 1
        yield node, arc
        arc = int(arcs[node])


def _find_arc(graph: SearchGraph, node: int, higher: int) -> int:
    begin, end = graph.starts[node], graph.starts[node + 1]
    return int(begin + np.searchsorted(graph.higher[begin:end], higher))


@jit
def _search_upward(
    graph: SearchGraph, connectors: PlaceConnectors, place: int
) -> tuple[Costs, Int32s]:
    """Cost of each node from a place, climbing only, and the arc by which it is reached."""
    num_nodes = len(graph.starts) - 1
    costs = np.full(num_nodes, NO_PATH, dtype=np.int64)
    arcs = np.full(num_nodes, NONE, dtype=np.int32)
    visited = np.zeros(num_nodes, dtype=np.bool_)
    for connector in range(connectors.starts[place], connectors.starts[place + 1]):
        costs[connectors.node[connector]] = min(
            costs[connectors.node[connector]], connectors.cost[connector]
        )
    nodes = _upward_closure(
        graph, visited, connectors.node[connectors.starts[place] : connectors.starts[place + 1]]
    )
    for node in nodes:
        for arc in range(graph.starts[node], graph.starts[node + 1]):
            cost = costs[node] + graph.cost[arc]
            if cost < costs[graph.higher[arc]]:
                costs[graph.higher[arc]], arcs[graph.higher[arc]] = cost, arc
    return costs, arcs


@jit
def _upward_closure(graph: SearchGraph, visited: Bools, begin: Int32s) -> Int32s:
    """All nodes that can be climbed to, the given ones included, ascending; marks them as seen."""
    reached = [np.int32(0) for _ in range(0)]
    for node in begin:
        if not visited[node]:
            visited[node] = True
            reached.append(node)
    at = 0
    while at < len(reached):
        node = reached[at]
        at += 1
        for arc in range(graph.starts[node], graph.starts[node + 1]):
            higher = graph.higher[arc]
            if not visited[higher]:
                visited[higher] = True
                reached.append(higher)
    return np.sort(np.array(reached, dtype=np.int32))


@jit
def _select_downward(down: SearchGraph, targets: Int32s) -> DownwardSelection:
    """The nodes and arcs of a downward sweep to some nodes."""
    num_nodes = len(down.starts) - 1
    node = _upward_closure(down, np.zeros(num_nodes, dtype=np.bool_), targets)[::-1].copy()
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
    return DownwardSelection(node, starts, above, cost, position)


@jit
def _rphast_sweep(
    up: SearchGraph,
    down: SearchGraph,
    leaving: PlaceConnectors,
    arriving: PlaceConnectors,
    costs: Costs,
) -> None:
    """Fill in the cost from each place to each."""
    num_nodes, num_places = len(up.starts) - 1, len(costs)
    selection = _select_downward(down, arriving.node)
    up_cost = np.full((num_nodes, _BATCH), NO_PATH, dtype=np.int64)
    down_cost = np.empty((len(selection.node), _BATCH), dtype=np.int64)
    visited = np.zeros(num_nodes, dtype=np.bool_)
    for first in range(0, num_places, _BATCH):
        behind = min(first + _BATCH, num_places)
        nodes = _sweep_upward(up, leaving, first, behind, visited, up_cost)
        _sweep_downward(selection, up_cost, down_cost)
        _reach_places(selection, arriving, down_cost, costs[first:behind])
        for node in nodes:
            up_cost[node] = NO_PATH
            visited[node] = False


@jit
def _sweep_upward(
    up: SearchGraph,
    leaving: PlaceConnectors,
    first: int,
    behind: int,
    visited: Bools,
    up_cost: Costs,
) -> Int32s:
    """Fill in the cost of climbing from some places, side by side; the nodes seen."""
    nodes = _upward_closure(
        up, visited, leaving.node[leaving.starts[first] : leaving.starts[behind]]
    )
    for place in range(first, behind):
        for connector in range(leaving.starts[place], leaving.starts[place + 1]):
            node, column = leaving.node[connector], place - first
            up_cost[node, column] = min(up_cost[node, column], leaving.cost[connector])
    for node in nodes:
        for arc in range(up.starts[node], up.starts[node + 1]):
            _relax(up_cost[up.higher[arc]], up_cost[node], up.cost[arc])
    return nodes


@jit
def _sweep_downward(selection: DownwardSelection, up_cost: Costs, down_cost: Costs) -> None:
    for i in range(len(selection.node)):
        costs_here = down_cost[i]
        costs_here[:] = up_cost[selection.node[i]]
        for arc in range(selection.starts[i], selection.starts[i + 1]):
            _relax(costs_here, down_cost[selection.above[arc]], selection.cost[arc])


@jit
def _relax(target: Costs, source: Costs, cost: np.int64) -> None:
    for column in range(_BATCH):
        reached = source[column] + cost
        target[column] = reached if reached < target[column] else target[column]


@jit
def _reach_places(
    selection: DownwardSelection, arriving: PlaceConnectors, down_cost: Costs, costs: Costs
) -> None:
    for place in range(costs.shape[1]):
        for connector in range(arriving.starts[place], arriving.starts[place + 1]):
            costs_here = down_cost[selection.position[arriving.node[connector]]]
            cost = arriving.cost[connector]
            for column in range(len(costs)):
                costs[column, place] = min(costs[column, place], costs_here[column] + cost)
