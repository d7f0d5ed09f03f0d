"""The folder of the user in which prepared roads and reports of solvers are kept."""

import tempfile
from pathlib import Path

import platformdirs


def user_cache() -> Path:
    """May be deleted at any time."""
    path = platformdirs.user_cache_path("jemput-bola-planner", appauthor=False)
    # Without a home, or as XDG_CACHE_HOME, it may be relative: another one in every folder.
    return path if path.is_absolute() else Path(tempfile.gettempdir()) / path.name
