"""Where a road file has roads."""

from pathlib import Path

from planner.travel.factory import make_travel
from tests.builders.town import SPEEDS, STEP, corner, write_extract


def test_places_near_roads_are_covered(town: Path) -> None:
    """In the town and 290 m off it; not 310 m off, nor in the gap to S-T."""
    spots = [(0, 0), (-2.9, 0), (-3.1, 0), (0, 13)]
    found = make_travel([corner("A"), corner("D")], town, SPEEDS)
    degrees = [(north * STEP / 1e7, east * STEP / 1e7) for north, east in spots]
    assert found.covers(degrees).tolist() == [True, True, False, False]


def test_a_motorway_covers_nothing(tmp_path: Path) -> None:
    """It goes on from H to L and R, far beyond the streets of the extract."""
    streets = {"ABCD": {"highway": "residential"}, "DHLR": {"highway": "motorway"}}
    path = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    found = make_travel([corner("A"), corner("D")], path, SPEEDS)
    spots = [corner(name) for name in "AR"]
    assert found.covers([(spot.lat, spot.lon) for spot in spots]).tolist() == [True, False]


def test_straight_lines_are_everywhere() -> None:
    """Without a road file nothing is missing."""
    found = make_travel([corner("A"), corner("D")], None, SPEEDS)
    assert found.covers([(0, 0), (10, 10)]).tolist() == [True, True]
