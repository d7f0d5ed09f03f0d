"""A weekend that is planned again once it is published, and one for which no stop is best."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.errors import PlannerError
from tests.builders.folders import Folder, sound_folder

WEEK = "2026-W48"
PLAN = ("--week", WEEK, "--solver", "greedy")

runner = CliRunner()


def english_folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The sound one, of an office that speaks English."""
    folder = sound_folder(tmp_path_factory.mktemp("kota"))
    folder.edit("planner.toml", "[office]", '[office]\nlanguage = "en"')
    return folder


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """One that nobody has planned with."""
    return english_folder(tmp_path_factory)


def run(command: str, folder: Folder, *words: object) -> Result:
    return runner.invoke(app, [command, str(folder.path), *map(str, words)])


def plan_of(path: Path) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((path / "plan.json").read_text(encoding="utf-8"))
    return plan


@pytest.fixture(scope="module")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = english_folder(tmp_path_factory)
    assert run("plan", folder, *PLAN).exit_code == 0
    assert run("publish", folder, "--week", WEEK).exit_code == 0
    return folder.path


@pytest.fixture
def published(published_once: Path, tmp_path: Path) -> Folder:
    """One whose plan is published."""
    return Folder(Path(shutil.copytree(published_once, tmp_path / "kota")))


def test_a_published_weekend_planned_again_says_what_it_promised(published: Folder) -> None:
    """Twice as many pupils after it was published: who hears of it, and two ways back."""
    published.edit("schools.csv", "20,40", "20,90")
    told = run("plan", published, *PLAN)
    assert "version 1 is published; this plan changes what it promised" in told.stderr
    assert "--keep-mode promises keeps it, and --restore 1 goes back" in told.stderr
    assert "to call: SMAN 1, host; Sat 28/11 " in told.stderr
    before, after = (plan_of(published.path / "versions" / WEEK / number) for number in "12")
    assert after["people"] > before["people"] > 0


def test_a_promise_to_a_place_that_closes_is_told_with_its_reason(published: Folder) -> None:
    """The school cleans up on Saturday: its stop goes by name, and Sunday's stay."""
    kept = published.path / "plans" / WEEK
    sunday = [route for route in plan_of(kept)["routes"] if route["date"] == "2026-11-29"]
    calendar = (published.path / "calendar.csv").read_text(encoding="utf-8")
    published.write("calendar.csv", calendar + "28 November 2026,SMAN 1,libur,kerja bakti\n")
    told = run("plan", published, *PLAN, "--keep", kept / "plan.json", "--keep-mode", "promises")
    assert told.exit_code == 0
    (line,) = (line for line in told.stderr.splitlines() if line.startswith("cannot stay"))
    assert line.startswith("cannot stay: SMAN 1, Sat 28/11 ")
    assert "Saturday: kerja bakti" in line
    after = plan_of(kept)["routes"]
    assert [route["stops"][0]["site"] for route in after] == [
        route["stops"][0]["site"] for route in sunday
    ]


def refused(folder: Folder) -> PlannerError:
    """Why nothing is planned, with exit code 3."""
    error = run("plan", folder, *PLAN).exception
    assert isinstance(error, PlannerError)
    assert error.exit_code == 3
    return error


def test_a_van_with_fewer_cards_than_a_visit_needs_is_named(folder: Folder) -> None:
    """Four cards on board, five people at least."""
    folder.edit("vans.csv", ",150", ",4")
    assert "vans A: 4 cards, a visit needs 5 people by [rates] min_people" in str(refused(folder))


def test_a_drive_that_its_people_are_not_worth_is_told(folder: Folder) -> None:
    """A minute of driving a person: no stop, and what would bring one."""
    folder.edit("planner.toml", 'code = "99.71"', 'code = "99.71"\n[rates]\nworth_min = 0.01')
    assert "no place is worth the drive; least is missing at" in str(refused(folder))


@pytest.mark.slow
def test_a_place_of_a_weekend_without_a_plan_is_explained(folder: Folder) -> None:
    """Where every drive costs more than its people are worth."""
    folder.edit("planner.toml", 'code = "99.71"', 'code = "99.71"\n[rates]\nworth_min = 0.01')
    told = run("explain", folder, "SMAN 1", "--week", WEEK, "--time-limit", 2)
    assert told.exit_code == 0
    assert "the drive costs more than the people there are worth" in told.stdout
