"""What something is worth, of the plans without it and with it."""

import pytest

from planner.analysis.gain import Certainty, Worth, compute_gain, rank_worths
from planner.i18n.messages import say
from planner.plan import Result
from tests.builders.comparisons import bounded_result


@pytest.mark.parametrize(
    ("having", "certainty"),
    [
        (bounded_result(95, 120, 96, 120), Certainty.GAIN),
        (bounded_result(85, 120, 86, 120), Certainty.FOUND),
        (bounded_result(80, 80, 80, 80), Certainty.NO_GAIN),
        (bounded_result(80, 95, 80, 95), Certainty.NOT_RULED_OUT),
        (bounded_result(80, None, 80, None), Certainty.NOT_RULED_OUT),
    ],
)
def test_what_is_proven_of_a_gain_is_said(having: Result, certainty: Certainty) -> None:
    """The plan without it has 80 and at most 90."""
    assert compute_gain(bounded_result(80, 90, 80, 90), having).certainty is certainty


def test_the_smaller_of_two_bounds_holds() -> None:
    """One of the solve, one of the prices; what is not known is None."""
    base = bounded_result(80, 90, 80, 90)
    having = bounded_result(80, 120, 80, 120)
    assert compute_gain(base, having, having_bound=100.0).upper_bound == 20
    found = compute_gain(base, bounded_result(80, None, 80, None))
    assert (found.upper_bound, found.people_upper_bound) == (None, None)
    assert found.lower_bound == -10


def test_most_people_come_first() -> None:
    """Of as many, the one that is worth most."""
    base = bounded_result(80, 90, 80, 90)
    worths = [
        Worth(
            what=say(what),
            change=None,
            gain=compute_gain(base, bounded_result(objective, None, people, None)),
        )
        for what, objective, people in (("km", 80, 80), ("Maps", 95, 96), ("No", 96, 96))
    ]
    assert [worth.what for worth in rank_worths(worths)] == ["No", "Maps", "km"]


def test_a_wide_range_is_ranked_by_its_middle() -> None:
    """1 person found of at most 22 stands before 9 that are all there are."""
    base = bounded_result(80, 90, 80, 90)
    worths = [
        Worth(what=say(what), change=None, gain=compute_gain(base, having))
        for what, having in (
            ("cards", bounded_result(89, 89, 89, 89)),
            ("kit", bounded_result(81, 102, 81, 102)),
        )
    ]
    assert [worth.what for worth in rank_worths(worths)] == ["kit", "cards"]
