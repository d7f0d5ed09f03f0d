"""Compiled code is kept beside its source, where anything can be kept."""

import errno
import os
from importlib import import_module, reload
from pathlib import Path

import pytest
from numba.core import caching

from planner.jit import is_cached, jit


def test_code_is_cached_once_compiled_until_its_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before the first call, nor once the file has another line and is a day newer."""
    source = tmp_path / "one_more.py"
    source.write_text("from planner.jit import jit\n\n\n@jit\ndef add(x):\n    return x + 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    module = import_module("one_more")
    add = module.add
    assert not is_cached(add)
    assert add(1) == 2
    assert is_cached(add)
    source.write_text(f"{source.read_text()}\n")
    tomorrow_s = source.stat().st_mtime + 86400
    os.utime(source, (tomorrow_s, tomorrow_s))
    assert not is_cached(reload(module).add)


def add_one(number: int) -> int:
    return number + 1


def test_where_no_folder_can_be_written_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither that of the package nor that of the user."""
    monkeypatch.setattr(caching.FunctionCache._impl_class, "_locator_classes", [])
    compiled = jit(add_one)
    assert compiled(1) == 2
    assert not is_cached(compiled)


def test_a_full_disk_keeps_nothing_from_being_compiled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Writing fails after compiling, reading another time."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(caching.IndexDataCacheFile, "save", fail)
    monkeypatch.setattr(caching.IndexDataCacheFile, "load", fail)
    assert jit(add_one)(1) == 2
