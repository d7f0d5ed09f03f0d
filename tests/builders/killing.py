"""Kills a run before any one of its file-system steps."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import FrameType

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

KILLED = 137
"""Exit code of a run that was killed."""

_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_LIMIT_S = 60


def kill_at_each_step(
    run: Callable[[], object], folder: Path, reset: Callable[[], object], *, torn: bool = True
) -> Iterator[str]:
    """The steps of a run by which it changes a folder; before each it was killed.

    Parameters
    ----------
    reset
        Makes the folder as it was before the run.
    torn
        Whether a step that opens a file to write it comes twice: the second time the file is half
        written.
    """
    for number in count():
        for is_torn in (False, True) if torn else (False,):
            reset()
            step = _run_until(run, folder, number, torn=is_torn)
            if step is None:
                return
            if not is_torn or step.startswith("open"):
                yield f"{number}: {step}{' torn' if is_torn else ''}"


def kill_after(run: Callable[[], object], delay_s: float) -> None:
    """A run in a process of its own that is killed after some seconds."""
    process = _fork(run)

    def kill(number: int, frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):  # It ended by itself.
            os.kill(process, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.setitimer(signal.ITIMER_REAL, delay_s)
    try:
        os.waitpid(process, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def hold(run: Callable[[], object], sign: Path) -> int:
    """The process of a run that has written a file by now, and goes on."""
    process = _fork(run)
    while not sign.exists():
        time.sleep(0.01)
    return process


def run_all(*runs: Callable[[], object]) -> list[int]:
    """Exit codes of runs in processes of their own, at the same time."""
    processes = [_fork(run) for run in runs]
    return [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]


def _run_until(run: Callable[[], object], folder: Path, number: int, *, torn: bool) -> str | None:
    """The step before which a run was killed; None where it has fewer."""
    reader, writer = os.pipe()

    def watched() -> None:
        _watch(folder, number, writer, torn=torn)
        run()

    process = _fork(watched)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        step = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert code == (KILLED if step else 0), f"{step}: exit code {code}"
    return step or None


def _fork(run: Callable[[], object]) -> int:
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        signal.alarm(_LIMIT_S)
        run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(code)


def _watch(folder: Path, number: int, writer: int, *, torn: bool) -> None:
    """Kill this process before a step; another hears in a pipe which it was."""
    number_now = 0
    is_over = False

    def hear(event: str, values: tuple[object, ...]) -> None:
        nonlocal number_now, is_over
        if is_over or not _is_step(event, values, folder):
            return
        if number_now == number:
            is_over = True
            path = Path(str(values[0]))
            if torn and event == "open" and not path.is_dir():
                path.write_bytes(b"torn")
            os.write(writer, f"{event} {values[0]}".encode())
            os._exit(KILLED)
        number_now += 1

    sys.addaudithook(hear)


def _is_step(event: str, values: tuple[object, ...], folder: Path) -> bool:
    if event != "open" and event not in _CHANGES:
        return False
    path = str(values[0])
    if os.path.isabs(path) and not path.startswith(str(folder)):  # noqa: PTH117
        return False
    if event != "open":
        return True
    _, mode, flags = values
    return bool(set(str(mode or "")) & set("wax+")) or bool(int(str(flags or 0)) & _WRITES)
