"""Texts that break careless pages, three on each map, each shown as just that text."""

from dataclasses import replace

import pytest

from planner.analysis.itinerary import Itinerary
from planner.render.escape import to_line
from planner.render.plan_map import draw_map
from tests.browser.screen import Screen
from tests.builders.horizons import horizon, result
from tests.builders.hostile_texts import HOSTILE_TEXTS

pytestmark = pytest.mark.slow

PAGES = [HOSTILE_TEXTS[first : first + 3] for first in range(0, len(HOSTILE_TEXTS), 3)]


@pytest.mark.parametrize("texts", PAGES, ids=range(len(PAGES)))
def test_a_page_shows_each_text_as_that_text(screen: Screen, texts: tuple[str, ...]) -> None:
    """As name, address, contact and note of a place; nothing runs, and the console is silent."""
    given = horizon()
    venues = {
        venue.id: replace(venue, name=text, address=text, contact=text, note=text)
        for venue, text in zip(given.venues, texts, strict=False)
    }
    changed = replace(given, venues=tuple(venues.get(venue.id, venue) for venue in given.venues))
    opened = screen.open(draw_map(Itinerary(changed, result().plan)))
    shown = ""
    for mark in opened.page.locator(".leaflet-container :is(.stop, .left-out)").all():
        mark.dispatch_event("click")
        popup = opened.page.locator(".leaflet-popup-content").last
        shown += " ".join(popup.inner_text().split())
    assert (opened.requests, opened.complaints) == ([], [])
    for venue in venues.values():
        assert " ".join(to_line(venue.name, 60).removesuffix("…").split()) in shown
