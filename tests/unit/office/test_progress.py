"""The report of progress has the ledger's numbers, to the person."""

import json
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from planner.backlog import StruckOff, Tally
from planner.office.district_folder import read_district
from planner.office.history import open_ledger
from planner.office.paper import save_publication
from planner.office.progress import read_progress, save_progress
from planner.office.tally import published_week
from planner.office.week_plan import WeekPlan
from tests.unit.office.conftest import WEEK

MONDAY = date(2026, 11, 30)


@pytest.fixture
def folder(plan: WeekPlan) -> Path:
    """A week that was published and tallied, with a correction, a stop not told of, and strikes."""
    save_publication(plan)
    folder = plan.horizon.district.folder
    district = read_district(folder)
    ledger, stops = open_ledger(district), published_week(district, WEEK).stops
    told = [
        Tally(
            day=stop.day,
            van=stop.van,
            place=stop.place,
            counts={
                "recorded_16": 1,
                "recorded_17": stop.people // 2,
                "recorded_others": 7,
                "absent": 2,
                "printed": 3,
                "cards_received": 50,
                "cards_used": 4,
                "cards_left": 46 - order,
            },
            note="hujan",
        )
        for order, stop in enumerate(stops[1:])
    ]
    ledger.add_tallies(told)
    ledger.add_tallies([replace(told[0], counts={"recorded_17": 1})])
    home = district.neighbourhoods[0]
    ledger.add_struck_off([StruckOff(day=MONDAY, unit=home.id, people=1, reason="moved")])
    return folder


def sum_rows(folder: Path, *columns: str) -> int:
    """Sums over the last row of every stop, by SQL of its own."""
    told = " + ".join(f"coalesce({column}, 0)" for column in columns)
    corrected = "SELECT corrects FROM tallies WHERE corrects IS NOT NULL"
    query = f"SELECT sum({told}) FROM tallies WHERE id NOT IN ({corrected})"
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        return int(connection.execute(query).fetchone()[0])


def test_every_number_is_that_of_the_ledger(folder: Path) -> None:
    """Recorded, printed and used as SQL adds them up; people of other districts are not in it."""
    district = read_district(folder)
    progress = read_progress(district, MONDAY)
    recorded = sum_rows(folder, "recorded_16", "recorded_17")
    assert recorded > 0
    assert progress.total.by_vans == recorded == sum(week.recorded for week in progress.weeks)
    assert sum(area.by_vans for area in progress.kecamatan) == recorded
    assert progress.printed == sum_rows(folder, "printed")
    assert progress.not_printed == max(0, sum_rows(folder, "recorded_17") - progress.printed)
    assert progress.stock["cards"].used == sum_rows(folder, "cards_used")
    assert progress.stock["ribbon"].left is None
    counted = sum(home.unrecorded for home in district.neighbourhoods)
    counted += sum(venue.backlog - venue.counted_in_rt for venue in district.venues)
    inflow = progress.total.left + progress.total.struck_off + recorded - counted
    unreachable = sum(home.unreachable for home in district.neighbourhoods)
    assert (inflow, progress.total.struck_off) == (0, unreachable + 1)
    assert progress.burn_down[-1] == (MONDAY, progress.total.left)


def test_units_add_up_to_their_areas_with_every_reason(folder: Path) -> None:
    """The one whom the office found to have moved, and those of the table."""
    progress = read_progress(read_district(folder), MONDAY)
    residuals = [unit.residual for unit in progress.units]
    assert sum(residual.balance.left for residual in residuals) == progress.total.left
    reasons = sum((Counter(residual.reasons) for residual in residuals), Counter[str]())
    assert reasons.total() == progress.total.struck_off
    assert reasons["moved"] == 1
    assert {source for residual in residuals for source in residual.sources} == {
        "office",
        "table rt",
    }


def test_planned_published_and_done_are_three_numbers(folder: Path, plan: WeekPlan) -> None:
    """The stop nobody told of is missed the most; crews say why."""
    (week,) = read_progress(read_district(folder), MONDAY).weeks
    stops = published_week(read_district(folder), WEEK).stops
    assert (week.planned, week.published) == (plan.result.people, plan.result.people)
    assert (week.stops, week.told) == (len(stops), len(stops) - 1)
    untold = [missed for missed in week.missed if missed.done is None]
    assert [missed.stop for missed in untold] == [stops[0]]
    assert {missed.note for missed in week.missed if missed.done is not None} <= {"hujan"}
    assert week.outcomes["absent"] == 2 * (len(stops) - 1)


def test_shares_need_to_know_who_is_eligible(folder: Path) -> None:
    """Of 1,000 eligible people and some left, each share is recorded by its own whole."""
    district = read_district(folder)
    assert read_progress(district, MONDAY).total.official is None
    homes = tuple(replace(home, eligible=1000) for home in district.neighbourhoods)
    total = read_progress(replace(district, neighbourhoods=homes), MONDAY).total
    assert total.eligible is not None and total.recorded is not None
    assert total.eligible == total.recorded + total.struck_off + total.left
    assert total.official == total.recorded / total.eligible
    assert total.of_reachable == total.recorded / (total.recorded + total.left)


def test_the_four_files_say_the_same(folder: Path) -> None:
    """One page, sheets with the sum of those left, a map and the data."""
    district = read_district(folder)
    progress = read_progress(district, MONDAY)
    pdf, xlsx, html, data = (path.read_bytes() for path in save_progress(district, progress))
    (page,) = PdfReader(BytesIO(pdf)).pages
    words = district.office.words
    assert words.number(progress.total.by_vans) in page.extract_text()
    sheet = load_workbook(BytesIO(xlsx), data_only=True).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    total = [cell.value for cell in sheet[sheet.max_row]]
    assert total[heads.index(words("Left"))] == progress.total.left
    assert json.loads(data)["total"]["left"] == progress.total.left
    assert words("People left per kelurahan") in html.decode()


def test_a_district_without_a_ledger_has_progress_too(plan: WeekPlan) -> None:
    """Nobody is recorded yet, and the next weekend is planned."""
    progress = read_progress(read_district(plan.horizon.district.folder), date(2026, 11, 23))
    assert progress.total.by_vans == 0
    assert progress.next_weekend is not None
    assert (progress.next_weekend.week, progress.next_weekend.is_published) == (WEEK, False)
    assert sum(stop.people for stop in progress.next_weekend.stops) == plan.result.people
