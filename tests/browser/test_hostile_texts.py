"""Texts that break careless pages, three on each, each shown as just that text."""

from dataclasses import replace

import pytest

from planner.analysis.comparison import Case
from planner.analysis.itinerary import Itinerary
from planner.horizon import Horizon
from planner.plan import Plan
from planner.render.change_map import draw_changes
from planner.render.comparison_page import draw_comparison
from planner.render.escape import to_line
from planner.render.plan_map import draw_map
from tests.browser.screen import Opened, Screen
from tests.builders.horizons import horizon, result
from tests.builders.hostile_texts import HOSTILE_TEXTS

pytestmark = pytest.mark.slow

PAGES = [HOSTILE_TEXTS[first : first + 3] for first in range(0, len(HOSTILE_TEXTS), 3)]


@pytest.mark.parametrize("texts", PAGES, ids=range(len(PAGES)))
def test_a_page_shows_each_text_as_that_text(screen: Screen, texts: tuple[str, ...]) -> None:
    """As name, address, contact and note of a place; nothing runs, and the console is silent."""
    opened = screen.open(draw_map(Itinerary(hostile_horizon(texts), result().plan)))
    shown = popups(opened)
    assert (opened.requests, opened.complaints) == ([], [])
    assert all(seen(text) in shown for text in texts)


@pytest.mark.gate
@pytest.mark.parametrize("texts", PAGES, ids=range(len(PAGES)))
def test_a_page_of_changes_shows_each_text(screen: Screen, texts: tuple[str, ...]) -> None:
    """A place that is kept, one cancelled and one new; the office too."""
    given, plan = hostile_horizon(texts), result().plan
    fewer = Plan(routes=(replace(plan.routes[0], stops=plan.routes[0].stops[:1]),))
    before, after = Itinerary(given, fewer), Itinerary(given, plan)
    opened = screen.open(draw_changes(before, after))
    shown = popups(opened)
    assert (opened.requests, opened.complaints) == ([], [])
    visited = plan.served()
    places = zip(given.venues, texts, strict=False)
    assert all(seen(text) in shown for venue, text in places if venue.id in visited)
    assert seen(texts[0]) in flat(opened.page.inner_text("body"))


@pytest.mark.gate
@pytest.mark.parametrize("texts", PAGES, ids=range(len(PAGES)))
def test_a_page_of_scenarios_shows_each_text(screen: Screen, texts: tuple[str, ...]) -> None:
    """As name of a scenario, of the office and of places."""
    given = hostile_horizon(texts)
    base = Case(name="", changes=(), horizon=given, result=result())
    cases = [replace(base, name=text) for text in texts]
    opened = screen.open(draw_comparison(base, cases), sign="svg")
    assert (opened.requests, opened.complaints) == ([], [])
    shown = flat(opened.page.inner_text("body"))
    assert all(seen(text) in shown for text in texts)


def hostile_horizon(texts: tuple[str, ...]) -> Horizon:
    """The small weekend; its first places bear a text each, its office the first of them."""
    given = horizon()
    venues = {
        venue.id: replace(venue, name=text, address=text, contact=text, note=text)
        for venue, text in zip(given.venues, texts, strict=False)
    }
    named = tuple(venues.get(venue.id, venue) for venue in given.venues)
    office = replace(given.district.office, name=texts[0])
    district = replace(given.district, office=office, venues=named)
    return replace(given, district=district, venues=named)


def popups(opened: Opened) -> str:
    """What all marks tell."""
    shown = ""
    for mark in opened.page.locator(".leaflet-container :is(.stop, .left-out)").all():
        mark.dispatch_event("click")
        shown += flat(opened.page.locator(".leaflet-popup-content").last.inner_text())
    return shown


def seen(text: str) -> str:
    """What a page shows of a text, as far as it is certain to have room for it."""
    return flat(to_line(text, 60).removesuffix("…"))


def flat(text: str) -> str:
    """With one space where there are spaces or ends of lines."""
    return " ".join(text.split())
