"""Tables of text: straight columns for a terminal, CSV for spreadsheet programs."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import TypeAlias

from planner.i18n.words import Words
from planner.render.escape import to_cell

Row: TypeAlias = Mapping[str, tuple[str, object]]
"""By header, what a person and what a program reads in a cell."""


def to_texts(rows: Sequence[Row]) -> list[list[str]]:
    """Headers and rows for people."""
    return [[*rows[0]], *([text for text, _ in row.values()] for row in rows)]


def to_numbers(rows: Sequence[Row]) -> list[list[object]]:
    """Headers and rows for programs; what is not known is blank."""
    return [[*rows[0]], *([number for _, number in row.values()] for row in rows)]


def align_columns(rows: Sequence[Sequence[str]], num_texts: int = 1) -> list[str]:
    """Rows as lines with straight columns, all but the first ``num_texts`` to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if index < num_texts else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()
        for cells in rows
    ]


def format_difference(difference: float, words: Words, decimals: int = 0) -> str:
    """A difference with its sign: ``+12``, ``−3``, ``±0``."""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return sign + words.number(abs(difference), decimals)


def to_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV in UTF-8 with a byte order mark, without which Excel garbles what is not ASCII.

    Numbers are as programs read them, with a point; no text is a formula.
    """
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [to_cell(cell) if isinstance(cell, str) else cell for cell in cells] for cells in rows
    )
    return text.getvalue().encode("utf-8-sig")
