"""Versions of the plan of a week, as they are read."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.store.plan_folder import PlanFolder
from planner.store.version import Version
from tests.builders.horizons import horizon, result
from tests.builders.versions import add_version, manifest, week_of


@pytest.fixture
def folder(tmp_path: Path) -> PlanFolder:
    """The folder of a week with a plan in it."""
    add_version(tmp_path, result(), {"summary.txt": b"1"})
    return week_of(tmp_path)


def current(folder: PlanFolder) -> Version:
    version = folder.current
    assert version is not None
    return version


def test_a_plan_is_read_as_it_was_written(folder: PlanFolder) -> None:
    """The first version; nothing differs from the tables."""
    assert current(folder).read_result().plan == result().plan
    assert (current(folder).number, current(folder).people) == (1, result().people)
    assert manifest(folder)["version"] == 1
    assert not current(folder).has_changes


def test_a_week_without_a_plan_has_none(tmp_path: Path) -> None:
    """Its folder need not exist."""
    empty = week_of(tmp_path, "2026-W49")
    assert (empty.current, empty.versions, empty.read_plan_if_any()) == (None, (), None)
    assert empty.is_settled()


def test_inputs_that_have_changed_since_are_named(folder: PlanFolder) -> None:
    """A table with another hash, a new one; without a manifest nobody knows."""
    district = horizon().district
    assert current(folder).stale_inputs(district) == ()
    changed = horizon(sources={**district.sources, "rt.csv": "another hash"}).district
    assert current(folder).stale_inputs(changed) == ("rt.csv",)
    (current(folder).path / "manifest.json").unlink()
    assert current(folder).stale_inputs(district) == ("manifest.json",)


@pytest.mark.parametrize("text", ["[]", '{"inputs": [{}], "earlier": 3}', "[" * 100_000, "\x00"])
def test_a_manifest_of_another_kind_counts_as_none(tmp_path: Path, text: str) -> None:
    """A list, other types, lists within lists, no JSON: told by name, and the next one is whole."""
    add_version(tmp_path, result())
    folder = week_of(tmp_path)
    (current(folder).path / "manifest.json").write_text(text, encoding="utf-8")
    assert current(folder).stale_inputs(horizon().district) == ("manifest.json",)
    add_version(tmp_path, result(people=7))
    assert manifest(folder)["version"] == 2


@pytest.mark.parametrize("text", ["[]", "{", '{"versions": []}', "[" * 100_000])
def test_a_damaged_index_is_told(folder: PlanFolder, text: str) -> None:
    """Nobody can know which version holds; without any index it is that of older planners."""
    index = folder.versions_path / "index.json"
    index.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"index\.json: is damaged.*; restore it from a copy"):
        assert folder.current
    index.unlink()
    assert current(folder).path == folder.path


def test_papers_never_lie_outside_their_version(folder: PlanFolder) -> None:
    """Nor does an index that names them there count."""
    index = folder.versions_path / "index.json"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace('"papers": {}', '"papers": {"maps": "../../x"}'), "utf-8")
    with pytest.raises(InputError, match="is damaged"):
        assert folder.current


def test_a_plan_knows_the_district_folder_it_lies_in(folder: PlanFolder, tmp_path: Path) -> None:
    """One with settings; else the file may lie anywhere."""
    version = current(folder)
    assert (version.district_folder, version.week) == (None, "")
    (tmp_path / "planner.toml").write_text("", encoding="utf-8")
    assert (version.district_folder, version.week) == (tmp_path, "2026-W48")
    assert Version(path=folder.path).week == "2026-W48"
    assert Version(path=tmp_path).district_folder is None


def test_a_plan_edited_by_hand_is_noticed(folder: PlanFolder) -> None:
    """The version in force stays what it is."""
    assert folder.edited_plan() is None
    (folder.path / "plan.json").write_bytes(b"mine")
    assert folder.edited_plan() == folder.path / "plan.json"
    assert current(folder).read_result().plan == result().plan
