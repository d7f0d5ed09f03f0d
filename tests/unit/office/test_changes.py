"""Replanning, repairing and comparing the plan of a week."""

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from planner.difference import ChangeKind
from planner.district import Permission
from planner.errors import InputError
from planner.i18n.messages import Message
from planner.office.diff import diff_plans, save_difference
from planner.office.listener import Listener
from planner.office.plan import plan_week, save_plan
from planner.office.read_disruption import read_disruption
from planner.office.repair import repair_plan, save_repair
from planner.office.replan import replan_day
from planner.office.save_replan import save_replan
from planner.office.search import Search
from planner.office.week_plan import WeekPlan, read_week_plan
from planner.office.whatif import compare, read_scenarios, save_comparison
from planner.plan import Plan
from tests.property.test_week_replayed import host_hours

QUICK = Search(iterations=1, processes=1)
EVE = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)


def overfill_first_stop(plan: WeekPlan) -> tuple[str, Plan]:
    """The first place of a plan, and the plan with more people there than ever come."""
    route = plan.plan.routes[0]
    first = replace(route.stops[0], people=route.stops[0].people + 1000)
    edited = replace(route, stops=(first, *route.stops[1:]))
    return first.site_id, Plan(routes=(edited, *plan.plan.routes[1:]))


def test_a_place_that_is_locked_is_left_and_stays_locked(plan: WeekPlan) -> None:
    """The new version says so to the next use case; the host is sent a message."""
    site_id, _ = overfill_first_stop(plan)
    district = plan.horizon.district
    disruption = read_disruption(district, EVE, close=[plan.venues[site_id].name])
    replanned = replan_day(plan, disruption, drafts=True, search=QUICK)
    cancelled = {each.site_id for each in replanned.changes if each.kind is ChangeKind.CANCELLED}
    assert site_id in cancelled
    assert len(replanned.kept) < len(replanned.promises)
    saved = save_replan(replanned, reason="terkunci")
    assert saved.changes is not None
    was, now = host_hours(plan.plan), host_hours(replanned.after.plan)
    concerned = {site for site in {*was, *now} if was.get(site) != now.get(site)}
    told = [path.read_text(encoding="utf-8") for path in saved.changes.glob("message-*.txt")]
    assert len(told) == len(concerned)
    for site in concerned:
        assert sum(f"*{plan.venues[site].name}*" in text for text in told) == 1
    again = read_week_plan(district.folder, plan.week)
    assert not any(again.horizon.instance.sites[again.horizon.instance.site_index[site_id]].windows)


def test_without_news_nothing_is_written(plan: WeekPlan) -> None:
    """Same bytes, and no new version."""
    files = {path: path.read_bytes() for path in plan.plan_folder.path.iterdir()}
    disruption = read_disruption(plan.horizon.district, EVE)
    replanned = replan_day(plan, disruption, drafts=True, search=QUICK)
    assert not replanned.is_new
    assert save_replan(replanned).changes is None
    assert {path: path.read_bytes() for path in plan.plan_folder.path.iterdir()} == files


def test_a_broken_van_stays_broken_until_it_drives_again(plan: WeekPlan) -> None:
    """Said on the eve; at the next news it is still so, and no more after `with_van`."""
    district, week = plan.horizon.district, plan.week
    van = plan.plan.routes[0].van_id
    save_replan(replan_day(plan, read_disruption(district, EVE, without_van=[van]), search=QUICK))
    still = read_week_plan(district.folder, week)
    assert still.source is not None
    assert [row.van for row in still.source.stopped_vans()] == [van]
    later = read_disruption(district, EVE, people=[f"{plan.plan.routes[0].stops[0].site_id}=30"])
    assert van not in {
        route.van_id for route in replan_day(still, later, search=QUICK).after.plan.routes
    }
    back = replan_day(still, read_disruption(district, EVE, with_van=[van]), search=QUICK)
    assert van in {route.van_id for route in back.after.plan.routes}
    save_replan(back)
    now = read_week_plan(district.folder, week)
    assert now.source is not None
    assert now.source.stopped_vans() == ()
    assert now.horizon.instance.van(van) == plan.horizon.instance.van(van)


def test_planning_does_not_drop_changes_of_the_day(plan: WeekPlan) -> None:
    """It is refused, with what to do; `discard_changes` plans from the tables alone."""
    district, week = plan.horizon.district, plan.week
    van = plan.plan.routes[0].van_id
    save_replan(replan_day(plan, read_disruption(district, EVE, without_van=[van]), search=QUICK))
    with pytest.raises(InputError, match=r"version 2 .* has changes of the day .* --discard-ch"):
        plan_week(district, week, search=QUICK)
    anew = plan_week(district, week, search=QUICK, discard_changes=True)
    save_plan(anew)
    assert van in {route.van_id for route in anew.plan.routes}
    assert not (plan.plan_folder.path / "changed.json").exists()
    assert (plan.plan_folder.versions_path / "2" / "changed.json").exists()


def test_a_plan_made_by_hand_is_repaired_and_saved_as_a_version(plan: WeekPlan) -> None:
    """A stop with more people than come; the plan in force needs no repair."""
    _, edited = overfill_first_stop(plan)
    found = repair_plan(plan, edited)
    assert len(found.repair.changed_stops) == 1
    assert found.broken_rules
    whole = repair_plan(plan)
    assert (whole.is_new, save_repair(whole)) == (False, None)


def test_plans_are_compared_wherever_they_lie(plan: WeekPlan, tmp_path: Path) -> None:
    """In plans/WEEK the names of places are known, and both can be drawn."""
    path = plan.plan_folder.path
    same = diff_plans(path, path / "plan.json")
    assert {change.kind for change in same.changes} == {ChangeKind.KEPT}
    assert same.venues
    save_difference(same, tmp_path / "maps" / "changes.html")
    assert (tmp_path / "maps" / "changes.html").exists()
    (tmp_path / "lone.json").write_bytes((path / "plan.json").read_bytes())
    lone = diff_plans(tmp_path / "lone.json", tmp_path / "lone.json")
    assert not lone.venues
    with pytest.raises(InputError, match="is not in a district folder"):
        save_difference(lone, tmp_path / "x.html")


def test_scenarios_are_compared_beside_the_plan_without_changes(plan: WeekPlan) -> None:
    """One more van records no fewer people; page and table are written."""
    district = plan.horizon.district
    scenarios = read_scenarios({"vans": ["+1"]}, name="van more")
    comparison = compare(district, plan.week, scenarios, search=QUICK)
    (case,) = comparison.cases
    assert case.name == "van more"
    assert case.result.people >= comparison.base.result.people
    page = save_comparison(comparison)
    assert {path.name for path in page.parent.iterdir()} == {"comparison.html", "comparison.csv"}


def test_scenarios_name_the_plan_in_force_where_a_better_one_is_found(plan: WeekPlan) -> None:
    """One with fewer people at its first stop is in force; both numbers are told."""
    route, *others = plan.plan.routes
    first, *rest = route.stops
    fewer = replace(route, stops=(replace(first, people=first.people - 1), *rest))
    worse = plan.with_plan(Plan(routes=(fewer, *others)))
    save_plan(replace(worse, because="repair", planned_on=1))
    heard: list[Message] = []
    scenarios = read_scenarios({"vans": ["+1"]}, name="van more")
    compare(
        plan.horizon.district,
        plan.week,
        scenarios,
        search=QUICK,
        listener=Listener(notice=heard.append),
    )
    assert any(f"in force records {worse.result.people} people" in str(line) for line in heard)


def test_after_a_change_on_the_day_scenarios_begin_there(plan: WeekPlan) -> None:
    """In the afternoon of the first day what it recorded stays, whatever is closed or not used."""
    district, route = plan.horizon.district, plan.plan.routes[0]
    afternoon = datetime.combine(route.date, time(15))
    news = read_disruption(district, afternoon, people=["T2=20"])
    save_replan(replan_day(plan, news, search=QUICK))
    first = route.stops[0].site_id
    scenarios = read_scenarios({"vans": ["+1"], "close": [first, "T2"]}, apart=True)
    heard: list[Message] = []
    comparison = compare(
        district, plan.week, scenarios, search=QUICK, listener=Listener(notice=heard.append)
    )
    assert f"what is left from {route.date} 15:00 on" in heard[0]
    for case in (comparison.base, *comparison.cases):
        assert case.result.plan.routes[0] == route
        assert case.result.people == case.result.plan.served().total()
    _, same, without = comparison.cases
    assert same.result.people == comparison.base.result.people
    assert "T2" not in without.result.plan.served()
    assert save_comparison(comparison).exists()
    venues = tuple(
        replace(venue, permission=Permission.REFUSED) if venue.id == first else venue
        for venue in district.venues
    )
    refused = replace(district, venues=venues)
    compare(refused, plan.week, scenarios, search=QUICK, listener=Listener(notice=heard.append))
    assert any("plans the whole week from the tables" in line for line in heard)


def test_a_comparison_needs_a_change() -> None:
    """An example is named."""
    with pytest.raises(InputError, match="no change is given; give a change, such as --vans"):
        read_scenarios({})
