"""A contracted graph, laid out for searching."""

import numpy as np
from hypothesis import given

from planner.travel.access_links import AccessLinks
from planner.travel.graph import Graph
from planner.travel.hierarchy import Hierarchy, build_hierarchy
from tests.builders.graphs import graph_of, joined_graphs


def silent(share: float) -> None:
    """Tells nobody."""


@given(joined_graphs())
def test_arcs_lead_up_and_come_down(joined: tuple[Graph, AccessLinks]) -> None:
    """Each node's arcs are together, and end at higher nodes, lowest first."""
    graph, _ = joined
    made = build_hierarchy(graph, silent)
    for side in (made.up, made.down):
        assert side.starts[0] == 0
        assert side.starts[-1] == len(side.higher)
        for node in range(graph.num_states):
            higher = side.higher[side.starts[node] : side.starts[node + 1]].tolist()
            assert higher == sorted(set(higher))
            assert all(above > node for above in higher)


@given(joined_graphs())
def test_arrays_give_the_hierarchy_back(joined: tuple[Graph, AccessLinks]) -> None:
    """As they are kept on disk."""
    made = build_hierarchy(joined[0], silent)
    again = Hierarchy.of(made.arrays())
    assert all(np.array_equal(again.arrays()[name], array) for name, array in made.arrays().items())


def test_loops_and_dearer_parallel_arcs_are_left_out() -> None:
    """0-0, and 0-1 for 9 beside 0-1 for 4."""
    made = build_hierarchy(graph_of(2, [(0, 0, 1), (0, 1, 9), (0, 1, 4)]), silent)
    cost, via = (
        np.concatenate([getattr(side, name) for side in (made.up, made.down)])
        for name in ("cost", "via")
    )
    assert (cost.tolist(), via.tolist()) == ([4], [-1 - 2])
