"""Who walks to which point in the hand-made town."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.travel.factory import find_walks
from tests.builders.town import CORNERS, STEP, write_extract

STREET = {"highway": "residential"}


def spot(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude so many hundred metres north and east of A."""
    return y * STEP / 1e7, x * STEP / 1e7


def walk(
    roads: Path, homes: list[tuple[float, float]], points: list[tuple[float, float]], reach_m: float
) -> list[int]:
    """Index of the nearest point of each home, -1 beyond reach."""
    walks = find_walks(homes, points, roads, reach_m=reach_m, ratio=1.3)
    pairs = zip(walks.home.tolist(), walks.point.tolist(), strict=True)
    nearest = dict(reversed([*pairs]))
    return [nearest.get(index, -1) for index in range(len(homes))]


@pytest.mark.parametrize(("reach_m", "found"), [(501, 0), (499, -1)])
def test_a_river_is_walked_round(town: Path, reach_m: float, found: int) -> None:
    """J is 100 m from F in a straight line; over the bridge E-I it is 200 + 100 + 200 m."""
    assert walk(town, [spot(*CORNERS["F"])], [spot(*CORNERS["J"])], reach_m) == [found]


def test_the_nearest_on_foot_is_not_the_nearest_in_a_line(town: Path) -> None:
    """From F, J is 100 m away across the river, G 100 m along the street and H 200 m."""
    points = [spot(*CORNERS["J"]), spot(2.5, 1), spot(*CORNERS["H"])]
    assert walk(town, [spot(*CORNERS["F"])], points, 800) == [1]


def test_all_points_within_reach_are_measured(town: Path) -> None:
    """From F: 150 m, H 200 m, J 500 m over the bridge, which is out of reach at 499 m."""
    points = [spot(*CORNERS["J"]), spot(2.5, 1), spot(*CORNERS["H"])]
    walks = find_walks([spot(*CORNERS["F"])], points, town, reach_m=501, ratio=1.3)
    assert walks.point.tolist() == [1, 2, 0]
    assert walks.walk_m == pytest.approx([150, 200, 500], abs=1)
    walks = find_walks([spot(*CORNERS["F"])], points, town, reach_m=499, ratio=1.3)
    assert walks.point.tolist() == [1, 2]


def test_people_walk_against_one_way_streets_and_through_gates(town: Path) -> None:
    """From F to B down the one-way street; from Q out of the gate P to D."""
    assert walk(town, [spot(*CORNERS["F"])], [spot(*CORNERS["B"])], 101) == [0]
    assert walk(town, [spot(*CORNERS["Q"])], [spot(*CORNERS["D"])], 301) == [0]


def test_people_walk_on_footways(tmp_path: Path) -> None:
    """A footway from F to J makes 500 m into 100 m."""
    streets = {"AB": STREET, "FJ": {"highway": "footway"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    assert walk(roads, [spot(*CORNERS["F"])], [spot(*CORNERS["J"])], 101) == [0]


def test_steps_from_the_door_to_the_street_count(town: Path) -> None:
    """30 m off the street at both ends, 100 m along it."""
    home, point = spot(0, -0.3), spot(1, -0.3)
    assert walk(town, [home], [point], 161) == [0]
    assert walk(town, [home], [point], 159) == [-1]


EXPRESSWAYS = [{"highway": "motorway"}, {"highway": "trunk", "motorroad": "yes"}]


@pytest.mark.parametrize("tags", [*EXPRESSWAYS, {"highway": "primary", "tunnel": "yes"}])
def test_nobody_walks_along_expressways_and_through_tunnels(
    tmp_path: Path, tags: dict[str, str]
) -> None:
    """From E to H by the street A-D, not along E-H."""
    streets = {"ABCD": STREET, "AE": STREET, "EFGH": tags, "DH": STREET}
    roads = write_extract(tmp_path / "express.osm.pbf", streets, turns=(), node_tags={})
    ends = [spot(-1, 1)], [spot(3, 1)]
    assert walk(roads, *ends, 530) == [-1]
    assert walk(roads, *ends, 550) == [0]


def test_a_few_steps_are_walked_straight(tmp_path: Path) -> None:
    """30 m apart between two streets that meet 400 m away."""
    streets = {"ABCD": STREET, "YX": STREET, "DL": STREET}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    home, point = spot(0.5, 0), spot(0.5, 0.3)
    assert walk(roads, [home], [point], 40) == [0]
    assert walk(roads, [spot(0.5, -0.3)], [point], 300) == [-1]


@pytest.mark.parametrize("tags", EXPRESSWAYS)
def test_nobody_walks_across_an_expressway(tmp_path: Path, tags: dict[str, str]) -> None:
    """30 m apart on both sides of Y-X; over the street below a bridge one may."""
    streets = {"ABCD": STREET, "YX": tags, "IJKL": STREET}
    ends = [spot(0.5, 0.1)], [spot(0.5, 0.4)]
    roads = write_extract(tmp_path / "express.osm.pbf", streets, turns=(), node_tags={})
    assert walk(roads, *ends, 100) == [-1]
    streets["YX"] = {**tags, "bridge": "yes"}
    roads = write_extract(tmp_path / "bridge.osm.pbf", streets, turns=(), node_tags={})
    assert walk(roads, *ends, 100) == [0]


@pytest.mark.parametrize(("reach_m", "found"), [(131, 0), (129, -1)])
def test_far_from_any_way_people_walk_in_a_line(town: Path, reach_m: float, found: int) -> None:
    """Two spots 100 m apart in the fields: 130 m."""
    assert walk(town, [spot(-5, -5)], [spot(-5, -4)], reach_m) == [found]


def test_a_home_in_the_fields_walks_to_a_point_on_a_street(town: Path) -> None:
    """200 m south of A, which is 260 m on foot; from B's own home it is 100 m along the street."""
    homes = [spot(0, -2), spot(*CORNERS["B"])]
    assert walk(town, homes, [spot(*CORNERS["A"])], 261) == [0, 0]
    assert walk(town, homes, [spot(*CORNERS["A"])], 259) == [-1, 0]


def test_nobody_walks_where_there_is_no_point(town: Path) -> None:
    """No points, and no homes."""
    assert walk(town, [spot(0, 0)], [], 800) == [-1]
    assert walk(town, [], [spot(0, 0)], 800) == []


def test_a_file_of_footways_alone_is_no_road_file(tmp_path: Path) -> None:
    """Vans need a road."""
    streets = {"AB": {"highway": "footway"}}
    roads = write_extract(tmp_path / "roads.osm.pbf", streets, turns=(), node_tags={})
    with pytest.raises(InputError, match="has no road that a van can use"):
        walk(roads, [spot(0, 0)], [spot(1, 0)], 800)
