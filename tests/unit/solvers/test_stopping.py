"""When a solve ends: by rounds, by time, by the user."""

import pytest

from planner.plan import Status
from planner.solvers.stopping import Limits, StoppingCriterion


def test_rounds_are_begun_until_they_are_used_up() -> None:
    """Two rounds: two are begun, and no third one; then the solve should stop."""
    stopping = StoppingCriterion(Limits(iterations=2))
    assert [stopping.begin_round() for _ in range(3)] == [True, True, False]
    assert stopping.should_stop()
    assert not stopping.is_interrupted()


def test_shares_are_of_rounds_where_these_are_counted() -> None:
    """After three of four rounds more than a half are used, no more than three quarters."""
    stopping = StoppingCriterion(Limits(iterations=4, time_limit_s=0.0))
    assert not stopping.begin_round()
    stopping = StoppingCriterion(Limits(iterations=4, time_limit_s=3600.0))
    for _ in range(3):
        stopping.begin_round()
    assert stopping.has_used(1 / 2)
    assert not stopping.has_used(3 / 4)
    assert stopping.step_limit_s(0.5) is None
    assert stopping.solve_s() is None


def test_without_limits_only_the_user_ends_a_solve() -> None:
    """Asked twice: no, then yes; a step may take as long as it is allowed at most."""
    answers = iter([False, True, True])
    stopping = StoppingCriterion(stop=lambda: next(answers))
    assert not stopping.has_used(0.0)
    assert stopping.step_limit_s(0.5, at_most_s=3.0) == pytest.approx(3.0)
    assert not stopping.should_stop()
    assert stopping.should_stop()
    assert stopping.status() is Status.INTERRUPTED


def test_a_search_that_ends_before_its_limits_says_so() -> None:
    """One round of two is used; after the second the limit has ended it."""
    stopping = StoppingCriterion(Limits(iterations=2))
    assert stopping.begin_round()
    assert stopping.status() is Status.SEARCH_ENDED
    assert stopping.begin_round()
    assert stopping.status() is Status.TIME_LIMIT


def test_no_time_is_over_at_once() -> None:
    """A limit of no seconds: nothing is begun, and it is no interruption by the user."""
    stopping = StoppingCriterion(Limits(time_limit_s=0.0))
    assert not stopping.begin_round()
    assert stopping.is_interrupted()
    assert stopping.step_limit_s(0.5) == 0.0
    assert stopping.status() is Status.TIME_LIMIT
