"""The map as text; tests/browser opens it."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from planner.horizon import unvisited_venues
from planner.plan import Plan, Route
from planner.render.map import draw_map
from planner.render.road_paths import draw_roads
from planner.render.style import COLOURS, RAMP, class_breaks, class_colour, style_route
from planner.travel import RoadLines
from planner.venues import POINT
from tests.builders.districts import SATURDAY, SUNDAY, venue
from tests.builders.horizons import HOSTILE, horizon, result


def page(**changes: Any) -> str:
    given = horizon(**changes)
    return draw_map(given, result(), unvisited_venues(given, result().plan))


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
    circle = re.compile(r"planner\.shade\(\[-7")
    assert circle.findall(page()) == []
    assert len(circle.findall(page(areas=areas[:1]))) == 1


def test_a_plan_without_routes_can_be_drawn() -> None:
    """The slider has nothing to show."""
    given = horizon()
    text = draw_map(given, replace(result(people=0), plan=Plan()), unvisited_venues(given, Plan()))
    assert 'id="time"' not in text


def test_roads_are_one_clipped_path_per_class() -> None:
    """A street of 200 km is cut to the 2 km in view."""
    roads = [
        RoadLines(highway="residential", lines=(((-7.0, 109.0), (-7.0, 111.0)),)),
        RoadLines(highway="primary", lines=(((-7.01, 110.0), (-6.99, 110.0)),)),
        RoadLines(highway="trunk", lines=(((-8.0, 110.0), (-8.1, 110.0)),)),
    ]
    drawing = draw_roads(roads, (-7.005, 109.99, -6.995, 110.01))
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
    assert re.findall(r' d="(.*?)"', drawing) == [
        f"M0 {round(height / 2)}l{width} 0",
        f"M{round(width / 2)} {height}l0-{height}",
    ]
    assert re.findall(r' class="(m\w+)"', drawing) == ["minor", "major"]


def test_two_days_of_a_van_differ_in_dash_and_shape() -> None:
    """And two vans of a day in colour and dash."""
    routes = [
        Route(van_id=van, date=day, leave_s=0, return_s=0, stops=())
        for day in (SATURDAY, SUNDAY)
        for van in ("A", "B", "C", "D")
    ]
    styles = [style_route(Plan(routes=tuple(routes)), route) for route in routes]
    assert len({(style.dash, style.square) for style in styles}) == 8
    assert [style.colour for style in styles] == [*COLOURS[:4], *COLOURS[:4]]
    assert all(styles[van].dash != styles[van + 4].dash for van in range(4))


def test_the_ramp_darkens_in_grey() -> None:
    """Weighted as an eye sees brightness."""
    greys = [
        sum(
            weight * int(colour[at : at + 2], 16) for weight, at in ((0.3, 1), (0.59, 3), (0.11, 5))
        )
        for colour in RAMP
    ]
    assert all(before - after > 15 for before, after in pairwise(greys))


def test_classes_of_the_ramp_are_about_equally_full() -> None:
    """Ten RW in five classes; nobody is white."""
    breaks = class_breaks([0, *range(1, 11)])
    assert breaks == (2, 4, 6, 8, 10)
    assert [class_colour(count, breaks) for count in (1, 10)] == [RAMP[0], RAMP[-1]]
    assert class_colour(0, breaks) == "#ffffff"


def test_few_counts_make_few_classes() -> None:
    """Two RW of three people."""
    assert class_breaks([3, 3]) == (3,)
    assert class_breaks([0]) == ()


def test_javanese_script_brings_its_font() -> None:
    """Few computers have one; a page without it is not made larger, nor two pages different."""
    assert "@font-face" not in page()
    venues = (replace(horizon().district.venues[0], name="ꦧꦭꦻ"), *horizon().district.venues[1:])
    text = page(venues=venues)
    assert text.count("@font-face") == 1
    assert len(text) - len(page()) < 5000
    assert text == page(venues=venues)
