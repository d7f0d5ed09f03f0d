"""What ``repair`` and ``plan --keep`` write and say."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner import formats
from planner.cli.app import app
from planner.office.district_folder import example_folder
from planner.plan import Plan

WEEK = "2026-W48"
runner = CliRunner()


def run(*words: object) -> Result:
    return runner.invoke(app, ["--lang", "en", *map(str, words)])


def plan_of(folder: Path, name: str = "plan.json") -> Plan:
    return formats.read_result(folder / "plans" / WEEK / name)[0].plan


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example district with a plan of one round."""
    path = tmp_path_factory.mktemp("planned") / "kota"
    shutil.copytree(example_folder(), path)
    assert run("plan", path, "--week", WEEK, "--iterations", 1).exit_code == 0
    return path


@pytest.fixture
def folder(planned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned, tmp_path / "kota"))


def edited(folder: Path, people: int) -> Path:
    """A plan whose first stop has more people than anybody expects, ten minutes early."""
    path = folder / "plans" / WEEK / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan["routes"][0]["stops"][0]["people"] += people
    plan["routes"][0]["stops"][0]["setup_s"] -= 600
    mine = folder / "mine.json"
    mine.write_text(json.dumps(plan), encoding="utf-8")
    return mine


@pytest.mark.slow
def test_a_plan_edited_by_hand_is_mended_with_one_change(folder: Path) -> None:
    """What is wrong is named; the stop has as many people as can be; a new version is written."""
    found = run("repair", folder, "--week", WEEK, "--plan", edited(folder, 1000))
    assert found.exit_code == 1
    assert "; a stop may have 5 to" in found.stdout
    assert "sets up 600 s before it arrives" in found.stdout
    assert re.search(r"site '[A-Z][A-Za-z ]+'", found.stdout)
    assert "stops changed: 1; this is the minimum" in found.stdout
    instance = folder / "plans" / WEEK / "instance.json"
    assert run("verify", instance, instance.with_name("plan.json")).exit_code == 0


def test_a_sound_plan_needs_no_repair(folder: Path) -> None:
    """Exit code 0, and no new version."""
    found = run("repair", folder, "--week", WEEK)
    assert found.exit_code == 0
    assert "rules broken: 0" in found.stdout
    assert not (folder / "plans" / WEEK / "plan-1.json").exists()


def test_the_order_of_routes_in_a_file_is_no_change(folder: Path) -> None:
    """The same routes, the last first: no new version."""
    path = folder / "plans" / WEEK / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan["routes"].reverse()
    path.write_text(json.dumps(plan), encoding="utf-8")
    assert run("repair", folder, "--week", WEEK).exit_code == 0
    assert not path.with_name("plan-1.json").exists()


def test_repair_speaks_json_and_need_not_write(folder: Path) -> None:
    """The same as data."""
    mine = edited(folder, 1000)
    told = json.loads(
        run("repair", folder, "--week", WEEK, "--plan", mine, "--json", "--dry-run").stdout
    )
    assert (len(told["changed"]), told["fewest"]) == (1, True)
    assert not (folder / "plans" / WEEK / "plan-1.json").exists()


def test_routes_that_are_settled_stay(folder: Path) -> None:
    """The routes of van A, in a file of their own; the others are planned around them."""
    mine = folder / "mine.json"
    given = json.loads((folder / "plans" / WEEK / "plan.json").read_text(encoding="utf-8"))
    given["routes"] = [route for route in given["routes"] if route["van"] == "A"]
    mine.write_text(json.dumps(given), encoding="utf-8")
    kept = {route for route in plan_of(folder).routes if route.van_id == "A"}
    words = ("plan", folder, "--week", WEEK, "--iterations", 1, "--keep", mine)
    assert run(*words).exit_code == 0
    assert kept <= set(plan_of(folder).routes)
    assert (folder / "plans" / WEEK / "plan-1.json").exists()


@pytest.mark.slow
def test_hours_stay_when_a_van_is_gone(folder: Path) -> None:
    """Van D has no shift on Saturday any more: of the hours of the old plan the most are kept.

    Where routes are to be kept, its own is struck by name.
    """
    old = Path(shutil.copy(folder / "plans" / WEEK / "plan.json", folder / "old.json"))
    vans = folder / "vans.csv"
    shifts = "Sab 07.30-14.00; Min 07.30-15.30"
    text = vans.read_text(encoding="utf-8-sig")
    assert shifts in text
    vans.write_text(text.replace(shifts, "Sen 07.30-14.00"), encoding="utf-8")
    words = ("plan", folder, "--week", WEEK, "--iterations", 1, "--keep", old)
    found = run(*words, "--keep-mode", "promises")
    assert found.exit_code == 0, found.exception
    assert "this is the maximum" in found.stderr
    saturday = {route.van_id for route in plan_of(folder).routes if route.date.day == 28}
    assert "D" not in saturday
    assert run(*words, "--keep-mode", "nothing").exit_code == 0
    found = run(*words)
    assert found.exit_code == 0, found.exception
    assert "cannot stay: " in found.stderr


def test_a_mode_that_is_none_is_said(folder: Path) -> None:
    """With those that there are."""
    found = run("plan", folder, "--week", WEEK, "--keep-mode", "all")
    assert "'all' is not one of routes, promises, nothing" in str(found.exception)
