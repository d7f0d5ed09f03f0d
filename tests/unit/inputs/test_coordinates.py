"""Coordinates as people copy them."""

import pytest

from planner.errors import Mistake
from planner.inputs.cell_values import as_coordinate
from planner.inputs.coordinates import part_coordinates, split_pair
from planner.inputs.table import make_table


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("-6,1754", -6.1754),
        ("\u22126.1754\u00b0", -6.1754),
        ("6.1754\u00b0 S", -6.1754),
        ("6\u00b010\u203231.44\u2033 LS", -6.1754),
        ("6\u00b0 10' 31,44\" S", -6.1754),
        ("S 6\u00b010'31.44\"", -6.1754),
        ("106\u00b049'37.92\"BT", 106.8272),
        ("0\u00b030'0\" LU", 0.5),
        ("0\u00b030' LS", -0.5),
    ],
)
def test_degrees_are_read_with_minutes_and_signs(text: str, degrees: float) -> None:
    """South (LS) and west are negative."""
    assert as_coordinate(text) == pytest.approx(degrees)


@pytest.mark.parametrize(
    "text",
    [
        "-6.1754, 106.8272",
        "(-6.1754 106.8272)",
        "-6,1754; 106,8272",
        "6.1754\u00b0 S, 106.8272\u00b0 E",
        "6\u00b010'31.44\"LS 106\u00b049'37.92\"BT",
        "https://maps.google.com/?q=-6.1754,106.8272",
        "https://www.google.com/maps/search/?api=1&query=-6.1754%2C106.8272",
        "https://www.google.com/maps/@-6.1754,106.8272,17z",
        "https://www.google.com/maps/place/X/@-6.2,106.9,17z/data=!3d-6.1754!4d106.8272",
        "https://www.openstreetmap.org/?mlat=-6.1754&mlon=106.8272#map=15/-6.2/106.9",
        "geo:-6.1754,106.8272",
    ],
)
def test_a_cell_with_both_is_parted(text: str) -> None:
    """A pair, or a link to a map, under one title."""
    rows = [["id", "lat"], ["T1", text]]
    table = make_table("points", "points.csv", enumerate(rows, start=1), lambda row, _: str(row))
    parted = part_coordinates(table)
    cells = parted.rows[0].cells
    assert parted.columns == ("id", "lat", "lon")
    assert as_coordinate(cells["lat"]) == pytest.approx(-6.1754)
    assert as_coordinate(cells["lon"]) == pytest.approx(106.8272)


def test_a_link_without_coordinates_is_told() -> None:
    """A short one says nothing of where it leads."""
    with pytest.raises(Mistake, match="is a link without coordinates; open it, and copy"):
        split_pair("https://maps.app.goo.gl/x1")


def test_a_single_number_is_no_pair() -> None:
    """With a decimal comma."""
    assert split_pair("-6,1754") is None
