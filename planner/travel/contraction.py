"""Contracts a graph node by node; shortcuts keep all distances.

Contraction hierarchies after Geisberger, Sanders, Schultes and Vetter, "Exact routing in large road
networks using contraction hierarchies", Transportation Science 46 (2012).
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np

from planner.arrays import Int32s, Int64s
from planner.jit import jit
from planner.travel.cost import Costs

NONE = -1
TAIL, HEAD = 0, 1

_RATING_LIMIT, _CONTRACTION_LIMIT = 40, 200
# Nodes a search for a path around may settle, when a node is rated and when it is contracted.
# Missing such a path costs a needless shortcut, never a wrong answer.


class RemainingGraph(NamedTuple):
    """The graph of the nodes not yet contracted, arcs as linked lists by tail and by head.

    Arrays with two rows have one for each end of an arc: `TAIL` and `HEAD`.

    Attributes
    ----------
    first
        First arc out of and into each node, or `NONE`.
    following
        The arc after each arc in its two lists, or `NONE`.
    end
        Tail and head of each arc.
    via
        Node that a shortcut goes over, or for an arc of the graph -1 less its number.
    hops
        Arcs of the graph that an arc stands for.
    used
        One number: arcs in use; the arrays have room for more.
    """

    first: Int32s
    following: Int32s
    end: Int32s
    cost: Costs
    via: Int32s
    hops: Int32s
    used: Int64s


class WitnessSearch(NamedTuple):
    """The state of a local search for a path around a node.

    Attributes
    ----------
    distance
        Cost from the source of the latest search that saw the node.
    seen
        Number of that search.
    search
        One number: that of the latest search.
    """

    distance: Costs
    seen: Int32s
    search: Int32s


class NodeOrder(NamedTuple):
    """In which order nodes are contracted.

    Attributes
    ----------
    rank
        Of each node that is contracted, else `NONE`.
    level
        How many nodes were contracted one after the other beneath each node.
    priority
        How late to contract each node, when it was last rated.
    num_contracted
        One number.
    """

    rank: Int32s
    level: Int32s
    priority: Int64s
    num_contracted: Int64s


class ContractedGraph(NamedTuple):
    """Arcs of the graph and shortcuts, and the order in which nodes were contracted."""

    rank: Int32s
    tail: Int32s
    head: Int32s
    cost: Costs
    via: Int32s


def contract(
    num_nodes: int,
    tail: Int32s,
    head: Int32s,
    cost: Costs,
    on_progress: Callable[[float], None],
    progress_every: int,
) -> ContractedGraph:
    """Contract all nodes of a graph that has no loops and no parallel arcs.

    Parameters
    ----------
    on_progress
        Hears the share of the nodes that are contracted, after every so many.
    """
    graph = _link_graph(num_nodes, tail, head, cost)
    witness = WitnessSearch(
        distance=np.zeros(num_nodes, dtype=np.int64),
        seen=np.zeros(num_nodes, dtype=np.int32),
        search=np.zeros(1, dtype=np.int32),
    )
    order = _rate_nodes(graph, witness)
    while order.num_contracted[0] < num_nodes:
        graph = _contract_nodes(graph, witness, order, progress_every)
        on_progress(float(order.num_contracted[0]) / num_nodes)
    count = int(graph.used[0])
    tail, head = graph.end[:, :count]
    return ContractedGraph(order.rank, tail, head, graph.cost[:count], graph.via[:count])


def _link_graph(num_nodes: int, tail: Int32s, head: Int32s, cost: Costs) -> RemainingGraph:
    count = len(tail)
    graph = RemainingGraph(
        first=np.full((2, num_nodes), NONE, dtype=np.int32),
        following=np.full((2, count), NONE, dtype=np.int32),
        end=np.array([tail, head], dtype=np.int32),
        cost=cost.astype(np.int64),
        via=(-1 - np.arange(count)).astype(np.int32),
        hops=np.ones(count, dtype=np.int32),
        used=np.array([count]),
    )
    _link_arcs(graph)
    return graph


@jit
def _link_arcs(graph: RemainingGraph) -> None:
    for arc in range(len(graph.cost)):
        _link(graph, arc)


@jit
def _link(graph: RemainingGraph, arc: int) -> None:
    for side in (TAIL, HEAD):
        node = graph.end[side, arc]
        graph.following[side, arc], graph.first[side, node] = graph.first[side, node], arc


@jit
def _rate_nodes(graph: RemainingGraph, witness: WitnessSearch) -> NodeOrder:
    """All nodes with their priorities, none contracted yet."""
    num_nodes = graph.first.shape[1]
    level = np.zeros(num_nodes, dtype=np.int32)
    priority = np.zeros(num_nodes, dtype=np.int64)
    for node in range(num_nodes):
        priority[node] = _priority(graph, witness, level, node)
    rank = np.full(num_nodes, NONE, dtype=np.int32)
    return NodeOrder(rank, level, priority, np.zeros(1, dtype=np.int64))


@jit
def _contract_nodes(
    graph: RemainingGraph, witness: WitnessSearch, order: NodeOrder, count: int
) -> RemainingGraph:
    """Contract so many more nodes, or all the rest; the graph with its shortcuts."""
    level, priority = order.level, order.priority
    queue = [(priority[node], int(node)) for node in np.flatnonzero(order.rank == NONE)]
    heapify(queue)
    end = order.num_contracted[0] + count
    while queue and order.num_contracted[0] < end:
        _, node = heappop(queue)
        priority[node] = _priority(graph, witness, level, node)
        # What surrounds a node has changed since it was rated; look again before contracting it.
        if queue and priority[node] > queue[0][0]:
            heappush(queue, (priority[node], node))
            continue
        graph = _grow_for(graph, node)
        _replace_by_shortcuts(graph, witness, node, _CONTRACTION_LIMIT, True)
        _unlink_node(graph, level, node)
        order.rank[node] = order.num_contracted[0]
        order.num_contracted[0] += 1
    return graph


@jit
def _priority(graph: RemainingGraph, witness: WitnessSearch, level: Int32s, node: int) -> int:
    """How late to contract a node: shortcuts it needs per arc it frees, and its depth."""
    added, added_hops = _replace_by_shortcuts(graph, witness, node, _RATING_LIMIT, False)
    freed, freed_hops = 0, 0
    for side in (TAIL, HEAD):
        arc = graph.first[side, node]
        while arc != NONE:
            freed, freed_hops = freed + 1, freed_hops + graph.hops[arc]
            arc = graph.following[side, arc]
    if freed == 0:
        return 0
    return int(1000 * (level[node] + added / freed + added_hops / freed_hops))


@jit
def _replace_by_shortcuts(
    graph: RemainingGraph, witness: WitnessSearch, node: int, settled: int, keep: bool
) -> tuple[int, int]:
    """Number and hops of the shortcuts that keep all distances without a node; add them or not."""
    added, added_hops = 0, 0
    into = graph.first[HEAD, node]
    while into != NONE:
        source = graph.end[TAIL, into]
        farthest = np.int64(-1)
        out = graph.first[TAIL, node]
        while out != NONE:
            if graph.end[HEAD, out] != source:
                farthest = max(farthest, graph.cost[into] + graph.cost[out])
            out = graph.following[TAIL, out]
        if farthest >= 0:
            _search_witness(graph, witness, source, node, farthest, settled)
            out = graph.first[TAIL, node]
            while out != NONE:
                target, cost = graph.end[HEAD, out], graph.cost[into] + graph.cost[out]
                known = witness.seen[target] == witness.search[0]
                if target != source and not (known and witness.distance[target] <= cost):
                    hops = graph.hops[into] + graph.hops[out]
                    added, added_hops = added + 1, added_hops + hops
                    if keep:
                        _add_shortcut(graph, source, target, cost, node, hops)
                out = graph.following[TAIL, out]
        into = graph.following[HEAD, into]
    return added, added_hops


@jit
def _search_witness(
    graph: RemainingGraph,
    witness: WitnessSearch,
    source: int,
    avoided: int,
    farthest: np.int64,
    settled: int,
) -> None:
    """Distances from a source that avoid a node, as far as the limits go."""
    distance, seen = witness.distance, witness.seen
    witness.search[0] += 1
    search = witness.search[0]
    distance[source], seen[source] = 0, search
    heap = [(np.int64(0), np.int32(source))]
    while heap and settled > 0:
        key, node = heappop(heap)
        if key > distance[node]:
            continue
        settled -= 1
        arc = graph.first[TAIL, node]
        while arc != NONE:
            head, cost = graph.end[HEAD, arc], key + graph.cost[arc]
            if (
                head != avoided
                and cost <= farthest
                and (seen[head] != search or cost < distance[head])
            ):
                distance[head], seen[head] = cost, search
                heappush(heap, (cost, head))
            arc = graph.following[TAIL, arc]


@jit
def _add_shortcut(
    graph: RemainingGraph, tail: int, head: int, cost: int, via: int, hops: int
) -> None:
    """Add a shortcut, in place of a dearer arc where there is one."""
    arc = graph.first[TAIL, tail]
    while arc != NONE and graph.end[HEAD, arc] != head:
        arc = graph.following[TAIL, arc]
    if arc == NONE:
        arc = graph.used[0]
        graph.used[0] += 1
        graph.end[TAIL, arc], graph.end[HEAD, arc] = tail, head
        _link(graph, arc)
    elif graph.cost[arc] <= cost:
        return
    graph.cost[arc], graph.via[arc], graph.hops[arc] = cost, via, hops


@jit
def _unlink_node(graph: RemainingGraph, level: Int32s, node: int) -> None:
    """Take a node out of its neighbours' lists; its own stay."""
    for side, other in ((TAIL, HEAD), (HEAD, TAIL)):
        arc = graph.first[side, node]
        while arc != NONE:
            neighbour = graph.end[other, arc]
            level[neighbour] = max(level[neighbour], level[node] + 1)
            _drop_arc(graph.first[other], graph.following[other], neighbour, arc)
            arc = graph.following[side, arc]


@jit
def _drop_arc(first: Int32s, following: Int32s, node: int, arc: int) -> None:
    before = first[node]
    if before == arc:
        first[node] = following[arc]
        return
    while following[before] != arc:
        before = following[before]
    following[before] = following[arc]


@jit
def _grow_for(graph: RemainingGraph, node: int) -> RemainingGraph:
    """The graph with room for every shortcut a node may need."""
    shortcuts = 1
    for side in (TAIL, HEAD):
        degree, arc = 0, graph.first[side, node]
        while arc != NONE:
            degree, arc = degree + 1, graph.following[side, arc]
        shortcuts *= degree
    if graph.used[0] + shortcuts <= len(graph.cost):
        return graph
    more = len(graph.cost) // 2 + shortcuts
    two, one = np.zeros((2, more), dtype=np.int32), np.zeros(more, dtype=np.int32)
    return RemainingGraph(
        graph.first,
        np.concatenate((graph.following, two), axis=1),
        np.concatenate((graph.end, two), axis=1),
        np.concatenate((graph.cost, np.zeros(more, dtype=np.int64))),
        np.concatenate((graph.via, one)),
        np.concatenate((graph.hops, one)),
        graph.used,
    )
