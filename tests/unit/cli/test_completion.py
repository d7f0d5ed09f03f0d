"""What a shell completes."""

import sys
from pathlib import Path

import pytest

from planner.cli import program
from planner.cli.completion import SHELLS, completion_script
from tests.builders.folders import sound_folder


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_a_script(shell: str) -> None:
    """It asks the program by an environment variable."""
    assert "_PLANNER_COMPLETE" in completion_script(shell)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("replan {folder} --without-van ", ["A"]),
        ("explain {folder} T", ["T1", "T2"]),
        ("map {folder} --week ", ["2026-W48"]),
        ("whatif {folder} --without-van ", ["A"]),
        ("whatif {folder} --close T", ["T1", "T2"]),
        ("expl", ["explain"]),
    ],
)
def test_values_of_the_folder_are_completed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    offered: list[str],
) -> None:
    """Vans, places and weeks of the folder typed before, also where an option waits for one."""
    folder = sound_folder(tmp_path).path
    (folder / "plans" / "2026-W48").mkdir(parents=True)
    line = f"planner {typed.format(folder=folder)}"
    monkeypatch.setattr(sys, "argv", ["planner"])
    monkeypatch.setenv("_PLANNER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    with pytest.raises(SystemExit, match="0"):
        program.run()
    assert capsys.readouterr().out.split() == offered
