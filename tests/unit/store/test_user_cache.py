"""Where prepared roads and reports of solvers are kept."""

import tempfile
from pathlib import Path

import platformdirs
import pytest

from planner.store.user_cache import user_cache


@pytest.mark.parametrize("folder", ["cache/x", "~/.cache/x"])
def test_a_relative_folder_is_not_taken(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """As of a user without a home, or by XDG_CACHE_HOME; it would be another one everywhere."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: Path(folder))
    assert user_cache() == Path(tempfile.gettempdir()) / "x"


def test_an_absolute_folder_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether or not it exists."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "none")
    assert user_cache() == tmp_path / "none"
