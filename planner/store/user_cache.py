"""The folder of the user in which prepared roads and reports of solvers are kept."""

from pathlib import Path

import platformdirs


def user_cache() -> Path:
    """May be deleted at any time."""
    return platformdirs.user_cache_path("jemput-bola-planner", appauthor=False)
