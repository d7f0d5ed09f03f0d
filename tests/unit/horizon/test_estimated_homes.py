"""People of whom only the kelurahan is known."""

from dataclasses import replace
from pathlib import Path

from planner.horizon.estimated_homes import move_to_streets
from planner.travel.interface import ignore_stage
from tests.builders.districts import district
from tests.builders.town import STEP, write_extract


def test_estimated_homes_move_to_streets(tmp_path: Path) -> None:
    """Those with coordinates stay; without a road file all do."""
    known, unknown = district().neighbourhoods
    given = district(neighbourhoods=(known, replace(unknown, is_estimated=True)))
    assert move_to_streets(given, None, ignore_stage) == given
    way = {"AB": {"highway": "residential"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", way, turns=(), node_tags={})
    (area,) = given.areas
    around = replace(area, shape=area.shape.buffer(200))
    moved = move_to_streets(replace(given, roads=roads, areas=(around,)), None, ignore_stage)
    assert moved.neighbourhoods[0] == known
    assert moved.neighbourhoods[1].lat == 0
    assert round(moved.neighbourhoods[1].lon * 1e7 / STEP, 3) == 0.5


def test_homes_placed_by_a_population_layer_stay(tmp_path: Path) -> None:
    """Where people live is known better than along which streets."""
    (first, *_) = district().neighbourhoods
    placed = replace(first, is_estimated=True, is_populated=True)
    roads = write_extract(tmp_path / "roads.osm.pbf")
    given = district(neighbourhoods=(placed,), roads=roads)
    assert move_to_streets(given, None, ignore_stage) == given
