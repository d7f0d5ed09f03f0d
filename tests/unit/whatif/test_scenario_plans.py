"""Scenarios are planned side by side and compared with the plan without changes."""

from dataclasses import replace
from datetime import date

import pytest

from planner.check import violations
from planner.formats import plan_bytes
from planner.horizon import build_horizon
from planner.plan import Plan, Route
from planner.scenarios import scenarios_from_options
from planner.solvers import Limits
from planner.whatif.scenario_plans import (
    seconds_in_all,
    seconds_per_scenario,
    solve_base,
    solve_scenarios,
)
from tests.builders.districts import WEEK, district
from tests.builders.instances import VAN, ignore_draws, instance, site, two_halls
from tests.builders.scenarios import build_horizons

ROUNDS = Limits(iterations=2)


def test_a_scenario_is_searched_longer_the_larger_the_district_is() -> None:
    """3 s for a site or two, 0.03 s for each site and van-day, 26 s at most; time adds up."""
    small = instance(site(1))
    assert seconds_per_scenario(small, 60) == 3
    medium = instance(*(site(number) for number in range(1, 201)))
    assert seconds_per_scenario(medium, 60) == pytest.approx(6)
    assert seconds_per_scenario(medium, 5) == 5
    vans = tuple(replace(VAN, id=str(number)) for number in range(8))
    assert seconds_per_scenario(replace(medium, vans=vans), 60) == 26
    assert seconds_in_all(7, 6.0, processes=2) == 30
    assert seconds_in_all(20, 6.0, processes=2) == 66


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


def test_a_scenario_records_nobody_twice() -> None:
    """With a van more 25 people of two halls are recorded; a plan for 45 breaks the rule."""
    horizon = build_horizon(district(), WEEK)
    one, two = two_halls(), two_halls(VAN, replace(VAN, id="B"))
    base = solve_base(replace(horizon, instance=one), seed=0, limits=ROUNDS)
    asked = [replace(horizon, instance=given) for given in (two, ignore_draws(two))]
    counted, ignoring = solve_scenarios(asked, base, seed=0, limits=ROUNDS, processes=1)
    assert violations(two, counted.result.plan) == ()
    assert counted.result.people == 25
    assert violations(two, ignoring.result.plan)
