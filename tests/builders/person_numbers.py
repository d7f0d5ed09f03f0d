"""Numbers like those of persons that tests put into files, and the search for what became of them.

No other number of 16 digits may stand in a test: a search can only find what it knows.
"""

import os
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

NUMBERS = ("1234123412341234", "3171234567890123", "3171010101010001", "9971010101010001")
LARGEST = 1 << 26
"""Bytes of a file that is looked into."""

_given: set[Path] = set()


def _pattern(number: str) -> str:
    groups = "[ .-]?".join(number[i : i + 4] for i in range(0, len(number), 4))
    return f"{groups}|{number[0]}[.,]{number[1:15]}[0-9]*[eE][+]?15"


_ALL = re.compile("|".join(map(_pattern, NUMBERS)).encode())


def note_given(folder: Path) -> None:
    """Remember the files that a test wrote such a number into, before anything else runs."""
    _given.update(path.resolve() for path in folder.rglob("*") if holds_number(path))


def files_with_numbers(folder: Path, since: float) -> Iterator[Path]:
    """Files of a folder, written since a time, that hold such a number and were not given.

    What lies in a folder ``source`` is given by a test.
    """
    for path in _files(folder):
        if "source" in path.parts or path.suffix == ".pyc" or path.resolve() in _given:
            continue
        try:
            is_new = path.is_file() and path.stat().st_mtime >= since
        except OSError:  # Another process may take away what is in a cache.
            continue
        if is_new and holds_number(path):
            yield path


def _files(folder: Path) -> Iterator[Path]:
    """All below a folder, or the file that it is; what vanishes meanwhile is left out."""
    if folder.is_file():
        yield folder
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)


def holds_number(path: Path) -> bool:
    """Whether a file holds such a number, also compressed or in two bytes a character."""
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > LARGEST:
            return False
        content = path.read_bytes()
    except OSError:
        return False
    return any(_ALL.search(part) for part in (content, *_inside(content)))


def _inside(content: bytes) -> Iterator[bytes]:
    yield content.replace(b"\0", b"")
    if content.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(content)) as parts:
                if sum(part.file_size for part in parts.infolist()) <= LARGEST:
                    yield from (parts.read(name) for name in parts.namelist())
        except (BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, EOFError):
            return
    if content.startswith(b"\x1f\x8b"):
        try:
            yield zlib.decompressobj(wbits=31).decompress(content, LARGEST)
        except zlib.error:
            return
