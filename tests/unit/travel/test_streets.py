"""Places along the streets of an area."""

from pathlib import Path

import shapely

from planner.travel.factory import find_places_along_streets
from tests.builders.town import STEP, write_extract

STREET, MOTORWAY = {"highway": "residential"}, {"highway": "motorway"}
WHOLE = shapely.box(-1, -1, 1, 1)


def test_places_lie_on_streets_that_people_live_along(tmp_path: Path) -> None:
    """Half-way between A and B, and between C and D; nobody lives on the motorway E-F."""
    ways = {"AB": STREET, "CD": STREET, "EF": MOTORWAY}
    roads = write_extract(tmp_path / "roads.osm.pbf", ways, turns=(), node_tags={})
    (places,) = find_places_along_streets([(WHOLE, 2)], roads)
    steps = [(round(lat * 1e7 / STEP, 3), round(lon * 1e7 / STEP, 3)) for lat, lon in places]
    assert steps == [(0, 0.5), (0, 2.5)]


def test_an_area_without_streets_has_no_places(tmp_path: Path) -> None:
    """It lies elsewhere."""
    roads = write_extract(tmp_path / "roads.osm.pbf", {"AB": STREET}, turns=(), node_tags={})
    assert find_places_along_streets([(shapely.box(5, 5, 6, 6), 3)], roads) == [[]]
