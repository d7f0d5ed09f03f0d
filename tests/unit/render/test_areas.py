"""Unrecorded people per RW, and borders."""

from planner.render.areas import build_choropleth, build_kelurahan_layer
from planner.render.folium_page import Border, Pin, ShadedArea
from tests.builders.horizons import horizon

DISTRICT = horizon().district


def test_an_rw_is_shaded_by_its_people() -> None:
    """The only RW, which is the only class of the ramp."""
    layer, breaks = build_choropleth(DISTRICT, DISTRICT.office.words)
    (shade,) = layer._children.values()
    assert isinstance(shade, ShadedArea)
    people = sum(home.backlog for home in DISTRICT.neighbourhoods)
    assert breaks == (people,)
    assert shade.arguments[-1] == f"RW 001 Kecil: {people} belum rekam"


def test_kelurahan_have_a_border_and_a_name() -> None:
    """One kelurahan; its RW is no kelurahan."""
    border, name = build_kelurahan_layer(DISTRICT)._children.values()
    assert isinstance(border, Border)
    assert isinstance(name, Pin)
    _, style, _ = name.arguments
    assert style == {"html": '<span class="area-label">Kecil</span>', "pane": "names"}
