"""Processes that work for this one, and never outlive it.

Needs the standard library only: a process knows how to end before anything slow is loaded in it.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pkgutil import resolve_name

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
)
"""Reach every process of a terminal; the first one decides what they mean."""


@contextmanager
def deaf_to_signals() -> Iterator[None]:
    """Processes that begin in here are never interrupted; this one hears of it afterwards.

    On Windows nobody hears of a Ctrl-C that comes in here.
    """
    if sys.platform == "win32":
        # What a process does with Ctrl-C from its console, the processes that it begins do too.
        console = ctypes.windll.kernel32
        console.SetConsoleCtrlHandler(None, True)
        try:
            yield
        finally:
            console.SetConsoleCtrlHandler(None, False)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_worker(prepare: str, *arguments: object) -> None:
    """In a process that works for another: end with it, however that ends.

    Parameters
    ----------
    prepare
        What to call then, such as ``planner.solvers.parallel:load``, and its arguments.
    """
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    resolve_name(prepare)(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def kill_workers() -> None:
    """End all processes that work for this one, whatever they are doing."""
    for process in multiprocessing.active_children():
        process.kill()
