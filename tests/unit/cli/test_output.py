"""What a command says, and to whom: pipes that close, full disks, terminals of any kind."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.language import notify
from planner.cli.output import escape_unprintable, print_json, print_lines
from planner.i18n.messages import say

PROGRAM = [sys.executable, "-c", "from planner.cli import main; main()", "--lang", "en"]
FULL = Path("/dev/full")

needs_full_device = pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")


def test_a_line_for_the_terminal_can_neither_move_nor_hide(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Escapes, turned text and line ends of a user's text are shown as text, on both streams."""
    print_lines(["a\x1b[31mb", "c\u202ed"])
    notify(say("reading {name}", name="e\nf\x9b\ud800"))
    told = capsys.readouterr()
    assert told.out == "a\\x1b[31mb\nc\\u202ed\n"
    assert told.err == "reading e\\nf\\x9b\\ud800\n"


def test_json_is_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    """Any terminal and any encoding takes it, and any reader knows what is meant."""
    print_json({"nama": "é\u202e"})
    assert capsys.readouterr().out == '{\n "nama": "\\u00e9\\u202e"\n}\n'


def test_what_an_encoding_does_not_have_is_shown_as_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pipe on Windows has a few hundred characters."""
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="cp1252", newline=""))
    escape_unprintable()
    print_lines(["Kantor é ꦲ"])
    assert buffer.getvalue() == b"Kantor \xe9 \\ua9b2\n"


def test_a_message_that_nobody_can_hear_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no stderr in a program without a console, and it may be full or closed."""
    monkeypatch.setattr(sys, "stderr", None)
    notify(say("reading {name}", name="a"))


@pytest.mark.process
def test_a_command_does_its_work_when_nobody_reads_on(tmp_path: Path) -> None:
    """The pipe is closed before the first line; all templates are there."""
    reader, writer = os.pipe()
    os.close(reader)
    words = [*PROGRAM, "init", str(tmp_path / "kota")]
    done = subprocess.run(words, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.returncode == 0
    assert done.stderr.startswith("next: ")
    assert (tmp_path / "kota" / "planner.toml").exists()


@needs_full_device
@pytest.mark.process
def test_a_full_disk_behind_stdout_is_told_in_words(tmp_path: Path) -> None:
    """Exit code 2; the work is done all the same."""
    with FULL.open("w") as full:
        words = [*PROGRAM, "init", str(tmp_path / "kota")]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "stdout: cannot be written (No space left on device); send it to another file or program\n"
    )
    assert (tmp_path / "kota" / "planner.toml").exists()


@needs_full_device
@pytest.mark.process
def test_a_full_disk_behind_stderr_keeps_the_exit_code(tmp_path: Path) -> None:
    """A folder that is not there is wrong input, whether or not it can be said."""
    with FULL.open("w") as full:
        words = [*PROGRAM, "check", str(tmp_path / "kota")]
        done = subprocess.run(words, stderr=full, check=False)
    assert done.returncode == 2
