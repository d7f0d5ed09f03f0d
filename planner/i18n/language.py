"""The languages that people are spoken to in, and which of them a district folder asks for.

Problems are told in it, so it is looked for before anything else of a folder is read.
"""

import re
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - as every other error is called

LANGUAGES = ("id", "en")

DEFAULT_LANGUAGE = "id"
"""Of an office that names none."""

SETTINGS = "planner.toml"
"""The file of a district folder that names its language, among much else."""

SETTINGS_SHEETS = {"pengaturan": "id", "settings": "en"}
"""What the same is called in a workbook of all tables; the language follows from it."""

SUFFIX = ".xlsx"

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*\sname=\"([^\"]*)\"")
_LARGEST = 1 << 20
_DAMAGED = (BadZipFile, KeyError, ValueError, RuntimeError, EOFError, ZlibError)

_LINE = re.compile(rf"""^\s*language\s*=\s*["']({"|".join(LANGUAGES)})["']""", re.MULTILINE)


def office_language(folder: Path) -> str | None:
    """The language that a district names, whatever is wrong there; None where there is none."""
    folder = folder_of(folder)
    try:
        text = (folder / SETTINGS).read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):  # Of a path that cannot be one.
        workbook = workbook_of(folder)
        return None if workbook is None else workbook_language(workbook)
    found = _LINE.search(text)
    return found[1] if found else DEFAULT_LANGUAGE


def workbook_language(path: Path) -> str | None:
    """The language of a district's workbook; None where a file is no such workbook."""
    with suppress(OSError, *_DAMAGED):
        with ZipFile(path) as parts, parts.open("xl/workbook.xml") as part:
            text = part.read(_LARGEST).decode(errors="replace")
        titles = map(str.casefold, _SHEET.findall(text))
        return next((SETTINGS_SHEETS[title] for title in titles if title in SETTINGS_SHEETS), None)
    return None


def workbook_of(folder: Path) -> Path | None:
    """The workbook of all tables of a district, which stands beside its folder."""
    with suppress(OSError, ValueError):
        path = Path(f"{folder.resolve() if folder.name in {'', '..'} else folder}{SUFFIX}")
        return path if path.is_file() and workbook_language(path) else None
    return None


def folder_of(path: Path) -> Path:
    """The folder of a district, of which the workbook may be named instead."""
    with suppress(OSError, ValueError):
        if path.suffix == SUFFIX and path.is_file() and workbook_language(path):
            return path.with_suffix("")
    return path


def is_district(folder: Path) -> bool:
    """Whether a folder is that of a district."""
    return (folder / SETTINGS).exists() or workbook_of(folder) is not None
