"""Which language a person is spoken to in."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import program
from planner.cli.app import app
from planner.cli.language import set_language, words
from planner.office.district_folder import example_folder

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
WEEK = "2026-W48"


@pytest.fixture(autouse=True)
def english_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example district, whose office speaks Indonesian."""
    return Path(shutil.copytree(example_folder(), tmp_path / "kota"))


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command that cannot go on says to the person who typed these words."""
    monkeypatch.setattr("sys.argv", ["planner", *words])
    with pytest.raises(SystemExit, match="2"):
        program.run()
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("id_ID.UTF-8", "id"),
        ("id", "id"),
        ("Indonesian_Indonesia.1252", "id"),
        ("en_US.UTF-8", "en"),
        ("idx_XX", "en"),
        ("C", "en"),
    ],
)
def test_a_machine_speaks_indonesian_or_english(
    monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    """As Linux, macOS and Windows write it; whatever is not Indonesian is English."""
    monkeypatch.setenv("LC_ALL", name)
    set_language()
    assert words().language == language


def test_the_folder_decides_before_the_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An Indonesian office on an English machine."""
    (folder / "rt.csv").unlink()
    assert "rt: tidak ada berkasnya; buat rt.csv" in told(monkeypatch, capsys, "check", str(folder))


@pytest.mark.parametrize("words", [("--lang", "en", "check"), ("check", "--lang", "en")])
def test_lang_decides_before_the_folder(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    """Written before the command or behind it."""
    (folder / "rt.csv").unlink()
    assert "rt: has no file; write rt.csv" in told(monkeypatch, capsys, *words, str(folder))


def test_a_new_folder_is_indonesian_unless_asked_for_in_another_language(tmp_path: Path) -> None:
    """On an English machine too: the office's papers will be."""
    for options, start in (([], "# Pengaturan"), (["--lang", "en"], "# Settings")):
        folder = tmp_path / start[2:]
        assert CliRunner().invoke(app, [*options, "init", str(folder)]).exit_code == 0
        assert (folder / "planner.toml").read_text(encoding="utf-8").startswith(start)


def test_broken_settings_are_told_in_their_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line of the language can be read, the one above it is no TOML."""
    for language, sentence in (("id", "bukan TOML"), ("en", "is not TOML")):
        text = f"[office]\nname = Dinas\nlanguage = '{language}'\n"
        (tmp_path / "planner.toml").write_text(text, encoding="utf-8")
        assert sentence in told(monkeypatch, capsys, "check", str(tmp_path))


def test_json_keeps_its_keys_and_translates_its_messages(folder: Path) -> None:
    """The gated estate is a warning in either language."""
    for language, reason in (("id", "tidak terjangkau jalan"), ("en", "no road reaches it")):
        words = ["check", str(folder), "--week", WEEK, "--json", "--lang", language]
        found = json.loads(CliRunner().invoke(app, words).stdout)
        assert reason in found["warnings"][0]


def test_an_unknown_language_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no Javanese, yet."""
    assert "'jv' is not one of id, en" in told(monkeypatch, capsys, "--lang", "jv", "check", "kota")


def test_a_path_that_cannot_be_one_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A NUL in it, or more characters than a system takes: a message that names the fault."""
    assert "no file has NUL in its name" in told(monkeypatch, capsys, "check", "kota\0")
    assert f"{'k' * 5_000}: " in told(monkeypatch, capsys, "check", "k" * 5_000)
