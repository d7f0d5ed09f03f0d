"""Lines on the map."""

from pathlib import Path

import pytest

from planner.geo import DEGREE_M
from planner.travel.geometry import background_roads, segments_line, simplify_line
from planner.travel.link_segment import LinkSegment
from tests.builders.town import corner, network_of, road_between

METRE = 1 / DEGREE_M


def test_a_line_has_no_point_twice_where_segments_meet(town: Path) -> None:
    """A-B and B-C: three points."""
    network = network_of(town)
    segments = [
        LinkSegment(link=2 * road_between(network, names), begin=0, end=1) for names in ("AB", "BC")
    ]
    assert len(segments_line(network, segments)) == 3
    assert segments_line(network, []) == ()


@pytest.mark.parametrize(("bend_m", "vertices"), [(1.9, 2), (2.1, 3)])
def test_a_bend_stays_where_it_is_wider_than_the_tolerance(bend_m: float, vertices: int) -> None:
    """Along the equator, with a middle point so far north; 2 m are allowed."""
    line = [(0.0, 0.0), (bend_m * METRE, 500 * METRE), (0.0, 1000 * METRE)]
    assert len(simplify_line(line, 2.0)) == vertices


def test_the_background_is_what_lies_within_a_kilometre(town: Path) -> None:
    """Of A: everything but the street S-T, 2 km east; streets come before alleys are drawn over."""
    found = background_roads(network_of(town), [corner("A")])
    assert [roads.highway for roads in found] == ["service", "residential"]
    east = max(lon for roads in found for line in roads.lines for _, lon in line)
    assert east < 2000 * METRE
