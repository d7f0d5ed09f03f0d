"""What the reader of older workbooks does not tell: hidden rows, and sizes that cannot be true.

Records are those of [MS-XLS], Excel Binary File Format, sections 2.4.28, 2.4.122, 2.4.221, 2.4.265
and those of cells, inside a compound file ([MS-CFB]).
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from olefile import OleFileIO, isOleFile

_STREAMS = ("Workbook", "Book")
_BOUND_SHEET, _ROW, _END, _STRINGS = 0x0085, 0x0208, 0x000A, 0x00FC
_CELLS = frozenset([0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, *range(0x0201, 0x0206), 0x027E])
_ZERO_HEIGHT = 0x20
_HEAD = 4
_SECTOR = 512
_COUNTS_OF_SECTORS = (40, 44, 64, 72)
"""Where the header has how many sectors hold the directory, and each kind of table."""

_COLUMNS = 256
"""An older workbook has no more; a column beyond is that of a damaged file."""


def hidden_xls_rows(path: Path) -> Mapping[str, frozenset[int]]:
    """Indices of the hidden rows of each sheet, by its title.

    Raises
    ------
    ValueError
        Where the file is damaged, so that whoever reads it may need any amount of memory.
    """
    try:
        if not isOleFile(path):
            raise ValueError
        with OleFileIO(path) as ole:
            _check_container(path, ole)
            name = next((name for name in _STREAMS if ole.exists(name)), None)
            stream = ole.openstream(name).read() if name else b""
        _check_sizes(stream)
        return {title: frozenset(_hidden(stream, at)) for title, at in _sheets(stream)}
    except (OSError, struct.error, IndexError, TypeError, RecursionError) as error:
        raise ValueError from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records from an offset on."""
    while at + _HEAD <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + _HEAD : at + _HEAD + size]
        at += _HEAD + size


def _check_container(path: Path, ole: OleFileIO) -> None:
    """Refuse tables of sectors, and streams, that are larger than the file ([MS-CFB] 2.2, 2.6)."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_SECTOR)
    counts = (struct.unpack_from("<I", head, at)[0] for at in _COUNTS_OF_SECTORS)
    entries = (entry.size for entry in ole.direntries if entry is not None)
    if max(counts) > size // _SECTOR or max(entries, default=0) > size:
        raise ValueError


def _check_sizes(stream: bytes) -> None:
    """Refuse cells in columns that there are not, and more strings than there is room for."""
    for kind, content in _records(stream, 0):
        if kind in _CELLS and struct.unpack_from("<H", content, 2)[0] >= _COLUMNS:
            raise ValueError
        if kind == _STRINGS and max(struct.unpack_from("<II", content)) > len(stream):
            raise ValueError


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Title of each sheet, and where its records begin."""
    for kind, content in _records(stream, 0):
        if kind == _BOUND_SHEET:
            (at,) = struct.unpack_from("<I", content)
            length, is_wide = content[6], content[7] & 1
            text = content[8 : 8 + length * (1 + is_wide)]
            yield text.decode("utf-16-le" if is_wide else "latin-1"), at
        if kind == _END:
            return


def _hidden(stream: bytes, at: int) -> Iterator[int]:
    for kind, content in _records(stream, at):
        if kind == _ROW and content[12] & _ZERO_HEIGHT:
            yield struct.unpack_from("<H", content)[0]
        if kind == _END:
            return
