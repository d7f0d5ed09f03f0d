"""What ``versions`` lists, and how one goes back to a version."""

import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.builders.folders import sound_folder

WEEK = "2026-W48"

runner = CliRunner()


def run(*words: object) -> Result:
    return runner.invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a map of its first version, and a second version."""
    folder = tmp_path_factory.mktemp("versions") / "kota"
    folder.mkdir()
    sound_folder(folder)
    assert run("plan", folder, "--week", WEEK, "--iterations", 2).exit_code == 0
    assert run("map", folder, "--week", WEEK).exit_code == 0
    plan = folder / "plans" / WEEK / "plan.json"
    assert run("plan", folder, "--week", WEEK, "--iterations", 1, "--keep", plan).exit_code == 0
    return folder


@pytest.fixture
def folder(planned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned, tmp_path / "kota"))


@pytest.mark.slow
def test_versions_are_listed(planned: Path) -> None:
    """With number, people, state and command; the map of the first is not in its usual place."""
    lines = run("versions", planned, "--lang", "en").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["week", WEEK, WEEK]
    assert lines[1].endswith("replaced  plan")
    assert lines[2].endswith("in force  plan --keep")
    rows = json.loads(run("versions", planned, "--week", WEEK, "--json").stdout)
    assert [(row["version"], row["in_force"]) for row in rows] == [(1, False), (2, True)]
    assert not (planned / "maps" / WEEK).exists()


@pytest.mark.slow
def test_papers_carry_the_number_of_their_version(folder: Path) -> None:
    """Sheets, letters and map of the second."""
    for command in (["print"], ["publish", "--draft"], ["map"]):
        assert run(*command, folder, "--week", WEEK).exit_code in {0, 1}
    for path in ("prints/{}/sheets.pdf", "office/{}/letters.pdf", "public/{}/schedule.pdf"):
        pages = PdfReader(folder / path.format(WEEK)).pages
        texts = [page.extract_text() for page in pages]
        assert all("2026-W48, versi 2" in text for text in texts if text), path
    page = (folder / "maps" / WEEK / "map.html").read_text(encoding="utf-8")
    assert "2026-W48, versi 2</title>" in page


@pytest.mark.slow
def test_a_version_is_restored(folder: Path) -> None:
    """As the third one; what it is called on the command line is its name."""
    found = run("plan", folder, "--week", WEEK, "--restore", 1)
    assert found.exit_code == 0, found.output
    versions = folder / "versions" / WEEK
    assert (versions / "3/plan.json").read_bytes() == (versions / "1/plan.json").read_bytes()
    rows = json.loads(run("versions", folder, "--json").stdout)
    assert rows[-1]["because"] == "plan --restore 1"


@pytest.mark.slow
def test_what_is_not_there_is_told(folder: Path) -> None:
    """A version, a week; going back and planning at once."""
    plan = folder / "plans" / WEEK / "plan.json"
    for words, message in (
        (("plan", folder, "--week", WEEK, "--restore", 9), "no such version of 2026-W48; use 1, 2"),
        (("versions", folder, "--week", "2026-W01"), "there is no plan of 2026-W01; run planner"),
        (
            ("plan", folder, "--week", WEEK, "--restore", 1, "--keep", plan),
            "cannot be combined with --keep",
        ),
    ):
        found = run(*words, "--lang", "en")
        assert found.exit_code != 0
        assert message in str(found.exception)


def test_a_new_folder_has_no_versions(tmp_path: Path) -> None:
    """It says so."""
    sound_folder(tmp_path)
    found = run("versions", tmp_path, "--lang", "en")
    assert (found.exit_code, found.stdout) == (0, "there is no plan yet\n")
