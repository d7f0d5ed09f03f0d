"""The map of what changed between two plans."""

import re
from dataclasses import replace
from typing import Any

import pytest

from planner.analysis.itinerary import Itinerary
from planner.plan import Plan
from planner.render.change_map import draw_changes
from tests.builders.horizons import HOSTILE, horizon, result

BEFORE = result().plan


AFTER = Plan(
    routes=(
        replace(BEFORE.routes[0], stops=BEFORE.routes[0].stops[:1]),
        replace(
            BEFORE.routes[1],
            stops=tuple(
                replace(stop, serve_s=stop.serve_s + 600) for stop in BEFORE.routes[1].stops
            ),
        ),
    )
)


def page(**given: Any) -> str:
    both = horizon(**given)
    return draw_changes(Itinerary(both, BEFORE), Itinerary(both, AFTER))


def test_the_map_shows_each_kind_by_colour_dash_and_sign() -> None:
    """Solid dark stays, dotted red is gone; a moved stop has an arrow, a cancelled one a cross."""
    text = page().replace("\\u003c", "<").replace("\\u003e", ">").replace("\\u0022", '"')
    assert '"dashArray": "2 7"' in text
    assert "#b3261e" in text
    assert re.search(r"(\\u2192|→) A", text)
    assert re.search(r"(\\u00d7|×) A", text)
    assert text.count("Nama S1") >= 2


def test_the_map_is_the_same_for_the_same_plans_and_takes_no_text_as_markup() -> None:
    """A name that is a script shows as text."""
    assert page() == page()
    venues = tuple(replace(venue, name=HOSTILE) for venue in horizon().district.venues)
    text = page(venues=venues)
    assert "<script>alert(1)" not in text
    assert "{{7*7}}" not in text


@pytest.mark.parametrize(
    ("language", "title"), [("id", "Perubahan 2026-W48"), ("en", "Changes in 2026-W48")]
)
def test_the_map_speaks_the_offices_language(language: str, title: str) -> None:
    """In its title."""
    assert title in page(language=language)
