"""The command that plans weekends in sequence, ended by signals and taken up again."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner import errors
from planner.cli.app import app
from tests.builders.folders import sound_folder

WEEK = "2026-W48"
ASKED = ("--from", WEEK, "--target", "80", "--iterations", "3", "--cores", "1")

needs_signals = pytest.mark.skipif(
    sys.platform == "win32", reason="a signal to a child is not Ctrl-C on Windows"
)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["--lang", "en", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kota"
    folder.mkdir()
    sound_folder(folder)
    return folder


def index(folder: Path) -> dict[str, Any]:
    path = folder / "campaign" / "campaign.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {"weeks": []}


def signalled(folder: Path, number: signal.Signals, sign: str, times: int) -> tuple[int, str]:
    """Exit code of the command, and what it says after a signal at a line with a sign."""
    command = "from planner.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", command, "--lang", "en", "campaign", folder, *ASKED],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            times -= sign in line
            if not times:
                break
        process.send_signal(number)
        told = process.stderr.read()
        return process.wait(), told


@pytest.mark.gate
@pytest.mark.process
@needs_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
@pytest.mark.parametrize(
    ("sign", "times"),
    [("no bound yet", 1), ("recorded,", 1), ("recorded,", 2), ("for comparison", 1)],
    ids=["first weekend", "second weekend", "third weekend", "comparison"],
)
def test_weekends_planned_by_then_are_kept_and_gone_on_with(
    folder: Path, number: signal.Signals, sign: str, times: int
) -> None:
    """The same command finds them as they were, plans the others, and nobody counts twice."""
    code, told = signalled(folder, number, sign, times)
    kept = index(folder)["weeks"]
    planned = 0 if sign == "no bound yet" else times
    assert len(kept) >= planned
    if number is signal.SIGINT:
        assert code == 130
        assert f"next: planner campaign {folder} --from {WEEK} --target 80 --iterations 3" in told
    found = run("campaign", folder, *ASKED)
    assert found.exit_code == 0
    whole = index(folder)
    if not whole["other"] or whole["other"]["looks_ahead"] is False:
        assert whole["weeks"][: len(kept)] == kept
    recorded = sum(week["recorded"] for week in whole["weeks"])
    assert recorded + whole["weeks"][-1]["left"] == whole["people"]
    assert not (folder / "campaign" / "alone").exists()


def test_a_wrong_first_week_is_told_under_its_option(folder: Path) -> None:
    """2026 has 53 weeks."""
    found = run("campaign", folder, "--from", "2026-W54", "--iterations", 1).exception
    assert isinstance(found, errors.PlannerError)
    assert str(found) == "--from: '2026-W54' is not an ISO week; write it as 2026-W48"


@pytest.mark.parametrize(
    ("target", "told"),
    [("101", "'101' is more than 100"), ("-1", "'-1' is negative"), ("all", "is not a number")],
)
def test_a_target_is_a_percentage(folder: Path, target: str, told: str) -> None:
    """Of people: no more than all of them."""
    found = run("campaign", folder, "--target", target).exception
    assert told in str(found)


@pytest.mark.slow
def test_a_campaign_that_ends_short_of_its_goal_needs_a_look(folder: Path) -> None:
    """Nobody finishes in the week of the first weekend: exit code 1, and 0 for a third of them."""
    words = "campaign", folder, "--from", WEEK, "--iterations", 1, "--until", "2026-11-29"
    assert run(*words).exit_code == 1
    assert run(*words, "--target", 10).exit_code == 0
