"""A coordinator's week, each command as the one before it printed it."""

import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from planner.cli.app import app
from tests.builders.folders import sound_folder

PROMPT = "next: planner "


def run_next(*words: str) -> list[str]:
    """The words of the command that a command names as the next."""
    result = CliRunner().invoke(app, ["--lang", "en", *words])
    assert result.exit_code in {0, 1}, result.output + repr(result.exception)
    suggested = [line for line in result.stderr.splitlines() if line.startswith(PROMPT)]
    assert suggested, result.output
    return shlex.split(suggested[-1].removeprefix(PROMPT))


def fill_in(path: Path) -> None:
    """As many as were planned, by hand."""
    workbook = load_workbook(path)
    sheet = workbook["rekap"]
    heads = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for row in range(2, sheet.max_row):
        if sheet.cell(row, heads["Mobil"]).value:
            planned = sheet.cell(row, heads["sasaran"]).value
            sheet.cell(row, heads["terekam 17 ke atas"]).value = planned
    workbook.save(path)


@pytest.mark.slow
def test_every_command_names_the_next_until_the_week_begins_anew(tmp_path: Path) -> None:
    """From checking the tables to the report of progress, and to the next plan."""
    folder = tmp_path / "kota"
    folder.mkdir()
    sound_folder(folder)
    words, commands = ["check", str(folder), "--week", "2026-W48"], []
    while "progress" not in commands:
        commands.append(words[0])
        if len(words) == 4 and words[0] == "tally":
            fill_in(Path(words[3]))
        extra = ["--iterations", "1"] if words[0] == "plan" else []
        words = run_next(*words, *extra)
    week = ["check", "plan", "map", "print", "publish", "tally", "tally", "progress"]
    assert commands == week
    assert words == ["plan", str(folder)]
    assert {path.suffix for path in (folder / "progress").iterdir()} == {
        ".pdf",
        ".xlsx",
        ".html",
        ".json",
    }
