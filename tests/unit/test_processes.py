"""Processes that work for another one end with it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.processes import deaf_to_signals

pytestmark = pytest.mark.process

PARENT = """
import os, signal, sys, time
from planner.solvers.parallel import solve_pool

def work(stop):
    print(os.getpid(), flush=True)
    while not stop():
        time.sleep(0.01)

if __name__ == "__main__":
    # Whoever runs the tests may hear no Ctrl-C; a command does.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with solve_pool(2, ["greedy"]) as pool:
        answers = [pool.submit(work), pool.submit(work)]
        [answer() for answer in answers]
"""


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be counted does not."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return done.stdout.strip()[:1] not in {b"", b"Z"}


def wait_until_gone(pids: list[int], patience_s: float = 10.0) -> list[int]:
    """Those that still run when patience ends."""
    for _ in range(int(patience_s / 0.05)):
        pids = [pid for pid in pids if is_alive(pid)]
        if not pids:
            break
        time.sleep(0.05)
    return pids


def test_workers_of_windows_begin_deaf_to_the_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while they load would end them with a traceback; afterwards this one hears it."""
    told: list[tuple[object, bool]] = []
    kernel = SimpleNamespace(SetConsoleCtrlHandler=lambda *values: told.append(values))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    with deaf_to_signals():
        assert told == [(None, True)]
    assert told == [(None, True), (None, False)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends signals to groups of processes")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_workers_end_with_the_process_they_work_for(name: str, tmp_path: Path) -> None:
    """However it ends; signals of a terminal reach them first, which only it may heed."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        for worker in workers:
            os.kill(worker, signal.SIGINT)
            os.kill(worker, signal.SIGTERM)
        time.sleep(0.2)
        assert all(map(is_alive, workers))
        parent.send_signal(signal.Signals[name])
        parent.wait(timeout=20)
        assert wait_until_gone(workers) == []
