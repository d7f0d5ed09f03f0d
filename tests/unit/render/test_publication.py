"""What is sent out, and what stays in the office."""

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import gpxpy
import openpyxl
import pypdf
import pytest
from icalendar import Calendar

from planner.analysis.itinerary import Itinerary
from planner.analysis.visits import public_visits
from planner.errors import InputError
from planner.horizon import unvisited_venues
from planner.plan import Plan, Result, Route
from planner.render.documents import (
    find_unprintable_text,
    office_documents,
    public_documents,
)
from planner.render.escape import to_line
from planner.render.geopackage import build_geopackage
from planner.render.gpx import build_tracks
from planner.render.ical import build_calendar
from planner.render.letters import typeset_letters
from planner.render.notices import LOOK_ALIKES, compose_notices
from planner.render.poster import typeset_posters
from planner.render.schedule_xlsx import build_schedule_xlsx
from tests.builders.districts import SATURDAY
from tests.builders.horizons import horizon, result
from tests.unit.render.hostile import TEXTS, hostile_weekend


def itinerary(found: Result | None = None) -> Itinerary:
    return Itinerary(horizon(), (found or result()).plan)


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def size_of(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def two_vans(gap_s: int) -> Result:
    """The point served twice on Saturday, the second time so long after the first's end."""
    first = result().plan.routes[0]
    stop = first.stops[0]
    later = gap_s + stop.packup_s - stop.serve_s
    second = replace(
        stop,
        arrive_s=stop.arrive_s + later,
        setup_s=stop.setup_s + later,
        serve_s=stop.serve_s + later,
        packup_s=stop.packup_s + later,
        depart_s=stop.depart_s + later,
    )
    routes = tuple(
        Route(van_id="A", date=SATURDAY, leave_s=27600, return_s=60000, stops=(halt,))
        for halt in (stop, second)
    )
    return replace(result(), plan=Plan(routes=routes))


def test_only_confirmed_places_are_public() -> None:
    """The school, whose letter is on its way, is in no file; with drafts it is, marked."""
    given = horizon()
    public = public_documents(given, result(), drafts=False)
    assert sorted(public) == [
        "poster-1080x1350-1.png",
        "poster-A4-1.png",
        "schedule.ics",
        "schedule.pdf",
        "text-Nama-O1.txt",
        "text-Nama-P1.txt",
    ]
    assert "S1" not in text_of(public["schedule.pdf"]) + public["schedule.ics"].decode()
    drafts = public_documents(given, result(), drafts=True)
    assert "Nama S1 DRAF" in text_of(drafts["schedule.pdf"])
    assert drafts["text-Nama-S1.txt"].decode().startswith("DRAF, belum untuk disebarkan\n")
    assert "SUMMARY:DRAF Perekaman" in drafts["schedule.ics"].decode()


def test_nothing_confirmed_is_nothing_to_publish() -> None:
    """Only the school is planned."""
    route = result().plan.routes[0]
    plan = Plan(routes=(replace(route, stops=route.stops[1:]),))
    with pytest.raises(InputError, match="no place in it is confirmed"):
        public_documents(horizon(), replace(result(), plan=plan), drafts=False)


def test_public_hours_are_round_and_inside_the_plan() -> None:
    """Service from 08.21 to 09.33 is told as 08.25 to 09.30; one of four minutes stays."""
    route = result().plan.routes[0]
    long, short = (
        replace(route.stops[0], serve_s=30060, packup_s=34380),
        replace(route.stops[0], serve_s=30060, packup_s=30240),
    )
    for stop, hours in ((long, (30300, 34200)), (short, (30060, 30240))):
        plan = Plan(routes=(replace(route, stops=(stop,)),))
        (visit,) = public_visits(itinerary(replace(result(), plan=plan)), drafts=False)
        assert visit.hours == hours


@pytest.mark.parametrize(("gap_s", "count"), [(0, 1), (3600, 2)])
def test_vans_at_one_place_are_one_visit_unless_nobody_is_there(gap_s: int, count: int) -> None:
    """The second van begins when the first ends, or an hour later."""
    assert len(public_visits(itinerary(two_vans(gap_s)), drafts=False)) == count


def test_posters_have_the_size_of_phones_and_paper() -> None:
    """1080 x 1350 pixels, and A4 with 150 dots per inch."""
    files = typeset_posters(itinerary(), drafts=False)
    assert size_of(files["poster-1080x1350-1.png"]) == (1080, 1350)
    assert size_of(files["poster-A4-1.png"]) == (1240, 1754)


def test_the_public_schedule_has_no_internal_numbers() -> None:
    """Day, hours, place, address; neither people nor plates nor contacts."""
    text = text_of(typeset_posters(itinerary(), drafts=False)["schedule.pdf"])
    assert "Sabtu, 28 November 2026" in text
    assert "08.20–09.30 WIB Nama P1 Jalan Satu, Kecil" in text
    assert "kartu keluarga (KK)" in text
    for hidden in ("0800", "X 1 YZ", "Mobil", "Sasaran"):
        assert hidden not in text


def test_a_text_for_whatsapp_tells_place_date_hours_and_what_to_bring() -> None:
    """The point, with stars in its name that would make bold letters."""
    given = horizon()
    starred = [replace(venue, name="Balai *RW*") for venue in given.venues]
    files = compose_notices(
        Itinerary(replace(given, venues=tuple(starred)), result().plan), drafts=False
    )
    assert files["text-Balai-RW.txt"].decode() == (
        "*Jemput Bola Perekaman KTP-el*\n"
        "Dinas Kota Kecil\n"
        "\n"
        "*Balai \u2217RW\u2217*\n"
        "Kecil\n"
        "Minggu, 29 November 2026, 08.30–09.40 WIB\n"
        "\n"
        "Bawa kartu keluarga (KK).\n"
        "Untuk warga berusia 17 tahun ke atas atau sudah menikah;"
        " usia 16 tahun sudah boleh merekam.\n"
        "Gratis, tidak dipungut biaya.\n"
        "Peta: https://maps.google.com/?q=-7.020000,109.990000\n"
    )
    assert len(files) == 2


def test_hosts_get_letters_and_crews_get_orders() -> None:
    """The RW is told, school and office are asked; one letter each, drafts too."""
    files = typeset_letters(itinerary())
    assert [*files] == [
        "letters.pdf",
        "assignments.pdf",
        "letter-Nama-O1.pdf",
        "letter-Nama-P1.pdf",
        "letter-Nama-S1.pdf",
        "assignment-2026-11-28-A.pdf",
        "assignment-2026-11-29-A.pdf",
    ]
    assert "Ketua RW/pengelola Nama P1 Jalan Satu" in text_of(files["letter-Nama-P1.pdf"])
    assert "Kepala Sekolah Nama S1" in text_of(files["letter-Nama-S1.pdf"])
    assert "mohon izin" in text_of(files["letter-Nama-O1.pdf"])
    assert "mohon izin" not in text_of(files["letter-Nama-P1.pdf"])
    order = text_of(files["assignment-2026-11-28-A.pdf"])
    assert "SURAT PERINTAH TUGAS" in order
    assert "1. Nama P1, 08.20–09.30 WIB 2. Nama S1, 10.30–11.40 WIB (DRAF)" in order


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


def test_the_calendar_is_in_world_time() -> None:
    """08.20 WIB is 01.20 UTC."""
    calendar = Calendar.from_ical(build_calendar(itinerary(), drafts=False))
    first, second = calendar.walk("VEVENT")
    assert first.decoded("dtstart") == datetime(2026, 11, 28, 1, 20, tzinfo=UTC)
    assert first["summary"] == "Perekaman KTP-el: Nama P1"
    assert second["location"] == "Nama O1, Kecil"


def test_a_calendar_of_changed_hours_changes_the_events() -> None:
    """The point is served an hour later than first published; a second visit has its own name."""
    names = [
        [event["uid"] for event in Calendar.from_ical(content).walk("VEVENT")]
        for content in (
            build_calendar(itinerary(two_vans(gap_s)), drafts=False) for gap_s in (3600, 7200)
        )
    ]
    assert names[0] == names[1]
    assert len({*names[0]}) == 2


def test_a_track_has_the_way_and_its_places() -> None:
    """Saturday: depot and two stops; three drives of three points."""
    files = build_tracks(itinerary())
    track = gpxpy.parse(files["route-2026-11-28-A.gpx"].decode())
    assert [point.name for point in track.waypoints] == ["Kantor", "1 Nama P1", "2 Nama S1"]
    assert [len(segment.points) for segment in track.tracks[0].segments] == [3, 3, 3]
    assert track.time is None


def test_the_geopackage_brings_its_styles(tmp_path: Path) -> None:
    """Four layers, each with one default style of symbols and columns that are there."""
    given = horizon()
    path = tmp_path / "plan.gpkg"
    path.write_bytes(build_geopackage(given, result(), unvisited_venues(given, result().plan)))
    with sqlite3.connect(path) as database:
        rows = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML FROM layer_styles"
            " WHERE useAsDefault ORDER BY id"
        ).fetchall()
        drawn = database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        assert {(name, column) for name, column, _ in rows} == {*drawn}
    database.close()
    assert [name for name, *_ in rows] == ["routes", "stops", "depots", "left_out"]
    for name, _, text in rows:
        layer = geopandas.read_file(path, layer=name)
        style = ElementTree.fromstring(text)
        renderer = style.find("renderer-v2")
        assert renderer is not None
        symbols = {symbol.get("name"): symbol for symbol in renderer.iter("symbol")}
        shapes = {"Point": "marker", "LineString": "line"}
        assert {symbol.get("type") for symbol in symbols.values()} == {
            shapes[kind] for kind in layer.geom_type
        }
        if renderer.get("type") == "categorizedSymbol":
            categories = {
                item.get("value"): item.get("symbol") for item in renderer.iter("category")
            }
            assert {*layer[renderer.get("attr")]} <= {*categories}
            assert {*categories.values()} == {*symbols}
        else:
            assert [*symbols] == ["0"]
        for label in style.iter("text-style"):
            columns = re.findall('"([^"]+)"', str(label.get("fieldName")))
            assert columns
            assert {*columns} <= {*layer.columns}


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Every file of both packs, twice."""
    once, again = (
        public_documents(horizon(), result(), drafts=True) | office_documents(horizon(), result())
        for _ in range(2)
    )
    assert once == again


def test_signs_without_a_glyph_are_named() -> None:
    """A Cherokee letter, which no font here has; emoji and Javanese are drawn."""
    given = hostile_weekend("Balai \u13a0")
    lines = [str(problem) for problem in find_unprintable_text(given, result())]
    assert (
        "points P1 name: no font has '\u13a0' (U+13A0), papers show \ufffd;"
        " write it with other signs"
    ) in lines
    assert not list(find_unprintable_text(hostile_weekend("ꦧ 😀\n"), result()))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_texts_break_no_file(text: str) -> None:
    """Markup, formulas, long names; every file is read again."""
    given = hostile_weekend(text)
    public = public_documents(given, result(), drafts=True)
    office = office_documents(given, result())
    assert len(Calendar.from_ical(public["schedule.ics"]).walk("VEVENT")) == 3
    sheet = openpyxl.load_workbook(BytesIO(office["schedule.xlsx"])).active
    assert sheet is not None
    assert sheet.max_row == 4
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    line = to_line(text, 60).removesuffix("…")
    assert all(line in str(row[2].value) for row in sheet.iter_rows(min_row=2))
    events = Calendar.from_ical(public["schedule.ics"]).walk("VEVENT")
    assert all(line in str(event["location"]) for event in events)
    for name, content in (public | office).items():
        assert "/" not in name
        if name.endswith(".gpx"):
            track = gpxpy.parse(content.decode())
            assert len(track.tracks) == 1
            assert all(line in str(point.name) for point in track.waypoints)
        if name.endswith(".txt"):
            assert line.translate(LOOK_ALIKES) in content.decode()
        if name.endswith(".pdf"):
            assert pypdf.PdfReader(BytesIO(content)).pages
    assert [name for name in public if name.endswith(".png")] == [
        "poster-1080x1350-1.png",
        "poster-A4-1.png",
    ]
