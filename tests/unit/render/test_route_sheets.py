"""What the crew holds in its hands."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pytest
import segno

from planner.analysis.itinerary import Itinerary
from planner.horizon import Horizon
from planner.model import Break
from planner.plan import Plan, Result, Route, Stop
from planner.render.route_sheets import build_sheets_data, maps_link, typeset_sheets
from planner.render.typesetting import typeset_png
from planner.venues import POINT
from tests.builders.districts import SATURDAY, venue
from tests.builders.horizons import horizon, result
from tests.unit.render.hostile import TEXTS, hostile_weekend


def itinerary(given: Horizon | None = None, found: Result | None = None) -> Itinerary:
    return Itinerary(given or horizon(), (found or result()).plan)


def pages(pdf: bytes) -> list[str]:
    return [
        " ".join(page.extract_text().replace("\u200b", "").split())
        for page in pypdf.PdfReader(BytesIO(pdf)).pages
    ]


def catalog(pdf: bytes) -> Any:
    return pypdf.PdfReader(BytesIO(pdf)).root_object


def many_stops(count: int) -> tuple[Horizon, Result]:
    """A day with so many short stops in one street."""
    venues = tuple(venue(f"P{number:02}", POINT, -7.0 - number / 2000) for number in range(count))
    homes = tuple(
        replace(horizon().district.neighbourhoods[0], lat=place.lat, rt=f"{number:03}")
        for number, place in enumerate(venues)
    )
    stops = tuple(
        Stop(
            site_id=place.id,
            arrive_s=28800 + 1000 * number,
            setup_s=28800 + 1000 * number,
            serve_s=28900 + 1000 * number,
            packup_s=29300 + 1000 * number,
            depart_s=29400 + 1000 * number,
            people=5,
        )
        for number, place in enumerate(venues)
    )
    route = Route(van_id="A", date=SATURDAY, leave_s=28200, return_s=50000, stops=stops)
    found = replace(result(people=5 * count), plan=Plan(routes=(route,)))
    return horizon(venues=venues, neighbourhoods=homes), found


def test_every_van_day_has_a_sheet_and_one_file_has_all() -> None:
    """Van A on Saturday and Sunday, each with directions on its back."""
    files = typeset_sheets(itinerary())
    assert [*files] == ["sheets.pdf", "sheet-2026-11-28-A.pdf", "sheet-2026-11-29-A.pdf"]
    assert len(pages(files["sheets.pdf"])) == 4
    assert len(pages(files["sheet-2026-11-29-A.pdf"])) == 2


def test_a_sheet_says_all_the_crew_needs() -> None:
    """Saturday: the point from 08.20 to 09.30 for 20 people, then the school, a draft."""
    front, back = pages(typeset_sheets(itinerary())["sheet-2026-11-28-A.pdf"])
    for text in (
        "Dinas Kota Kecil",
        "Lembar rute · Mobil A · Sabtu, 28 November 2026",
        "Nomor polisi X 1 YZ",
        "Berangkat pukul 07.40 · Kantor",
        "Nama P1 Jalan Satu Ketua RW, 0800 5,0 km 10 menit 07.50 07.50 08.20–09.30 09.50 20 2 –",
        "DRAF · Izin: surat dikirim",
        "Kembali pukul 12.10 · Kantor · 5,0 km, 10 menit",
        "Rekam < 17 Rekam 17+ Cetak IKD Gagal Tidak hadir Kendala",
        "© Jalan & Kawan",
    ):
        assert text in front
    assert "1. Nama P1 (5,0 km, 10 menit)" in back
    assert "Berangkat ke arah utara lewat Jalan Satu 5,0 km" in back


def test_a_sheet_names_the_break_and_the_cards() -> None:
    """Lunch from 12.00 for 45 minutes, 100 cards on board."""
    given, found = horizon(), result()
    van = replace(
        given.district.vehicles[0],
        crew_break=Break(earliest_s=41400, latest_s=45000, length_s=2700),
        max_people=100,
    )
    saturday = replace(found.plan.routes[0], break_start_s=43200)
    changed = replace(given, district=replace(given.district, vehicles=(van,)))
    plan = replace(found, plan=Plan(routes=(saturday,)))
    front = pages(typeset_sheets(itinerary(changed, plan))["sheets.pdf"])[0]
    assert "Blangko dibawa 100 Istirahat 12.00–12.45 WIB" in front
    assert "20 2 20" in front


def test_a_long_day_continues_on_another_page() -> None:
    """Twelve stops: the table's head stands on both pages, no stop is torn, the map follows."""
    first, second, *_ = pages(typeset_sheets(itinerary(*many_stops(12)))["sheets.pdf"])
    assert "Lokasi, alamat, kontak" in first
    assert "Lokasi, alamat, kontak" in second
    for number in range(12):
        assert f"Nama P{number:02}" in first + second
    assert "Koordinator" in second


def test_without_roads_there_are_no_directions_and_drives_are_called_an_estimate() -> None:
    """Straight lines lead nobody."""
    (front,) = pages(typeset_sheets(itinerary(horizon(roads=False)))["sheet-2026-11-28-A.pdf"])
    mark = "Perkiraan garis lurus: tidak ada berkas jalan"
    assert f"menit · {mark}" in front
    assert mark not in pages(typeset_sheets(itinerary())["sheet-2026-11-28-A.pdf"])[0]


def test_sheets_speak_the_offices_language() -> None:
    """English by setting; the document says so to screen readers."""
    pdf = typeset_sheets(itinerary(horizon(language="en")))["sheets.pdf"]
    assert "Route sheet · Van A · Saturday, 28 November 2026" in pages(pdf)[0]
    assert catalog(pdf)["/Lang"] == "en"


def test_sheets_are_tagged_for_screen_readers() -> None:
    """PDF/UA-1, with a title."""
    pdf = typeset_sheets(itinerary())["sheets.pdf"]
    assert catalog(pdf)["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in catalog(pdf)["/Metadata"].get_object().get_data()
    metadata = pypdf.PdfReader(BytesIO(pdf)).metadata
    assert metadata is not None
    assert metadata.title == "Lembar rute 2026-W48"


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Twice the same weekend, read twice."""
    assert typeset_sheets(itinerary()) == typeset_sheets(itinerary())


def test_every_code_is_read_from_a_grey_print() -> None:
    """150 dots per inch, as an office scanner or a poor printer has them."""
    zxingcpp = pytest.importorskip("zxingcpp", reason="reading codes needs zxing-cpp")
    image = pytest.importorskip("PIL.Image", reason="reading codes needs Pillow")
    at = itinerary()
    found = {
        code.text
        for picture in typeset_png("sheet.typ", build_sheets_data(at), 150)
        for code in zxingcpp.read_barcodes(image.open(BytesIO(picture)).convert("L"))
    }
    assert found == {maps_link(stop.venue) for stop in at.all_stops()}


def test_a_code_has_a_quiet_zone_of_four_modules() -> None:
    """On the sheet itself, where lines of the table are near: white around it at 600 dots."""
    zxingcpp = pytest.importorskip("zxingcpp", reason="reading codes needs zxing-cpp")
    image = pytest.importorskip("PIL.Image", reason="reading codes needs Pillow")
    picture = typeset_png("sheet.typ", build_sheets_data(itinerary()), 600)[0]
    grey = image.open(BytesIO(picture)).convert("L")
    codes = zxingcpp.read_barcodes(grey)
    assert len(codes) == 2
    for code in codes:
        modules = segno.make(code.text, error="m", micro=False).symbol_size(border=0)[0]
        left, top = code.position.top_left.x, code.position.top_left.y
        right, bottom = code.position.bottom_right.x, code.position.bottom_right.y
        zone = round(4 * (right - left) / modules) - 4
        around = (left - zone, top - zone, right + zone, bottom + zone)
        ring = grey.crop(around)
        ring.paste(255, (zone - 4, zone - 4, zone + right - left + 4, zone + bottom - top + 4))
        assert ring.getextrema() == (255, 255)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_texts_show_as_written_or_are_cut_visibly(text: str) -> None:
    """Markup, formulas, long names: a sheet of two pages, or one more for the longest."""
    front, *_ = pages(typeset_sheets(itinerary(hostile_weekend(text)))["sheet-2026-11-29-A.pdf"])
    shown = " ".join(text.replace("\u202e", "").replace("\x07", " ").split())
    if "ꦧ" not in shown and len(shown) < 200:
        assert shown.removesuffix("\u200f").replace(" ", "") in front.replace(" ", "")


ADDRESS = (
    "Jalan Raya Kenanga Timur Gang Melati Dalam Perumahan Mawar Indah Permai Blok Cempaka nomor 17"
)


def with_point(**changes: Any) -> Horizon:
    """The small weekend with another point."""
    given = horizon()
    point, *others = given.venues
    return replace(given, venues=(replace(point, **changes), *others))


def test_an_address_is_printed_to_its_number_and_the_crew_reads_the_note() -> None:
    """93 characters of address, and a word on where to park."""
    given = with_point(address=ADDRESS, note="parkir di belakang masjid")
    front, *_ = pages(typeset_sheets(itinerary(given))["sheet-2026-11-28-A.pdf"])
    assert ADDRESS in front
    assert "Keterangan: parkir di belakang masjid" in front


def test_no_stop_is_divided_between_two_pages() -> None:
    """Of 25 stops with long addresses, name and contact stand on one page."""
    given, found = many_stops(25)
    venues = tuple(replace(at, address=ADDRESS, contact=f"hub {at.id}") for at in given.venues)
    (sheet,) = (
        pages(pdf)
        for name, pdf in typeset_sheets(itinerary(replace(given, venues=venues), found)).items()
        if name != "sheets.pdf"
    )
    for at in venues:
        assert any(at.name in page and f"hub {at.id}" in page for page in sheet)


@pytest.mark.parametrize(
    ("break_start_s", "told"),
    [
        (31200, "08.20–09.30 istirahat 08.40–09.25"),
        (24000, "Berangkat pukul 07.40 · Kantor · istirahat 06.40–07.25"),
        (44000, "istirahat 12.13–12.58"),
    ],
    ids=["at the point", "before leaving", "after returning"],
)
def test_the_break_stands_where_it_falls(break_start_s: int, told: str) -> None:
    """In the row of its stop, or beside the depot at which it is taken."""
    crew_break = Break(earliest_s=0, latest_s=86400, length_s=2700)
    vehicle = replace(horizon().district.vehicles[0], crew_break=crew_break)
    first, *others = result().plan.routes
    plan = Plan(routes=(replace(first, break_start_s=break_start_s), *others))
    given = horizon(vehicles=(vehicle,))
    front, *_ = pages(
        typeset_sheets(itinerary(given, replace(result(), plan=plan)))["sheet-2026-11-28-A.pdf"]
    )
    assert told in front


def test_no_page_is_blank() -> None:
    """Sheets without directions have a page; the back of the first one is for notes."""
    given = pages(typeset_sheets(itinerary(horizon(roads=False)))["sheets.pdf"])
    assert ["Catatan" in page for page in given] == [False, True, False]


def test_many_sheets_settle() -> None:
    """Ten vans on one day, a page each: every other page is for notes."""
    vehicle = horizon().district.vehicles[0]
    vehicles = tuple(replace(vehicle, id=f"V{number}") for number in range(10))
    (route,) = result().plan.routes[1:]
    routes = tuple(replace(route, van_id=van.id) for van in vehicles)
    plan = Plan(routes=routes)
    given = itinerary(horizon(vehicles=vehicles, roads=False), replace(result(), plan=plan))
    sheets = pages(typeset_sheets(given)["sheets.pdf"])
    assert ["Catatan" in page for page in sheets] == [*[False, True] * 9, False]
