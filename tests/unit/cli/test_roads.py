"""The command that cuts out and prepares roads."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import InputError
from planner.office.session import example_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example district, and a cache of its own."""
    monkeypatch.setattr("planner.cli.roads.roads_cache", lambda: tmp_path / "cache")
    return Path(shutil.copytree(example_folder(), tmp_path / "kota"))


def test_roads_are_prepared_and_counted(folder: Path) -> None:
    """Large vans have fewer kilometres than small ones; most of them hang together."""
    found = CliRunner().invoke(app, ["roads", str(folder), "--json"])
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert told["road_km"]["large"] < told["road_km"]["small"]
    assert all(0.9 < share < 1 for share in told["connected"].values())
    assert list((folder.parent / "cache").glob("network-*.npz"))


def test_roads_are_cut_out_of_a_larger_file(folder: Path) -> None:
    """A folder without roads gets those of the example, and the next command is told."""
    (folder / "roads.osm.pbf").unlink()
    source = example_folder() / "roads.osm.pbf"
    found = CliRunner().invoke(app, ["--lang", "en", "roads", str(folder), "--cut", str(source)])
    assert found.exit_code == 0
    assert (folder / "roads.osm.pbf").exists()
    assert "small vans:" in found.stdout
    assert f"next: planner check {folder}" in found.stderr


def test_a_folder_without_roads_is_told(folder: Path) -> None:
    """Nothing to prepare, and nothing to cut from."""
    (folder / "roads.osm.pbf").unlink()
    found = CliRunner().invoke(app, ["roads", str(folder)])
    assert isinstance(found.exception, InputError)
    assert "has no road file; cut one out with --cut" in str(found.exception)
