"""What ``diff`` prints and draws."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.errors import InputError
from planner.office.district_folder import example_folder

WEEK = "2026-W48"
runner = CliRunner()


def run(*words: object) -> Result:
    return runner.invoke(app, ["--lang", "en", *map(str, words)])


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan of the example district, with another plan in a file beside it."""
    folder = tmp_path_factory.mktemp("diff") / "kota"
    shutil.copytree(example_folder(), folder)
    path = folder / "plans" / WEEK
    assert run("plan", folder, "--week", WEEK, "--solver", "greedy").exit_code == 0
    shutil.copy(path / "plan.json", path / "plan-1.json")
    found = run("plan", folder, "--week", WEEK, "--solver", "routing", "--iterations", 1)
    assert found.exit_code == 0
    return path


def test_diff_names_places_and_draws_both_plans(plans: Path, tmp_path: Path) -> None:
    """A file against a folder; the map is where it was asked for."""
    drawn = tmp_path / "maps" / "changes.html"
    found = run("diff", plans / "plan-1.json", plans, "--map", drawn)
    assert found.exit_code == 0
    assert found.stdout.startswith("people: ")
    assert "SMA Negeri 1 Kota Contoh" in found.stdout
    assert "Perubahan 2026-W48" in drawn.read_text(encoding="utf-8")


def test_diff_speaks_json(plans: Path) -> None:
    """A plan against itself: all kept, nobody to be told."""
    told = json.loads(run("diff", plans, plans, "--json").stdout)
    assert {row["kind"] for row in told["changes"]} == {"kept"}
    assert not any(row["tell_vans"] or row["tell_host"] for row in told["changes"])


def test_diff_speaks_the_language_of_the_folder(plans: Path) -> None:
    """Indonesian, where no other is asked for."""
    found = runner.invoke(app, ["diff", str(plans / "plan-1.json"), str(plans)])
    assert found.stdout.startswith("terekam: ")


def test_plans_outside_a_district_have_no_map(plans: Path, tmp_path: Path) -> None:
    """They can be compared all the same."""
    lone = Path(shutil.copy(plans / "plan.json", tmp_path / "lone.json"))
    assert run("diff", lone, lone).exit_code == 0
    found = run("diff", lone, lone, "--map", tmp_path / "x.html")
    assert isinstance(found.exception, InputError)
    assert "is not in a district folder" in str(found.exception)


def test_people_are_told_by_kelurahan(plans: Path) -> None:
    """Those of the later plan beside those before, and in JSON by the code."""
    assert "People recorded of" in run("diff", plans / "plan-1.json", plans).stdout
    told = json.loads(run("diff", plans / "plan-1.json", plans, "--json").stdout)
    before, after = told["people_by_kelurahan"]
    assert [sum(before.values()), sum(after.values())] == told["people"]
