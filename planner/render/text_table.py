"""Tables of text: straight columns for a terminal, CSV for spreadsheet programs."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import TypeAlias

from planner.i18n.words import Words
from planner.render.escape import to_cell

Cell: TypeAlias = tuple[str, object]
"""What a person and what a program reads."""

Row: TypeAlias = Mapping[str, Cell]
"""Cells by header."""


def to_texts(rows: Sequence[Row]) -> list[list[str]]:
    """Headers and rows for people."""
    return [[*rows[0]], *([text for text, _ in row.values()] for row in rows)]


def to_numbers(rows: Sequence[Row]) -> list[list[object]]:
    """Headers and rows for programs; what is not known is blank."""
    return [[*rows[0]], *([number for _, number in row.values()] for row in rows)]


def number_cell(value: float | None, words: Words, decimals: int = 0, blank: str = "–") -> Cell:
    """A number for people and, with one digit more where it has any, for programs."""
    if value is None:
        return blank, ""
    return words.number(value, decimals), round(value, decimals + 1 if decimals else None)


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


def to_csv(rows: Iterable[Sequence[object]], words: Words) -> bytes:
    """Rows as CSV as Excel opens it: in Indonesian with semicolons and decimal commas.

    In UTF-8 with a byte order mark, without which Excel garbles what is not ASCII; no text is a
    formula.
    """
    has_comma = words.language == "id"

    def cell_text(cell: object) -> object:
        if isinstance(cell, str):
            return to_cell(cell)
        return str(cell).replace(".", ",") if has_comma and isinstance(cell, float) else cell

    text = StringIO()
    writer = csv.writer(text, delimiter=";" if has_comma else ",", lineterminator="\r\n")
    writer.writerows([cell_text(cell) for cell in cells] for cells in rows)
    return text.getvalue().encode("utf-8-sig")
