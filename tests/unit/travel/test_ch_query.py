"""Shortest paths on a contracted graph."""

import numpy as np
import pytest
from hypothesis import given

from planner.travel.access_links import AccessLinks
from planner.travel.ch_query import CHQuery
from planner.travel.cost import NO_PATH
from planner.travel.graph import Graph
from planner.travel.hierarchy import build_hierarchy
from tests.builders.graphs import (
    connectors_of,
    graph_of,
    joined_graphs,
    link_costs,
    shortest_costs,
)


def silent(share: float) -> None:
    """Tells nobody."""


def query(graph: Graph, links: AccessLinks) -> CHQuery:
    """A query on a graph contracted for it."""
    hierarchy = build_hierarchy(graph, silent)
    return CHQuery(graph=graph, access_links=links, hierarchy=hierarchy)


@pytest.mark.slow
@given(joined_graphs())
def test_costs_are_those_of_three_loops(joined: tuple[Graph, AccessLinks]) -> None:
    """On any small graph, whatever the order in which its nodes were contracted."""
    graph, links = joined
    assert np.array_equal(query(graph, links).matrix(), shortest_costs(graph, links))


@pytest.mark.slow
@given(joined_graphs())
def test_a_path_costs_what_the_matrix_says(joined: tuple[Graph, AccessLinks]) -> None:
    """Between any two places between which one leads; else it is empty."""
    graph, links = joined
    search, costs = query(graph, links), link_costs(graph, links)
    for (i, j), cost in np.ndenumerate(search.matrix()):
        path = search.links(i, j)
        assert sum(costs[link] for link in path) == (cost if cost < NO_PATH else 0)


def test_a_shortcut_is_unpacked_into_the_links_beneath() -> None:
    """Along a chain of six nodes, whichever of them were contracted first."""
    graph = graph_of(6, [(i, i + 1, 1) for i in range(5)])
    links = AccessLinks(
        num_places=2,
        leaving=connectors_of([(0, 0, 1)], 10),
        arriving=connectors_of([(5, 1, 1)], 20),
        direct=connectors_of([(0, 0, 0), (1, 1, 0)], 30),
    )
    assert query(graph, links).links(0, 1) == [10, 0, 1, 2, 3, 4, 20]


def test_more_places_than_fit_side_by_side_are_swept_in_batches() -> None:
    """40 places in a ring of 40 nodes: each is as many steps from the next as it is ahead."""
    size = 40
    graph = graph_of(size, [(i, (i + 1) % size, 1) for i in range(size)])
    links = AccessLinks(
        num_places=size,
        leaving=connectors_of([(i, i, 0) for i in range(size)], 100),
        arriving=connectors_of([(i, i, 0) for i in range(size)], 200),
        direct=connectors_of([], 300),
    )
    ahead = (np.arange(size) - np.arange(size)[:, None]) % size
    assert np.array_equal(query(graph, links).matrix(), ahead)
