"""Ground on paper."""

from itertools import combinations
from math import dist

import pytest

from planner.render.map_frame import UNITS_PER_MM, MapFrame, fit_frame, place_discs

SQUARE = MapFrame(south=0.0, west=100.0, m_per_unit=10.0, width=1000, height=1000)


def test_a_frame_has_all_points_inside_its_margin() -> None:
    """Two places 10 km apart on 100 x 50 mm, with 10 mm around them."""
    frame = fit_frame([(-7.0, 110.0), (-7.09, 110.0)], (100.0, 50.0))
    assert (frame.width, frame.height) == (2000, 1000)
    assert frame.spot(-7.0, 110.0) == (1000, 200)
    assert frame.spot(-7.09, 110.0) == (1000, 800)


def test_one_place_is_no_map_without_ground() -> None:
    """800 m from side to side at the least."""
    frame = fit_frame([(-7.0, 110.0)], (80.0, 80.0))
    assert frame.width * frame.m_per_unit == pytest.approx(800.0)


def test_corners_of_the_bounds_are_those_of_the_drawing() -> None:
    """South-west is below at the left."""
    south, west, north, east = SQUARE.bounds
    assert (SQUARE.spot(south, west), SQUARE.spot(north, east)) == ((0, 1000), (1000, 0))


def test_discs_make_way_and_keep_a_line_to_their_place() -> None:
    """Three at one spot in the corner, one alone."""
    discs = place_discs(SQUARE, [(0.0, 100.0)] * 3 + [(0.05, 100.05)], 2.0)
    assert all(
        dist((one.x, one.y), (other.x, other.y)) >= 2 * one.radius
        for one, other in combinations(discs, 2)
    )
    edge = 3 * UNITS_PER_MM
    assert all(edge <= disc.x <= 1000 - edge and edge <= disc.y <= 1000 - edge for disc in discs)
    assert [bool(disc.leader) for disc in discs] == [True, True, True, False]


def test_no_places_have_no_discs() -> None:
    """A plan without stops."""
    assert place_discs(SQUARE, [], 2.0) == []
