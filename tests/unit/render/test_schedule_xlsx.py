"""The workbook that offices know."""

from dataclasses import replace
from io import BytesIO

import openpyxl

from planner.analysis.itinerary import Itinerary
from planner.render.schedule_xlsx import build_schedule_xlsx
from tests.builders.horizons import horizon, result


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
