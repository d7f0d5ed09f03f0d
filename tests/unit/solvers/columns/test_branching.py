"""Rules that divide plans, and the tree of them."""

import numpy as np
import pytest

from planner.model import Instance
from planner.plan import Status
from planner.solvers import Limits, solve
from planner.solvers.columns.master_rows import BranchRow
from planner.solvers.columns.profits import PricedProfits
from tests.unit.solvers.columns.test_search import horizon, site


def test_of_two_branches_every_number_of_stops_keeps_one() -> None:
    """At most one stop, or at least two: the shares of 0 to 3 stops keep just one of the rules."""
    few = BranchRow(0, frozenset([0]), 1, at_least=False)
    many = BranchRow(0, frozenset([0]), 2, at_least=True)
    for stops in range(4):
        people = np.ones(stops, dtype=np.int64)
        kept = [rule.coefficients(people).sum() <= rule.limit for rule in (few, many)]
        assert kept == [stops <= 1, stops >= 2]


def test_only_at_most_no_stop_bars_a_site() -> None:
    """No route may stop there: it is taken out of the search. One may: it is not."""
    assert BranchRow(0, frozenset([0]), 0, at_least=False).forbids_stop
    assert not BranchRow(0, frozenset([0]), 1, at_least=False).forbids_stop
    assert not BranchRow(0, frozenset([0]), 0, at_least=True).forbids_stop


def test_of_branches_by_people_smaller_stops_count_for_nothing() -> None:
    """At most no stop for 3 people or more: 2 are free, and no route may record more."""
    rule = BranchRow(0, frozenset([0]), 0, at_least=False, people=3)
    assert rule.coefficients(np.array([0, 2, 3, 9])).tolist() == [0, 0, 1, 1]
    profits = PricedProfits.of(np.array([1.0]), np.array([9]), ceilings=[(0, rule.people)])
    assert profits.max_people.tolist() == [2]


def pairs_of_five(vans: int) -> Instance:
    """Five sites in a ring, 4,000 s for a stop, next ones 500 s apart, others too far."""
    sites = [site(place, expected=5, seconds=0, setup_s=4000) for place in range(1, 6)]
    instance = horizon(*sites, drive_s=500, vans=vans)
    drive_s = instance.drive_s.copy()
    for i in range(5):
        for j in range(5):
            if (i - j) % 5 in (2, 3):
                drive_s[i + 1, j + 1] = 5000
    return Instance(
        drive_s=drive_s,
        depots=instance.depots,
        sites=instance.sites,
        vans=instance.vans,
        worth_s=None,
    )


@pytest.mark.parametrize(("vans", "people"), [(1, 10), (2, 20), (3, 25)])
def test_mixtures_of_routes_around_a_ring_are_divided_until_whole(vans: int, people: int) -> None:
    """A van does two neighbours of five. Half of each of the five pairs is all, by 2.5 vans."""
    result = solve(pairs_of_five(vans), limits=Limits(iterations=60))
    assert (result.people, result.status) == (people, Status.OPTIMAL)
