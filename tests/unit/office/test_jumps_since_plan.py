"""What has jumped in the tables since the last plan."""

from dataclasses import replace

from planner.office.jumps_since_plan import jumps, jumps_between
from planner.office.plan import save_plan
from planner.office.week_plan import WeekPlan
from tests.builders.instances import instance, site

NAMES = {"site-1": "Balai", "site-2": "Taman"}


def test_people_that_jumped_since_the_last_plan_are_told() -> None:
    """100 people became 150, which is half as many again; 149 and 100 from 149 are not."""
    before = instance(site(1, expected=100), site(2, expected=10))
    now = instance(site(1, expected=160), site(2, expected=10))
    assert list(jumps_between(before, now, "2026-W47", NAMES)) == [
        "people expected at all places: 170, in the plan of 2026-W47 110",
        "Balai: 160 people expected, in the plan of 2026-W47 100",
    ]
    less = instance(site(1, expected=149), site(2, expected=10))
    assert not list(jumps_between(before, less, "2026-W47", NAMES))


def test_fewer_people_are_no_surprise_where_many_were_recorded() -> None:
    """160 became 100; more are told of all the same."""
    before = instance(site(1, expected=160), site(2, expected=10))
    now = instance(site(1, expected=100), site(2, expected=70))
    told = jumps_between(before, now, "2026-W47", NAMES, are_fewer_odd=False)
    assert list(told) == ["Taman: 70 people expected, in the plan of 2026-W47 10"]


def test_the_last_plan_of_the_folder_is_compared_with(plan: WeekPlan) -> None:
    """Nothing has changed since; a district without a plan has nothing to jump from."""
    assert list(jumps(plan.horizon)) == []
    save_plan(plan)
    assert list(jumps(plan.horizon)) == []
    given = plan.horizon.instance
    many = given.with_site(replace(given.sites[0], expected=given.sites[0].expected + 900))
    assert len(list(jumps(replace(plan.horizon, instance=many)))) == 2
