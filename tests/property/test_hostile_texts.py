"""A text in every column and setting of a district, and all that is made of its plan read back.

Each file is read by a program of somebody else: a workbook by openpyxl, a calendar by icalendar,
tracks by gpxpy, geographic files by GDAL, papers by poppler. Pages are in tests/browser.
"""

import csv
import json
import shutil
import subprocess
from dataclasses import replace
from io import StringIO
from pathlib import Path
from unicodedata import bidirectional, category

import gpxpy
import openpyxl
import pyogrio
import pytest
from icalendar import Calendar

from planner.analysis.comparison import Case
from planner.difference import compare_stops
from planner.errors import InputError
from planner.inputs import read_district
from planner.office.explain import ExplanationWriter, explain_left_out
from planner.office.paper import print_sheets, publish, unprintable_text
from planner.office.plan import plan_files, plan_week
from planner.office.search import Search
from planner.office.week_plan import WeekPlan
from planner.plan import Plan
from planner.render.change_text import encode_changes, format_changes
from planner.render.comparison_table import build_comparison_csv, build_comparison_lines
from planner.render.documents import office_documents
from planner.render.escape import to_data, to_line, to_terminal
from planner.render.route_sheets import typeset_changed_sheets
from planner.render.whatsapp import LOOK_ALIKES, compose_host_messages
from tests.builders.hostile_texts import (
    ALL_TEXTS,
    HOSTILE_TEXTS,
    OTHER_SETTINGS,
    REFUSED_TEXTS,
    hostile_folder,
)

pytestmark = [pytest.mark.slow, pytest.mark.process]

IDS = range(len(HOSTILE_TEXTS))
WEEK = "2026-W48"
READABLE = {chr(code) for code in range(32, 127)}
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
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


@pytest.mark.gate
@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=IDS)
def test_changes_and_explanations_say_the_text(tmp_path: Path, text: str) -> None:
    """One stop less, and back; a scenario and a reason of that name; why a place is left out."""
    plan = plan_of(tmp_path, text)
    district, words = plan.horizon.district, plan.horizon.district.office.words
    (name,) = {venue.name for venue in plan.venues.values()}
    fewer = Plan(routes=plan.plan.routes[:-1])
    changes = compare_stops(fewer, plan.plan)
    venues = {venue.id: venue for venue in district.venues}
    given = fewer, plan.plan, changes, venues
    lines = [*format_changes(*given, words)]
    assert json.loads(json.dumps(encode_changes(*given)))
    case = Case(name=name, changes=(), horizon=plan.horizon, result=plan.result)
    base = replace(case, name="")
    lines += build_comparison_lines(base, [case], words)
    left_out = explain_left_out(
        plan, search=Search(iterations=1, processes=1), cache=tmp_path / "cache"
    )
    assert left_out
    writer = ExplanationWriter(plan.horizon, words)
    for why in left_out:
        lines += [writer.reason_line(why), *writer.sentences(why)]
    shown = "".join(map(to_terminal, lines))
    assert to_terminal(name) in shown
    assert not any(category(char) == "Cc" or bidirectional(char) in TURNS for char in shown)
    files = compose_host_messages(plan.itinerary, changes, venues, reason=text)
    files |= typeset_changed_sheets(plan.itinerary, plan.itinerary.routes)
    assert len(files) > 2
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
        READERS[Path(file).suffix](tmp_path / file, name)
    (tmp_path / "comparison.csv").write_bytes(build_comparison_csv(base, [case], words))
    read_table(tmp_path / "comparison.csv", name)


@pytest.mark.gate
@pytest.mark.parametrize("setting", OTHER_SETTINGS)
def test_another_setting_takes_a_text_or_says_why_not(tmp_path: Path, setting: str) -> None:
    """Each text in turn: read, or told with the name of its section."""
    hostile_folder(tmp_path, "Balai")
    section = setting.partition(".")[0]
    for text in ALL_TEXTS:
        try:
            read_district(tmp_path, {setting: text})
        except InputError as error:
            told = "\n".join(map(str, error.messages))
            assert section in told or text in told, text


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
    # An order stands before a name, and both have 30 characters.
    assert all(to_line(name, 20).removesuffix("…") in place for place in places)


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
    if path.name.startswith(("text-", "message-")):
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
