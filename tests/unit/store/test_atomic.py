"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.store.atomic import write_files


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
