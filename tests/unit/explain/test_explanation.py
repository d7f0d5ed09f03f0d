"""What it costs to do something that the plan does not do."""

from dataclasses import replace
from datetime import date

from planner.explain.explanation import Loss, compute_cost, find_losses
from planner.plan import Plan, Route, Stop
from tests.builders.comparisons import bounded_result


def test_a_cost_lies_between_what_was_found_and_the_bounds() -> None:
    """A plan worth 80 of at most 90, and one with a stop worth 70 of at most 75."""
    cost = compute_cost(bounded_result(80, 90, 80, 90), bounded_result(70, 75, 72, 80))
    assert (cost.people, cost.worth, cost.lower_bound, cost.upper_bound) == (8, 10, 5, 20)
    assert cost.is_proven


def test_the_smaller_of_two_bounds_on_the_other_plan_holds() -> None:
    """One of the solve, one known before; without either nothing is proven."""
    free, other = bounded_result(80, 90, 80, 90), bounded_result(70, 85, 72, 80)
    assert compute_cost(free, other, 78).lower_bound == 2
    assert compute_cost(free, other).lower_bound == 0
    unknown = compute_cost(replace(free, bound=None), replace(other, bound=None))
    assert (unknown.lower_bound, unknown.upper_bound, unknown.is_proven) == (None, None, False)


def _plan(**people: int) -> Plan:
    stops = tuple(
        Stop(
            site_id=site_id, arrive_s=0, setup_s=0, serve_s=0, packup_s=0, depart_s=0, people=count
        )
        for site_id, count in people.items()
    )
    day = date(2026, 11, 28)
    return Plan(routes=(Route(van_id="A", date=day, leave_s=0, return_s=0, stops=stops),))


def test_who_loses_most_comes_first() -> None:
    """B loses ten, A five; C gains."""
    losses = find_losses(_plan(A=10, B=10, C=5), _plan(A=5, C=20))
    assert losses == (
        Loss(site_id="B", before=10, after=0),
        Loss(site_id="A", before=10, after=5),
    )
