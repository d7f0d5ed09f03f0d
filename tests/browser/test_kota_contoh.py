"""The map of the example weekend, counted against its plan."""

from itertools import combinations
from pathlib import Path

import pytest

from planner import inputs, solvers
from planner.analysis.itinerary import Itinerary
from planner.analysis.origins import people_by_origin, uncovered_by_rw
from planner.horizon import Horizon, build_horizon, unvisited_venues
from planner.plan import Result
from planner.render.plan_map import draw_map
from planner.solvers import Limits
from tests.browser.screen import DESKTOP, PHONE, Screen, boxes, inside

EXAMPLE = Path(__file__).parents[2] / "examples" / "kota-contoh"
MOST_BYTES = 600_000


@pytest.fixture(scope="module")
def horizon() -> Horizon:
    return build_horizon(inputs.read_district(EXAMPLE), "2026-W48")


@pytest.fixture(scope="module")
def result(horizon: Horizon) -> Result:
    return solvers.solve(horizon.instance, solver="greedy", limits=Limits(iterations=1))


@pytest.fixture(scope="module")
def html(horizon: Horizon, result: Result) -> str:
    return draw_map(Itinerary(horizon, result.plan))


def test_the_page_is_small_enough_to_send(html: str) -> None:
    """By WhatsApp or on a stick."""
    assert len(html.encode()) <= MOST_BYTES


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_map_shows_the_whole_plan(
    screen: Screen, html: str, horizon: Horizon, result: Result, size: tuple[int, int]
) -> None:
    """Routes, stops, places left out and depots are as many as in the plan; each stop in sight.

    A phone shows the routes of the first day.
    """
    opened = screen.open(html, size)
    stops = boxes(opened, ".leaflet-container .stop")
    (frame,) = boxes(opened, ".leaflet-container")
    routes = [route for route in result.plan.routes if route.stops]
    if size == PHONE:
        routes = [route for route in routes if route.date == routes[0].date]
    assert len(boxes(opened, "path.route")) == len(routes)
    assert len(stops) == sum(len(route.stops) for route in routes)
    assert all(inside(stop, frame) for stop in stops)
    left_out = unvisited_venues(horizon, result.plan)
    assert len(boxes(opened, ".leaflet-container .left-out")) == len(left_out)
    assert len(boxes(opened, ".leaflet-container .uncovered")) == len(uncovered_by_rw(horizon))
    origins = people_by_origin(horizon, result.plan).values()
    assert len(boxes(opened, "path.origin")) == sum(map(len, origins)) > 0
    assert len(boxes(opened, ".leaflet-container .depot")) == len(horizon.district.depots)
    assert (opened.requests, opened.complaints) == ([], [])


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_no_stop_hides_another(screen: Screen, html: str, size: tuple[int, int]) -> None:
    """Not on a phone either, where the whole town is as wide as a hand."""
    stops = boxes(screen.open(html, size), ".leaflet-container .stop")
    for a, b in combinations(stops, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_scroll_bar_cuts_no_stop(screen: Screen, html: str) -> None:
    """In a narrow window, whose bar takes 15 pixels once the map has been laid out."""
    opened = screen.open(html, PHONE)
    opened.page.add_style_tag(content="body { width: calc(100% - 15px); }")
    opened.page.wait_for_timeout(100)
    (frame,) = boxes(opened, ".leaflet-container")
    stops = boxes(opened, ".leaflet-container .stop")
    assert frame[2] <= PHONE[0] - 15
    assert all(inside(stop, frame) for stop in stops)


def test_every_popup_opens(screen: Screen, html: str, result: Result) -> None:
    """Each names its place and people."""
    opened = screen.open(html)
    stops = opened.page.locator(".leaflet-container .stop")
    told = []
    for index in range(stops.count()):
        stops.nth(index).dispatch_event("click")
        told.append(opened.page.locator(".leaflet-popup-content").last.inner_text())
    assert len(set(told)) == sum(1 for _ in result.plan.stops())
    assert all("Sasaran" in text and "Kontak" in text for text in told)
