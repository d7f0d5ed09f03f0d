"""The fuzzer sees what a command that fails leaves behind."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bench import fuzz
from bench.damage import mutate
from planner.cli import program


def ends(code: int, write: Callable[[], object]) -> Callable[[], None]:
    """A command line that writes something and ends with an exit code."""

    def run() -> None:
        write()
        raise SystemExit(code)

    return run


@pytest.mark.parametrize(("code", "is_told"), [(0, False), (1, False), (2, True), (3, True)])
def test_files_changed_by_a_command_that_fails_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, is_told: bool
) -> None:
    """A file that is new; 0 and 1 may write it."""
    path = tmp_path / "new.csv"
    monkeypatch.setattr(program, "run", ends(code, lambda: path.write_text("x")))
    if is_told:
        with pytest.raises(fuzz.ChangedFiles, match=r"\['new\.csv'\] by check"):
            fuzz.run_command(["check"], tmp_path)
    else:
        assert fuzz.run_command(["check"], tmp_path) == code


def test_a_failure_that_changes_nothing_is_none(tmp_path: Path) -> None:
    """As a real command ends where there is no district."""
    (tmp_path / "a.csv").write_text("kode\n1\n")
    assert fuzz.run_command(["import", "a.csv", "-o", "kota", "--yes"], tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_the_same_seed_damages_alike() -> None:
    """So that an input can be made again."""
    content = b"kode;rekam\n31.71.01.1001;5\n"
    first, second = (mutate(Random("1/a"), content, "a.csv") for _ in range(2))
    assert first == second != content


@pytest.mark.gate
def test_damaged_files_and_odd_commands_end_in_a_message() -> None:
    """Some of every reader; ``python -m bench fuzz --inputs 100000`` has many more."""
    words = [sys.executable, "-m", "bench", "fuzz", "--inputs", "300", "--seed", "7"]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=900, check=False)
    assert "300 inputs, 0 tracebacks of 0 kinds" in ended.stdout, ended.stdout + ended.stderr
