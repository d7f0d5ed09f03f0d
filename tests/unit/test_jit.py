"""Compiled code is kept beside its source."""

import os
from importlib import import_module
from pathlib import Path

import pytest

from planner.jit import is_cached


def test_code_is_cached_once_compiled_until_its_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before the first call, nor once the file is a day newer."""
    source = tmp_path / "one_more.py"
    source.write_text("from planner.jit import jit\n\n\n@jit\ndef add(x):\n    return x + 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    add = import_module("one_more").add
    assert not is_cached(add)
    assert add(1) == 2
    assert is_cached(add)
    tomorrow_s = source.stat().st_mtime + 86400
    os.utime(source, (tomorrow_s, tomorrow_s))
    assert not is_cached(add)
