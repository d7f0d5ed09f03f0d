"""Reads a table from a CSV file."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.header import HEADER_ROWS
from planner.inputs.table import NO_TITLES, Table, Titles, as_title, is_comment, make_table
from planner.inputs.text_encoding import decode_text

_LITERAL = re.compile(r'="([^"]*)"')
"""What keeps Excel from making a number of a text: ``="001"``."""


def read_csv(name: str, path: Path, known: Titles = NO_TITLES) -> Table:
    """The table in a CSV file with commas, semicolons or tabs.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    try:
        text, is_guessed = decode_text(path.read_bytes())
        # Only these end a line; `splitlines` would part cells at a vertical tab, too.
        lines = StringIO(text, newline="").readlines()
        grid = list(_records(lines, known))
    except csv.Error as error:
        what = say("is not a CSV file ({reason})", reason=error)
        raise Mistake(what, say("correct its quotes")) from None
    table = make_table(name, path.name, grid, lambda number, _: f"{path.name}:{number}", known)
    if not is_guessed:
        return table
    warning = say("is not UTF-8, and is read as text of Windows; check accents")
    note = say("{file}: {warning}", file=path.name, warning=warning)
    return replace(table, notes=(note, *table.notes))


def _records(lines: Sequence[str], known: Titles) -> Iterator[tuple[int, Sequence[str]]]:
    """Number of the first line, and cells, of every record; a comment is an empty one."""
    at_start = True

    def blank_comments() -> Iterator[str]:
        nonlocal at_start
        for line in lines:
            # Inside a quoted cell a '#' begins no comment, only a line of that cell.
            yield "\n" if at_start and is_comment(line) else line
            at_start = False

    reader = csv.reader(blank_comments(), delimiter=_delimiter(lines, known), strict=True)
    number = 1
    for cells in reader:
        if cells:
            yield number, [_LITERAL.sub(r"\1", cell) for cell in cells]
        at_start = True
        number = reader.line_num + 1


def _delimiter(lines: Sequence[str], known: Titles) -> str:
    """What parts the header into most columns that are known, else into most."""
    content = [line for line in lines if line.strip() and not is_comment(line)]

    def columns(delimiter: str) -> tuple[int, int]:
        heads = [line.split(delimiter) for line in content[:HEADER_ROWS]]
        titles = max((sum(as_title(cell) in known for cell in head) for head in heads), default=0)
        return titles, len(heads[0]) if heads else 0

    return max(",;\t", key=columns)
