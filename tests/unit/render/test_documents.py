"""What is sent out, and what stays in the office."""

from dataclasses import replace
from fnmatch import fnmatch
from io import BytesIO

import gpxpy
import openpyxl
import pypdf
import pytest
from icalendar import Calendar

from planner.analysis.itinerary import Itinerary
from planner.errors import InputError
from planner.horizon import Horizon
from planner.plan import Plan
from planner.render.documents import (
    find_unprintable_text,
    office_documents,
    public_documents,
)
from planner.render.escape import to_line
from planner.render.whatsapp import LOOK_ALIKES
from planner.store.working_copy import PATTERNS
from tests.builders.horizons import horizon, itinerary, result
from tests.builders.pdfs import text_of
from tests.unit.render.hostile import TEXTS, hostile_weekend


def with_public(*public: str) -> Horizon:
    """The small weekend in which everybody may come to these places, and to no others."""
    given = horizon()
    venues = [replace(venue, public=venue.id in public) for venue in given.venues]
    return replace(given, venues=tuple(venues))


def test_all_papers_are_known_to_whoever_takes_them_away() -> None:
    """None of an older version may stay beside a newer plan, whomever a place is for."""
    given = Itinerary(with_public("P1"), result().plan)
    papers = {
        "public": public_documents(given, drafts=True),
        "office": office_documents(given, drafts=True),
    }
    for kind, files in papers.items():
        assert {n for n in files if not any(fnmatch(n, p) for p in PATTERNS[kind])} == set()


def test_only_confirmed_places_are_public() -> None:
    """The school, whose letter is on its way, is in no file; with drafts it is, marked."""
    given = with_public("P1", "S1", "O1")
    public = public_documents(Itinerary(given, result().plan), drafts=False)
    assert sorted(public) == [
        "poster-1080x1350-1.png",
        "poster-A4-1.png",
        "schedule.ics",
        "schedule.pdf",
        "text-Nama-O1.txt",
        "text-Nama-P1.txt",
    ]
    assert "S1" not in text_of(public["schedule.pdf"]) + public["schedule.ics"].decode()
    drafts = public_documents(Itinerary(given, result().plan), drafts=True)
    assert "Nama S1 DRAF" in text_of(drafts["schedule.pdf"])
    assert drafts["text-Nama-S1.txt"].decode().startswith("DRAF, belum untuk disebarkan\n")
    assert "SUMMARY:DRAF Perekaman" in drafts["schedule.ics"].decode()


def test_what_is_only_for_its_own_people_is_in_no_public_file() -> None:
    """The office, confirmed, has a text for its host in the office's papers, and no other."""
    given = Itinerary(with_public("P1"), result().plan)
    public = public_documents(given, drafts=False)
    assert "O1" not in text_of(public["schedule.pdf"]) + public["schedule.ics"].decode()
    assert [name for name in public if name.endswith(".txt")] == ["text-Nama-P1.txt"]
    office = office_documents(given, drafts=False)
    assert [name for name in office if name.endswith(".txt")] == ["text-Nama-O1.txt"]
    assert "Khusus untuk orang di tempat ini." in office["text-Nama-O1.txt"].decode()


def test_no_public_file_depends_on_a_count_of_people() -> None:
    """With other people in every table and at every stop all that everyone may see is the same."""
    given = with_public("P1", "S1", "O1")
    plan, instance, district = result().plan, given.instance, given.district
    routes = tuple(
        replace(route, stops=tuple(replace(stop, people=stop.people + 7) for stop in route.stops))
        for route in plan.routes
    )
    sites = tuple(replace(site, expected=site.expected + 911) for site in instance.sites)
    homes = tuple(
        replace(home, unrecorded=home.unrecorded + 3, unreachable=1, eligible=999)
        for home in district.neighbourhoods
    )
    venues = tuple(replace(venue, backlog=venue.backlog + 5) for venue in given.venues)
    other = replace(
        given,
        instance=replace(instance, sites=sites),
        district=replace(district, neighbourhoods=homes),
        venues=venues,
    )
    public = public_documents(Itinerary(given, plan), drafts=True)
    assert public == public_documents(Itinerary(other, replace(plan, routes=routes)), drafts=True)
    assert (
        office_documents(Itinerary(given, plan), drafts=True)["plan.gpkg"]
        != (
            office_documents(Itinerary(other, replace(plan, routes=routes)), drafts=True)[
                "plan.gpkg"
            ]
        )
    )


def test_a_text_for_pupils_says_so() -> None:
    """The school, as a draft."""
    office = office_documents(Itinerary(with_public("P1"), result().plan), drafts=True)
    text = office["text-Nama-S1.txt"].decode()
    assert text.startswith("DRAF, belum untuk disebarkan\n*Jemput Bola Perekaman KTP-el di tempat")
    assert "Khusus untuk siswa sekolah ini." in text


def test_a_week_of_restricted_places_has_no_public_file() -> None:
    """Nothing is to be told to everybody, and that is no mistake."""
    assert public_documents(Itinerary(with_public(), result().plan), drafts=False) == {}


def test_nothing_confirmed_is_nothing_to_publish() -> None:
    """Only the school is planned."""
    route = result().plan.routes[0]
    plan = Plan(routes=(replace(route, stops=route.stops[1:]),))
    with pytest.raises(InputError, match="no place in it is confirmed"):
        public_documents(Itinerary(horizon(), plan), drafts=False)


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Every file of both packs, twice."""
    once, again = (
        public_documents(itinerary(), drafts=True) | office_documents(itinerary(), drafts=True)
        for _ in range(2)
    )
    assert once == again


def test_signs_without_a_glyph_are_named() -> None:
    """A Cherokee letter, which no font here has; emoji and Javanese are drawn."""
    given = hostile_weekend("Balai \u13a0")
    lines = [str(problem) for problem in find_unprintable_text(Itinerary(given, result().plan))]
    assert (
        "points P1 name: no font has '\u13a0' (U+13A0), papers show \ufffd;"
        " write it with other characters"
    ) in lines
    drawn = Itinerary(hostile_weekend("ꦧ 😀\n"), result().plan)
    assert not list(find_unprintable_text(drawn))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_texts_break_no_file(text: str) -> None:
    """Markup, formulas, long names; every file is read again."""
    given = hostile_weekend(text)
    public = public_documents(Itinerary(given, result().plan), drafts=True)
    office = office_documents(Itinerary(given, result().plan), drafts=True)
    assert len(Calendar.from_ical(public["schedule.ics"]).walk("VEVENT")) == 3
    sheet = openpyxl.load_workbook(BytesIO(office["schedule.xlsx"])).active
    assert sheet is not None
    assert sheet.max_row == 4
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    line = to_line(text, 60).removesuffix("…")
    assert all(line in str(row[3].value) for row in sheet.iter_rows(min_row=2))
    events = Calendar.from_ical(public["schedule.ics"]).walk("VEVENT")
    assert all(line in str(event["location"]) for event in events)
    for name, content in (public | office).items():
        assert "/" not in name
        if name.endswith(".gpx"):
            track = gpxpy.parse(content.decode())
            assert len(track.tracks) == 1
            assert all(line in str(point.comment) for point in track.waypoints)
        if name.endswith(".txt"):
            assert line.translate(LOOK_ALIKES) in content.decode()
        if name.endswith(".pdf"):
            assert pypdf.PdfReader(BytesIO(content)).pages
    assert [name for name in public if name.endswith(".png")] == [
        "poster-1080x1350-1.png",
        "poster-A4-1.png",
    ]
