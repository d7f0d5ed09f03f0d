"""The plan and its bounds."""

from dataclasses import replace

import pytest

from planner.plan import Status
from planner.solvers import Progress
from planner.solvers.columns.outcome import Outcome
from planner.solvers.stopping import Limits, StoppingCriterion
from tests.builders.catchments import shared_sites
from tests.builders.columns import column, incumbent
from tests.builders.instances import instance, site

TWO = instance(site(1), site(2))
BOTH = column(TWO, (0, 10), (1, 10))


def outcome(limits: Limits | None = None) -> tuple[Outcome, list[Progress]]:
    """Of a weekend with two sites, and what it tells."""
    told: list[Progress] = []
    stopping = StoppingCriterion(limits or Limits(iterations=9))
    return Outcome(incumbent(TWO), stopping, told.append), told


def test_bounds_only_fall_and_are_rounded_down_to_what_plans_can_be_worth() -> None:
    """Objectives are multiples of 0.01."""
    made, told = outcome()
    assert made.lower(19.123)
    assert made.bound == pytest.approx(19.12, abs=1e-6)
    assert not made.lower(19.2)
    assert len(told) == 1


def test_no_bound_exceeds_what_all_are_worth_together() -> None:
    """Ten people at each of two sites, or fifteen in all where both draw the same five."""
    made, _ = outcome()
    made.lower(23.4)
    assert made.bound == 20.0
    shared = shared_sites({"rt-1": 5}, {"rt-1": 5}, expected=(5, 5))
    made = Outcome(
        incumbent(shared), StoppingCriterion(Limits(iterations=9)), lambda progress: None
    )
    made.lower(23.4)
    assert made.bound == 15.0


def test_where_only_people_count_their_bound_is_that_of_the_objective() -> None:
    """Nineteen and a half people are nineteen."""
    given = replace(TWO, worth_s=None)
    made = Outcome(incumbent(given), StoppingCriterion(Limits(iterations=9)), lambda progress: None)
    made.lower(19.5)
    assert made.people_bound == 19


def test_the_bound_of_the_objective_bounds_people_too() -> None:
    """Driving all day costs 10, and people are worth 2 or 4 each: 15 allow 25 / 2, so 12 people."""
    given = replace(TWO, sites=(site(1, weight=2.0), site(2, weight=4.0)))
    made = Outcome(incumbent(given), StoppingCriterion(Limits(iterations=9)), lambda progress: None)
    assert made.people_bound == 20
    made.lower(15.0)
    assert made.people_bound == 12


def test_bounds_of_whole_people_are_looked_for_closely() -> None:
    """Of twenty left to prove a tenth is two people: rounding would take most of one away."""
    people_only = Outcome(
        incumbent(replace(TWO, worth_s=None)),
        StoppingCriterion(Limits(iterations=9)),
        lambda progress: None,
    )
    people_only.lower(20.0)
    assert people_only.tolerance(0.1) == pytest.approx(1 / 16)
    assert people_only.tolerance(0.001) == pytest.approx(0.02)
    assert people_only.tolerance(0.1, 90.0) == pytest.approx(9.0)
    by_the_second, _ = outcome()
    by_the_second.lower(20.0)
    assert by_the_second.tolerance(0.1) == pytest.approx(2.0)


def test_a_plan_at_its_bound_is_optimal() -> None:
    """18.5 and no more: nothing is left to prove, and the solve is done."""
    made, _ = outcome()
    assert made.accept([BOTH])
    made.lower(18.504)
    assert made.left_to_prove() == 0.0
    assert made.is_settled(18.509)
    assert not made.is_settled(18.52)
    assert made.is_done()
    assert made.report(0, None).result.status is Status.OPTIMAL


def test_the_gap_asked_for_ends_a_solve() -> None:
    """A bound of 20 is 8 % above 18.5."""
    made, _ = outcome(Limits(gap=0.1))
    made.accept([BOTH])
    made.lower(20.0)
    assert made.is_done()
    assert made.report(0, None).result.status is Status.GAP_REACHED


def test_people_are_whole_and_no_more_than_can_be_reached() -> None:
    """20 at first; a bound of 19.99 is one of 19."""
    made, _ = outcome()
    assert made.people_bound == 20
    made.lower_people(19.99)
    assert made.people_bound == 19
    assert made.are_people_settled(0.5)
    assert not made.are_people_settled(1.0)
