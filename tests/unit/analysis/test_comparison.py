"""What is proven of a scenario beside the plan without changes."""

from dataclasses import replace

import pytest

from planner.analysis.comparison import (
    Verdict,
    num_other_stops,
    people_verdict,
    verdict,
    worth_verdict,
)
from tests.builders.comparisons import compare_scenarios


@pytest.mark.parametrize(
    ("value", "bound", "other", "other_bound", "found"),
    [
        (80, 90, 91, 95, Verdict.MORE),
        (80, 90, 90, 95, Verdict.UNDECIDED),
        (80, 90, 70, 79, Verdict.FEWER),
        (80, 90, 70, 80, Verdict.UNDECIDED),
        (80, 80, 80, 80, Verdict.SAME),
        (80, 90, 80, 90, Verdict.UNDECIDED),
        (80, None, 200, 210, Verdict.UNDECIDED),
        (80, 90, 200, None, Verdict.MORE),
        (80, None, 70, 79, Verdict.FEWER),
    ],
)
def test_a_difference_within_the_gaps_is_undecided(
    value: float, bound: float | None, other: float, other_bound: float | None, found: Verdict
) -> None:
    """Only what no better plan of either can turn round is called more or fewer."""
    assert verdict(value, bound, other, other_bound) is found


def test_without_its_point_the_district_has_fewer() -> None:
    """47 people instead of 87; only pupils have a stop. A van more changes nothing."""
    base, (closed, more) = compare_scenarios()
    assert [case.result.people for case in (base, closed, more)] == [87, 47, 87]
    assert people_verdict(base, closed) is Verdict.FEWER
    assert (base.near, closed.near) == (100, 20)
    assert closed.kelurahan == base.kelurahan


def test_stops_at_other_places_are_counted() -> None:
    """Without its point the district has none elsewhere; the other way round that point is."""
    base, (closed, _) = compare_scenarios()
    assert num_other_stops(base, closed) == 0
    assert num_other_stops(closed, base) == 1


def test_no_difference_found_and_none_proven_tells_nothing() -> None:
    """87 people with and without a van more; where up to 100 are possible that is no answer."""
    base, (_, more) = compare_scenarios()
    assert people_verdict(base, more) is Verdict.SAME
    open_ended = replace(more, result=replace(more.result, people_bound=100))
    assert people_verdict(base, open_ended) is Verdict.UNSEARCHED


def test_worth_is_compared_only_where_people_weigh_the_same() -> None:
    """A school whose people count twice makes every plan worth more, whoever comes."""
    base, (_, more) = compare_scenarios()
    assert worth_verdict(base, more) is not Verdict.OTHER_WEIGHTS
    given = more.horizon.instance
    heavier = given.with_site(replace(given.sites[0], weight=2.0))
    other = replace(more, horizon=replace(more.horizon, instance=heavier))
    assert worth_verdict(base, other) is Verdict.OTHER_WEIGHTS
    assert people_verdict(base, other) is people_verdict(base, more)
