"""What a plan and its result say of themselves."""

from dataclasses import replace
from datetime import date

from planner.plan import Plan, Result, Route, Status, Stop, withdraw_bounds

STOP = Stop(site_id="hall", arrive_s=0, setup_s=0, serve_s=10, packup_s=20, depart_s=30, people=4)
ROUTE = Route(van_id="A", date=date(2026, 11, 28), leave_s=0, return_s=40, stops=(STOP,))
RESULT = Result(
    plan=Plan(routes=(ROUTE,)),
    people=4,
    objective=4.0,
    status=Status.OPTIMAL,
    seed=0,
    solver="columns",
    bound=5.0,
    people_bound=4,
)


def test_people_served_add_up_over_vans() -> None:
    """Two vans at the hall record four each; a place without a stop has nobody."""
    plan = Plan(routes=(ROUTE, replace(ROUTE, van_id="B")))
    assert plan.served() == {"hall": 8}
    assert plan.served()["school"] == 0


def test_a_gap_is_a_share_of_the_bound() -> None:
    """Four of five is a fifth short; a bound that is met leaves no gap, an unknown one none."""
    assert (RESULT.gap, RESULT.people_gap) == (0.2, 0.0)
    assert replace(RESULT, bound=None).gap is None


def test_withdrawn_bounds_prove_nothing() -> None:
    """An optimal result is one that merely ran out of time; an interrupted one stays so."""
    assert withdraw_bounds(RESULT) == replace(
        RESULT, bound=None, people_bound=None, status=Status.TIME_LIMIT
    )
    stopped = withdraw_bounds(replace(RESULT, status=Status.INTERRUPTED))
    assert stopped.status is Status.INTERRUPTED
