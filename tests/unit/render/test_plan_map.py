"""The map as text; tests/browser opens it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from planner.analysis.itinerary import Itinerary
from planner.plan import Plan
from planner.render.plan_map import draw_map
from planner.venues import POINT
from tests.builders.districts import venue
from tests.builders.horizons import HOSTILE, horizon, result


def page(**changes: Any) -> str:
    given = horizon(**changes)
    return draw_map(Itinerary(given, result().plan))


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Folium's own names are random."""
    assert page() == page()


def test_the_page_names_no_other_file() -> None:
    """No script, style, picture or frame from elsewhere; links are for people to click."""
    assert not re.search(r"<(script|img|iframe|link)\b[^>]*\b(src|href)=", page())
    assert "default-src 'none'" in page()


def test_hostile_text_stands_nowhere_as_it_was_written() -> None:
    """In a name, an address, a contact and a note, at a stop and at a place left out."""
    texts = {"name": HOSTILE, "address": HOSTILE, "contact": HOSTILE, "note": HOSTILE}
    bad = (
        venue("P1", POINT, -7.0, **texts),
        *horizon().district.venues[1:3],
        replace(horizon().district.venues[3], name=HOSTILE, note=HOSTILE),
    )
    text = page(venues=bad)
    assert "<script>alert(1)" not in text
    assert "{{7*7}}" not in text
    assert "${1}" not in text
    assert ">49" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ['lang="id"', "Draf, izin belum disetujui: 1", "Minggu, 29 November 2026"]),
        ("en", ['lang="en"', "Drafts, permission not confirmed: 1", "Sunday, 29 November 2026"]),
    ],
)
def test_the_map_speaks_the_offices_language(language: str, words: list[str]) -> None:
    """Legend, notes and dates."""
    text = page(language=language)
    assert [word for word in words if word not in text] == []


def test_road_data_is_credited_and_an_estimate_is_owned_up_to() -> None:
    """With roads, whose they are; without, that lines are straight."""
    assert "© Jalan" in page().replace("\\u00a9", "©")
    assert "Perkiraan garis lurus" not in page()
    assert "Perkiraan garis lurus" in page(roads=False)


def test_people_without_a_border_are_drawn_as_circles() -> None:
    """No RW polygon: the RW is a circle amid its RT."""
    areas = horizon().district.areas
    circle = re.compile(r"planner\.shade\(\.\.\.\[\[-7")
    assert circle.findall(page()) == []
    assert len(circle.findall(page(areas=areas[:1]))) == 1


def test_a_plan_without_routes_can_be_drawn() -> None:
    """The slider has nothing to show."""
    given = horizon()
    text = draw_map(Itinerary(given, Plan()))
    assert 'id="time"' not in text


def test_javanese_script_brings_its_font() -> None:
    """Few computers have one; a page without it is not made larger, nor two pages different."""
    assert "@font-face" not in page()
    venues = (replace(horizon().district.venues[0], name="ꦧꦭꦻ"), *horizon().district.venues[1:])
    text = page(venues=venues)
    assert text.count("@font-face") == 1
    assert len(text) - len(page()) < 5000
    assert text == page(venues=venues)
