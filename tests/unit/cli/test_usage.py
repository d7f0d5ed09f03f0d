"""Help pages and what is said to who mistypes, in both languages."""

import json
from pathlib import Path

import pytest

from planner.cli import main, program
from planner.cli.app import load_command
from planner.cli.commands import COMMANDS
from planner.solvers import SOLVERS
from tests.builders.folders import sound_folder
from tools.catalogues import read_catalogue

PLAN = ("plan", "kota", "--week", "2026-W48")
WRONG = {
    ("pla",): "planner: perintah 'pla' tidak dikenal; mungkin maksudnya 'plan'?",
    ("terbang",): "planner: perintah 'terbang' tidak dikenal; lihat planner --help",
    ("plan",): "planner plan: FOLDER belum diisi; lihat planner plan --help",
    (
        "plan",
        "kota",
    ): "kota: bukan folder; buat dengan `planner init`",
    (
        "check",
        "a\0b",
    ): "planner check: FOLDER: nama berkas tidak boleh berisi NUL; lihat planner check --help",
    (
        "whatif",
        "kota",
        "--without",
        "B",
    ): "planner whatif: opsi --without tidak dikenal; mungkin maksudnya '--without-van'?",
    (
        "map",
        "kota",
        "--week",
        "../..",
    ): "planner map: --week: '../..' bukan minggu ISO; lihat planner map --help",
    (
        *PLAN,
        "--wek",
    ): "planner plan: opsi --wek tidak dikenal; mungkin maksudnya '--week'?",
    (
        *PLAN,
        "--qqq",
    ): "planner plan: opsi --qqq tidak dikenal; lihat planner plan --help",
    (
        "plan",
        "kota",
        "--week",
    ): "planner plan: --week harus diisi nilainya; lihat planner plan --help",
    (
        *PLAN,
        "--json=1",
    ): "planner plan: --json tidak memakai nilai; lihat planner plan --help",
    (
        "plan",
        "kota",
        "saya",
        "--week",
        "2026-W48",
    ): "planner plan: argumen 'saya' berlebih; tulis nama yang berspasi di antara tanda kutip",
    (
        *PLAN,
        "--gap",
        "dua",
    ): "planner plan: --gap: 'dua' bukan angka; lihat planner plan --help",
    (
        *PLAN,
        "--gap",
        "nan",
    ): "planner plan: --gap: 'nan' bukan angka; lihat planner plan --help",
    (
        *PLAN,
        "--gap",
        "-0,5",
    ): "planner plan: --gap: '-0,5' negatif; lihat planner plan --help",
    (
        *PLAN,
        "--seed",
        "1,5",
    ): "planner plan: --seed: '1,5' bukan bilangan bulat; lihat planner plan --help",
    (
        "map",
        "kota",
        "--week",
        "2026-W48",
        "--port",
        "70000",
    ): "planner map: --port: '70000' lebih dari 65535; lihat planner map --help",
}
"""What was typed, and the answer in Indonesian."""


@pytest.fixture(autouse=True)
def english_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[str, str, int]:
    """Stdout, stderr and exit code of the words typed behind ``planner``."""
    monkeypatch.setattr("sys.argv", ["started/in/another/way.py", *words])
    with pytest.raises(SystemExit, match=r"\d") as ended:
        program.run()
    told = capsys.readouterr()
    return told.out, told.err, int(str(ended.value))


@pytest.mark.parametrize("words", WRONG)
def test_what_was_typed_wrong_is_told_in_indonesian(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where, what, what to do, in one line; exit code 2."""
    out, err, code = said(monkeypatch, capsys, "--lang", "id", *words)
    assert (out, err.strip(), code) == ("", WRONG[words], 2)


def test_what_was_typed_wrong_is_told_in_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On an English machine, without a folder that says otherwise."""
    _, err, _ = said(monkeypatch, capsys, "plan")
    assert err.strip() == "planner plan: FOLDER is missing; see planner plan --help"


def test_no_command_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option alone asks for nothing; no word at all shows the help."""
    _, err, code = said(monkeypatch, capsys, "--lang=id")
    assert (err.strip(), code) == ("planner: perintahnya belum disebut; lihat planner --help", 2)
    out, err, _ = said(monkeypatch, capsys)
    assert "Example: planner demo" in out + err


@pytest.mark.parametrize("words", [("--lang", "id", "check"), ("check", "--lang=id")])
def test_help_follows_lang(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written before the command or behind it."""
    out, _, code = said(monkeypatch, capsys, *words, "--help")
    assert out.startswith("Contoh: planner check kota-saya\n")
    assert code == 0


def test_help_fits_a_terminal_of_one_column(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A letter a line, and no crash."""
    monkeypatch.setenv("COLUMNS", "1")
    assert said(monkeypatch, capsys, "check", "--help")[2] == 0


def test_help_follows_the_folder_and_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An Indonesian folder on an English machine; an English folder on an Indonesian one."""
    settings = tmp_path / "planner.toml"
    settings.write_text('language = "id"', encoding="utf-8")
    assert said(monkeypatch, capsys, "check", str(tmp_path), "--help")[0].startswith("Contoh")
    settings.write_text('language = "en"', encoding="utf-8")
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert said(monkeypatch, capsys, "check", str(tmp_path), "--help")[0].startswith("Example")
    assert said(monkeypatch, capsys, "check", "--help")[0].startswith("Contoh")


@pytest.mark.parametrize("command", [*COMMANDS, None])
def test_no_english_is_left_on_an_indonesian_page(
    command: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every message that differs between the languages is told in Indonesian."""
    words = [command] if command else []
    english = " ".join(said(monkeypatch, capsys, *words, "--help")[0].split())
    page = said(monkeypatch, capsys, "--lang", "id", *words, "--help")[0]
    # Names of options are in no language.
    indonesian = " ".join(word for word in page.split() if not word.startswith("--"))
    assert indonesian.startswith(f"Contoh: planner {command or 'demo'}")
    shown = {
        str(message.id): message.string
        for message in read_catalogue("id")
        if len(str(message.id)) > 8 and str(message.id) in english
    }
    assert len(shown) > 4
    assert not [text for text, told in shown.items() if text in indonesian and text != told]


def test_help_names_every_solver(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they are typed."""
    assert "|".join(SOLVERS) in said(monkeypatch, capsys, "plan", "--help")[0]


def test_an_error_is_json_too_where_json_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that there is not: a code, the exit code, where, what and what to do."""
    out, err, code = said(monkeypatch, capsys, "check", "kota", "--json", "--lang", "en")
    (error,) = json.loads(out).values()
    assert (error["code"], error["exit_code"], code) == ("input", 2, 2)
    assert error["messages"] == [err.strip()]
    (problem,) = error["problems"]
    assert (problem["where"], problem["what"]) == ("kota", "is not a folder")
    assert problem["code"] == "is-not-a-folder"


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_problem_has_a_code_of_its_own(
    tmp_path: Path,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A number below zero and a van that nobody knows, in either language."""
    folder = sound_folder(tmp_path)
    folder.edit("rt.csv", "001,30,4", "001,-30,4")
    folder.edit("vans.csv", ",kantor,", ",pusat,")
    out, _, code = said(monkeypatch, capsys, "check", str(tmp_path), "--json", "--lang", language)
    problems = json.loads(out)["error"]["problems"]
    assert [problem["code"] for problem in problems] == ["is-negative", "is-not-in-depots"]
    assert code == 2


def test_a_failure_of_ours_is_json_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the exit code that says so."""
    monkeypatch.setattr("planner.cli.program.app", lambda **options: 1 / 0)
    out, _, code = said(monkeypatch, capsys, "check", "kota", "--json", "--lang", "en")
    error = json.loads(out)["error"]
    assert (error["code"], error["exit_code"], code) == ("bug", 70, 70)
    assert error["problems"] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_json(command: str) -> None:
    """For programs that read what it says."""
    options = [name for each in load_command(command).params for name in each.opts]
    assert "--json" in options


@pytest.mark.parametrize("command", ["check", "explain", "print", "publish", "replan", "whatif"])
def test_a_week_that_is_over_is_told(
    tmp_path: Path,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By every command that takes a week, before anything else."""
    sound_folder(tmp_path)
    words = (command, str(tmp_path), "--week", "2020-W10", "--lang", "en")
    _, err, _ = said(monkeypatch, capsys, *words)
    assert err.startswith("2020-W10 is over: its last day was 2020-03-08\n")


def test_districts_side_by_side_take_the_coming_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They have no folder in common that could know one."""
    (tmp_path / "kota").mkdir()
    path = sound_folder(tmp_path / "kota").path
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["planner", "batch", str(path), "check", "--dry-run"])
    with pytest.raises(SystemExit, match=r"^0$"):
        main()
    assert "kota: asked for" in capsys.readouterr().out
