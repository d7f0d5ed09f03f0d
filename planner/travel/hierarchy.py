"""A contracted graph, laid out for searching: what leads up from each node, and down to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planner.arrays import Bools, Int32s
from planner.travel.contraction import contract
from planner.travel.cost import Costs
from planner.travel.dataset_cache import Arrays, add_prefix, select_prefix
from planner.travel.graph import Graph, cheapest_arcs


class SearchGraph(NamedTuple):
    """Arcs from each node to higher ones, or from higher ones to it. Nodes are named by rank.

    Attributes
    ----------
    starts
        Index of each node's first arc, and the number of arcs behind the last.
    higher
        Node at the upper end of each arc.
    via
        Node that a shortcut goes over, or for an arc of the graph -1 less its number.
    """

    starts: Int32s
    higher: Int32s
    cost: Costs
    via: Int32s


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """A contracted graph.

    Attributes
    ----------
    rank
        Rank of each state of the graph.
    up, down
        Arcs out of each node to higher ones, and into each node from higher ones.
    """

    rank: Int32s
    up: SearchGraph
    down: SearchGraph

    def arrays(self) -> Arrays:
        """All arrays by name."""
        up, down = add_prefix("up", self.up._asdict()), add_prefix("down", self.down._asdict())
        return {"rank": self.rank, **up, **down}

    @classmethod
    def of(cls, arrays: Arrays) -> "Hierarchy":
        """The hierarchy of such arrays."""
        up, down = (SearchGraph(**select_prefix(side, arrays)) for side in ("up", "down"))
        return cls(rank=arrays["rank"], up=up, down=down)


def build_hierarchy(
    graph: Graph, on_progress: Callable[[float], None], progress_every: int = 20_000
) -> Hierarchy:
    """Contract a graph, telling the share that is done after every so many nodes."""
    arcs = cheapest_arcs(graph.tail, graph.head, graph.cost)
    arcs = arcs[graph.tail[arcs] != graph.head[arcs]]
    ends = graph.tail[arcs], graph.head[arcs]
    made = contract(graph.num_states, *ends, graph.cost[arcs], on_progress, progress_every)
    tail, head = made.rank[made.tail], made.rank[made.head]
    shortcut = made.via >= 0
    via = np.empty_like(made.via)
    via[shortcut] = made.rank[made.via[shortcut]]
    via[~shortcut] = -1 - arcs[-1 - made.via[~shortcut]]
    rising = tail < head
    size = graph.num_states

    def search_graph(which: Bools, lower: Int32s, higher: Int32s) -> SearchGraph:
        order = np.flatnonzero(which)[np.lexsort((higher[which], lower[which]))]
        starts = np.searchsorted(lower[order], np.arange(size + 1)).astype(np.int32)
        return SearchGraph(starts, higher[order], made.cost[order], via[order])

    return Hierarchy(
        rank=made.rank, up=search_graph(rising, tail, head), down=search_graph(~rising, head, tail)
    )
