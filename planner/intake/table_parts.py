"""Several tables on one sheet: below each other, or side by side with the same titles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from planner.intake.cells import parse_decimal
from planner.intake.grid import Sheet
from planner.intake.header import count_titles, find_header
from planner.intake.place_rows import KNOWN
from planner.intake.titles import key_of

LEAST_TITLES = 3
"""Fewer known titles in a row below a header begin no other table."""

Row = Sequence[object]


def part_tables(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet with one of its tables at a time; cells of all others are blank."""
    if sheet.is_layer:
        yield sheet
        return
    starts = [0, *_starts(sheet.rows), len(sheet.rows)]
    for first, last in pairwise(starts):
        rows = [row if first <= n < last else () for n, row in enumerate(sheet.rows)]
        yield from _part_columns(replace(sheet, rows=rows) if len(starts) > 2 else sheet)


def _starts(rows: Sequence[Row]) -> Iterator[int]:
    """Where tables below the first one begin: at a header with other titles, below rows of data."""
    titles: set[object] = set()
    has_data = False
    for index, row in enumerate(rows):
        if not _may_be_header(row) or count_titles(row, KNOWN) < LEAST_TITLES:
            has_data = has_data or _is_data(row)
            continue
        if has_data and {*row} != titles:
            yield _first_title(rows, index)
        if has_data or not titles:
            titles, has_data = {*row}, False


def _may_be_header(row: Row) -> bool:
    """Whether a row has words alone; asked of every row, so that it must be quick."""
    first = next((cell for cell in row if cell not in {None, ""}), None)
    if not isinstance(first, str) or any(map(str.isdecimal, first)):
        return False
    words = [cell for cell in row if cell not in {None, ""}]
    return len(words) >= LEAST_TITLES and not any(map(_is_number, words))


def _is_number(cell: object) -> bool:
    return not isinstance(cell, str) or parse_decimal(cell) is not None


def _is_data(row: Row) -> bool:
    """Whether a row counts something; the numbers of columns below a header do not."""
    return any(cell not in {None, ""} and _is_number(cell) for cell in row)


def _first_title(rows: Sequence[Row], index: int) -> int:
    """The first of the rows above a header that only name what is below."""
    while index and not _is_data(rows[index - 1]) and len({*rows[index - 1]} - {None, ""}) < 3:
        index -= 1
    return index


def _part_columns(sheet: Sheet) -> Iterator[Sheet]:
    header = find_header(sheet, KNOWN)
    keys = [key_of(title) for title in header.titles] if header else []
    first = next((position for position, key in enumerate(keys) if key), 0)
    starts = [position for position, key in enumerate(keys) if key and key == keys[first]]
    spans = list(pairwise([*starts, len(keys)]))
    parts = {tuple(filter(None, keys[start:end])) for start, end in spans}
    if header is None or len(spans) < 2 or len(parts) > 1 or len(min(parts)) < 2:
        yield sheet
        return
    for start, end in spans:
        rows = [
            row if n < header.first else [*[None] * start, *row[start:end]]
            for n, row in enumerate(sheet.rows)
        ]
        yield replace(sheet, rows=rows)
