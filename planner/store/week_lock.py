"""The lock of a week: one run at a time writes.

It is the operating system's, so that of a run that ended in any way is gone. Beside it lies who
holds it, for others to read.
"""

import getpass
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from planner.district import Office
from planner.errors import input_error
from planner.i18n.messages import Message, say
from planner.store.atomic import acquire
from planner.store.plan_folder import LOCK, WRITER, PlanFolder

PATIENCE_S = 60.0
"""Writing takes seconds; whoever holds a lock for longer is waiting for something."""

_AT_ONCE_S = 0.2


class _Writer(BaseModel):
    who: str
    process: int
    command: str
    since: str


@contextmanager
def week_lock(
    folder: PlanFolder,
    office: Office,
    command: str,
    notice: Callable[[Message], None],
    patience_s: float = PATIENCE_S,
) -> Iterator[None]:
    """While no other run writes the week.

    Parameters
    ----------
    office
        By whose clock others are told since when.
    command
        What others are told is being done.
    notice
        Hears who is waited for.
    patience_s
        Seconds to wait for another run.

    Raises
    ------
    InputError
        Where another run writes for longer; it says who.
    """
    folder.versions_path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.versions_path / LOCK)
    sidecar = folder.versions_path / WRITER
    _wait_for(lock, folder, notice, patience_s)
    try:
        since = f"{office.clock(datetime.now(UTC)):%Y-%m-%d %H:%M}"
        writer = _Writer(who=_who(), process=os.getpid(), command=command, since=since)
        sidecar.write_bytes(writer.model_dump_json().encode())
        yield
    finally:
        with suppress(OSError):  # Windows keeps it for as long as who waits reads it.
            sidecar.unlink()
        lock.release()


def _wait_for(
    lock: FileLock, folder: PlanFolder, notice: Callable[[Message], None], patience_s: float
) -> None:
    try:
        acquire(lock, min(_AT_ONCE_S, patience_s))
        return
    except Timeout:
        if patience_s > _AT_ONCE_S:
            notice(say("{week}: waiting; {writer}", week=folder.week, writer=_writer(folder)))
    try:
        acquire(lock, max(0.0, patience_s - _AT_ONCE_S))
    except Timeout:
        raise input_error(
            say("plan of {week}", week=folder.week),
            _writer(folder),
            say("try again when that is done, or end it"),
        ) from None


def _writer(folder: PlanFolder) -> Message:
    """Who writes the week."""
    try:
        writer = _Writer.model_validate_json((folder.versions_path / WRITER).read_bytes())
    except (OSError, ValidationError):
        return say("another run is writing it")
    return say(
        "{who} is writing it since {since} ({command}, process {process})",
        **writer.model_dump(),
    )


def _who() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):  # Nobody of that number is known to the system.
        name = "?"
    return f"{name}@{platform.node()}"
