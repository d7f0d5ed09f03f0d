"""A text in every column and setting of a district, and all that is made of its plan read back.

Each file is read by a program of somebody else: a workbook by openpyxl, a calendar by icalendar,
tracks by gpxpy, geographic files by GDAL, papers by poppler. Pages are in tests/browser.
"""

import csv
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import gpxpy
import openpyxl
import pyogrio
import pytest
from icalendar import Calendar

from planner.errors import InputError
from planner.inputs import read_district
from planner.office.paper import print_sheets, publish, unprintable_text
from planner.office.plan import plan_files, plan_week
from planner.office.search import Search
from planner.office.session import WeekPlan
from planner.render.documents import office_documents
from planner.render.escape import to_data, to_line
from planner.render.whatsapp import LOOK_ALIKES
from tests.builders.hostile_texts import HOSTILE_TEXTS, REFUSED_TEXTS, hostile_folder

pytestmark = [pytest.mark.slow, pytest.mark.process]

IDS = range(len(HOSTILE_TEXTS))
WEEK = "2026-W48"
READABLE = {chr(code) for code in range(32, 127)}
PDFTOTEXT = shutil.which("pdftotext")


def plan_of(folder: Path, text: str) -> WeekPlan:
    """A plan that visits two of three places of the district."""
    district = read_district(hostile_folder(folder, text).path)
    plan = plan_week(district, WEEK, search=Search(solver="greedy"), cache=folder / "cache")
    assert len(plan.plan.served()) == 2
    return plan


@pytest.mark.parametrize("text", REFUSED_TEXTS, ids=range(len(REFUSED_TEXTS)))
def test_a_text_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    """Blank, or a formula that a spreadsheet program did not compute."""
    with pytest.raises(InputError, match=r"is a formula without a result|is blank"):
        read_district(hostile_folder(tmp_path, text).path)


@pytest.mark.gate
@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=IDS)
def test_every_file_is_read_by_others(tmp_path: Path, text: str) -> None:
    """What they read is the text, on one line."""
    plan = plan_of(tmp_path, text)
    (name,) = {venue.name for venue in plan.venues.values()}
    files = plan_files(plan) | publish(plan, drafts=True)
    files |= office_documents(plan.itinerary, drafts=True)
    files |= print_sheets(plan)
    assert all("/" not in name and "\\" not in name for name in files)
    for file, content in files.items():
        path = tmp_path / file
        path.write_bytes(content)
        READERS.get(path.suffix, no_reader)(path, name)
    for problem in unprintable_text(plan):
        assert "papers show" in problem.message


def no_reader(path: Path, name: str) -> None:
    """Pictures and matrices hold no text."""
    assert path.suffix in {".png", ".npy", ".json"}


def read_workbook(path: Path, name: str) -> None:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(to_line(name, 60).removesuffix("…") in str(cell.value) for cell in cells)


def read_calendar(path: Path, name: str) -> None:
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert events
    assert all(to_line(name, 60).removesuffix("…") in str(event["location"]) for event in events)


def read_track(path: Path, name: str) -> None:
    track = gpxpy.parse(path.read_text(encoding="utf-8"))
    places = [str(point.name) for point in track.waypoints]
    assert all(to_line(name, 60).removesuffix("…") in place for place in places)


def read_features(path: Path, name: str) -> None:
    if path.suffix == ".gpkg":
        written = pyogrio.read_dataframe(path, layer="pemberhentian")["nama"]
    else:
        features = pyogrio.read_dataframe(path)
        written = features[features["kind"] == "stop"]["name"]
    assert set(written) == {name}


def read_pdf(path: Path, name: str) -> None:
    if PDFTOTEXT is None:
        return
    done = subprocess.run(
        [PDFTOTEXT, str(path), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stderr == ""
    shown = to_line(name, 30).removesuffix("…")
    if set(shown) <= READABLE:
        assert squeeze(shown) in squeeze(done.stdout)


def squeeze(text: str) -> str:
    """Without what lines are broken at."""
    return "".join(text.replace("\u200b", "").replace("\x0c", "").split())


def read_notice(path: Path, name: str) -> None:
    content = path.read_bytes().decode()
    if path.name.startswith("text-"):
        assert to_line(name).translate(LOOK_ALIKES) in content


def read_table(path: Path, name: str) -> None:
    content = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(StringIO(content, newline=""), delimiter=";"))
    bare = to_data(name).replace("'", "")
    assert any(bare in cell.replace("'", "") for row in rows for cell in row)
    for separator in ",;\t|":
        for row in csv.reader(StringIO(content, newline=""), delimiter=separator):
            for cell in row:
                visible = "".join(char for char in cell if char.isprintable()).strip(' "\u3164')
                assert not visible.startswith(("=", "+", "-", "@", "＝"))


READERS = {
    ".xlsx": read_workbook,
    ".ics": read_calendar,
    ".gpx": read_track,
    ".gpkg": read_features,
    ".geojson": read_features,
    ".pdf": read_pdf,
    ".txt": read_notice,
    ".csv": read_table,
}
