"""Cards awaited, from the table to a stop, a tally, and the next plan."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from planner.backlog import Tally
from planner.horizon import build_horizon
from planner.office.district_folder import read_district
from planner.office.history import open_ledger
from planner.office.paper import save_publication
from planner.office.permit import rank_calls
from planner.office.plan import plan_week, save_plan
from planner.office.progress import read_progress
from planner.office.publication import make_publication
from planner.office.read_disruption import read_disruption
from planner.office.replan import replan_day
from planner.office.search import Search
from planner.office.tally import add_typed, published_week
from planner.office.week_plan import WeekPlan, read_week_plan
from planner.render.letters import typeset_letters
from planner.render.route_sheets import build_sheets_data
from tests.builders.folders import sound_folder
from tests.unit.office.conftest import WEEK

NEXT_WEEK, SUNDAY, MONDAY = "2026-W49", date(2026, 11, 29), date(2026, 11, 30)
RW_2 = "99.71.01.1001 RW 002"


@pytest.fixture
def plan(tmp_path: Path, cache: Path) -> WeekPlan:
    """Of 25 people of RW 002 none is left to be recorded, and sixty wait for their card."""
    folder = sound_folder(tmp_path)
    folder.edit("rt.csv", "unrecorded,unreachable", "unrecorded,belum_cetak,unreachable")
    folder.edit("rt.csv", "001,001,30,4", "001,001,30,0,4")
    folder.edit("rt.csv", "002,,25,", "002,,0,60,")
    folder.edit("points.csv", "Min 08.00-10.00,,", "Min 08.00-12.00,disetujui,")
    plan = plan_week(read_district(folder.path), WEEK, search=Search(iterations=3), cache=cache)
    save_plan(plan)
    return read_week_plan(folder.path, WEEK, cache=cache)


def cards_at(plan: WeekPlan) -> int:
    return plan.plan.served()["T2+cetak"]


def test_a_stop_may_be_for_printing_alone(plan: WeekPlan) -> None:
    """Nobody is to be recorded at T2: the van brings a printer and no kit."""
    (at,) = (at for at in plan.itinerary.all_stops() if at.venue.id == "T2+cetak")
    assert at.prints and at.stop.people > 10
    sheets = build_sheets_data(plan.itinerary)["sheets"]
    (row,) = (stop for sheet in sheets for stop in sheet["stops"] if "cetak" in stop["name"])
    assert (row["name"], row["kits"]) == ("Balai RW 02 · cetak KTP-el", "–")
    assert row["cards"] == str(at.stop.people)
    assert "letter-Balai-RW-02.pdf" in typeset_letters(plan.itinerary)


def test_figures_never_add_recordings_and_cards(plan: WeekPlan) -> None:
    """Both are told, and people left are those to be recorded."""
    summary = plan.summary
    assert summary.services == {"printed": cards_at(plan)}
    assert summary.people + cards_at(plan) == plan.result.people
    assert summary.left == plan.horizon.backlog - summary.people


def test_printed_cards_are_taken_off_those_who_wait(plan: WeekPlan) -> None:
    """All but two got theirs; one more was recorded elsewhere without a card."""
    save_publication(plan)
    folder = plan.horizon.district.folder
    done = cards_at(plan) - 2
    told = [
        Tally(day=SUNDAY, van="A", place="T2+cetak", counts={"printed": done}),
        Tally(day=SUNDAY, van="A", place="99710001", counts={"recorded_16": 3}),
        Tally(day=SUNDAY, van="A", place="K1", counts={"recorded_17": 1}),
    ]
    report = add_typed(read_district(folder), WEEK, told)
    assert report.recorded == 4
    progress = read_progress(read_district(folder), MONDAY)
    assert (progress.printed, progress.not_printed) == (done, 60 - done + 1)
    (week,) = progress.weeks
    assert week.services == {"printed": (cards_at(plan), done)}
    assert week.published == plan.summary.people
    district = build_horizon(read_district(folder), NEXT_WEEK).district
    waiting = {home.id: home.not_printed for home in district.neighbourhoods}
    assert waiting[RW_2] == 60 - done
    assert {venue.id: venue.not_printed for venue in district.venues}["K1"] == 1


def test_offices_that_tell_of_no_cards_get_no_stops_for_them(tmp_path: Path, cache: Path) -> None:
    """Ten are recorded, and nobody ever said that cards are printed at the vans."""
    folder = sound_folder(tmp_path).path
    plan = plan_week(read_district(folder), WEEK, search=Search(iterations=2), cache=cache)
    save_plan(plan)
    save_publication(read_week_plan(folder, WEEK, cache=cache))
    told = Tally(day=SUNDAY, van="A", place="T2", counts={"recorded_17": 10})
    add_typed(read_district(folder), WEEK, [told])
    assert read_progress(read_district(folder), MONDAY).not_printed == 10
    assert not read_district(folder).cards
    more = Tally(day=SUNDAY, van="A", place="T2", counts={"printed": 4})
    add_typed(read_district(folder), WEEK, [more])
    assert sum(card.people for card in read_district(folder).cards) == 6


def test_a_closed_place_is_closed_for_its_services(plan: WeekPlan) -> None:
    """Locked on Sunday morning: nobody prints there either."""
    district = read_district(plan.horizon.district.folder)
    locked = read_disruption(district, at=datetime.fromisoformat("2026-11-29T06:00"), close=["T2"])
    replanned = replan_day(plan, locked, search=Search(iterations=1))
    assert "T2+cetak" not in replanned.after.plan.served()
    assert "--close T2" in replanned.after.because
    assert "T2+cetak" not in replanned.after.because


def test_shares_and_minutes_of_services_are_learned(plan: WeekPlan) -> None:
    """Half were thought to come in four minutes each; all came, in two at each of two kits."""
    folder = plan.horizon.district.folder
    save_publication(plan)
    (stop,) = (s for s in published_week(read_district(folder), WEEK).stops if "+" in s.place)
    ledger = open_ledger(read_district(folder))
    first = make_publication(plan, 1)
    weeks = [date.fromisocalendar(2027, week, 7) for week in range(1, 13)]
    for day in weeks:
        year, number, _ = day.isocalendar()
        moved = (replace(stop, day=day),)
        ledger.add_publication(replace(first, week=f"{year}-W{number:02}", stops=moved))
    people = round(stop.expected / stop.turnout)
    told = [
        Tally(
            day=day,
            van="A",
            place="T2+cetak",
            counts={"printed": people},
            started_s=stop.serve_s,
            ended_s=stop.serve_s + people * 60,
        )
        for day in weeks
    ]
    ledger.add_tallies(told)
    learned = read_district(folder).learned[-1].kinds["printed"]
    assert learned.turnout is not None and learned.turnout.value > 0.8
    assert learned.seconds_per_person is not None
    assert learned.seconds_per_person.value == pytest.approx(120, rel=0.1)
    services = build_horizon(read_district(folder), "2027-W20").district.services
    (printing,) = (service for service in services if service.key == "printed")
    assert (printing.share, printing.seconds_per_person) == (
        learned.turnout.value,
        round(learned.seconds_per_person.value),
    )


def test_calls_begin_with_the_one_that_brings_most(plan: WeekPlan) -> None:
    """A host who refused, and who would bring nobody, is not called."""
    calls = rank_calls(plan.horizon.district, WEEK)
    people = [call.people for call in calls]
    assert people == sorted(people, reverse=True)
    assert all(call.people > 0 or call.stop for call in calls)
