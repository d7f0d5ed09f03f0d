"""People of whom only the kelurahan is known."""

from dataclasses import replace
from pathlib import Path

from planner.horizon import build_horizon
from planner.horizon.estimated_homes import move_to_streets, spread_over_spots
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


def test_a_whole_kelurahan_is_spread_over_its_spots() -> None:
    """Of 10 people, 3 of whom cannot be reached, and 100 who must hold a card, nobody is lost."""
    (first, *_) = district().neighbourhoods
    spots = ((0.0, 0.0), (0.0, 0.01), (0.01, 0.0), (0.01, 0.01))
    home = replace(first, unrecorded=10, unreachable=3, eligible=100, spots=spots)
    parts = spread_over_spots(district(neighbourhoods=(home,))).neighbourhoods
    assert [(part.lat, part.lon) for part in parts] == [*spots]
    assert [part.unrecorded for part in parts] == [1, 3, 3, 3]
    assert [part.backlog for part in parts] == [1, 2, 2, 2]
    assert {part.id for part in parts} == {home.id}
    assert sum(part.eligible or 0 for part in parts) == 100


def test_people_of_a_whole_kelurahan_walk_to_several_points() -> None:
    """Of two points far from each other both are near some of its people, and not near all."""
    given = district()
    first, point = given.neighbourhoods[0], given.venues[0]
    points = [point, replace(point, id="P2", lat=point.lat - 0.1)]
    spots = tuple((point.lat, point.lon) for point in points)
    whole = replace(first, rw="", rt=None, unrecorded=20 * len(spots), unreachable=0, spots=spots)
    given = replace(given, neighbourhoods=(whole,), venues=tuple(points))
    horizon = build_horizon(given, "2026-W48", cache=None)
    drawn = [sum(draws.values()) for draws in horizon.demand.draws.values()]
    assert len(drawn) == 2
    assert drawn[0] == drawn[1] > 0
    ids = [group.id for group in horizon.demand.groups]
    assert len(ids) == len(set(ids))
    assert sum(group.people for group in horizon.demand.groups) + horizon.uncovered == (
        whole.backlog
    )


def test_homes_placed_by_a_population_layer_stay(tmp_path: Path) -> None:
    """Where people live is known better than along which streets."""
    (first, *_) = district().neighbourhoods
    placed = replace(first, is_estimated=True, is_populated=True)
    roads = write_extract(tmp_path / "roads.osm.pbf")
    given = district(neighbourhoods=(placed,), roads=roads)
    assert move_to_streets(given, None, ignore_stage) == given
