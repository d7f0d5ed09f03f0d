"""Planning a week, and going on from another plan."""

from dataclasses import replace

import pytest

from planner.check import violations
from planner.district import Permission
from planner.errors import InputError, MissingPlanError, NoSitesError, NothingToPlanError
from planner.i18n.messages import Message
from planner.i18n.words import Words
from planner.office.listener import Listener
from planner.office.plan import plan_week, save_plan
from planner.office.search import KEEP_MODES, Search
from planner.office.week_plan import WeekPlan, open_horizon, read_valid_plan, read_week_plan
from planner.plan import Plan

WEEK = "2026-W48"
QUICK = Search(iterations=1)


def test_a_plan_keeps_all_rules_and_is_read_as_it_was_saved(plan: WeekPlan) -> None:
    """Its clock aside, which the file does not keep."""
    folder = plan.horizon.district.folder
    assert not violations(plan.horizon.instance, plan.plan)
    assert read_week_plan(folder, WEEK).plan == plan.plan


def test_use_cases_report_to_whoever_listens(
    plan: WeekPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Warnings of the tables, a first plan while a solver is compiled, how good the plan is."""
    monkeypatch.setattr("planner.solvers.is_compiled", lambda: False)
    heard: dict[str, list[object]] = {"notice": [], "stage": [], "progress": []}
    listener = Listener(
        notice=heard["notice"].append,
        stage=lambda what, share: heard["stage"].append(what),
        progress=heard["progress"].append,
    )
    district = replace(plan.horizon.district, warnings=(Message("ofices.csv"),))
    plan_week(district, WEEK, search=QUICK, listener=listener)
    assert heard["notice"][0] == "ofices.csv"
    assert str(heard["notice"][1]).startswith("first plan: ")
    assert heard["stage"]
    assert heard["progress"]


def test_a_wish_to_stop_ends_a_search_with_a_plan(plan: WeekPlan) -> None:
    """At once."""
    listener = Listener(stop=lambda: True)
    found = plan_week(plan.horizon.district, WEEK, listener=listener)
    assert any(found.plan.stops())


@pytest.mark.parametrize("mode", KEEP_MODES)
def test_a_plan_can_go_on_from_another(plan: WeekPlan, mode: str) -> None:
    """Of the same tables all can stay; the plan it replaces is then kept."""
    found = plan_week(plan.horizon.district, WEEK, search=QUICK, keep=plan.plan, keep_mode=mode)
    assert found.result.people >= plan.result.people
    path = save_plan(found)
    assert (path / "plan-1.json").exists()


def test_a_plan_that_is_missing_names_folder_and_week(plan: WeekPlan) -> None:
    """So that the command line can name the command that makes one."""
    folder = plan.horizon.district.folder
    with pytest.raises(MissingPlanError, match="there is no plan of 2026-W49") as missing:
        read_week_plan(folder, "2026-W49")
    assert (missing.value.folder, missing.value.week) == (folder, "2026-W49")


def test_a_plan_that_no_longer_holds_is_refused(plan: WeekPlan) -> None:
    """The van now drives from 13:00 on; a notice names the table."""
    folder = plan.horizon.district.folder
    vans = (folder / "vans.csv").read_text(encoding="utf-8")
    (folder / "vans.csv").write_text(vans.replace("07.30-14.00", "13.00-14.00"), encoding="utf-8")
    said: list[Message] = []
    assert read_week_plan(folder, WEEK, listener=Listener(notice=said.append)).plan == plan.plan
    assert said == ["vans.csv: changed since the plan was made; plan again"]
    with pytest.raises(InputError, match="with the tables as they are now"):
        read_valid_plan(folder, WEEK)


def test_a_week_in_which_nothing_can_be_planned_is_refused(plan: WeekPlan) -> None:
    """No van drives, or no place is open."""
    district = plan.horizon.district
    with pytest.raises(NothingToPlanError, match="no van has a shift"):
        open_horizon(replace(district, vehicles=()), WEEK)
    with pytest.raises(NoSitesError, match="no place can be visited"):
        open_horizon(replace(district, venues=()), WEEK)


def test_another_plan_of_the_same_week_claims_no_bound(plan: WeekPlan) -> None:
    """Without stops nobody is recorded."""
    empty = plan.with_plan(Plan())
    assert (empty.result.people, empty.result.bound) == (0, None)
    assert empty.summary.stops == 0


@pytest.mark.parametrize("mode", KEEP_MODES)
def test_after_a_refusal_the_rest_is_kept(plan: WeekPlan, mode: str) -> None:
    """The first place refuses: it is struck by name and reason, and the others are planned."""
    district = plan.horizon.district
    site_id = plan.plan.routes[0].stops[0].site_id
    venues = tuple(
        replace(venue, permission=Permission.REFUSED) if venue.id == site_id else venue
        for venue in district.venues
    )
    heard: list[Message] = []
    found = plan_week(
        replace(district, venues=venues),
        WEEK,
        search=QUICK,
        keep=plan.plan,
        keep_mode=mode,
        listener=Listener(notice=heard.append),
    )
    assert site_id not in {stop.site_id for _, stop in found.plan.stops()}
    told = [str(message) for message in heard]
    assert any("cannot stay: " in line and "permission refused" in line for line in told)
    calls = [line for line in heard if line.startswith("to call: ")]
    call = next(line for line in calls if line.endswith("WIB, van A -> cancelled"))
    assert "Sat 28/11" in call
    indonesian = Words(language="id").translate(call)
    assert "Sab 28/11" in indonesian
    assert indonesian.endswith("WIB, mobil A -> batal")


def test_a_plan_of_the_same_tables_is_not_below_the_one_in_force(plan: WeekPlan) -> None:
    """Greedy finds less, or the same."""
    found = plan_week(plan.horizon.district, WEEK, search=Search(solver="greedy", iterations=1))
    assert found.result.objective >= plan.result.objective


def test_a_plan_that_is_as_good_stays(plan: WeekPlan) -> None:
    """The search begins there; the same elsewhere in the week would be calls for nothing."""
    found = plan_week(plan.horizon.district, WEEK, search=Search(seed=7, iterations=1))
    better = found.result.objective > plan.result.objective
    assert better or found.plan == plan.plan
