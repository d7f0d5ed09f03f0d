"""The schedule as a table."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import openpyxl

from planner.analysis.itinerary import Itinerary
from planner.render.schedule_tables import build_schedule_csv, build_schedule_xlsx
from planner.venues import POINT
from tests.builders.districts import venue
from tests.builders.horizons import horizon, result


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
        "Mobil": "A",
        "Nomor polisi": "X 1 YZ",
        "Urutan": "1",
        "Lokasi": "Nama P1",
        "Alamat": "Jalan Satu",
        "Kelurahan": "Kecil",
        "Kecamatan": "Utara",
        "Tiba": "07.50",
        "Mulai": "08.20",
        "Selesai": "09.30",
        "Berangkat": "09.50",
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
        "Lokasi",
        "Kelurahan/Kecamatan",
        "Waktu",
        "Jenis layanan",
        "Mobil/Tim",
        "Petugas",
        "Penanggung jawab lokasi",
        "Keterangan",
    ]
    assert first[3].value == "Kecil/Utara"
    assert first[0].value == 1
    assert (first[8].value, first[8].data_type) == ("=1+1", "s")


def test_the_workbook_states_the_version_of_the_plan() -> None:
    """The third one of the week, in its properties and at the foot of each page."""
    content = build_schedule_xlsx(Itinerary(horizon(), result().plan, 3))
    workbook = openpyxl.load_workbook(BytesIO(content))
    assert workbook.properties.subject == "2026-W48, versi 3"
    footer = workbook.worksheets[0].oddFooter
    assert footer is not None
    assert footer.left.text == "2026-W48, versi 3"
