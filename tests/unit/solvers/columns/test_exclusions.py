"""Stops that a route may not make after others."""

import numpy as np

from planner.solvers.columns.amount_ranges import AmountRanges
from planner.solvers.columns.exclusions import exclude, exclude_revisits
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.pricing_memory import PricingMemory
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.remaining_people import RemainingPeople
from tests.builders.catchments import shared_sites
from tests.builders.columns import only_class

SHARED = shared_sites({"rt-1": 10}, {"rt-1": 10}, {"rt-2": 5})
"""The ten people of RT 1 come to the first and the second site."""


def test_amounts_are_parted_at_thresholds_within_them() -> None:
    """Five to ten people and three to nine; 8 parts the first, 12 nothing."""
    ranges = AmountRanges(np.array([0, 1]), np.array([5, 3]), np.array([10, 9]))
    parted = ranges.parted({0: {8, 12}})
    assert [part.tolist() for part in parted] == [[0, 0, 1], [5, 8, 3], [7, 10, 9]]


def test_what_was_recorded_for_sure_is_taken_off_the_limit() -> None:
    """Of ten people 6 or more leave at most 4: a stop for 5 or more is one too many."""
    ranges = AmountRanges(np.array([0, 0, 1, 1]), np.array([1, 6, 1, 5]), np.array([5, 10, 4, 10]))
    sites = np.array([0, 0, 1, 1])
    everybody = RemainingPeople(SHARED)
    exclusions = exclude(ranges, np.ones((4, 4), dtype=bool), sites, [(0, 1)], everybody)
    assert exclusions.limit.tolist() == [9, 4, 9, 5]
    assert exclusions.people[exclusions.member_first[3] :].tolist() == [1, 5]
    assert exclusions.visits[:, 0].tolist() == [0b1, 0b11, 0b100, 0b1100]


def test_where_nobody_is_shared_a_site_excludes_itself_alone() -> None:
    """Two sites."""
    exclusions = exclude_revisits(np.ones((2, 2), dtype=bool))
    assert exclusions.same_site[:, 0].tolist() == exclusions.visits[:, 0].tolist() == [0b1, 0b10]
    assert not exclusions.limit.size


def test_ranges_begin_where_amounts_exceed_a_limit_by_one() -> None:
    """Nine and nine of ten people: the least of both ranges is eleven in all."""
    memory = PricingMemory(2)
    memory.part_amounts({0: 9, 1: 9}, 10)
    assert sum(min(begins) for begins in memory.thresholds.values()) == 11


def test_no_route_counts_people_twice() -> None:
    """The ten people once, and the five of the third site; the bound says so, too."""
    day_class, everybody = only_class(SHARED), RemainingPeople(SHARED)
    profits = PricedProfits.of(np.full(3, 1.0), everybody.everywhere(), shared=everybody)
    result = Pricer(day_class).price_exactly(profits, 0.0)
    recorded = dict(result.routes[0][1])
    assert recorded.get(0, 0) + recorded.get(1, 0) <= 10
    assert all(everybody.broken_set(visits) is None for _, visits in result.routes)
    assert result.bound < 15.01
