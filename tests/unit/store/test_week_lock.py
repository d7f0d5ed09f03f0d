"""One run at a time writes a week, and others are told which."""

import errno
import os
import signal
from pathlib import Path

import pytest
from filelock import BaseFileLock, FileLock

from planner.errors import InputError
from planner.i18n.messages import Message
from planner.store.week_lock import week_lock
from planner.store.week_writer import write_week
from tests.builders.horizons import horizon, result
from tests.builders.killing import hold, needs_fork
from tests.builders.versions import add_version, week_of

DISTRICT = horizon().district


def test_who_waits_too_long_is_told_for_whom(tmp_path: Path) -> None:
    """With computer, time by the office's clock, command and process; exit code 2."""
    said: list[Message] = []
    folder = week_of(tmp_path)
    with (
        week_lock(folder, DISTRICT.office, "publish", said.append),
        pytest.raises(InputError) as raised,
        week_lock(folder, DISTRICT.office, "print", said.append, patience_s=0.3),
    ):
        pass
    assert raised.match(r"plan of 2026-W48: \S+@\S* is writing it since \d{4}-\d\d-\d\d \d\d:\d\d ")
    assert raised.match(rf"\(publish, process {os.getpid()}\); try again when that is done, or")
    assert raised.value.exit_code == 2
    assert said[0].startswith("2026-W48: waiting; ")


def test_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    """Nobody is told of it any more, nor of what another kind of file says."""
    folder = week_of(tmp_path)
    for _ in range(2):
        with week_lock(folder, DISTRICT.office, "print", lambda message: None, patience_s=0.0):
            (folder.versions_path / "writer.json").write_text("[]", encoding="utf-8")
            with (
                pytest.raises(InputError, match="another run is writing it; try again"),
                week_lock(folder, DISTRICT.office, "map", lambda message: None, patience_s=0.0),
            ):
                pass
    # Windows takes the lock away too.
    assert {path.name for path in folder.versions_path.iterdir()} <= {"lock"}


def test_a_lock_ends_although_somebody_reads_who_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not remove a file that another process has open."""

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "in use", str(path))

    folder = week_of(tmp_path)
    monkeypatch.setattr(Path, "unlink", refuse)
    for _ in range(2):
        with week_lock(folder, DISTRICT.office, "print", lambda message: None, patience_s=0.0):
            pass


def test_a_drive_without_locks_is_written_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As some network drives say; another failure is told."""
    add_version(tmp_path, result())

    def refuse(lock: BaseFileLock, timeout: float = 0.0) -> None:
        raise OSError(codes[0], "refused")

    codes = [errno.ENOLCK]
    monkeypatch.setattr(FileLock, "acquire", refuse)
    add_version(tmp_path, result(people=7), planned_on=1)
    assert week_of(tmp_path).is_settled()
    codes = [errno.EIO]
    with pytest.raises(InputError, match=r"cannot be written \(refused"):
        add_version(tmp_path, result(people=6), planned_on=2)


@needs_fork
@pytest.mark.process
def test_the_lock_of_a_killed_run_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Although what it wrote of itself still lies there."""
    add_version(tmp_path, result())

    def write_for_ever() -> None:
        with write_week(horizon(folder=tmp_path).district, "2026-W48", "plan"):
            signal.pause()

    os.kill(hold(write_for_ever, week_of(tmp_path).versions_path / "writer.json"), signal.SIGKILL)
    said: list[Message] = []
    os.wait()
    add_version(tmp_path, result(people=7), planned_on=1, notice=said.append)
    assert said == []
    assert week_of(tmp_path).is_settled()
