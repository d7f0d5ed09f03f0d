"""The schedule for everyone."""

from planner.render.poster import typeset_posters
from tests.builders.horizons import itinerary
from tests.builders.pdfs import text_of


def size_of(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


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
