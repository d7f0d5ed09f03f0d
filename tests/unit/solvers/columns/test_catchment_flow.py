"""Flows from groups to sites that draw them."""

from random import Random

import numpy as np
import pytest
from ortools.graph.python.max_flow import SimpleMaxFlow

from planner.arrays import Int64s
from planner.solvers.columns import catchment_flow
from planner.solvers.columns.catchment_flow import CatchmentFlow
from tests.builders.catchments import sets_of, shared_instance, shared_sites

TWO = shared_sites({"rt-1": 6.0, "rt-2": 2.5}, {"rt-1": 4.0, "rt-3": 1.25}, expected=(1, 0))
"""Ten people in all: nine come to the first site, five to the second."""


def test_sites_together_draw_the_most_of_each_group() -> None:
    """1 + 6 + 2.5 come to the first site, 4 + 1.25 to the second, 1 + 6 + 2.5 + 1.25 to both."""
    flow = CatchmentFlow(TWO)
    assert [flow.capacity(np.array(sites)) for sites in ([0], [1], [0, 1])] == [9, 5, 10]


def test_people_recorded_elsewhere_lower_the_headroom() -> None:
    """Beside seven at the first site three more can be recorded at the second, and two there."""
    assert CatchmentFlow(TWO).headroom(np.array([7, 0]), np.array([0, 1])).tolist() == [2, 3]
    assert CatchmentFlow(TWO).headroom(np.array([9, 4]), np.array([0])).tolist() == [-3]


def test_only_sites_that_share_with_recorded_ones_need_flows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a row of sites, each sharing with the next, the first records: a flow for it, one for
    the second, and one before.
    """
    solved: list[SimpleMaxFlow] = []
    maximum = catchment_flow._maximum

    def noted(flow: SimpleMaxFlow) -> int:
        solved.append(flow)
        return maximum(flow)

    monkeypatch.setattr(catchment_flow, "_maximum", noted)
    flow = CatchmentFlow(shared_sites(*({f"{i}": 4.0, f"{i + 1}": 4.0} for i in range(50))))
    headroom = flow.headroom(np.array([6, *[0] * 49]), np.arange(50))
    assert headroom.tolist() == [2, 6, *[8] * 48]
    assert len(solved) == 3


def test_sites_that_share_nobody_are_sets_of_their_own() -> None:
    """Three of two people, and six of four; what is exceeded most comes first."""
    flow = CatchmentFlow(shared_sites({"a": 2}, {"a": 2}, {"b": 4}, {"b": 4}))
    assert flow.broken_sets(np.array([2, 1, 3, 3])) == [((2, 3), 4), ((0, 1), 2)]


def test_sets_grow_by_the_site_that_leaves_least() -> None:
    """Of six people three and two are recorded at two sites; the fourth shares none of them."""
    flow = CatchmentFlow(shared_sites({"a": 6}, {"a": 4}, {"a": 5, "b": 9}, {"c": 4}))
    recorded = np.array([3.0, 2.0, 1.0, 4.0])
    assert flow.crowded_sets(recorded, 2) == {(0, 1), (0, 2)}
    assert flow.crowded_sets(recorded, 3) == {(0, 1), (0, 2), (0, 1, 2)}


@pytest.mark.parametrize("first_seed", range(0, 300, 100))
def test_flows_and_sets_agree(first_seed: int) -> None:
    """On 300 random instances a set is found exactly where one is broken, and headroom is right."""
    for seed in range(first_seed, first_seed + 100):
        rng = Random(seed)
        given = shared_instance(rng)
        flow, every = CatchmentFlow(given), np.arange(len(given.sites))
        people: Int64s = np.array([rng.randint(0, 4) for _ in every], dtype=np.int64)
        counted = people + np.array([site.recorded for site in given.sites])
        sets = sets_of(len(every))
        room = {s: given.catchments.capacity(s) - int(people[list(s)].sum()) for s in sets}
        broken = flow.broken_sets(counted)
        assert bool(broken) == any(more < 0 for more in room.values()), seed
        assert all(room[sites] < 0 for sites, _ in broken), seed
        least = [min(room[sites] for sites in sets if site in sites) for site in every.tolist()]
        assert flow.headroom(counted, every).tolist() == least, seed
