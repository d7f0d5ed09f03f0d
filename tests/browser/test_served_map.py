"""The map with streets from the network, as `planner map --serve` shows it."""

from base64 import b64decode
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Request, Route

from planner.analysis.itinerary import Itinerary
from planner.cli.serving import PageServer
from planner.render.folium_page import TILE_HOST
from planner.render.plan_map import draw_map
from tests.browser.screen import Screen, boxes
from tests.builders.horizons import horizon, result

TILE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def address() -> Iterator[str]:
    """Where the map is shown."""
    page = draw_map(Itinerary(horizon(), result().plan), tiles=True)
    with PageServer(page.encode(), port=0) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.address
        server.shutdown()


def test_tiles_are_asked_for_and_credited(screen: Screen, address: str) -> None:
    """The tile server learns which page asks; nobody else is asked; drawn roads give way."""
    asked: list[Request] = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(body=TILE, content_type="image/png")

    opened = screen.visit(address, TILE_HOST, answer)
    opened.page.wait_for_selector(".with-tiles")
    assert {request.headers["referer"] for request in asked} == {address}
    assert {request.resource_type for request in asked} == {"image"}
    assert all(url.startswith(TILE_HOST) for url in opened.requests)
    assert "OpenStreetMap" in opened.page.inner_text(".leaflet-control-attribution")
    assert not opened.page.is_visible(".roads")
    assert opened.complaints == []
    opened.page.uncheck('[data-layer="tiles"]')
    assert opened.page.is_visible(".roads")


def test_without_a_network_the_drawn_roads_stay(screen: Screen, address: str) -> None:
    """No tile comes."""
    opened = screen.visit(address, TILE_HOST, lambda route: route.abort())
    assert opened.page.is_visible(".roads")
    assert len(boxes(opened, ".leaflet-container .stop")) == 3
