"""Small graphs with places joined to them."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from planner.travel.access_links import AccessLinks, Connectors
from planner.travel.cost import NO_PATH, Costs
from planner.travel.graph import Graph

Arc = tuple[int, int, int]
"""Tail, head and cost."""


def graph_of(num_states: int, arcs: Sequence[Arc]) -> Graph:
    """A graph whose arc ``i`` drives link ``i``."""
    tail, head, cost = np.array(arcs, dtype=np.int64).reshape(-1, 3).T
    return Graph(
        num_states=num_states,
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        link=np.arange(len(arcs), dtype=np.int32),
        cost=cost,
    )


def connectors_of(arcs: Sequence[Arc], first_link: int) -> Connectors:
    """Connectors that drive links of their own."""
    origin, destination, cost = np.array(arcs, dtype=np.int64).reshape(-1, 3).T
    return Connectors(
        origin=origin.astype(np.int32),
        destination=destination.astype(np.int32),
        link=np.arange(first_link, first_link + len(arcs), dtype=np.int32),
        cost=cost,
    )


def link_costs(graph: Graph, links: AccessLinks) -> dict[int, int]:
    """Cost of each link of a graph and its connectors."""
    parts = (graph, links.leaving, links.arriving, links.direct)
    return {
        link: cost
        for part in parts
        for link, cost in zip(part.link.tolist(), part.cost.tolist(), strict=True)
    }


def shortest_costs(graph: Graph, links: AccessLinks) -> Costs:
    """Cost from each place to each, by Floyd and Warshall's three loops."""
    size = graph.num_states + 2 * links.num_places
    costs = np.full((size, size), NO_PATH, dtype=np.int64)
    origins, targets = graph.num_states, graph.num_states + links.num_places
    for part, out, into in (
        (graph, 0, 0),
        (links.leaving, origins, 0),
        (links.arriving, 0, targets),
        (links.direct, origins, targets),
    ):
        ends = (
            (part.tail, part.head) if isinstance(part, Graph) else (part.origin, part.destination)
        )
        np.minimum.at(costs, (ends[0] + out, ends[1] + into), part.cost)
    for middle in range(graph.num_states):
        costs = np.minimum(costs, costs[:, middle, None] + costs[middle])
    return np.minimum(costs[origins:targets, targets:], NO_PATH)


@st.composite
def joined_graphs(draw: st.DrawFn) -> tuple[Graph, AccessLinks]:
    """Any small graph with up to five places, parallel arcs and loops included."""
    num_states, num_places = draw(st.integers(1, 10)), draw(st.integers(1, 5))
    state, place = st.integers(0, num_states - 1), st.integers(0, num_places - 1)
    cost = st.integers(1, 9)
    graph = graph_of(num_states, draw(st.lists(st.tuples(state, state, cost), max_size=40)))
    leaving = draw(st.lists(st.tuples(place, state, cost), max_size=8))
    arriving = draw(st.lists(st.tuples(state, place, cost), max_size=8))
    direct = [(i, i, 0) for i in range(num_places)]
    direct += draw(st.lists(st.tuples(place, place, cost), max_size=3))
    first = len(graph.link)
    return graph, AccessLinks(
        num_places=num_places,
        leaving=connectors_of(leaving, first),
        arriving=connectors_of(arriving, first + len(leaving)),
        direct=connectors_of(direct, first + len(leaving) + len(arriving)),
    )
