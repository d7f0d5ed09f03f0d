"""Contraction keeps all distances."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.travel.contraction import ContractedGraph, contract
from tests.builders.graphs import Arc

SIZE = 8
NODE = st.integers(0, SIZE - 1)


def contracted(arcs: list[Arc], shares: list[float] | None = None) -> ContractedGraph:
    """A graph of eight nodes, contracted; told after every third node."""
    tail, head, cost = np.array(arcs, dtype=np.int64).reshape(-1, 3).T
    on_progress = (lambda share: None) if shares is None else shares.append
    return contract(SIZE, tail.astype(np.int32), head.astype(np.int32), cost, on_progress, 3)


def simple(arcs: list[Arc]) -> list[Arc]:
    """Without loops and parallel arcs."""
    return [(*ends, cost) for ends, cost in {(i, j): c for i, j, c in arcs if i != j}.items()]


@given(st.lists(st.tuples(NODE, NODE, st.integers(1, 9)), max_size=40).map(simple))
def test_every_node_has_a_rank_of_its_own(arcs: list[Arc]) -> None:
    """From 0 to the number of nodes less one."""
    assert sorted(contracted(arcs).rank.tolist()) == [*range(SIZE)]


@given(st.lists(st.tuples(NODE, NODE, st.integers(1, 9)), max_size=40).map(simple))
def test_a_shortcut_costs_what_the_two_arcs_over_its_node_cost(arcs: list[Arc]) -> None:
    """The node is of lower rank than both ends; arcs of the graph keep their numbers."""
    made = contracted(arcs)
    rows = list(zip(*(column.tolist() for column in made[1:]), strict=True))
    cost_of = {(tail, head): cost for tail, head, cost, _ in rows}
    for tail, head, cost, via in rows:
        if via < 0:
            assert arcs[-1 - via] == (tail, head, cost)
        else:
            assert cost == cost_of[tail, via] + cost_of[via, head]
            assert made.rank[via] < min(made.rank[tail], made.rank[head])


def test_a_middle_node_needs_a_shortcut_only_where_no_other_way_is_as_short() -> None:
    """0-1-2 costs 4; with 0-2 for 4 beside it, contracting 1 adds nothing."""
    assert (contracted([(0, 1, 2), (1, 2, 2), (0, 2, 4)]).via < 0).all()


def test_progress_is_told_to_the_end() -> None:
    """After three, six and all eight nodes."""
    shares: list[float] = []
    contracted([(0, 1, 1)], shares)
    assert shares == [3 / 8, 6 / 8, 1.0]
