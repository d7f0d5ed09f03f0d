"""A coordinator's week, each command as the one before it printed it."""

import json
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from typer.testing import CliRunner

from planner.cli.app import app
from tests.builders.folders import sound_folder
from tests.builders.spreadsheets import convert

PROMPT = "selanjutnya: planner "


def run_next(*words: str) -> list[str]:
    """The words of the command that a command names as the next."""
    result = CliRunner().invoke(app, ["--lang", "id", *words])
    assert result.exit_code in {0, 1}, result.output + repr(result.exception)
    suggested = [line for line in result.stderr.splitlines() if line.startswith(PROMPT)]
    assert suggested, result.output
    return shlex.split(suggested[-1].removeprefix(PROMPT))


def fill_in(path: Path) -> None:
    """As many as were planned, by hand; a card for each but one at stops that print."""
    workbook = load_workbook(path)
    sheet = workbook["rekap"]
    heads = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for row in range(2, sheet.max_row):
        if sheet.cell(row, heads["Mobil"]).value:
            planned = int(str(sheet.cell(row, heads["sasaran"]).value))
            prints = str(sheet.cell(row, heads["ID lokasi"]).value).endswith("+cetak")
            done = ("cetak", planned - 1) if prints else ("terekam 17 ke atas", planned)
            sheet.cell(row, heads[done[0]]).value = done[1]
    workbook.save(path)


def download(folder: Path) -> list[str]:
    """Tables as other programs wrote them; sixty people of RW 002 wait for their card."""
    folder.mkdir()
    sound = sound_folder(folder)
    sound.remove("planner.toml")
    sound.edit("rt.csv", "unrecorded,unreachable", "unrecorded,prr,unreachable")
    sound.edit("rt.csv", "001,001,30,4", "001,001,30,0,4")
    sound.edit("rt.csv", "002,,25,", "002,,25,60,")
    tables = ("rt", "points", "schools", "offices", "vans", "depots")
    return [str(folder / f"{name}.csv") for name in tables] + [str(folder / "areas.geojson")]


def week_of_a_coordinator(empty: Path) -> tuple[list[str], list[str]]:
    """Commands from import to progress, and the one that the last names; in ``empty/kota``."""
    files = download(empty / "unduhan")
    words, commands = ["import", *files, "-o", str(empty / "kota"), "--yes"], []
    while "progress" not in commands:
        commands.append(words[0])
        if len(words) == 4 and words[0] == "tally":
            fill_in(Path(words[3]))
        extra = {"check": ["--week", "2026-W48"], "plan": ["--iterations", "3"]}
        words = run_next(*words, *extra.get(words[0], []))
    return commands, words


@pytest.mark.slow
def test_every_command_names_the_next_until_the_week_begins_anew(tmp_path: Path) -> None:
    """From tables in an empty folder to the report of progress, and to the next plan."""
    commands, words = week_of_a_coordinator(tmp_path)
    week = ["import", "check", "plan", "map", "print", "publish", "tally", "tally", "progress"]
    assert commands == week
    assert words == ["plan", str(tmp_path / "kota")]
    pages = {path.suffix: path for path in (tmp_path / "kota" / "progress").iterdir()}
    assert pages.keys() == {".pdf", ".xlsx", ".html", ".json"}
    told = json.loads(pages[".json"].read_text(encoding="utf-8"))
    (last,) = told["weeks"]
    assert (last["planned"], last["published"], last["recorded"]) == (last["recorded"],) * 3
    printed = last["services"]["printed"]
    assert printed["done"] == printed["published"] - 1 > 0
    assert told["recorded_not_printed"] == 60 + last["recorded"] - printed["done"]


@pytest.mark.gate
@pytest.mark.slow
def test_the_papers_of_a_week_can_be_looked_at(tmp_path: Path) -> None:
    """The report is one page, LibreOffice opens its workbook, sheets have both kinds of stop."""
    week_of_a_coordinator(tmp_path)
    kota = tmp_path / "kota"
    (report,), (workbook,) = ((kota / "progress").glob(f"*.{end}") for end in ("pdf", "xlsx"))
    assert len(PdfReader(report).pages) == 1
    assert "Terekam, belum" in _text(report) and "Tersangkut" in _text(report)
    assert "Terekam, belum cetak" in _text(convert(workbook, "pdf"))
    sheets = _text(kota / "prints" / "2026-W48" / "sheets.pdf")
    assert "SMAN 1" in sheets and "cetak KTP-el" in sheets


def _text(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
