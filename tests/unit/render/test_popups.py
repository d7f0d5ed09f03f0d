"""What a click on the map tells."""

from planner.horizon import unvisited_venues
from planner.render.popups import left_out_popup, stop_popup
from tests.builders.horizons import horizon, itinerary, result

WORDS = horizon(language="en").district.office.words


def test_a_stop_tells_times_and_whom_to_call_and_nothing_blank() -> None:
    """The point has no note."""
    first = next(itinerary().all_stops())
    popup = stop_popup(first, WORDS)
    assert popup.startswith("<b>1. Nama P1</b><dl><dt>Date</dt><dd>Saturday, 28 November 2026</dd>")
    assert "<dt>Contact</dt><dd>Ketua RW, 0800</dd>" in popup
    assert "<dt>Note</dt>" not in popup


def test_a_place_left_out_tells_why() -> None:
    """Its office refused, because of a meeting."""
    given = horizon(language="en")
    (item,) = unvisited_venues(given, result().plan)
    assert "<dt>Not visited</dt><dd>permission refused: rapat</dd>" in left_out_popup(item, WORDS)
