"""What a week has done comes back, and the next plan is made of those who are left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planner import inputs
from planner.backlog import Tally
from planner.district import Permission
from planner.errors import InputError, MissingPlanError
from planner.horizon import build_horizon
from planner.inputs.tally import read_tally
from planner.office.district_folder import read_district
from planner.office.history import counts_of, open_ledger, read_books, record_import
from planner.office.paper import save_publication
from planner.office.permit import permit
from planner.office.tally import (
    TallyReport,
    add_typed,
    published_week,
    read_tally_file,
    write_tally_workbook,
)
from planner.office.week_plan import WeekPlan
from tests.builders.person_numbers import note_given
from tests.unit.office.conftest import WEEK

NEXT_WEEK, MONDAY = "2026-W49", date(2026, 11, 30)


@pytest.fixture
def folder(plan: WeekPlan) -> Path:
    """A district whose plan is published."""
    save_publication(plan)
    return plan.horizon.district.folder


def fill(path: Path, change: Callable[[Worksheet, dict[str, int]], None]) -> Path:
    """A copy of a workbook that somebody has filled in; the change knows columns by their heads."""
    workbook = load_workbook(path)
    sheet = workbook["rekap"]
    heads = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    change(sheet, heads)
    copy = path.with_name("filled.xlsx")
    workbook.save(copy)
    return copy


def all_recorded(sheet: Worksheet, heads: dict[str, int]) -> None:
    """Everybody who was planned."""
    for row in range(2, sheet.max_row):
        planned = sheet.cell(row, heads["sasaran"]).value
        if planned is not None and sheet.cell(row, heads["Mobil"]).value:
            sheet.cell(row, heads["terekam 17 ke atas"]).value = planned
            sheet.cell(row, heads["mulai"]).value = "08.15"


def tally_all(folder: Path) -> TallyReport:
    """The week as it was planned."""
    district = read_district(folder)
    path = fill(write_tally_workbook(district, WEEK), all_recorded)
    return read_tally_file(district, WEEK, path)


def test_there_is_nothing_to_tally_before_a_plan_is_published(plan: WeekPlan) -> None:
    """Planned, published and done are three things."""
    district = read_district(plan.horizon.district.folder)
    with pytest.raises(InputError, match="is not published yet; run planner publish first"):
        published_week(district, WEEK)
    with pytest.raises(MissingPlanError, match="there is no plan of 2026-W47"):
        published_week(district, "2026-W47")


def test_the_workbook_has_a_row_per_stop_and_comes_back(folder: Path, plan: WeekPlan) -> None:
    """Filled in as planned, every number is that of the plan."""
    report = tally_all(folder)
    stops = [*plan.plan.stops()]
    assert (report.new, report.oddities, report.open_stops) == (len(stops), (), ())
    assert report.recorded == plan.result.people
    tallies = open_ledger(read_district(folder)).tallies()
    assert {tally.key for tally in tallies} == {
        (route.date, route.van_id, stop.site_id) for route, stop in stops
    }
    assert all(tally.started_s == 8 * 3600 + 900 for tally in tallies)


def test_an_empty_workbook_says_nothing(folder: Path) -> None:
    """The people planned stand in it already; they are no tally."""
    district = read_district(folder)
    report = read_tally_file(district, WEEK, write_tally_workbook(district, WEEK))
    assert (report.new, report.recorded) == (0, 0)
    assert len(report.open_stops) == len(published_week(district, WEEK).stops)


def test_permissions_and_people_struck_off_come_from_the_workbook_too(folder: Path) -> None:
    """A host agreed to a date, and a kelurahan sent a list; states of the tables are no news."""
    district = read_district(folder)
    path = write_tally_workbook(district, WEEK)
    workbook = load_workbook(path)
    sheet = workbook["izin"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "T1")
    assert row[2].value == "surat dikirim"
    row[2].value, row[3].value, row[4].value = "disetujui", date(2026, 12, 5), "09.00-11.00"
    struck: list[Any] = [date(2026, 11, 28), "99.71.01.1001 RW 002", 3, "pindah"]
    for column, value in enumerate(struck, start=1):
        workbook["dicoret"].cell(2, column).value = value
    workbook.save(path)
    report = read_tally_file(district, WEEK, path)
    assert (report.permissions, report.struck_off) == (1, 1)
    ledger = open_ledger(district)
    (entry,) = ledger.permissions()
    assert (entry.place, entry.state, entry.hours) == (
        "T1",
        Permission.APPROVED,
        ((32400, 39600),),
    )
    assert [gone.reason for gone in ledger.struck_off()] == ["moved"]


def test_the_same_file_twice_changes_nothing(folder: Path) -> None:
    """Neither the rows nor what is left."""
    first, second = tally_all(folder), tally_all(folder)
    assert (second.new, second.corrections, second.unchanged) == (0, 0, first.new)


def test_what_was_told_stands_in_the_next_workbook(folder: Path) -> None:
    """It is read back as it was, with nothing new."""
    tally_all(folder)
    path = write_tally_workbook(read_district(folder), WEEK)
    read = sorted(read_tally(path).tallies, key=lambda tally: tally.key)
    assert read == sorted(open_ledger(read_district(folder)).tallies(), key=lambda t: t.key)


def test_numbers_that_were_not_read_are_not_overwritten(folder: Path) -> None:
    """Somebody typed into the workbook itself, and asks for a new one."""
    district = read_district(folder)
    path = write_tally_workbook(district, WEEK)
    fill(path, all_recorded).replace(path)
    with pytest.raises(InputError, match="has numbers that were not read yet; read it first"):
        write_tally_workbook(district, WEEK)
    read_tally_file(district, WEEK, path)
    write_tally_workbook(district, WEEK)


def test_what_does_not_add_up_is_named_and_kept(folder: Path) -> None:
    """More outcomes than people, more cards printed than used, and a stop nobody planned."""
    stop = published_week(read_district(folder), WEEK).stops[0]
    counts = {"expected": 10, "failed": 11, "printed": 5, "cards_used": 4}
    odd = Tally(day=stop.day, van=stop.van, place=stop.place, counts=counts)
    report = add_typed(
        read_district(folder), WEEK, [odd, replace(odd, place="Pasar", counts={"failed": 1})]
    )
    assert [message.values["what"] for message in report.oddities] == [
        "sasaran 10, outcomes 11",
        "5 cards printed, 4 used",
        "no such stop was published",
    ]
    assert odd in open_ledger(read_district(folder)).tallies()


def test_a_csv_file_is_read_too(folder: Path) -> None:
    """With semicolons, as Excel writes it, and only some columns."""
    stop = published_week(read_district(folder), WEEK).stops[0]
    path = folder / "rekap.csv"
    path.write_text(
        "Hari/Tanggal;Mobil;ID lokasi;terekam 17 ke atas;kendala\n"
        f"{stop.day:%d/%m/%Y};{stop.van};{stop.place};7;hujan\n",
        encoding="utf-8",
    )
    report = read_tally_file(read_district(folder), WEEK, path)
    assert (report.new, report.recorded) == (1, 7)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("28/11/2026;A;P1;tujuh", "'tujuh' is not a whole number"),
        ("28/11/2026;A;P1;-3", "'-3' is negative"),
        (";A;P1;3", "is blank; fill it in, or clear the row"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(folder: Path, row: str, problem: str) -> None:
    """And nothing of the file is kept, so that it can be mended and read again."""
    path = folder / "rekap.csv"
    heads = "Hari/Tanggal;Mobil;ID lokasi;terekam 17 ke atas"
    path.write_text(f"{heads}\n28/11/2026;A;T1;5\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"rekap.csv:3 .*{problem}"):
        read_tally_file(read_district(folder), WEEK, path)
    assert open_ledger(read_district(folder)).tallies() == ()


def test_a_number_of_a_resident_is_not_taken_in(folder: Path) -> None:
    """Sixteen digits among the obstacles, or as a contact; no message repeats them."""
    path = folder / "rekap.csv"
    heads = "Hari/Tanggal;Mobil;ID lokasi;kendala"
    path.write_text(f"{heads}\n28/11/2026;A;T1;3171234567890123 gagal\n", encoding="utf-8")
    note_given(folder)
    with pytest.raises(InputError, match="looks like a NIK; delete it; the ledger names nobody"):
        read_tally_file(read_district(folder), WEEK, path)
    with pytest.raises(InputError, match="--contact: holds what looks like a NIK"):
        permit(read_district(folder), "T1", "disetujui", contact="3171234567890123")


def test_the_old_words_for_ages_are_not_guessed_at(folder: Path) -> None:
    """Both are ``terekam 17`` once signs are left out."""
    path = folder / "rekap.csv"
    path.write_text("Hari/Tanggal;Mobil;ID lokasi;terekam < 17\n", encoding="utf-8")
    with pytest.raises(InputError, match="is not a column of rekap"):
        read_tally_file(read_district(folder), WEEK, path)


def left_in(folder: Path, week: str) -> int:
    """Unrecorded people who can be reached, by the horizon of a week."""
    return build_horizon(read_district(folder), week).demand.backlog


def test_the_next_plan_is_made_of_those_who_are_left(folder: Path, plan: WeekPlan) -> None:
    """The week itself still is as it was planned; the one after it has as many fewer as came."""
    before = left_in(folder, NEXT_WEEK)
    tally_all(folder)
    assert left_in(folder, WEEK) == plan.horizon.backlog
    assert left_in(folder, NEXT_WEEK) == before - plan.result.people


def test_an_import_made_after_the_weekend_holds_from_then_on(folder: Path) -> None:
    """The register has heard of all recordings: nobody is taken off twice."""
    tally_all(folder)
    district = read_district(folder)
    left = left_in(folder, NEXT_WEEK)
    books = read_books(district, open_ledger(district))
    rows = (folder / "rt.csv").read_text(encoding="utf-8")
    gone = sum(done.people for done in books.attributed if done.unit == "99.71.01.1001 RW 002")
    assert gone > 0
    (folder / "rt.csv").write_text(rows.replace(",25,", f",{25 - gone},"), encoding="utf-8")
    open_ledger(district).add_counts(counts_of(inputs.read_district(folder), MONDAY))
    assert left_in(folder, NEXT_WEEK) == left


def test_an_import_is_kept_where_there_is_a_ledger(plan: WeekPlan) -> None:
    """Without one nothing is made; with one the new counts are the last, once."""
    folder = plan.horizon.district.folder
    record_import(folder)
    assert not (folder / "ledger.sqlite").exists()
    save_publication(plan)
    rows = (folder / "rt.csv").read_text(encoding="utf-8")
    (folder / "rt.csv").write_text(rows.replace(",25,", ",21,"), encoding="utf-8")
    record_import(folder)
    record_import(folder)
    *_, last = open_ledger(read_district(folder)).counts()
    assert last.units["99.71.01.1001 RW 002"].unrecorded == 21
    assert len(open_ledger(read_district(folder)).counts()) <= 2


def test_recordings_that_did_not_arrive_are_listed(folder: Path) -> None:
    """The next export counts as many as before: all who came are stuck."""
    tally_all(folder)
    district = read_district(folder)
    ledger = open_ledger(district)
    rows = (folder / "rt.csv").read_text(encoding="utf-8")
    (folder / "rt.csv").write_text(rows.replace("pindah", "ganda"), encoding="utf-8")
    ledger.add_counts(counts_of(inputs.read_district(folder), MONDAY))
    books = read_books(read_district(folder), ledger)
    stuck = {each.unit: each.stuck for each in books.reconciled(MONDAY) if each.stuck}
    came = {done.unit: done.people for done in books.attributed}
    assert sum(stuck.values()) == sum(done.people for done in books.attributed)
    assert stuck.keys() == came.keys()


def test_a_permission_opens_the_date_that_was_agreed(folder: Path) -> None:
    """T2 is open on Sundays; its host agrees to the Saturday, and to no other day of that week."""
    entry, remarks = permit(
        read_district(folder), "Balai RW 02", "disetujui", day="5/12/2026", hours="09.00-11.00"
    )
    assert (entry.place, remarks) == ("T2", ())
    horizon = build_horizon(read_district(folder), NEXT_WEEK)
    site = next(site for site in horizon.instance.sites if site.id == "T2")
    assert dict(site.windows) == {date(2026, 12, 5): ((32400, 39600),)}
    venues: dict[str, Any] = {venue.id: venue for venue in horizon.venues}
    assert venues["T2"].is_confirmed
    later = build_horizon(read_district(folder), "2026-W50")
    assert not next(venue for venue in later.venues if venue.id == "T2").is_confirmed


def test_a_date_that_hours_exclude_is_pointed_out(folder: Path) -> None:
    """Hours written in a row are law: the place agreed, and is closed all the same."""
    _, remarks = permit(read_district(folder), "T2", "disetujui", day="5/12/2026")
    assert [message.template for message in remarks] == [
        "{name}: its hours do not include {day}; add --hours"
    ]


def test_the_last_word_of_a_host_holds(folder: Path) -> None:
    """Approved whenever the place is open, with a contact and a letter; then refused."""
    permit(read_district(folder), "T1", "disetujui", contact="Bu Ani", letter_number="470/12")
    venue = next(venue for venue in read_district(folder).venues if venue.id == "T1")
    assert (venue.permission, venue.contact) == (Permission.APPROVED, "Bu Ani")
    assert venue.letter_number == "470/12"
    permit(read_district(folder), "T1", "ditolak")
    venue = next(venue for venue in read_district(folder).venues if venue.id == "T1")
    assert venue.permission is Permission.REFUSED


def test_a_permission_that_cannot_be_understood_is_refused(folder: Path) -> None:
    """A misspelt state."""
    with pytest.raises(InputError, match=r"STATE: 'setuju' is not a permission status; did you"):
        permit(read_district(folder), "T1", "setuju")
