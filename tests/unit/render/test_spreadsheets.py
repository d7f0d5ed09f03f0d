"""The schedule in a spreadsheet program: LibreOffice reads what other libraries wrote."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from planner.analysis.itinerary import Itinerary
from planner.horizon import Horizon
from planner.render.schedule_tables import build_schedule_csv, build_schedule_xlsx
from tests.builders.horizons import horizon, itinerary, result
from tests.builders.spreadsheets import convert

pytestmark = [pytest.mark.gate, pytest.mark.process]

WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>'
)

DOTS = 144
"""Per inch, two to a point."""

NAMES = (
    "Balai pertemuan warga RW 01 di samping masjid raya, pintu belakang",
    "MMMMM WWWWW MMMMM WWWWW MMMMM WWWWW",
    "a" * 90,
    "iii lll iii lll iii lll iii lll iii lll iii lll iii lll",
)


def crowded(name: str) -> Horizon:
    """The little weekend with places, contacts and vans of long names."""
    texts: dict[str, Any] = {"name": name, "address": f"Jalan {name}", "contact": name}
    given = horizon()
    venues = tuple(replace(venue, **texts) for venue in given.district.venues)
    vehicles = tuple(replace(each, plate=f"ZZ {name[:60]}") for each in given.district.vehicles)
    return horizon(venues=venues, vehicles=vehicles)


def horizontal_lines(picture: Image.Image) -> list[float]:
    """Where lines run through a whole table, in points from the top."""
    dark = picture.convert("L").point(lambda grey: 255 * (grey < 140))
    box = dark.crop((0, 0, dark.width, round(0.9 * dark.height))).getbbox()
    assert box is not None
    left, top, right, bottom = box
    rows = (
        row
        for row in range(top, bottom)
        if dark.crop((left, row, right, row + 1)).histogram()[255] > 0.95 * (right - left)
    )
    lines = [row * 72 / DOTS for row in rows]
    return [at for at, before in zip(lines, [-9.0, *lines], strict=False) if at - before > 1]


def printed_rows(pdf: Path) -> Iterator[Counter[str]]:
    """Characters between each two lines of a table; none of them is cut by a line."""
    told = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    words = [(float(top), float(end), text) for _, top, end, text in WORD.findall(told.stdout)]
    picture = subprocess.run(
        ["pdftoppm", "-r", str(DOTS), "-png", str(pdf)], check=True, capture_output=True
    )
    lines = horizontal_lines(Image.open(BytesIO(picture.stdout)))
    for above, below in pairwise(lines):
        row = [word for word in words if above - 2 < word[0] < below - 2]
        assert all(above - 1 <= top and end <= below + 1 for top, end, _ in row), row
        yield Counter("".join(text for *_, text in row))


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_rows_show_all_their_lines(tmp_path: Path, name: str) -> None:
    """In print, each row has the characters of its own cells between its lines, and no others."""
    path = tmp_path / "schedule.xlsx"
    path.write_bytes(build_schedule_xlsx(Itinerary(crowded(name), result().plan)))
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    printed = [*printed_rows(convert(path, "pdf"))]
    assert len(printed) == len(cells) == 4
    for row, shown in zip(cells, printed, strict=True):
        assert Counter("".join(map(printed_text, row)).replace(" ", "")) == shown


def printed_text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return str(int(cell)) if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize(("language", "separator", "locale"), [("id", 59, 1057), ("en", 44, 1033)])
def test_a_csv_opens_with_times_and_dates(
    tmp_path: Path, language: str, separator: int, locale: int
) -> None:
    """In a program of the folder's language; 08:20 is a time, and the date a date."""
    path = tmp_path / "schedule.csv"
    at = Itinerary(horizon(language=language), result().plan)
    path.write_bytes(build_schedule_csv(at))
    options = f"--infilter=CSV:{separator},34,76,1,,{locale},false,true"
    book = CalamineWorkbook.from_path(convert(path, "xlsx", options))
    head, first, *_ = book.get_sheet_by_index(0).to_python()
    row = dict(zip(head, first, strict=True))
    words = at.horizon.district.office.words
    assert row[words("Calendar date")] == date(2026, 11, 28)
    assert row[words("Serve from")] == time(8, 20)
    assert row[words("People")] == 20
    assert row[words("Place")] == "Nama P1"


def test_the_workbook_is_the_same_in_every_run() -> None:
    """Byte by byte."""
    assert build_schedule_xlsx(itinerary()) == build_schedule_xlsx(itinerary())
