"""Scenarios are planned side by side and compared with the plan without changes."""

from datetime import date

import pytest

from planner.formats import plan_bytes
from planner.horizon import build_horizon
from planner.plan import Plan, Route
from planner.scenarios import scenarios_from_options
from planner.solvers import Limits
from planner.whatif.scenario_plans import (
    seconds_per_scenario,
    solve_base,
    solve_scenarios,
)
from tests.builders.districts import WEEK, district
from tests.builders.scenarios import build_horizons

ROUNDS = Limits(iterations=2)


def test_all_scenarios_together_take_about_a_minute() -> None:
    """One on two cores 30 of at most 30; twenty get 60 / 11; a hundred 3 each."""
    assert seconds_per_scenario(1, 30, cores=2) == 30
    assert seconds_per_scenario(20, 30, cores=2) == pytest.approx(60 / 11)
    assert seconds_per_scenario(100, 30, cores=2) == 3


@pytest.mark.slow
def test_one_process_and_two_give_the_same_answers() -> None:
    """Four scenarios of the small district, each from the base plan's routes."""
    given = district()
    texts = {"vans": ["+1"], "close": ["P1"], "shift": ["07.00-15.00"], "kits": ["3"]}
    asked = build_horizons(given, WEEK, scenarios_from_options(texts, apart=True))
    base = solve_base(build_horizon(given, WEEK), seed=0, limits=ROUNDS)
    alone, two = (
        solve_scenarios(asked, base, seed=0, limits=ROUNDS, processes=processes)
        for processes in (1, 2)
    )
    assert [plan_bytes(s.result) for s in alone] == [plan_bytes(s.result) for s in two]


def test_a_plan_that_breaks_a_rule_by_now_is_no_start() -> None:
    """Its van left before the shift opens."""
    horizon = build_horizon(district(), WEEK)
    early = Plan(
        routes=(Route(van_id="A", date=date(2026, 11, 28), leave_s=0, return_s=1, stops=()),)
    )
    assert solve_base(horizon, seed=0, limits=ROUNDS, start=early).result.people == 87
