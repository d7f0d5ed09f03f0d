"""Tallies and permissions as a coordinator types them."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.builders.folders import sound_folder
from tests.builders.postgresql import new_database

WEEK = "2026-W48"


def run(*words: object, typed: str = "", code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["--lang", "en", *map(str, words)], input=typed)
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with a published plan."""
    folder = tmp_path_factory.mktemp("tally") / "kota"
    folder.mkdir()
    sound_folder(folder)
    run("plan", folder, "--week", WEEK, "--iterations", 2)
    run("publish", folder, "--week", WEEK)
    return folder


def test_each_command_names_the_next(folder: Path) -> None:
    """The workbook, then reading it, then the plan on what is left."""
    written = run("tally", folder, WEEK)
    path = folder / "tallies" / f"{WEEK}.xlsx"
    assert written.stdout == f"{path}\n"
    assert written.stderr.endswith(f"next: planner tally {folder} {WEEK} {path}\n")
    sheets = load_workbook(path)
    assert sheets.sheetnames == ["rekap", "izin", "dicoret"]
    lists = [rule.type for rule in sheets["izin"].data_validations.dataValidation]
    assert lists == ["list"]
    sums = [cell.value for cell in sheets["rekap"][sheets["rekap"].max_row]]
    assert "=SUM(F2:F13)" in sums


def test_numbers_are_typed_stop_by_stop(folder: Path) -> None:
    """A number, a blank, a slip of the finger, then the end of the stop and of the input."""
    result = run("tally", folder, WEEK, "--prompt", typed="40\n\nx\n35\n.\n")
    assert "target: " in result.stderr
    assert "recorded 17 and over: 'x' is not a whole number" in result.stderr
    assert result.stderr.count("kept") == 1
    report = json.loads(
        run("tally", folder, WEEK, folder / "tallies" / f"{WEEK}.xlsx", "--json").stdout
    )
    assert report["recorded"] == 35


def test_what_does_not_add_up_ends_with_1(folder: Path) -> None:
    """Nine of eight."""
    path = folder / "rekap.csv"
    heads = "date,van,place id,target,failed"
    path.write_text(f"{heads}\n2026-11-29,A,Pasar,8,9\n", encoding="utf-8")
    result = run("tally", folder, WEEK, path, code=1)
    assert "please check: 29/11/2026 A Pasar: no such stop was published" in result.stdout
    assert "please check: 29/11/2026 A Pasar: sasaran 8, outcomes 9" in result.stdout


@pytest.mark.process
def test_desks_share_a_database(tmp_path: Path, server: Path) -> None:
    """Two folders, one URL: what one desk has read, the other has in its workbook."""
    url = new_database(server)
    desks = [tmp_path / name for name in ("kota", "kota-2")]
    for desk in desks:
        desk.mkdir()
        sound_folder(desk).edit("planner.toml", "[office]", f'[ledger]\nurl = "{url}"\n[office]')
        run("plan", desk, "--week", WEEK, "--iterations", 2)
    run("publish", desks[0], "--week", WEEK)
    run("tally", desks[0], WEEK, "--prompt", typed="48\n\n35\n.\n")
    run("tally", desks[1], WEEK)
    sheet = load_workbook(desks[1] / "tallies" / f"{WEEK}.xlsx")["rekap"]
    assert [cell.value for cell in sheet[2]][5:8] == [48, None, 35]
    assert not any((desk / "ledger.sqlite").exists() for desk in desks)


def test_calls_are_listed_by_what_they_bring(folder: Path) -> None:
    """T1 has a letter and no answer."""
    calls = json.loads(run("permit", folder, "--week", WEEK, "--json").stdout)
    assert calls == sorted(calls, key=lambda call: -call["people"])
    assert {call["permission"] for call in calls} <= {"surat dikirim", "belum dihubungi"}


def test_a_host_that_agreed_is_kept(folder: Path) -> None:
    """And what to do next is said."""
    result = run("permit", folder, "T1", "disetujui", "--contact", "Bu Ani", "--week", WEEK)
    assert result.stdout == "T1: approved\n"
    assert f"next: planner plan {folder} --week {WEEK}" in result.stderr
