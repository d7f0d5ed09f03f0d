"""The map in a browser without a network."""

import re
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from shapely import box

from planner.analysis.itinerary import Itinerary
from planner.plan import Plan
from planner.render.parallel_offsets import SPACING_PX
from planner.render.plan_map import draw_map
from planner.venues import POINT
from tests.browser.screen import DESKTOP, PHONE, Box, Opened, Screen, boxes, inside
from tests.builders.districts import SUNDAY, venue
from tests.builders.horizons import HOSTILE, horizon, result

NASTY = f"{HOSTILE} <img src=x onerror=alert(2)> `{{% raise %}}` ꦏꦸꦛ 🚐"


def html(**changes: Any) -> str:
    given = horizon(**changes)
    return draw_map(Itinerary(given, result().plan))


@pytest.fixture
def opened(screen: Screen) -> Opened:
    """The map on a desktop."""
    return screen.open(html())


def popup_text(opened: Opened) -> str:
    """What the popup opened last says; the one before it may still be fading."""
    return opened.page.locator(".leaflet-popup-content").last.inner_text()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_nothing_is_asked_of_the_network(screen: Screen, size: tuple[int, int]) -> None:
    """No request, no error, no warning, and the page is no wider than its window."""
    opened = screen.open(html(), size)
    assert (opened.requests, opened.complaints) == ([], [])
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize(("size", "days"), [(DESKTOP, 2), (PHONE, 1)])
def test_every_route_and_stop_is_there_to_see(
    screen: Screen, size: tuple[int, int], days: int
) -> None:
    """Two routes and three stops, on a phone the two of the first day; one place left out."""
    opened = screen.open(html(), size)
    stops = boxes(opened, ".leaflet-container .stop")
    (frame,) = boxes(opened, ".leaflet-container")
    assert len(boxes(opened, "path.route")) == days
    assert len(stops) == 1 + days
    assert all(inside(stop, frame) for stop in stops)
    assert len(boxes(opened, ".leaflet-container .left-out")) == 1
    assert len(boxes(opened, ".leaflet-container .depot")) == 1
    assert len(boxes(opened, "path.rw")) == 1


def test_a_phone_shows_a_day_at_a_time(screen: Screen) -> None:
    """Sunday, once chosen, takes the place of Saturday."""
    opened = screen.open(html(), PHONE)
    opened.page.check('[data-day="2026-11-29"]')
    assert not opened.page.is_checked('[data-day="2026-11-28"]')
    assert len(boxes(opened, ".leaflet-container .stop")) == 1


def test_names_of_areas_give_way(screen: Screen) -> None:
    """Two kelurahan whose middles are 20 m apart show one name."""
    area, rw = horizon().district.areas
    area = replace(area, shape=box(110.004, -7.01, 110.008, -7.005))
    other = replace(area, code="99.71.01.1002", name="Lain", shape=area.shape.buffer(-0.0001))
    opened = screen.open(html(areas=(area, other, rw)))
    assert len(boxes(opened, ".area-label:not([hidden])")) == 1


def test_stops_of_one_place_do_not_hide_each_other(screen: Screen) -> None:
    """All venues and the depot stand where the first point is."""
    district = horizon().district
    point = district.venues[0]
    crowded = tuple(replace(venue, lat=point.lat, lon=point.lon) for venue in district.venues)
    depots = (replace(district.depots[0], lat=point.lat, lon=point.lon),)
    opened = screen.open(html(venues=crowded, depots=depots))
    found = boxes(opened, ".leaflet-container :is(.stop, .depot)")
    assert len(found) == 4
    assert not any(overlap(a, b) for a, b in combinations(found, 2))


def test_no_stop_lies_beneath_the_buttons(screen: Screen) -> None:
    """A school and an office 5 km to the west are the places farthest north."""
    point, school, office, _ = horizon().district.venues
    venues = (
        point,
        replace(school, lat=point.lat + 0.025, lon=point.lon - 0.05),
        replace(office, lat=point.lat + 0.017, lon=point.lon - 0.05),
    )
    opened = screen.open(html(venues=venues), (320, 568))
    opened.page.evaluate("document.querySelectorAll('[data-day]').forEach((day) => day.click())")
    buttons = boxes(opened, ".leaflet-left .leaflet-bar")
    stops = boxes(opened, ".leaflet-container :is(.stop, .depot)")
    assert len(stops) > 1
    assert not any(overlap(stop, button) for stop in stops for button in buttons)


def test_a_label_without_room_stays_hidden(screen: Screen) -> None:
    """Two routes turn off the same street 90 m apart, where a label is 20 pixels high."""
    point, school, office, _ = horizon().district.venues
    venues = (
        replace(point, lon=109.995),
        replace(school, lon=110.02),
        replace(office, lat=point.lat - 0.0008, lon=110.02),
    )
    opened = screen.open(html(venues=venues))
    labels = boxes(opened, ".leaflet-container .route-label:not([hidden])")
    assert len(labels) == 1
    assert not any(overlap(labels[0], stop) for stop in boxes(opened, ".leaflet-container .stop"))


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes have a part in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_routes_of_one_street_lie_beside_each_other(screen: Screen) -> None:
    """Both days the van leaves its depot northwards; the two lines begin a lane apart."""
    saturday = result().plan.routes[0]
    routes = (saturday, replace(saturday, date=SUNDAY))
    opened = screen.open(draw_map(Itinerary(horizon(), Plan(routes=routes))))
    lines: list[str] = opened.page.eval_on_selector_all(
        "path.route", "all => all.map((one) => one.getAttribute('d'))"
    )
    starts = [tuple(map(float, re.findall(r"-?[\d.]+", line)[:2])) for line in lines]
    assert abs(abs(starts[0][0] - starts[1][0]) - SPACING_PX) < 1
    assert starts[0][1] == starts[1][1]


def test_popups_tell_times_people_and_contact(opened: Opened) -> None:
    """The first stop of Saturday, and the draft after it."""
    opened.page.click(".leaflet-container .stop >> nth=0")
    popup = popup_text(opened)
    for text in ("1. Nama P1", "08.20–09.30 WIB", "Sasaran", "20", "Ketua RW, 0800"):
        assert text in popup
    # The first popup moves the map, and may come to lie over the second stop.
    opened.page.click(".leaflet-popup-close-button")
    opened.page.wait_for_selector(".leaflet-popup", state="detached")
    opened.page.click(".leaflet-container .stop.draft")
    opened.page.wait_for_selector("text=2. Nama S1 (draf)")


def test_a_place_left_out_tells_why(opened: Opened) -> None:
    """The office refused."""
    opened.page.click(".leaflet-container .left-out")
    assert "izin ditolak" in popup_text(opened)


def test_layers_switch_off_and_on(opened: Opened) -> None:
    """Saturday's route takes its line and both its stops with it; a day all its routes."""
    opened.page.uncheck('[data-layer="route-0"]')
    assert len(boxes(opened, "path.route")) == 1
    assert len(boxes(opened, ".leaflet-container .stop")) == 1
    opened.page.uncheck('[data-day="2026-11-29"]')
    assert len(boxes(opened, "path.route")) == 0
    opened.page.check('[data-day="2026-11-28"]')
    assert len(boxes(opened, ".leaflet-container .stop")) == 2
    for layer, mark in (("depots", ".depot"), ("left-out", ".left-out"), ("choropleth", ".rw")):
        opened.page.uncheck(f'[data-layer="{layer}"]')
        assert len(boxes(opened, f".leaflet-container {mark}")) == 0


def test_search_finds_a_stop_on_a_hidden_layer(opened: Opened) -> None:
    """Capital letters do not matter; choosing the place shows its layer and popup."""
    opened.page.uncheck('[data-layer="route-0"]')
    opened.page.fill("#search", "nama s1")
    opened.page.click("#found button")
    opened.page.wait_for_selector("text=2. Nama S1 (draf)")
    assert len(boxes(opened, "path.route")) == 2


def test_the_slider_moves_the_van(opened: Opened) -> None:
    """At 07.40 it is at the depot, at 08.30 at the first stop, on Sunday at 07.50 at the depot."""
    (depot,) = boxes(opened, ".leaflet-container .depot")
    assert boxes(opened, ".van") == []
    slider = opened.page.locator("#time")
    slider.fill(str(7 * 60 + 40))
    assert opened.page.inner_text("#clock") == "07.40"
    assert near(boxes(opened, ".van")[0], depot)
    slider.fill(str(8 * 60 + 30))
    assert near(boxes(opened, ".van")[0], boxes(opened, ".leaflet-container .stop")[0])
    opened.page.select_option("#day", "2026-11-29")
    assert boxes(opened, ".van") == []
    slider.fill(str(7 * 60 + 50))
    assert near(boxes(opened, ".van")[0], depot)


def near(van: Box, mark: Box) -> bool:
    """Whether a van's mark stands right above another mark."""
    return abs((van[0] + van[2] - mark[0] - mark[2]) / 2) < 2 and abs(van[3] - mark[1]) < 20


def test_hostile_text_shows_as_that_text(screen: Screen) -> None:
    """As name, contact and note of a stop, and as name of van, office, depot and kelurahan."""
    given = horizon()
    texts = {"name": NASTY, "contact": NASTY, "note": NASTY, "address": NASTY}
    opened = screen.open(
        html(
            venues=(
                venue("P1", POINT, -7.0, **texts),
                *given.district.venues[1:3],
                replace(given.district.venues[3], name=NASTY, note=NASTY),
            ),
            vehicles=(replace(given.district.vehicles[0], plate=NASTY),),
            depots=(replace(given.district.depots[0], name=NASTY),),
            areas=tuple(replace(area, name=NASTY) for area in given.district.areas),
        )
    )
    opened.page.click(".leaflet-container .stop >> nth=0")
    assert popup_text(opened).count(NASTY) == 6
    opened.page.click(".leaflet-popup-close-button")
    opened.page.wait_for_selector(".leaflet-popup", state="detached")
    opened.page.click(".leaflet-container .left-out")
    assert popup_text(opened).count(NASTY) == 1
    opened.page.fill("#search", "script")
    assert NASTY in opened.page.inner_text("#found")
    assert NASTY in opened.page.inner_text(".area-label")
    assert NASTY in opened.page.inner_text("aside")
    opened.page.dispatch_event("path.rw", "mouseover")
    assert NASTY in opened.page.inner_text(".leaflet-tooltip")
    drawn = "[...document.fonts].map((font) => `${font.family} ${font.status}`)"
    assert opened.page.evaluate(drawn) == ["Page Javanese loaded"]
    assert (opened.requests, opened.complaints) == ([], [])


@pytest.mark.parametrize(("paper", "points"), [("A4", [842, 595]), ("A3", [1191, 842])])
def test_print_is_one_page_with_every_stop(opened: Opened, paper: str, points: list[int]) -> None:
    """Landscape; the frame of the map on paper holds all marks."""
    opened.page.select_option("#paper", paper)
    put_on_paper(opened)
    (frame,) = boxes(opened, ".leaflet-container")
    assert all(inside(stop, frame) for stop in boxes(opened, ".leaflet-container .stop"))
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    pdf = opened.page.pdf(prefer_css_page_size=True, print_background=True)
    assert re.findall(rb"/Type\s*/Page\b(?!s)", pdf) == [b"/Type /Page"]
    (box,) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert [round(float(side)) for side in box] == points


@pytest.mark.parametrize("num_vans", [2, 12, 30])
def test_the_legend_is_whole_on_paper(screen: Screen, num_vans: int) -> None:
    """Routes of 30 vans do not fit below each other."""
    given = horizon()
    vans = [replace(given.district.vehicles[0], id=f"V{number}") for number in range(num_vans)]
    found = result()
    routes = [replace(route, van_id=van.id) for route in found.plan.routes for van in vans]
    given = horizon(vehicles=tuple(vans))
    opened = screen.open(draw_map(Itinerary(given, Plan(routes=tuple(routes)))))
    put_on_paper(opened)
    (legend,) = boxes(opened, "aside")
    rows = boxes(opened, "aside :is(label, .row, .ramp) > *")
    assert all(inside(row, legend) for row in rows if row[2] > row[0])


def put_on_paper(opened: Opened) -> None:
    """What a browser does before it prints."""
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
