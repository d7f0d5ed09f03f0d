"""The map on a route sheet."""

import re
from dataclasses import replace
from itertools import combinations
from math import dist
from xml.etree import ElementTree

from shapely import box

from planner.analysis.itinerary import Itinerary
from planner.i18n.words import Words
from planner.render.road_paths import build_basemap
from planner.render.route_map import draw_route_map
from tests.builders.horizons import horizon, result
from tests.unit.render.test_route_sheets import many_stops

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*, roads: bool = True, width_mm: float = 150, height_mm: float = 72) -> str:
    given = horizon(roads=roads)
    itinerary = Itinerary(given, result().plan)
    basemap = build_basemap(given.travel)
    size_mm = (width_mm, height_mm)
    words = Words(language="id", timezone="WIB")
    return draw_route_map(itinerary, itinerary.routes[0], basemap, size_mm, words)


def texts(svg: str) -> list[str | None]:
    return [item.text for item in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_map_has_stops_north_scale_and_attribution() -> None:
    """Two stops; the ground is some eight kilometres wide, in one kelurahan."""
    assert texts(drawn()) == ["KECIL", "1", "2", "U", "2 km", "© Jalan & Kawan"]


def test_every_stop_lies_inside_the_frame() -> None:
    """On a wide and on a tall piece of paper."""
    for size_mm in ((150, 40), (40, 150)):
        svg = drawn(width_mm=size_mm[0], height_mm=size_mm[1])
        for circle in ElementTree.fromstring(svg).iter(f"{SVG}circle"):
            assert 0 < float(circle.attrib["cx"]) < size_mm[0] * 20
            assert 0 < float(circle.attrib["cy"]) < size_mm[1] * 20


def test_a_draft_is_hollow() -> None:
    """The point is confirmed, the school is not."""
    fills = [c.attrib["fill"] for c in ElementTree.fromstring(drawn()).iter(f"{SVG}circle")]
    assert fills == ["#000", "#fff"]


def test_north_is_up_and_the_scale_is_true() -> None:
    """From the point to the school: 1,112 m south, 1,104 m east; the bar is two kilometres."""
    svg = drawn()
    (x1, y1), (x2, y2) = (
        (float(c.attrib["cx"]), float(c.attrib["cy"]))
        for c in ElementTree.fromstring(svg).iter(f"{SVG}circle")
    )
    bar = re.search(r'd="M60 \d+v25h(\d+)v-25" stroke="#000"', svg)
    assert bar is not None
    kilometre = float(bar[1]) / 2
    assert abs((y2 - y1) / kilometre - 1.112) < 0.02
    assert abs((x2 - x1) / kilometre - 1.104) < 0.02


def test_names_of_kelurahan_give_way() -> None:
    """Of two in one place the larger keeps its name; what lies beneath a stop goes without."""
    given = horizon()
    area = given.district.kelurahan[0]
    shape = box(109.95, -7.05, 110.0, -7.0)
    areas = (
        replace(area, code="99.71.01.1002", name="Cempaka Putih Timur", shape=shape.buffer(-0.001)),
        replace(area, code="99.71.01.1003", name="Cempaka Putih Barat", shape=shape),
    )
    given = replace(given, district=replace(given.district, areas=areas))
    itinerary = Itinerary(given, result().plan)
    words = Words(language="id", timezone="WIB")
    svg = draw_route_map(
        itinerary, itinerary.routes[0], build_basemap(given.travel), (150, 72), words
    )
    assert [text for text in texts(svg) if "CEMPAKA" in str(text)] == ["CEMPAKA PUTIH BARAT"]


def test_an_estimate_is_dashed_and_has_no_roads() -> None:
    """Without a road file."""
    assert 'stroke-dasharray="40 30"' in drawn(roads=False)
    assert 'stroke-dasharray="40 30"' not in drawn()


def test_no_stop_covers_another_or_leaves_the_map() -> None:
    """Twelve stops in one street, nearer to each other than their marks are wide."""
    given, found = many_stops(12)
    basemap = build_basemap(given.travel)
    itinerary = Itinerary(given, found.plan)
    words = Words(language="id", timezone="WIB")
    svg = draw_route_map(itinerary, itinerary.routes[0], basemap, (150, 72), words)
    spots = [
        (float(c.attrib["cx"]), float(c.attrib["cy"]))
        for c in ElementTree.fromstring(svg).iter(f"{SVG}circle")
    ]
    assert all(dist(one, other) > 2 * 2.8 * 20 for one, other in combinations(spots, 2))
    assert all(0 < x < 150 * 20 and 0 < y < 72 * 20 for x, y in spots)
