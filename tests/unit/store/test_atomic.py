"""Files appear whole or not at all."""

import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from planner.errors import InputError
from planner.store import atomic
from planner.store.atomic import PREFIX, move, remove, remove_abandoned, write_durably, write_files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_replace_those_of_the_same_name(tmp_path: Path) -> None:
    """``a`` is replaced, ``b`` is new, ``c`` is not ours."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").write_bytes(b"theirs")
    write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert contents(tmp_path) == {"a": b"new", "b": b"new", "c": b"theirs"}


def test_folders_are_made(tmp_path: Path) -> None:
    """``plans/2026-W48`` did not exist."""
    write_files(tmp_path / "plans" / "2026-W48", {"a": b"new"})
    assert contents(tmp_path / "plans" / "2026-W48") == {"a": b"new"}


def test_a_failed_run_leaves_all_as_it_was(tmp_path: Path) -> None:
    """``b`` is a folder, so it cannot be replaced; ``a`` and ``z`` were in place already."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(InputError, match=r"cannot be written .*; close it in other programs"):
        write_files(tmp_path, {"a": b"new", "z": b"new", "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_failed_run_leaves_no_new_folder(tmp_path: Path) -> None:
    """A file stands where the folder of the week should be made."""
    (tmp_path / "plans").write_bytes(b"a file")
    with pytest.raises(InputError, match=r"plans.*cannot be written"):
        write_files(tmp_path / "plans" / "2026-W48", {"a": b"new"})
    assert contents(tmp_path) == {"plans": b"a file"}


def test_windows_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner reads the new file and another process the old one, for two tries each."""
    refusals = dict.fromkeys(("replace", "unlink"), 2)

    def refuse_at_first(name: str) -> Any:
        step = getattr(Path, name)

        def refuse(path: Path, *values: Any) -> None:
            refusals[name] -= 1
            if refusals[name] >= 0:
                raise PermissionError(errno.EACCES, "in use", str(path))
            step(path, *values)

        return refuse

    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "old").write_bytes(b"old")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(atomic, "_PAUSES_S", (0.0, 0.0, 0.0))
    for name in refusals:
        monkeypatch.setattr(Path, name, refuse_at_first(name))
    move(tmp_path / "new", tmp_path / "map.html")
    remove(tmp_path / "old")
    assert contents(tmp_path) == {"map.html": b"new"}


def test_windows_keeps_no_folder_of_a_killed_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the lock cannot be removed while it is held."""
    rmtree = shutil.rmtree

    def as_windows(path: Path, ignore_errors: bool = False) -> None:
        with suppress(Timeout), FileLock(path / ".lock", timeout=0):
            rmtree(path)

    (tmp_path / f"{PREFIX}x").mkdir()
    monkeypatch.setattr(shutil, "rmtree", as_windows)
    remove_abandoned(tmp_path)
    assert contents(tmp_path) == {}


def test_a_link_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    """To a folder of somebody else."""
    (tmp_path / "theirs").mkdir()
    try:
        (tmp_path / "link").symlink_to(tmp_path / "theirs")
    except OSError:
        pytest.skip("this system lets nobody make links")
    remove(tmp_path / "link")
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]


def test_a_drive_that_cannot_be_told_to_write_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network drives write when they see fit; a disk that is full is told."""

    def refuse(number: int) -> None:
        raise OSError(codes[0], "refused")

    codes = [errno.EINVAL]
    monkeypatch.setattr(os, "fsync", refuse)
    write_durably(tmp_path / "a", b"new")
    assert contents(tmp_path) == {"a": b"new"}
    codes = [errno.ENOSPC]
    with pytest.raises(OSError, match="refused"):
        write_durably(tmp_path / "a", b"new")
