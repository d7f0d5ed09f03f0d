"""What ``print`` and ``publish`` write and say."""

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
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example district with a quick plan."""
    path = tmp_path_factory.mktemp("planned") / "kota"
    shutil.copytree(example_folder(), path)
    assert run("plan", path, "--week", WEEK, "--solver", "greedy").exit_code == 0
    return path


@pytest.mark.slow
def test_print_writes_a_sheet_per_van_and_day(planned: Path) -> None:
    """One file more than van-days, and the next command."""
    found = run("print", planned, "--week", WEEK)
    assert found.exit_code == 0
    sheets = sorted((planned / "prints" / WEEK).iterdir())
    assert found.stdout.strip() == str(sheets[-1])
    assert sheets[-1].name == "sheets.pdf"
    assert all(path.name.startswith("sheet-2026-11-2") for path in sheets[:-1])
    assert "next: planner publish" in found.stderr


@pytest.fixture(scope="module")
def published(planned: Path) -> Result:
    """What `publish` said of it."""
    return run("publish", planned, "--week", WEEK)


@pytest.mark.slow
def test_publish_keeps_drafts_from_the_public(planned: Path, published: Result) -> None:
    """Places not confirmed are named; with --draft they are in the files, marked."""
    assert published.exit_code == 0
    assert "; not in public/" in published.stderr
    texts = {path.name for path in planned.glob(f"*/{WEEK}/text-*.txt")}
    drafts = run("publish", planned, "--week", WEEK, "--draft")
    assert "; marked as draft" in drafts.stderr
    assert texts < {path.name for path in planned.glob(f"*/{WEEK}/text-*.txt")}


@pytest.mark.slow
def test_publish_names_what_only_its_own_people_are_told(planned: Path, published: Result) -> None:
    """Schools have a text in office/, and none in public/."""
    assert "only to their own people, in office/ instead of public/: MA Neg" in published.stderr
    assert [*planned.glob(f"office/{WEEK}/text-MA*.txt")]
    assert not [*planned.glob(f"public/{WEEK}/text-MA*.txt")]


def test_a_sign_that_no_font_has_needs_a_look(planned: Path, tmp_path: Path) -> None:
    """An office with a Cherokee letter in its name: exit code 1, and the sheet is there."""
    folder = Path(shutil.copytree(planned, tmp_path / "kota"))
    settings = folder / "planner.toml"
    text = settings.read_text(encoding="utf-8").replace('name = "Dinas', 'name = "\u13a0 Dinas')
    settings.write_text(text, encoding="utf-8")
    found = run("print", folder, "--week", WEEK)
    assert found.exit_code == 1
    assert "[office] name: no font has '\u13a0' (U+13A0)" in found.stderr


def test_a_plan_that_no_longer_holds_is_not_printed(planned: Path, tmp_path: Path) -> None:
    """Vans now record half as fast as when the plan was made."""
    folder = Path(shutil.copytree(planned, tmp_path / "kota"))
    settings = folder / "planner.toml"
    text = settings.read_text(encoding="utf-8").replace("school = 3.5", "school = 7")
    settings.write_text(text, encoding="utf-8")
    found = run("print", folder, "--week", WEEK)
    assert isinstance(found.exception, InputError)
    assert "rules with the tables as they are now, first" in str(found.exception)
