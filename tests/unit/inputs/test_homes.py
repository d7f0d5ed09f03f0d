"""Where people live whose row gives no coordinates."""

import json

import pytest
import shapely

from planner.district import Neighbourhood
from planner.inputs import read_district
from planner.inputs.homes import spread_over
from tests.builders.folders import AREAS, Folder, sound_folder

HEADER = "code,kelurahan,rw,dusun,rt,unrecorded\n"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """With the border of the kelurahan alone."""
    folder = sound_folder(tmp_path_factory.mktemp("kota"))
    folder.write("areas.geojson", json.dumps(AREAS | {"features": AREAS["features"][:1]}))
    return folder


def homes(folder: Folder, *rows: str) -> tuple[Neighbourhood, ...]:
    """Of a table without coordinates."""
    folder.write("rt.csv", HEADER + "".join(f"99.71.01.1001,Melati,{row}\n" for row in rows))
    return read_district(folder.path).neighbourhoods


def test_a_row_without_rw_lies_in_its_kelurahan(folder: Folder) -> None:
    """Many cities number RT by kelurahan; where they are is an estimate, and told."""
    first, second = homes(folder, ",,001,30", ",,002,20")
    assert (first.id, first.is_estimated) == ("99.71.01.1001 RT 001", True)
    assert shapely.box(110, -7.01, 110.02, -7).contains(shapely.Point(second.lon, second.lat))
    assert (first.lat, first.lon) != (second.lat, second.lon)
    warnings = read_district(folder.path).warnings
    assert any(told.startswith("2 rows of rt have no coordinates") for told in warnings)


def test_rows_are_placed_where_a_population_layer_has_people(folder: Folder) -> None:
    """Of four rows three lie where three quarters of the people live; others do not count."""
    spots = ("300,-7.002,110.002", "99,-7.5,110", "0,-7.004,110", "100,-7.008,110.018")
    folder.write("population.csv", "\n".join(("penduduk,lat,lon", *spots)))
    placed = homes(folder, ",,001,30", ",,002,20", ",,003,10", ",,004,10")
    assert [home.lat for home in placed] == [-7.002, -7.002, -7.002, -7.008]
    assert [home.lon for home in placed] == [110.002, 110.002, 110.002, 110.018]
    assert all(home.is_estimated and home.is_populated for home in placed)


def test_without_people_of_a_layer_rows_are_spread(folder: Folder) -> None:
    """The layer ends before the kelurahan."""
    folder.write("population.csv", "people,lat,lon\n300,-7.5,110\n")
    (home,) = homes(folder, ",,001,30")
    assert home.is_estimated
    assert not home.is_populated
    assert shapely.box(110, -7.01, 110.02, -7).contains(shapely.Point(home.lon, home.lat))


def test_a_row_may_count_a_whole_kelurahan(folder: Folder) -> None:
    """Neither RW nor RT."""
    (home,) = homes(folder, ",,,50")
    assert (home.id, home.rw, home.rt) == ("99.71.01.1001", "", None)
    assert len(home.spots) == 10
    assert (home.lat, home.lon) == home.spots[0]
    border = shapely.box(110, -7.01, 110.02, -7)
    assert all(border.contains(shapely.Point(lon, lat)) for lat, lon in home.spots)


@pytest.mark.parametrize(("people", "spots"), [("9", 0), ("10", 2), ("5000", 40)])
def test_few_people_have_one_spot_and_many_have_forty(
    folder: Folder, people: str, spots: int
) -> None:
    """One for each five people of a kelurahan."""
    (home,) = homes(folder, f",,,{people}")
    assert len(home.spots) == spots


def test_a_whole_kelurahan_lives_where_a_population_layer_has_people(folder: Folder) -> None:
    """Of four spots three lie where three quarters of the people live."""
    spots = ("300,-7.002,110.002", "100,-7.008,110.018")
    folder.write("population.csv", "\n".join(("penduduk,lat,lon", *spots)))
    (home,) = homes(folder, ",,,20")
    assert [lat for lat, _ in home.spots] == [-7.002, -7.002, -7.002, -7.008]
    assert home.is_populated


def test_dusun_may_have_equal_numbers(folder: Folder) -> None:
    """RT 001 of Krajan is not RT 001 of Kidul; nor is RW 001 of one that of the other."""
    ids = [home.id for home in homes(folder, ",Krajan,001,3", ",Kidul,1,4", "001,Kidul,1,4")]
    assert ids == [
        "99.71.01.1001 Dusun Krajan RT 001",
        "99.71.01.1001 Dusun Kidul RT 001",
        "99.71.01.1001 Dusun Kidul RW 001 RT 001",
    ]


@pytest.mark.parametrize(
    "numbers",
    ["RW 02,,RT 01", ",,001/002", "02,,001/002", ",,RT.001/RW.02", "RW.002,,1", ",,RT 1 RW 2"],
)
def test_numbers_are_read_however_they_are_labelled(folder: Folder, numbers: str) -> None:
    """RT 001 of RW 002."""
    (home,) = homes(folder, f"{numbers},9")
    assert (home.rw, home.rt) == ("002", "001")


def test_an_exclave_belongs_to_its_kelurahan(folder: Folder) -> None:
    """Two features of one code and name that lie apart are one area."""
    exclave = json.loads(json.dumps(AREAS["features"][0]))
    ring = exclave["geometry"]["coordinates"][0]
    exclave["geometry"]["coordinates"] = [[[lon + 0.1, lat] for lon, lat in ring]]
    features = [AREAS["features"][0], exclave]
    folder.write("areas.geojson", json.dumps(AREAS | {"features": features}))
    (area,) = read_district(folder.path).areas
    assert area.shape.area == pytest.approx(2 * 0.02 * 0.01)


def test_points_are_spread_evenly() -> None:
    """Of 100 points in a triangle, half of a square, none is outside; halves have as many."""
    triangle = shapely.Polygon([(110, -7), (111, -7), (110, -6)])
    points = spread_over(triangle, 100)
    assert all(triangle.contains(shapely.Point(lon, lat)) for lat, lon in points)
    assert sum(lat - -7 < lon - 110 for lat, lon in points) == pytest.approx(50, abs=4)
