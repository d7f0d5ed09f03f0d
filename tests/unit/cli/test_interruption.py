"""Ctrl-C and SIGTERM: in this process, and at chosen moments of a program of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from planner.cli.interruption import (
    EXIT_CODES,
    Interruption,
    exit_on_signals,
    stop_code,
    stop_requests,
    work_at_stake,
)
from planner.cli.terminal_listener import terminal_listener

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a signal to a child is not Ctrl-C on Windows"
)

MAIN = "from planner.cli import main; main()"


@pytest.fixture
def _signals() -> Iterator[None]:
    """The handlers of the program, and those of before afterwards."""
    hook = sys.unraisablehook
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    exit_on_signals()
    yield
    sys.unraisablehook = hook
    for number, handler in before.items():
        signal.signal(number, handler)


def outcome(code: str, *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a program."""
    typed = [sys.executable, "-c", code, *words]
    done = subprocess.run(typed, check=False, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def send(number: int) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.usefixtures("_signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_an_interruption_while_work_is_at_stake(number: signal.Signals) -> None:
    """130 for Ctrl-C and 143 for SIGTERM; `finally` and `with` put things back."""
    with work_at_stake(), pytest.raises(Interruption, match=str(EXIT_CODES[number.name])):
        send(number)


@pytest.mark.usefixtures("_signals")
def test_ctrl_c_ends_a_solve_once_a_solver_listens(capfd: pytest.CaptureFixture[str]) -> None:
    """Before it asked, Ctrl-C ends the program; then it is the wish to stop; then the end again."""
    with work_at_stake(), terminal_listener() as listener:
        with pytest.raises(Interruption, match="130"):
            send(signal.SIGINT)
        assert not listener.stop()
        send(signal.SIGINT)
        assert listener.stop()
        assert stop_code() == 130
        assert "stopping with the best plan so far" in capfd.readouterr().err
        with pytest.raises(Interruption, match="130"):
            send(signal.SIGINT)


@pytest.mark.usefixtures("_signals")
def test_nobody_is_asked_to_stop_once_the_work_is_done() -> None:
    """What is drawn afterwards is not a search that could end early."""
    with stop_requests(lambda: None) as is_wanted:
        assert not is_wanted()
    with work_at_stake(), pytest.raises(Interruption, match="130"):
        send(signal.SIGINT)


@pytest.mark.process
def test_an_ignored_signal_stays_ignored() -> None:
    """As a shell has it for what it runs in the background."""
    code = (
        "import os, signal; from planner.cli.interruption import exit_on_signals;"
        "signal.signal(signal.SIGINT, signal.SIG_IGN); exit_on_signals();"
        "os.kill(os.getpid(), signal.SIGINT)"
    )
    assert outcome(code) == (0, "", "")


@pytest.mark.process
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_during_imports_ends_the_program_in_silence(
    number: signal.Signals, code: int
) -> None:
    """The first of the slow imports sends it to its own process."""
    lines = (
        "import os, sys",
        "class Finder:",
        "    def find_spec(self, name, path=None, target=None):",
        f"        if name == 'typer': os.kill(os.getpid(), {int(number)})",
        "sys.meta_path.insert(0, Finder())",
        MAIN,
    )
    assert outcome("\n".join(lines), "--help") == (code, "", "")


@pytest.mark.process
def test_an_interruption_that_cannot_be_raised_ends_the_program() -> None:
    """In a finaliser, where Python would report it and go on."""
    code = (
        "import os, signal; from planner.cli.interruption import *; exit_on_signals()\n"
        "class Callback:\n"
        "    def __del__(self): os.kill(os.getpid(), signal.SIGINT)\n"
        "with work_at_stake():\n    Callback()\n    print('went on')\n"
    )
    assert outcome(code) == (130, "", "")
