"""The languages that people are spoken to in, and which of them a district folder asks for.

Problems are told in it, so it is looked for before anything else of a folder is read.
"""

import re
from pathlib import Path

LANGUAGES = ("id", "en")

DEFAULT_LANGUAGE = "id"
"""Of an office that names none."""

SETTINGS = "planner.toml"
"""The file of a district folder that names its language, among much else."""

_LINE = re.compile(rf"""^\s*language\s*=\s*["']({"|".join(LANGUAGES)})["']""", re.MULTILINE)


def office_language(folder: Path) -> str | None:
    """The language in planner.toml, whatever is wrong there; None where there is no such file."""
    try:
        text = (folder / SETTINGS).read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):  # Of a path that cannot be one.
        return None
    found = _LINE.search(text)
    return found[1] if found else DEFAULT_LANGUAGE
