"""The factory chooses between roads and straight lines, and takes any road engine."""

from collections.abc import Mapping, Sequence
from math import radians
from pathlib import Path

import numpy as np
import pytest
from shapely import GeometryCollection
from shapely.geometry.base import BaseGeometry

from planner.arrays import Bools, Int32s
from planner.district import Speeds
from planner.errors import InputError
from planner.geo import EARTH_M, Walks
from planner.i18n.messages import say
from planner.travel.factory import find_walks, make_travel, prepare_roads
from planner.travel.interface import (
    LatLons,
    Line,
    NetworkReport,
    Place,
    RoadLines,
    StageListener,
    Step,
    Unreached,
)
from tests.builders.town import SPEEDS, at, corner

PLACES = [corner("A"), corner("D")]
METRES_PER_DEGREE = radians(EARTH_M)


class TaxicabTravel:
    """Another engine's travel: 10 m/s east and north, on no road in particular."""

    straight = False
    attribution = "nobody"
    unreached: Mapping[int, Mapping[str, Unreached]] = {}

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        spots = np.array([(place.lat, place.lon) for place in places]) * METRES_PER_DEGREE
        drive_m = np.abs(spots[:, None] - spots).sum(axis=2)
        self.drive_m: Int32s = drive_m.round().astype(np.int32)
        self.drive_s: Int32s = (drive_m / 10).round().astype(np.int32)

    def line(self, origin: int, destination: int) -> Line:
        return [(self.places[i].lat, self.places[i].lon) for i in (origin, destination)]

    def directions(self, origin: int, destination: int) -> tuple[Step, ...]:
        return ()

    def water(self) -> BaseGeometry:
        return GeometryCollection()

    def background(self) -> tuple[RoadLines, ...]:
        return ()

    def covers(self, spots: LatLons) -> Bools:
        return np.ones(len(spots), dtype=np.bool_)


class TaxicabRoads:
    """Another engine."""

    def __init__(
        self, path: Path, speeds: Speeds, cache: Path | None, on_stage: StageListener
    ) -> None:
        on_stage(say("opening {name}", name=path.name), 1.0)

    def travel(self, places: Sequence[Place]) -> TaxicabTravel:
        return TaxicabTravel(places)

    def report(self, num_places: int) -> NetworkReport:
        return NetworkReport(
            roads=0, junctions=0, forbidden_turns=0, road_km={}, connected={}, unread={}
        )

    def walks(self, homes: LatLons, points: LatLons, reach_m: float, ratio: float) -> Walks:
        first = np.zeros(len(homes), dtype=np.intp)
        return Walks.of(np.arange(len(homes)), first, np.full(len(homes), reach_m))


def test_another_engine_is_plugged_in_through_the_factory() -> None:
    """Its 300 m east and 100 m north, its report and its walks, told of on the way."""
    roads = Path("roads.bin")
    told: list[str] = []

    def on_stage(what: str, share: float) -> None:
        told.append(what)

    found = make_travel(
        [at(0, 0), at(3, 1)], roads, SPEEDS, on_stage=on_stage, open_roads=TaxicabRoads
    )
    assert (found.drive_s[0, 1], found.drive_m[1, 0]) == (40, 400)
    assert prepare_roads(roads, SPEEDS, 2, open_roads=TaxicabRoads).roads == 0
    walks = find_walks(
        [(0, 0)], [(0, 0), (1, 1)], roads, reach_m=1, ratio=1, open_roads=TaxicabRoads
    )
    assert walks.point.tolist() == [0]
    assert told == ["opening roads.bin"]


def test_a_file_gives_roads_and_none_an_estimate(town: Path) -> None:
    """From A to D, 300 m along Jalan Melati, or 1.8 times that where nobody knows the streets."""
    assert make_travel(PLACES, town, SPEEDS).drive_m[0, 1] == 300
    estimate = make_travel(PLACES, None, SPEEDS)
    assert estimate.straight
    assert estimate.drive_m[0, 1] == 540


def test_no_places_need_no_road_file(tmp_path: Path) -> None:
    """A district all closed is no reason to read roads."""
    assert make_travel([], tmp_path / "gone.osm.pbf", SPEEDS).drive_s.shape == (0, 0)


def test_a_missing_road_file_is_named(tmp_path: Path) -> None:
    """By its path."""
    with pytest.raises(InputError, match=r"gone\.osm\.pbf: is missing; put the road file there"):
        make_travel(PLACES, tmp_path / "gone.osm.pbf", SPEEDS)


@pytest.mark.parametrize(("reach_m", "points"), [(131, [0]), (129, [])])
def test_without_roads_people_walk_straight_lines(reach_m: float, points: list[int]) -> None:
    """100 m, at a ratio of 1.3."""
    point = (0.0, 100 / METRES_PER_DEGREE)
    walks = find_walks([(0.0, 0.0)], [point], None, reach_m=reach_m, ratio=1.3)
    assert walks.point.tolist() == points
    assert walks.walk_m == pytest.approx([130] * len(points))
