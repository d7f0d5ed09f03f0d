"""Places far from the others."""

import json
import re
import tracemalloc
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from planner.arrays import Int32s
from planner.errors import InputError
from planner.i18n.messages import Message
from planner.inputs import read_district
from planner.inputs.stray_places import APART_M, FEW, _groups
from tests.builders.folders import AREAS, Folder, sound_folder

RT = "code,kelurahan,rw,rt,unrecorded,lat,lon\n"


def strays(folder: Folder) -> list[str]:
    """What is told of coordinates."""
    warnings: tuple[Message, ...] = read_district(folder.path).warnings
    return [str(warning) for warning in warnings if "coordinates" in str(warning)]


def without_areas(path: Path) -> Folder:
    """The sound folder without borders."""
    folder = sound_folder(path)
    folder.remove("areas.geojson")
    folder.edit("rt.csv", "99.71.01.1001,Melati,002,,25,,,,\n", "")
    return folder


def members_of_few(groups: Int32s) -> set[frozenset[int]]:
    """The places of each group of few."""
    members = [frozenset(np.flatnonzero(groups == group).tolist()) for group in set(groups)]
    return {places for places in members if len(places) <= FEW}


def test_a_sound_folder_has_no_strays(tmp_path: Path) -> None:
    """With its borders, and without."""
    assert not strays(sound_folder(tmp_path))
    assert not strays(without_areas(tmp_path))


@pytest.mark.parametrize(("lat", "told"), [("-7.2", False), ("-6.0", True)])
def test_a_point_far_from_all_others_is_told(tmp_path: Path, lat: str, told: bool) -> None:
    """20 km are told of nobody, 111 km are."""
    folder = without_areas(tmp_path)
    folder.edit("points.csv", "-7.005,110.004", f"{lat},110.004")
    expected = "points.csv:2 lat: is 111 km from all other places; check its coordinates"
    assert strays(folder) == [expected] * told


@pytest.mark.parametrize("table", ["depots.csv", "points.csv", "rt.csv"])
def test_a_latitude_of_three_hundred_digits_is_refused(tmp_path: Path, table: str) -> None:
    """It is not on the globe, and no distance from it is a number."""
    folder = without_areas(tmp_path)
    text = (folder.path / table).read_text(encoding="utf-8")
    (row,) = re.findall(r"(?<=,)-7\.\d+,110\.\d+", text)[:1]
    folder.edit(table, row, "9" * 306 + ",110.001")
    with pytest.raises(InputError, match="is too large"):
        read_district(folder.path)


@pytest.mark.parametrize("seed", range(20))
def test_groups_of_few_are_those_of_all_pairs(seed: int) -> None:
    """Places at random along a coast, some in the same spot."""
    rng = np.random.default_rng(seed)
    xy = np.column_stack([rng.uniform(0, 1_000_000, 60), rng.uniform(0, 10_000, 60)])
    tree = KDTree(np.vstack([xy, xy[:3], xy[:2]]))
    near = tree.query_pairs(APART_M, output_type="ndarray")
    links = csr_array((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(tree.n,) * 2)
    _, expected = connected_components(links, directed=False)
    assert members_of_few(_groups(tree)) == members_of_few(expected) != set()


def test_a_city_is_grouped_without_all_of_its_pairs() -> None:
    """Of 5,000 places in a city each is near all others: 12 million pairs are 200 MB."""
    tree = KDTree(np.random.default_rng(0).uniform(0, 15_000, (5000, 2)))
    tracemalloc.start()
    groups = _groups(tree)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert not members_of_few(groups)


def test_an_rt_far_outside_its_kelurahan_is_told(tmp_path: Path) -> None:
    """15 km north of the others of Melati, where there is no border."""
    folder = without_areas(tmp_path)
    rows = [f"99.71.01.1001,Melati,001,{rt:03},5,-7.00{rt},110.004\n" for rt in range(1, 4)]
    folder.write("rt.csv", RT + "".join(rows) + "99.71.01.1001,Melati,009,001,5,-6.868,110.004\n")
    assert strays(folder) == [
        "rt.csv:5 lat: is 15 km from all others of Melati; check its coordinates and its kelurahan"
    ]


def test_an_rt_outside_the_border_of_its_kelurahan_is_told(tmp_path: Path) -> None:
    """15 km north of Melati, in Mawar."""
    folder = sound_folder(tmp_path)
    areas: dict[str, Any] = deepcopy(AREAS)
    ring = [[w, s] for w, s in ((110.0, -6.88), (110.02, -6.88), (110.02, -6.85), (110.0, -6.88))]
    areas["features"].append(
        {
            "type": "Feature",
            "properties": {"code": "99.71.01.1002", "name": "Mawar"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
    )
    folder.write("areas.geojson", json.dumps(areas))
    folder.edit("rt.csv", "-7.005,110.005", "-6.865,110.019")
    assert strays(folder) == [
        "rt.csv:3 lat: is in Mawar, 15 km outside Melati; check its coordinates and its kelurahan"
    ]


@pytest.mark.parametrize(("written", "van_class"), [("kecil", "small"), ("Besar", "large")])
def test_the_standard_classes_have_indonesian_names(
    tmp_path: Path, written: str, van_class: str
) -> None:
    """In vans, and where a place names the vans that fit."""
    folder = sound_folder(tmp_path)
    folder.edit("vans.csv", "small", written)
    folder.edit("schools.csv", "disetujui,small", f"disetujui,{written}")
    district = read_district(folder.path)
    assert district.vehicles[0].van_class == van_class
    assert {venue.classes for venue in district.venues} == {(van_class,)}


def test_like_rows_are_told_in_short(tmp_path: Path) -> None:
    """Seven RT of one kelurahan, each 6 km from the next."""
    folder = without_areas(tmp_path)
    rows = [
        f"99.71.01.1001,Melati,{number:03},001,5,{-7.005 + number * 0.054:.3f},110.004\n"
        for number in range(7)
    ]
    folder.write("rt.csv", RT + "".join(rows))
    told = [str(warning) for warning in read_district(folder.path).warnings]
    assert sum("from all others of Melati" in text for text in told) == 5
    assert "and 2 more rows like these" in told
