"""Flows and cuts, by hand and with both algorithms."""

from random import Random

import numpy as np
import pytest

from planner.catchments.maximum_flow import MAX_INT32, SINK, SOURCE, Arc, Network, maximum_flow

TWO_WAYS = {(SOURCE, 2): 5, (SOURCE, 3): 4, (2, SINK): 3, (3, SINK): 9, (2, 3): 1}
"""Three go by node 2 alone, one crosses over to node 3, and four come there directly."""


def network(arcs: dict[Arc, int]) -> Network:
    ends = np.array([*arcs], dtype=np.int64)
    return Network(
        num_nodes=1 + int(ends.max()),
        tails=ends[:, 0],
        heads=ends[:, 1],
        capacities=np.array([*arcs.values()], dtype=np.int64),
    )


def test_as_much_flows_as_the_cut_lets_through() -> None:
    """Eight; node 2 is on the source's side, since one more waits there."""
    flow = maximum_flow(4, [*TWO_WAYS], [*TWO_WAYS.values()])
    assert dict(zip(TWO_WAYS, flow.by_arc, strict=True)) == {
        (SOURCE, 2): 4,
        (SOURCE, 3): 4,
        (2, SINK): 3,
        (3, SINK): 5,
        (2, 3): 1,
    }
    assert flow.reached == [True, False, True, False]
    assert network(TWO_WAYS).minimum_cut().tolist() == flow.reached


def test_more_flows_from_a_node_beside_what_flows_already() -> None:
    """From node 3 four more, from node 2 none."""
    assert network(TWO_WAYS).further_flows(np.array([2, 3])).tolist() == [0, 4]


def test_any_whole_numbers_flow() -> None:
    """A thousand times the most of an int32."""
    large = {arc: capacity * 1000 * MAX_INT32 for arc, capacity in TWO_WAYS.items()}
    assert not network(large).fits_int32
    assert network(large).minimum_cut().tolist() == [True, False, True, False]
    flow = maximum_flow(4, [*large], [*large.values()])
    assert flow.by_arc[0] == 4000 * MAX_INT32


@pytest.mark.parametrize("seed", range(50))
def test_both_algorithms_find_the_same_cut(seed: int) -> None:
    """On random networks of up to ten nodes."""
    rng = Random(seed)
    nodes = range(rng.randint(3, 10))
    arcs = {
        (tail, head): rng.randint(0, 9)
        for tail in nodes
        for head in nodes
        if SINK != tail != head != SOURCE and rng.random() < 0.5
    }
    arcs |= {(SOURCE, nodes[-1]): 5, (nodes[-1], SINK): 4}
    flow = maximum_flow(len(nodes), [*arcs], [*arcs.values()])
    assert network(arcs).minimum_cut().tolist() == flow.reached
    crossing = [arc for arc in arcs if flow.reached[arc[0]] and not flow.reached[arc[1]]]
    leaving = sum(n for arc, n in zip(arcs, flow.by_arc, strict=True) if arc[0] == SOURCE)
    assert leaving == sum(arcs[arc] for arc in crossing)
