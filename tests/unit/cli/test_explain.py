"""`planner explain`: what a person types, and what comes back."""

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
    """A small district with a plan; the point T1 is closed on Saturday."""
    path = tmp_path_factory.mktemp("explain")
    sound_folder(path)
    assert run("plan", path, "--week", WEEK, "--iterations", 2).exit_code == 0
    return path


def explain(folder: Path, *words: object) -> Result:
    return run("explain", folder, "--week", WEEK, "--iterations", 1, "--processes", 1, *words)


def test_all_places_left_out_are_listed(folder: Path) -> None:
    """With their codes, and the command that says more."""
    found = explain(folder)
    assert found.exit_code == 0, found.output
    assert "R02  Bank Kota" in found.stdout
    assert "planner explain" in found.stderr
    rows = json.loads(explain(folder, "--json").stdout)
    assert {"id", "code", "reason", "proven", "action"} <= rows[0].keys()


def test_a_place_is_explained_by_id_or_name(folder: Path) -> None:
    """In sentences, with the code and what could be done; in JSON in both languages."""
    found = explain(folder, "bank kota")
    assert (
        "No van goes to Bank Kota: closed on these dates: not open on Saturday, Sunday."
        in found.stdout
    )
    assert "R02: ask for it to be opened" in found.stdout
    told = json.loads(explain(folder, "K1", "--json").stdout)
    assert set(told["sentences"]) == {"id", "en"}


def test_a_visited_place_says_why_it_is(folder: Path) -> None:
    """The school has a stop."""
    assert "is in the plan" in explain(folder, "99710001").stdout


def test_a_place_instead_of_another(folder: Path) -> None:
    """T1 and not the school."""
    found = explain(folder, "T1", "--instead-of", "99710001")
    assert found.exit_code == 0, found.output
    assert "SMAN 1" in found.stdout


def test_a_place_that_is_no_site_is_not_forced_in(folder: Path) -> None:
    """Why Bank Kota and not the school: it is closed."""
    found = explain(folder, "K1", "--instead-of", "99710001")
    assert found.exit_code == 0, found.exception
    assert (
        "No van goes to Bank Kota: closed on these dates: not open on Saturday, Sunday."
        in found.stdout
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("99710001", "--instead-of", "K1"), "'Bank Kota' is not another place with a stop"),
        (("99710001", "--instead-of", "SMAN 1"), "'SMAN 1' is not another place with a stop"),
        (("--instead-of", "99710001"), "needs PLACE as well"),
    ],
)
def test_a_comparison_needs_another_place_with_a_stop(
    folder: Path, words: tuple[str, ...], problem: str
) -> None:
    """Exit code 2."""
    error = explain(folder, *words).exception
    assert isinstance(error, errors.PlannerError)
    assert f"--instead-of: {problem}" in str(error)


def test_a_name_that_is_none_suggests_a_near_one(folder: Path) -> None:
    """Exit code 2."""
    error = explain(folder, "Bank Kot").exception
    assert isinstance(error, errors.PlannerError)
    assert "PLACE: 'Bank Kot' is not a place; did you mean 'Bank Kota'?" in str(error)


def test_without_a_plan_it_says_what_to_run(tmp_path: Path) -> None:
    """There is nothing to explain yet."""
    sound_folder(tmp_path)
    assert "run planner plan" in str(explain(tmp_path).exception)


def test_a_neighbourhood_is_explained(folder: Path) -> None:
    """In sentences of its own, and in JSON."""
    told = explain(folder, "RW 1")
    assert told.exit_code == 0, told.output
    assert "unrecorded; the plan records" in told.stdout
    assert set(json.loads(explain(folder, "RW 1", "--json").stdout)["sentences"]) == {"id", "en"}
