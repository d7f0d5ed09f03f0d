"""The schedule as a table."""

import csv
from dataclasses import replace
from datetime import date, time
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from planner.analysis.itinerary import Itinerary
from planner.plan import Plan
from planner.render.schedule_tables import LINE_PT, build_schedule_csv, build_schedule_xlsx
from planner.venues import POINT
from tests.builders.districts import venue
from tests.builders.horizons import horizon, itinerary, result


def rows(**changes: Any) -> list[dict[str, str]]:
    text = build_schedule_csv(Itinerary(horizon(**changes), result().plan)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";" if ";" in text else ","))


def test_the_schedule_has_a_row_per_stop() -> None:
    """Two on Saturday, one on Sunday; the school is a draft."""
    assert [row["Lokasi"] for row in rows()] == ["Nama P1", "Nama S1", "Nama O1"]
    assert [row["Keterangan"] for row in rows()] == ["", "DRAF", ""]
    assert rows()[0] == {
        "No": "1",
        "Hari/Tanggal": "Sabtu, 28 November 2026",
        "Tanggal": "2026-11-28",
        "Mobil": "A",
        "Nomor polisi": "X 1 YZ",
        "Urutan": "1",
        "Lokasi": "Nama P1",
        "Alamat": "Jalan Satu",
        "Kelurahan": "Kecil",
        "Kecamatan": "Utara",
        "Tiba": "07:50",
        "Mulai": "08:20",
        "Selesai": "09:30",
        "Berangkat": "09:50",
        "Istirahat": "",
        "Sasaran": "20",
        "Kontak": "Ketua RW, 0800",
        "Izin": "disetujui",
        "Keterangan": "",
    }


def test_the_schedule_speaks_the_offices_language() -> None:
    """English by setting."""
    assert rows(language="en")[1]["Permission"] == "letter sent"


def test_the_schedule_runs_no_formula() -> None:
    """A point called ``=1+1``."""
    named = venue("P1", POINT, -7.0, name="=1+1")
    given = (named, *horizon().district.venues[1:])
    assert rows(venues=given)[0]["Lokasi"] == "'=1+1"


def test_the_workbook_has_the_offices_columns_and_no_formula() -> None:
    """A contact called ``=1+1``."""
    given = horizon()
    venues = tuple(replace(venue, contact="=1+1") for venue in given.venues)
    content = build_schedule_xlsx(Itinerary(replace(given, venues=venues), result().plan))
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    head, first, *_ = sheet.iter_rows()
    assert [cell.value for cell in head] == [
        "No",
        "Hari/Tanggal",
        "Tanggal",
        "Lokasi",
        "Kelurahan/Kecamatan",
        "Waktu",
        "Mulai",
        "Selesai",
        "Jenis layanan",
        "Mobil/Tim",
        "Petugas",
        "Penanggung jawab lokasi",
        "Keterangan",
    ]
    assert first[4].value == "Kecil/Utara"
    assert first[0].value == 1
    assert (first[11].value, first[11].data_type) == ("=1+1", "s")


def test_the_workbook_states_the_version_of_the_plan() -> None:
    """The third one of the week, in its properties and at the foot of each page."""
    content = build_schedule_xlsx(Itinerary(horizon(), result().plan, 3))
    workbook = openpyxl.load_workbook(BytesIO(content))
    assert workbook.properties.subject == "2026-W48, versi 3"
    footer = workbook.worksheets[0].oddFooter
    assert footer is not None
    assert footer.left.text == "2026-W48, versi 3"


def test_dates_and_times_of_the_workbook_are_no_texts() -> None:
    """Saturday from 08.20 to 09.30, read by another library than the one that wrote it."""
    rows = CalamineWorkbook.from_filelike(
        BytesIO(build_schedule_xlsx(itinerary()))
    ).get_sheet_by_index(0)
    _, first, *_ = rows.to_python()
    assert (first[1], first[2]) == ("Sabtu, 28 November 2026", date(2026, 11, 28))
    assert (first[5], first[6], first[7]) == ("08.20–09.30 WIB", time(8, 20), time(9, 30))


def test_an_empty_schedule_keeps_its_columns() -> None:
    """As workbook and as CSV."""
    nothing = Itinerary(horizon(), Plan())
    workbook = CalamineWorkbook.from_filelike(BytesIO(build_schedule_xlsx(nothing)))
    (head,) = workbook.get_sheet_by_index(0).to_python()
    assert len(head) == 13
    assert build_schedule_csv(nothing).decode("utf-8-sig").startswith("No;Hari/Tanggal;Tanggal;")


def test_a_row_of_the_workbook_is_as_high_as_its_longest_text() -> None:
    """An address of some 200 letters needs more lines than a short one; none is cut off."""
    given = horizon()
    long = replace(given.district.venues[0], address="Jalan Melati Raya Nomor " * 8)
    venues = (long, *given.venues[1:])
    content = build_schedule_xlsx(Itinerary(replace(given, venues=venues), result().plan))
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in range(2, sheet.max_row + 1)]
    assert heights[0] > 3 * min(heights)
    assert all(height is not None and height >= LINE_PT for height in heights)
