"""What explanations stand on."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.explain.reasons import Code
from planner.i18n.messages import Message
from planner.office.explain import (
    compare_places,
    explain_left_out,
    explain_place,
    find_place,
    find_stopped_at,
    read_plan_to_explain,
    remarks,
)
from planner.office.listener import Listener
from planner.office.read_disruption import read_disruption
from planner.office.replan import replan_day
from planner.office.save_replan import save_replan
from planner.office.search import Search
from planner.office.week_plan import WeekPlan
from planner.solvers import Limits, solve_with_duals
from planner.store.solve_cache import keep_report

QUICK = Search(iterations=1, processes=1)


def is_analysed_again(plan: WeekPlan, search: Search, cache: Path) -> bool:
    """Whether an explanation begins with a longer look at the plan."""
    stages: list[Message] = []
    listener = Listener(stage=lambda what, share: stages.append(what))
    explain_left_out(plan, search=search, cache=cache, listener=listener)
    return any("Analysing the plan" in stage for stage in stages)


def test_a_plan_that_was_analysed_is_not_analysed_twice(plan: WeekPlan, tmp_path: Path) -> None:
    """A report that is kept answers; nobody else's limits do."""
    report = solve_with_duals(plan.horizon.instance, limits=Limits(iterations=3))
    slow = replace(report, result=replace(report.result, solve_s=1.0))
    assert is_analysed_again(plan, Search(), tmp_path)
    keep_report(plan.horizon.instance, plan.plan, slow, tmp_path)
    assert not is_analysed_again(plan, Search(), tmp_path)
    assert is_analysed_again(plan, QUICK, tmp_path)


def test_an_explanation_grows(plan: WeekPlan) -> None:
    """The reason stays, and what was found out is added."""
    first, *more = explain_place(plan, "Bank Kota", search=QUICK)
    assert {why.code for why in more} <= {first.code}
    assert first.venue.id == "K1"


def test_what_it_costs_to_go_elsewhere_is_a_plan(plan: WeekPlan) -> None:
    """It stops at T1 and not at the school."""
    school, point = find_place(plan, "SMAN 1"), find_place(plan, "T1")
    forced = compare_places(plan, school, point, search=QUICK)
    assert forced is not None
    assert {stop.site_id for _, stop in forced.stops} == {"T1"}


def test_after_a_change_on_the_day_only_hours_left_are_looked_at(
    plan: WeekPlan, tmp_path: Path
) -> None:
    """At the end of the first day its stops stay, and no plan that is shown has any more of it."""
    week, district = plan.week, plan.horizon.district
    route = plan.plan.routes[0]
    evening = datetime.combine(route.date, time(15))
    news = read_disruption(district, evening, people=["T2=20"])
    save_replan(replan_day(plan, news, search=QUICK))
    left = read_plan_to_explain(district.folder, week, cache=tmp_path)
    assert left.whole is not None
    assert all(route.date > evening.date() for route in left.plan.routes)
    (place,) = (each for each in district.venues if each.id == route.stops[0].site_id)
    past, there = remarks(left, place)
    assert f"left from {route.date} 15:00 on" in past
    assert there.startswith(f"{place.name}: {route.stops[0].people} p")
    (over,) = explain_place(left, place, search=QUICK)
    assert (over.code, over.people) == (Code.VISITED, left.whole.plan.served().total())
    assert over.forced is not None
    assert [stop.people for _, stop in over.forced.stops] == [route.stops[0].people]
    for why in explain_place(left, "T2", search=QUICK):
        assert why.people == left.plan.served().total()
        visits = why.forced.result.plan.routes if why.forced else ()
        assert all(route.date > evening.date() for route in visits)


def test_a_comparison_is_with_another_place_that_has_a_stop(plan: WeekPlan) -> None:
    """The school has one, the bank none."""
    school, bank = find_place(plan, "99710001"), find_place(plan, "K1")
    assert find_stopped_at(plan, "SMAN 1", bank, "here") == school
    for name, other in (("SMAN 1", school), ("K1", school)):
        with pytest.raises(InputError, match=r"^here: '.*' is not another place with a stop"):
            find_stopped_at(plan, name, other, "here")
