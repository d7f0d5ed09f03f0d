"""Shortest paths by SciPy: no preparation, for small districts and where numba does not run."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from planner.arrays import Indices
from planner.travel.access_links import AccessLinks
from planner.travel.cost import NO_PATH, Costs
from planner.travel.graph import Graph, arc_matrix, cheapest_arcs

_CHUNK = 8_000_000
"""Entries of one answer of SciPy held at a time: 64 MB."""


@dataclass(frozen=True, kw_only=True)
class Dijkstra:
    """A search on a graph with places joined to it: places leave and arrive as nodes of their own.

    Nodes are the states, then places as origins, then places as destinations.
    """

    graph: Graph
    access_links: AccessLinks

    def matrix(self) -> Costs:
        """Cost from each place to each, `NO_PATH` where none leads."""
        num_places = self.access_links.num_places
        costs = np.empty((num_places, num_places), dtype=np.int64)
        step = max(1, _CHUNK // max(1, self._graph_with_places.num_states))
        for begin in range(0, num_places, step):
            rows = np.arange(begin, min(begin + step, num_places))
            costs[rows] = self.rows(rows)
        return costs

    def rows(self, origins: Indices) -> Costs:
        """Rows of the matrix."""
        costs = dijkstra(self._matrix, indices=self.graph.num_states + origins)
        between_places = costs[:, costs.shape[1] - self.access_links.num_places :]
        return np.where(np.isinf(between_places), NO_PATH, between_places).astype(np.int64)

    def links(self, origin: int, destination: int) -> Sequence[int]:
        """Links of the cheapest path between two places, the parts at both ends included."""
        _, (before,) = dijkstra(
            self._matrix,
            directed=True,
            indices=np.array([self.graph.num_states + origin]),
            return_predecessors=True,
        )
        node = self._graph_with_places.num_states - self.access_links.num_places + destination
        links: list[int] = []
        while before[node] >= 0:
            links.append(self._link(int(before[node]), node))
            node = int(before[node])
        return links[::-1]

    def _link(self, tail: int, head: int) -> int:
        begin, end = self._matrix.indptr[tail : tail + 2]
        return int(
            self._graph_with_places.link[
                begin + np.searchsorted(self._graph_with_places.head[begin:end], head)
            ]
        )

    @cached_property
    def _graph_with_places(self) -> Graph:
        """The graph with places as states, arcs in order; of parallel ones the cheapest."""
        graph, links = self.graph, self.access_links
        origins, targets = graph.num_states, graph.num_states + links.num_places
        leaving, arriving, direct = links.leaving, links.arriving, links.direct
        tails = (leaving.origin + origins, arriving.origin, direct.origin + origins)
        heads = (leaving.destination, arriving.destination + targets, direct.destination + targets)
        tail, head = np.concatenate([graph.tail, *tails]), np.concatenate([graph.head, *heads])
        parts = (graph, leaving, arriving, direct)
        link = np.concatenate([part.link for part in parts])
        cost = np.concatenate([part.cost for part in parts])
        arcs = cheapest_arcs(tail, head, cost)
        return Graph(
            num_states=graph.num_states + 2 * links.num_places,
            tail=tail[arcs],
            head=head[arcs],
            link=link[arcs],
            cost=cost[arcs],
        )

    @cached_property
    def _matrix(self) -> csr_array:
        joined = self._graph_with_places
        return arc_matrix(joined.tail, joined.head, joined.cost, joined.num_states)
