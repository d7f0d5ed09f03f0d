"""Sea, lakes and wide rivers of an extract."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
import pytest
from osmium.osm import mutable
from shapely import Point

from planner.geo import BoundingBox
from planner.travel.dataset_cache import DatasetCache
from planner.travel.interface import ignore_stage
from planner.travel.water import Water, read_water

BOX = BoundingBox(south=0, west=0, north=10, east=10)

Ring = Sequence[tuple[float, float]]
LAKE = ((1, 1), (5, 1), (5, 5), (1, 5), (1, 1))
ISLAND = ((2, 2), (3, 2), (3, 3), (2, 3), (2, 2))


def water(
    path: Path,
    ways: Sequence[tuple[Ring, Mapping[str, str]]],
    lake: Mapping[str, str] | None = None,
) -> Water:
    """What is read of some ways, the first two of which may be a lake and an island in it."""
    with osmium.SimpleWriter(str(path)) as writer:
        spots = list(dict.fromkeys(spot for ring, _ in ways for spot in ring))
        for number, spot in enumerate(spots, start=1):
            writer.add_node(mutable.Node(id=number, location=spot))
        for number, (ring, tags) in enumerate(ways, start=1):
            nodes = [spots.index(spot) + 1 for spot in ring]
            writer.add_way(mutable.Way(id=number, nodes=nodes, tags=tags))
        if lake is not None:
            members = [("w", 1, "outer"), ("w", 2, "inner")]
            writer.add_relation(mutable.Relation(id=1, members=members, tags=lake))
    return read_water(path, DatasetCache(path.parent / "cache", ignore_stage), "key")


@pytest.mark.parametrize(
    "tags",
    [
        {"natural": "water"},
        {"natural": "water", "water": "lake", "name": "Situ Gintung"},
        {"waterway": "riverbank"},
    ],
)
def test_a_closed_way_of_water_is_an_area(tmp_path: Path, tags: dict[str, str]) -> None:
    """A lake of four by four degrees; a wood beside it is none."""
    wood = ((6, 6), (7, 6), (7, 7), (6, 6))
    found = water(tmp_path / "a.osm.pbf", [(LAKE, tags), (wood, {"natural": "wood"})])
    assert found.inside(BOX).area == pytest.approx(16)


def test_an_island_in_a_lake_is_land(tmp_path: Path) -> None:
    """A multipolygon of two ways without tags of their own."""
    tags = {"type": "multipolygon", "natural": "water"}
    found = water(tmp_path / "a.osm.pbf", [(LAKE, {}), (ISLAND, {})], tags).inside(BOX)
    assert found.area == pytest.approx(15)
    assert not found.contains(Point(2.5, 2.5))


@pytest.mark.parametrize(
    ("line", "is_north"), [(((-1, 4), (11, 4)), False), (((11, 4), (-1, 4)), True)]
)
def test_the_sea_lies_on_the_right_of_a_coast(tmp_path: Path, line: Ring, is_north: bool) -> None:
    """A coast from west to east has its sea in the south; the other way in the north."""
    sea = water(tmp_path / "a.osm.pbf", [(line, {"natural": "coastline"})]).inside(BOX)
    assert sea.area == pytest.approx(60 if is_north else 40)
    assert sea.contains(Point(5, 9)) == is_north


def test_an_island_is_land_in_the_sea_and_a_coast_in_pieces_is_one(tmp_path: Path) -> None:
    """Islands are drawn against the clock; the second is of two ways."""
    coast = {"natural": "coastline"}
    half, rest = ((6, 6), (8, 6), (8, 8)), ((8, 8), (6, 8), (6, 6))
    found = water(tmp_path / "a.osm.pbf", [(ISLAND, coast), (half, coast), (rest, coast)])
    sea = found.inside(BOX)
    assert sea.area == pytest.approx(100 - 1 - 4)
    assert not sea.contains(Point(2.5, 2.5))


def test_no_coast_in_view_is_no_sea(tmp_path: Path) -> None:
    """A coast elsewhere."""
    ways = [(((20, 4), (30, 4)), {"natural": "coastline"})]
    assert water(tmp_path / "a.osm.pbf", ways).inside(BOX).is_empty


@pytest.mark.parametrize("line", [((-1, 4), (5, 4)), ((4, 4), (5, 4)), ((5, 4), (11, 4))])
def test_a_coast_that_the_extract_cuts_goes_on_as_it_runs(tmp_path: Path, line: Ring) -> None:
    """It ends inside the box, at one or both ends."""
    sea = water(tmp_path / "a.osm.pbf", [(line, {"natural": "coastline"})]).inside(BOX)
    assert sea.area == pytest.approx(40)
    assert sea.contains(Point(5, 3))


def test_coasts_that_disagree_are_no_sea(tmp_path: Path) -> None:
    """Two coasts that both have the land between them on their right."""
    coast = {"natural": "coastline"}
    ways = [(((-1, 4), (11, 4)), coast), (((-1, 6), (11, 6)), coast)]
    assert water(tmp_path / "a.osm.pbf", ways).inside(BOX).area == pytest.approx(40)


def test_a_lake_that_the_extract_cuts_is_left_out(tmp_path: Path) -> None:
    """A multipolygon whose outer way is not closed has no shape; the other lake is drawn."""
    tags = {"type": "multipolygon", "natural": "water"}
    small = ((6, 6), (8, 6), (8, 8), (6, 8), (6, 6))
    ways = [(LAKE[:3], {}), (ISLAND, {}), (small, {"natural": "water"})]
    assert water(tmp_path / "a.osm.pbf", ways, tags).inside(BOX).area == pytest.approx(4)


def test_water_is_read_once(tmp_path: Path) -> None:
    """From the cache the second time, without the file."""
    path = tmp_path / "a.osm.pbf"
    first = water(path, [(LAKE, {"natural": "water"})])
    path.unlink()
    again = read_water(path, DatasetCache(tmp_path / "cache", ignore_stage), "key")
    assert again.inside(BOX).equals(first.inside(BOX))
