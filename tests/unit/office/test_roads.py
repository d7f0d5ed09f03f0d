"""Cutting out and preparing roads."""

import shutil
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.i18n.messages import Message
from planner.office.district_folder import example_folder, read_district
from planner.office.listener import Listener
from planner.office.roads import cut_roads, prepare_roads


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example district."""
    return Path(shutil.copytree(example_folder(), tmp_path / "kota"))


def test_roads_are_prepared_and_counted(folder: Path, tmp_path: Path) -> None:
    """Large vans have fewer kilometres than small ones; most of them hang together."""
    report = prepare_roads(read_district(folder), cache=tmp_path / "cache")
    assert report.road_km["large"] < report.road_km["small"]
    assert all(0.9 < share < 1 for share in report.connected.values())
    assert list((tmp_path / "cache").glob("network-*.npz"))


def test_roads_are_cut_out_of_a_larger_file(folder: Path, tmp_path: Path) -> None:
    """A folder without roads gets those of the example, and it is said how many."""
    (folder / "roads.osm.pbf").unlink()
    said: list[Message] = []
    district = cut_roads(
        read_district(folder),
        example_folder() / "roads.osm.pbf",
        listener=Listener(notice=said.append),
    )
    assert district.roads == folder / "roads.osm.pbf"
    assert prepare_roads(district, cache=tmp_path / "cache").roads > 0
    assert [str(said[0]).split(": ")[0]] == [str(district.roads)]


def test_a_folder_without_roads_is_told(folder: Path) -> None:
    """Nothing to prepare, and nothing to cut from."""
    (folder / "roads.osm.pbf").unlink()
    with pytest.raises(
        InputError, match="has no road file; cut one out of a larger extract with --cut"
    ):
        prepare_roads(read_district(folder))
