"""Constraints on one site, that every plan keeps."""

import numpy as np
import pytest

from planner.solvers.columns.master_rows import BranchRow, CutRow, VisitRow
from planner.solvers.columns.profits import PricedProfits


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


@pytest.mark.parametrize(
    ("people", "coefficient"), [(0, 0.0), (4, 0.0), (5, 0.5), (6, 1.0), (10, 1.0), (12, 2.0)]
)
def test_a_cut_counts_large_parts_whole_and_smaller_ones_in_part(
    people: int, coefficient: float
) -> None:
    """Of ten people by sixes: up to four, what is over anyway, count for nothing."""
    cut = CutRow((0,), 10, 6)
    assert cut.limit == 1.0
    assert float(cut.coefficients(np.array(people))) == pytest.approx(coefficient)


def test_a_required_site_has_one_stop_or_costs_its_penalty() -> None:
    """Every stop counts -1, whoever makes it, and all together at most -1."""
    row = VisitRow(3, penalty=50.0)
    assert row.coefficients(np.array([1, 9])).tolist() == [-1.0, -1.0]
    assert (row.limit, row.classes, row.penalty) == (-1.0, None, 50.0)
