"""A district's roads cut out of a larger file."""

import os
import subprocess
import sys
from pathlib import Path

import osmium
import pytest
from osmium.osm import mutable

from planner.errors import InputError
from planner.geo import BoundingBox
from planner.travel.clipping import clip_extract
from planner.travel.dataset_cache import DatasetCache
from planner.travel.factory import make_travel
from planner.travel.interface import ignore_stage
from planner.travel.osm import read_extract
from planner.travel.water import read_water
from tests.builders.town import SPEEDS, STEP, corner, write_extract
from tests.unit.travel.test_water import BOX, ISLAND, LAKE, water

pytestmark = pytest.mark.process

SOUTH_WEST = BoundingBox(
    south=-0.5 * STEP / 1e7, west=-0.5 * STEP / 1e7, north=0.5 * STEP / 1e7, east=0.5e-2
)
"""Around A, B, C and D, and the gate P."""


@pytest.mark.parametrize("in_memory_bytes", [0, 10**9])
def test_roads_that_touch_the_box_stay_whole(
    town: Path, tmp_path: Path, in_memory_bytes: int
) -> None:
    """Streets from there to F, G and H stay, those beyond and the river's other bank go."""
    path = tmp_path / "roads.osm.pbf"
    assert clip_extract(town, path, SOUTH_WEST, in_memory_bytes=in_memory_bytes) == 5
    found = make_travel([corner("A"), corner("G", ("small",)), corner("Q")], path, SPEEDS)
    assert found.drive_s[0, 1] == 40
    assert found.unreached.keys() == {2}
    assert [entry.name for entry in tmp_path.iterdir()] == ["roads.osm.pbf"]


@pytest.mark.slow
def test_turns_stay_where_both_their_ways_do(town: Path, tmp_path: Path) -> None:
    """The turn from B-F into F-G-H goes with F-G-H, and stays where that stays."""
    whole = BoundingBox(south=-1, west=-1, north=1, east=1)
    clip_extract(town, tmp_path / "whole.osm.pbf", whole)
    assert len(read_extract(tmp_path / "whole.osm.pbf", print).restrictions) == 1
    clip_extract(town, tmp_path / "part.osm.pbf", SOUTH_WEST)
    assert not read_extract(tmp_path / "part.osm.pbf", print).restrictions


def test_a_box_without_roads_is_told_and_keeps_what_was_there(town: Path, tmp_path: Path) -> None:
    """A box in the sea; the older file stays."""
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(b"older")
    with pytest.raises(InputError, match=r"town\.osm\.pbf: has no road around the district"):
        clip_extract(town, path, BoundingBox(south=5, west=5, north=6, east=6))
    assert path.read_bytes() == b"older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["roads.osm.pbf"]


def test_water_that_touches_the_box_stays_whole(tmp_path: Path) -> None:
    """A lake with an island, of two ways without tags, a coast, and neither of them far away."""
    road = ((0, 0), (1, 0))
    coast = {"natural": "coastline"}
    ways = [
        (LAKE, {}),
        (ISLAND, {}),
        (road, {"highway": "residential"}),
        (((-1, 4), (2, 4)), coast),
    ]
    far = [
        (((20, 4), (30, 4)), coast),
        (((20, 5), (21, 5), (21, 6), (20, 5)), {"natural": "water"}),
    ]
    source, path = tmp_path / "whole.osm.pbf", tmp_path / "roads.osm.pbf"
    whole = water(source, [*ways, *far], {"type": "multipolygon", "natural": "water"})
    assert clip_extract(source, path, BOX) == 1
    part = read_water(path, DatasetCache(None, ignore_stage), "key")
    assert part.inside(BOX).equals(whole.inside(BOX))
    assert part.coast.length == 3
    assert part.areas.area == pytest.approx(15)


CUT = """
import resource
import sys
from pathlib import Path

from planner.geo import BoundingBox
from planner.travel.clipping import clip_extract

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
    box = BoundingBox(south=-1, west=-1, north=1, east=1)
    clip_extract(Path(sys.argv[2]), Path(sys.argv[3]), box)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
@pytest.mark.parametrize("limit", [20, 300])
def test_a_disk_that_fills_up_is_told_and_keeps_what_was_there(
    town: Path, tmp_path: Path, limit: int
) -> None:
    """No file may grow beyond some bytes: of what is kept meanwhile, or of the roads themselves."""
    path, scratch, program = tmp_path / "roads.osm.pbf", tmp_path / "scratch", tmp_path / "cut.py"
    path.write_bytes(b"older")
    scratch.mkdir()
    program.write_text(CUT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program, str(limit), town, path],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    assert "InputError: town.osm.pbf: cannot be cut (" in done.stderr
    assert "terminate" not in done.stderr
    assert path.read_bytes() == b"older"
    assert not list(scratch.iterdir())
    assert {entry.name for entry in tmp_path.iterdir()} == {path.name, "scratch", "cut.py"}


@pytest.mark.parametrize("content", [None, b"hello" * 50])
def test_a_source_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    """Missing, and no extract."""
    source = tmp_path / "java.osm.pbf"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(InputError, match=r"java\.osm\.pbf: (is missing|cannot be cut)"):
        clip_extract(source, tmp_path / "roads.osm.pbf", SOUTH_WEST)
    assert not (tmp_path / "roads.osm.pbf").exists()


def test_a_source_with_its_ways_first_is_told(tmp_path: Path) -> None:
    """Not that it has no roads here."""
    source = tmp_path / "java.osm.pbf"
    with osmium.SimpleWriter(str(source)) as writer:
        writer.add_way(mutable.Way(id=1, nodes=[1, 2], tags={"highway": "residential"}))
        writer.add_node(mutable.Node(id=1, location=(0, 0)))
        writer.add_node(mutable.Node(id=2, location=(0.001, 0)))
    with pytest.raises(InputError, match=r"java\.osm\.pbf: has its ways before its nodes"):
        clip_extract(source, tmp_path / "roads.osm.pbf", SOUTH_WEST)


def test_ferries_and_turns_of_trucks_stay(tmp_path: Path) -> None:
    """A ferry B-E, and a turn that trucks must not take at B."""
    ferry = {"route": "ferry", "duration": "00:10", "motor_vehicle": "yes"}
    street = {"highway": "residential"}
    source = write_extract(
        tmp_path / "java.osm.pbf",
        {"AB": street, "BC": street, "BE": ferry},
        turns=[("restriction:hgv=no_u_turn", "AB", "B", "BC")],
    )
    assert clip_extract(source, tmp_path / "roads.osm.pbf", SOUTH_WEST) == 3
    found = read_extract(tmp_path / "roads.osm.pbf", print)
    assert [way.highway for way in found.ways][-1] == "ferry"
    assert len(found.restrictions) == 1
