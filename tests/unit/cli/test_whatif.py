"""`planner whatif`: what a person types, and what comes back."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner import errors
from planner.cli.app import app
from tests.builders.folders import sound_folder

WEEK = "2026-W48"
runner = CliRunner()


def run(*words: object) -> Result:
    return runner.invoke(app, ["--lang", "en", *map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two points, a school, an office and one van."""
    return sound_folder(tmp_path_factory.mktemp("kota")).path


def whatif(folder: Path, *words: object) -> Result:
    return run("whatif", folder, "--week", WEEK, "--iterations", 1, "--processes", 1, *words)


def test_a_scenario_is_compared_and_its_page_written(folder: Path) -> None:
    """The school is locked: fewer people; the plan of the week is not touched."""
    found = whatif(folder, "--close", "99710001", "--json")
    assert found.exit_code == 0, found.output
    base, other = json.loads(found.stdout)
    assert other["name"] == "close 99710001"
    assert other["difference"]["people"] < 0
    written = {path.name for path in (folder / "whatif" / WEEK).iterdir()}
    assert written == {"comparison.html", "comparison.csv"}
    assert "comparison.html" in found.stderr
    assert not (folder / "plans").exists()
    assert base["people"] > 0


def test_a_file_and_options_are_solved_together(folder: Path) -> None:
    """A grid of two, and each of two options."""
    path = folder.parent / "s.toml"
    path.write_text("[grid]\nvans = [2, 3]\n", encoding="utf-8")
    found = whatif(folder, "--scenarios", path, "--kits", "A=3", "--close", "T2", "--each")
    names = [line.split("  ")[0] for line in found.stdout.splitlines()]
    assert names[:6] == [
        "Scenario",
        "without changes",
        "kits A=3",
        "close T2",
        "vans 2",
        "vans 3",
    ]


def test_a_command_without_a_change_says_so(folder: Path) -> None:
    """Exit code 2, and an example."""
    error = whatif(folder).exception
    assert isinstance(error, errors.PlannerError)
    assert error.exit_code == 2
    assert "no change is given; give a change, such as --vans +1" in str(error)


def test_all_mistakes_are_told_at_once(folder: Path, tmp_path: Path) -> None:
    """In texts of options, in the parts of a file, and of names that the district does not have."""
    path = tmp_path / "s.toml"
    path.write_text('other = 1\n[[scenario]]\nkits = "Z=2"\n[grid]\nvan = [1]\ncards = ["x"]\n')
    options = ("--vans", "many", "--close", "nowhere", "--turnout", "school=abc")
    error = whatif(folder, *options, "--scenarios", path).exception
    assert isinstance(error, errors.InputError)
    assert [str(problem.where) for problem in error.problems] == [
        "--vans",
        "--turnout",
        "s.toml [grid]",
        "s.toml [grid] cards",
        "s.toml",
        "--close",
        "s.toml [[scenario]] 1 kits",
    ]


def test_a_plan_that_was_changed_on_the_day_is_said_to_be_left_aside(tmp_path: Path) -> None:
    """Scenarios are for the whole week, by the tables."""
    sound_folder(tmp_path)
    path = tmp_path / "plans" / WEEK
    path.mkdir(parents=True)
    (path / "changed.json").write_text('{"format": "planner-changed/1", "sites": [], "vans": []}')
    found = whatif(tmp_path, "--kits", "A=3")
    assert found.exit_code == 0, found.output
    assert f"the plan of {WEEK} was changed on the day itself" in found.stderr
    (path / "changed.json").unlink()
    assert "on the day itself" not in whatif(tmp_path, "--kits", "A=3").stderr
