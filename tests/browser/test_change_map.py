"""The map of changes in a browser, without a network."""

from dataclasses import replace

from planner.analysis.itinerary import Itinerary
from planner.plan import Plan
from planner.render.change_map import draw_changes
from tests.browser.screen import PHONE, Screen
from tests.builders.horizons import horizon, result

BEFORE = result().plan
AFTER = Plan(routes=(replace(BEFORE.routes[0], stops=BEFORE.routes[0].stops[:1]),))


def page() -> str:
    both = horizon()
    return draw_changes(Itinerary(both, BEFORE), Itinerary(both, AFTER))


def test_the_page_opens_without_asking_for_anything(screen: Screen) -> None:
    """Nor does it complain, on a desktop or on a phone."""
    for opened in (screen.open(page()), screen.open(page(), PHONE)):
        assert (opened.requests, opened.complaints) == ([], [])
        assert opened.page.locator(".leaflet-stops-pane .stop").count() == 3


def test_the_legend_hides_what_it_explains(screen: Screen) -> None:
    """Without cancelled stops one mark is left; their drives are gone too."""
    opened = screen.open(page())
    lines = opened.page.locator("path.route").count()
    opened.page.locator('[data-layer="cancelled"]').uncheck()
    assert opened.page.locator(".leaflet-stops-pane .stop").count() == 1
    assert opened.page.locator("path.route").count() < lines


def test_a_place_is_found_with_what_became_of_it(screen: Screen) -> None:
    """The school is cancelled, as its label and its popup say."""
    opened = screen.open(page())
    opened.page.fill("#search", "S1")
    button = opened.page.locator("#found button")
    assert button.inner_text() == "Nama S1 · batal, A, Sab 28/11, 10.30"
    button.click()
    assert "mobil A" in opened.page.locator(".leaflet-popup-content").inner_text()
