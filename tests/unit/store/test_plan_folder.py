"""Versions of the plan of a week."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.plan import Plan
from planner.store.plan_folder import PlanFolder
from tests.builders.horizons import horizon, result


@pytest.fixture
def folder(tmp_path: Path) -> PlanFolder:
    """The folder of a week with a plan in it."""
    folder = PlanFolder.of_week(tmp_path, "2026-W48")
    folder.write(horizon(), result(), {"summary.txt": b"1"})
    return folder


def manifest(folder: PlanFolder) -> dict[str, object]:
    content: dict[str, object] = json.loads((folder.path / "manifest.json").read_bytes())
    return content


def test_a_plan_is_read_as_it_was_written(folder: PlanFolder) -> None:
    """The first version; nothing differs from the tables."""
    assert folder.read_result().plan == result().plan
    assert manifest(folder)["version"] == 1
    assert not folder.has_changes


def test_a_week_without_a_plan_has_none(tmp_path: Path) -> None:
    """Its folder need not exist."""
    empty = PlanFolder.of_week(tmp_path, "2026-W49")
    assert not empty.has_plan
    assert empty.read_plan_if_any() is None
    empty.write(horizon(), result(), {}, replaces_because="repair")
    assert manifest(empty)["earlier"] == []


def test_a_plan_that_is_replaced_stays_as_an_earlier_version(folder: PlanFolder) -> None:
    """Twice, each with the reason; files of the same name are those of the plan in force."""
    before = (folder.path / "plan.json").read_bytes()
    for version, because in enumerate(("repair", "replan --at 10:15"), 2):
        other = replace(result(people=0), plan=Plan())
        folder.write(horizon(), other, {"summary.txt": b"2"}, replaces_because=because)
        assert manifest(folder)["version"] == version
    assert (folder.path / "plan-1.json").read_bytes() == before
    assert folder.read_result().plan == Plan()
    assert manifest(folder)["earlier"] == [
        {"file": "plan-1.json", "replaced_because": "repair"},
        {"file": "plan-2.json", "replaced_because": "replan --at 10:15"},
    ]


def test_an_earlier_version_is_never_overwritten(folder: PlanFolder) -> None:
    """Somebody has put a plan-1.json there that the manifest does not know."""
    (folder.path / "plan-1.json").write_bytes(b"mine")
    folder.write(horizon(), result(), {}, replaces_because="repair")
    assert (folder.path / "plan-1.json").read_bytes() == b"mine"
    assert (folder.path / "plan-2.json").exists()


def test_what_was_changed_on_the_day_is_forgotten_by_a_plan_of_the_tables(
    folder: PlanFolder,
) -> None:
    """A version with changes, then one without."""
    before = horizon().instance
    site = replace(before.sites[0], expected=3)
    after = replace(before, sites=(site, *before.sites[1:]))
    folder.write(horizon(), result(), {}, changed=folder.changed_bytes(before, after))
    assert folder.has_changes
    assert folder.with_changes(before).sites == after.sites
    folder.write(horizon(), result(), {})
    assert not folder.has_changes
    assert folder.with_changes(before).sites == before.sites


def test_inputs_that_have_changed_since_are_named(folder: PlanFolder) -> None:
    """A table with another hash, a new one; without a manifest nobody knows."""
    district = horizon().district
    assert folder.stale_inputs(district) == ()
    changed = replace(district, sources={**district.sources, "rt.csv": "another hash"})
    assert folder.stale_inputs(changed) == ("rt.csv",)
    (folder.path / "manifest.json").unlink()
    assert folder.stale_inputs(district) == ("manifest.json",)


@pytest.mark.parametrize("text", ["[]", '{"inputs": [{}], "earlier": 3}', "[" * 100_000, "\x00"])
def test_a_manifest_of_another_kind_counts_as_none(folder: PlanFolder, text: str) -> None:
    """A list, other types, lists within lists, no JSON: told by name, and the next one is whole."""
    (folder.path / "manifest.json").write_text(text, encoding="utf-8")
    assert folder.stale_inputs(horizon().district) == ("manifest.json",)
    folder.write(horizon(), result(), {}, replaces_because="repair")
    assert manifest(folder)["version"] == 2


def test_a_plan_knows_the_district_folder_it_lies_in(folder: PlanFolder, tmp_path: Path) -> None:
    """One with settings; else the file may lie anywhere."""
    assert folder.district_folder is None
    (tmp_path / "planner.toml").write_text("", encoding="utf-8")
    assert folder.district_folder == tmp_path
    assert PlanFolder(tmp_path).district_folder is None
