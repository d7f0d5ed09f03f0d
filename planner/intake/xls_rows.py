"""Hidden rows of an older workbook, which the reader of its cells does not tell.

Records are those of [MS-XLS]: Excel Binary File Format, sections 2.4.28, 2.4.122 and 2.4.221.
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from olefile import OleFileIO, isOleFile

_STREAMS = ("Workbook", "Book")
_BOUND_SHEET, _ROW, _END = 0x0085, 0x0208, 0x000A
_ZERO_HEIGHT = 0x20
_HEAD = 4


def hidden_xls_rows(path: Path) -> Mapping[str, frozenset[int]]:
    """Indices of the hidden rows of each sheet, by its title; nothing of a damaged file."""
    try:
        if not isOleFile(path):
            return {}
        with OleFileIO(path) as ole:
            name = next((name for name in _STREAMS if ole.exists(name)), None)
            stream = ole.openstream(name).read() if name else b""
        return {title: frozenset(_hidden(stream, at)) for title, at in _sheets(stream)}
    except (OSError, struct.error, ValueError, IndexError, TypeError):
        return {}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records from an offset to the end of their sheet."""
    while at + _HEAD <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + _HEAD : at + _HEAD + size]
        if kind == _END:
            return
        at += _HEAD + size


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Title of each sheet, and where its records begin."""
    for kind, content in _records(stream, 0):
        if kind == _BOUND_SHEET:
            (at,) = struct.unpack_from("<I", content)
            length, is_wide = content[6], content[7] & 1
            text = content[8 : 8 + length * (1 + is_wide)]
            yield text.decode("utf-16-le" if is_wide else "latin-1"), at


def _hidden(stream: bytes, at: int) -> Iterator[int]:
    for kind, content in _records(stream, at):
        if kind == _ROW and content[12] & _ZERO_HEIGHT:
            yield struct.unpack_from("<H", content)[0]
