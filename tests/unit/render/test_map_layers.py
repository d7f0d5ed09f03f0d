"""Unrecorded people per RW, and borders."""

from dataclasses import replace

from planner.horizon import unvisited_venues
from planner.render.folium_page import Border, Pin, ShadedArea
from planner.render.map_layers import (
    build_choropleth,
    build_kelurahan_layer,
    left_out_popup,
    stop_popup,
)
from tests.builders.horizons import horizon, itinerary, result

DISTRICT = horizon().district

WORDS = horizon(language="en").district.office.words


def test_an_rw_is_shaded_by_its_people() -> None:
    """The only RW, which is the only class of the ramp."""
    layer, breaks = build_choropleth(DISTRICT, DISTRICT.office.words)
    (shade,) = layer._children.values()
    assert isinstance(shade, ShadedArea)
    people = sum(home.backlog for home in DISTRICT.neighbourhoods)
    assert breaks == (people,)
    assert shade.arguments[-2:] == (f"RW 001 Kecil: {people} belum rekam", False)


def test_people_who_are_placed_by_an_estimate_are_marked() -> None:
    """Without coordinates, and without a border of their RW."""
    homes = tuple(replace(home, is_estimated=True) for home in DISTRICT.neighbourhoods)
    given = replace(DISTRICT, neighbourhoods=homes, areas=DISTRICT.kelurahan)
    layer, _ = build_choropleth(given, DISTRICT.office.words)
    (shade,) = layer._children.values()
    assert isinstance(shade, ShadedArea)
    assert str(shade.arguments[-2]).endswith("belum rekam; letak perkiraan")
    assert shade.arguments[-1] is True


def test_kelurahan_have_a_border_and_a_name() -> None:
    """One kelurahan; its RW is no kelurahan."""
    border, name = build_kelurahan_layer(DISTRICT)._children.values()
    assert isinstance(border, Border)
    assert isinstance(name, Pin)
    _, style, _ = name.arguments
    assert style == {"html": '<span class="area-label">Kecil</span>', "pane": "names"}


def test_a_stop_tells_times_and_whom_to_call_and_nothing_blank() -> None:
    """The point has no note."""
    first = next(itinerary().all_stops())
    popup = stop_popup(first, "RW 001 Kecil: 20", WORDS)
    assert popup.startswith("<b>1. Nama P1</b><dl><dt>Date</dt><dd>Saturday, 28 November 2026</dd>")
    assert "<dt>Contact</dt><dd>Ketua RW, 0800</dd>" in popup
    assert "<dt>From</dt><dd>RW 001 Kecil: 20</dd>" in popup
    assert "<dt>Note</dt>" not in popup


def test_a_place_left_out_tells_why() -> None:
    """Its office refused; its note is for the crew."""
    given = horizon(language="en")
    (item,) = unvisited_venues(given, result().plan)
    assert "<dt>Not visited</dt><dd>permission refused</dd>" in left_out_popup(item, WORDS)
