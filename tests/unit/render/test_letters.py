"""Letters to hosts, orders to crews."""

from base64 import b64decode
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner.analysis.itinerary import Itinerary
from planner.district import Turning17
from planner.errors import InputError
from planner.plan import Plan
from planner.render.letters import typeset_letters
from tests.builders.horizons import horizon, itinerary, result
from tests.builders.pdfs import text_of


def test_hosts_get_letters_and_crews_get_orders() -> None:
    """Point and office have agreed and are told, the school is asked; one letter each."""
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
    assert "Pengelola Nama P1 Jalan Satu" in text_of(files["letter-Nama-P1.pdf"])
    assert "Kepala Sekolah Nama S1" in text_of(files["letter-Nama-S1.pdf"])
    assert "mohon izin" in text_of(files["letter-Nama-S1.pdf"])
    assert "mohon izin" not in text_of(files["letter-Nama-O1.pdf"])
    assert "mohon izin" not in text_of(files["letter-Nama-P1.pdf"])
    order = text_of(files["assignment-2026-11-28-A.pdf"])
    assert "SURAT PERINTAH TUGAS" in order
    assert "1. Nama P1, 08.20–09.30 WIB 2. Nama S1, 10.30–11.40 WIB (DRAF)" in order


PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQUJgAAAEEAMH3MHmWAAAAAElFTkSuQmCC"
)


def test_the_letterhead_has_government_and_logo() -> None:
    """In capitals above the name of the office, beside a picture of one pixel."""
    given = itinerary().horizon
    office = replace(given.district.office, government="Pemerintah Kota Kecil")
    changed = replace(given, district=replace(given.district, office=office, logo=PIXEL))
    pdf = typeset_letters(Itinerary(changed, result().plan))["letter-Nama-P1.pdf"]
    assert text_of(pdf).startswith("PEMERINTAH KOTA KECIL Dinas Kota Kecil")
    assert len(PdfReader(BytesIO(pdf)).pages[0].images) == 1


def test_a_logo_makes_room_above_the_line_of_the_letterhead() -> None:
    """It is 14 mm high, and a letterhead of one line is lower than that."""
    assert height_of_number(logo=b"") - height_of_number(logo=PIXEL) > 20


def height_of_number(logo: bytes) -> float:
    """Points from the foot of a page to the number of a letter of an office without address."""
    given, heights = itinerary().horizon, dict[str, float]()
    office = replace(given.district.office, address="", phone="")
    changed = replace(given, district=replace(given.district, office=office, logo=logo))
    pdf = typeset_letters(Itinerary(changed, result().plan))["letter-Nama-P1.pdf"]

    def keep(text: str, matrix: list[float], *_: object) -> None:
        heights[text.strip()] = matrix[5]

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=keep)
    return heights["Nomor"]


def test_a_letter_bears_the_number_and_date_that_it_was_given() -> None:
    """The school's; the point's are left to be filled in by hand."""
    given = horizon()
    venues = tuple(
        replace(venue, letter_number="470/12", letter_date=date(2026, 11, 23))
        if venue.id == "S1"
        else venue
        for venue in given.venues
    )
    files = typeset_letters(Itinerary(replace(given, venues=venues), result().plan))
    letter = text_of(files["letter-Nama-S1.pdf"])
    assert "470/12" in letter
    assert "23 November 2026" in letter
    assert "470/12" not in text_of(files["letter-Nama-P1.pdf"])


def test_a_school_hears_how_many_of_its_pupils_turn_17() -> None:
    """In the month of the visit and the three after it; not what is farther away."""
    given = horizon()
    births = tuple(
        Turning17(place="S1", month=date(year, month, 1), people=people)
        for year, month, people in ((2026, 10, 5), (2027, 2, 12), (2027, 3, 7))
    )
    district = replace(given.district, turning_17=births)
    files = typeset_letters(Itinerary(replace(given, district=district), result().plan))
    letter = text_of(files["letter-Nama-S1.pdf"])
    assert "Februari 2027 12 siswa" in " ".join(letter.split())
    assert letter.count("menjadi 17 tahun") == 1
    assert "menjadi 17 tahun" not in text_of(files["letter-Nama-P1.pdf"])


def test_letters_have_the_hours_of_the_poster() -> None:
    """Service from 08.21 to 09.33 is told as 08.25 to 09.30."""
    first = result().plan.routes[0]
    stop = replace(first.stops[0], serve_s=30060, packup_s=34380)
    plan = Plan(routes=(replace(first, stops=(stop,)),))
    letter = text_of(typeset_letters(Itinerary(horizon(), plan))["letter-Nama-P1.pdf"])
    assert "Pelayanan : 08.25–09.30 WIB" in letter


def test_a_damaged_logo_is_named() -> None:
    """The file ends amid the picture."""
    given = itinerary().horizon
    changed = replace(given, district=replace(given.district, logo=PIXEL[:50]))
    with pytest.raises(
        InputError, match="logo: is a damaged picture; save it again as PNG or JPEG"
    ):
        typeset_letters(Itinerary(changed, result().plan))


def test_documents_of_two_hosts_share_no_leaf() -> None:
    """Printed on both sides: each letter and order begins on a front; no back before is empty."""
    files = typeset_letters(itinerary())
    for pack, count, begins in (("letters", 3, "Kepada"), ("assignments", 2, "TUGAS")):
        texts = [page.extract_text() for page in PdfReader(BytesIO(files[f"{pack}.pdf"])).pages]
        fronts = [index for index, text in enumerate(texts) if begins in text]
        assert len(fronts) == count
        assert all(index % 2 == 0 for index in fronts)
        assert all("sengaja dikosongkan" in text for text in texts[1::2])
        assert begins in texts[-1]


def test_a_letter_of_two_pages_has_its_own_back() -> None:
    """The point is visited eight times; its letter fills both sides, and no back is left blank."""
    first = result().plan.routes[0]
    stop = first.stops[0]
    stops = tuple(
        replace(
            stop,
            **{
                name: getattr(stop, name) + number * 6000
                for name in ("arrive_s", "setup_s", "serve_s", "packup_s", "depart_s")
            },
        )
        for number in range(8)
    )
    plan = Plan(routes=(replace(first, stops=stops), result().plan.routes[1]))
    files = typeset_letters(Itinerary(horizon(), plan))
    assert len(PdfReader(BytesIO(files["letter-Nama-P1.pdf"])).pages) == 2
    texts = [page.extract_text() for page in PdfReader(BytesIO(files["letters.pdf"])).pages]
    assert ["Kepada" in text for text in texts] == [True, False, True, False]
    assert ["dikosongkan" in text for text in texts] == [False, True, False, False]
