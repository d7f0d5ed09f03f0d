"""Shortest paths by SciPy between places joined to a graph."""

import numpy as np
from hypothesis import given

from planner.travel.access_links import AccessLinks
from planner.travel.cost import NO_PATH
from planner.travel.dijkstra import Dijkstra
from planner.travel.graph import Graph
from tests.builders.graphs import (
    connectors_of,
    graph_of,
    joined_graphs,
    link_costs,
    shortest_costs,
)

NOTHING = connectors_of([], 0)


@given(joined_graphs())
def test_costs_are_those_of_three_loops(joined: tuple[Graph, AccessLinks]) -> None:
    """On any small graph."""
    graph, links = joined
    found = Dijkstra(graph=graph, access_links=links).matrix()
    assert np.array_equal(found, shortest_costs(graph, links))


@given(joined_graphs())
def test_a_path_costs_what_the_matrix_says(joined: tuple[Graph, AccessLinks]) -> None:
    """Between any two places between which one leads; else it is empty."""
    graph, links = joined
    search, costs = Dijkstra(graph=graph, access_links=links), link_costs(graph, links)
    for (i, j), cost in np.ndenumerate(search.matrix()):
        path = search.links(i, j)
        assert sum(costs[link] for link in path) == (cost if cost < NO_PATH else 0)


def test_a_path_goes_round_where_that_is_cheaper() -> None:
    """From 0 to 2 over 1 for 5 (links 0 and 1), not straight for 9 (link 2)."""
    graph = graph_of(3, [(0, 1, 2), (1, 2, 3), (0, 2, 9)])
    links = AccessLinks(
        num_places=2,
        leaving=connectors_of([(0, 0, 1)], 10),
        arriving=connectors_of([(2, 1, 1)], 20),
        direct=NOTHING,
    )
    search = Dijkstra(graph=graph, access_links=links)
    assert search.matrix().tolist() == [[NO_PATH, 7], [NO_PATH, NO_PATH]]
    assert search.links(0, 1) == [10, 0, 1, 20]
    assert search.links(1, 0) == []
