"""What a proof tells of other plans."""

from dataclasses import replace

import pytest

from planner.solvers import Limits, solve_with_duals
from tests.builders.districts import SATURDAY
from tests.builders.instances import instance, site

ENOUGH = Limits(iterations=20)


def test_a_report_bounds_plans_with_a_stop_and_with_one_more_van_day() -> None:
    """The best plan stops at both sites; a second van-day has nothing left to do."""
    report = solve_with_duals(instance(site(1), site(2)), limits=ENOUGH)
    assert report.site_bounds == pytest.approx({"site-1": 18.5, "site-2": 18.5}, abs=1e-2)
    assert report.van_day_bounds["A", SATURDAY] >= 18.5
    assert report.prices is not None
    assert set(report.prices.sites) == {"site-1", "site-2"}


def test_a_site_far_away_is_bounded_below_the_plan() -> None:
    """400 s there and 400 s back cost 8 of 10 people: no plan with a stop there is worth 9."""
    given = instance(site(1), site(2))
    drive_s = given.drive_s.copy()
    drive_s[2, :2] = drive_s[:2, 2] = 400
    report = solve_with_duals(replace(given, drive_s=drive_s), limits=ENOUGH)
    assert report.result.objective == pytest.approx(9.0)
    assert 2.0 <= report.site_bounds["site-2"] < 9.0


def test_without_duals_there_is_the_result_alone() -> None:
    """Somewhat sooner."""
    report = solve_with_duals(instance(site(1)), limits=ENOUGH, with_duals=False)
    assert (report.prices, report.site_bounds) == (None, {})
    assert report.routes == report.result.plan.routes
