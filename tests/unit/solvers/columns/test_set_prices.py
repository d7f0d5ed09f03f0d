"""Prices of sets of sites, from prices of sites."""

from random import Random

import numpy as np
import pytest

from planner.solvers.columns.catchment_flow import CatchmentFlow
from planner.solvers.columns.set_prices import PricedSet, price_sets
from tests.builders.catchments import sets_of, shared_instance, shared_sites


def test_a_site_costs_what_its_sets_do_together() -> None:
    """Both sites cost 3 as a set, and the second 1 more alone."""
    flow = CatchmentFlow(shared_sites({"rt-1": 10}, {"rt-1": 6}))
    assert price_sets(flow, np.array([3.0, 4.0])) == [
        PricedSet(sites=(1,), capacity=6, price=1.0),
        PricedSet(sites=(0, 1), capacity=10, price=3.0),
    ]


def test_sites_that_share_nobody_are_rounded_apart() -> None:
    """Of 2.5 and 1.5 people three can be recorded, of all four together four."""
    flow = CatchmentFlow(shared_sites({"a": 2.5}, {"b": 1.5}, {"a": 0.5, "b": 0.5}))
    sets = price_sets(flow, np.array([2.0, 2.0, 1.0]))
    assert {part.sites: part.capacity for part in sets} == {(0,): 2, (1,): 1, (0, 1, 2): 4}


@pytest.mark.parametrize("first_seed", range(0, 200, 100))
def test_prices_of_sets_add_up_to_those_of_sites(first_seed: int) -> None:
    """On 200 random instances, with ties and sites worth nothing; capacities are those of sets."""
    for seed in range(first_seed, first_seed + 100):
        rng = Random(seed)
        given = shared_instance(rng)
        prices = np.array([rng.choice([0.0, 1.0, rng.random()]) for _ in given.sites])
        total = np.zeros(len(prices))
        for part in price_sets(CatchmentFlow(given), prices):
            assert part.price > 0
            assert part.sites in sets_of(len(prices))
            recorded = sum(given.sites[site].recorded for site in part.sites)
            assert part.capacity == given.catchments.capacity(part.sites) + recorded, seed
            total[list(part.sites)] += part.price
        assert total == pytest.approx(prices), seed
