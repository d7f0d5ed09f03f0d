"""The map of a campaign in a browser, without a network."""

from planner.render.campaign_map import draw_campaign
from tests.browser.screen import PHONE, Screen
from tests.builders.campaigns import campaign
from tests.builders.horizons import horizon


def test_the_slider_shows_a_weekend_at_a_time(screen: Screen) -> None:
    """The second has no stops; people left fall; nothing is asked for, on a phone neither."""
    html = draw_campaign(horizon().district, campaign(3))
    for opened in (screen.open(html), screen.open(html, PHONE)):
        stops = opened.page.locator(".leaflet-stops-pane .stop")
        assert stops.count() == sum(1 for _ in campaign(3).weeks[0].plan.stops())
        assert opened.page.locator("#weekend-title").inner_text().startswith("2026-W48 · Sab 28/11")
        opened.page.locator("#weekend").focus()
        opened.page.keyboard.press("ArrowRight")
        assert stops.count() == 0
        assert opened.page.locator("#weekend-title").inner_text() == "2026-W49"
        assert "200" in opened.page.locator("#weekend-facts").inner_text()
        assert (opened.requests, opened.complaints) == ([], [])
