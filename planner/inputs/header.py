"""Finds the header of a table: one row below its titles, or two where cells are merged."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

HEADER_ROWS = 10
"""Among the first of these is the header, below titles."""

_NUMBER = re.compile(r"[\d_]+")

TitleRow = Sequence[str]
"""Cells of a row as titles, blank ones empty."""


def find_header(rows: Sequence[TitleRow], known: Mapping[str, object]) -> tuple[int, int, TitleRow]:
    """Index of the first and the last row of the header, and its titles.

    It has more of the known titles than any row above it. A second row belongs to it where both
    together have more of them than either alone.
    """
    counts = [count_known(row, known) for row in rows]
    first = counts.index(max(counts))
    for index, (upper, lower) in enumerate(pairwise(rows)):
        if any(map(_NUMBER.fullmatch, lower)):
            continue
        titles = _join(upper, lower, known)
        count = count_known(titles, known)
        # Below a title of several columns the second row has titles where the first has none.
        is_grouped = any(part and not title for title, part in zip(upper, lower, strict=False))
        if count > counts[index + 1] and count >= max(counts) + (not is_grouped):
            return index, index + 1, titles
    return first, first, rows[first]


def numbers_columns(row: TitleRow) -> bool:
    """Whether a row only counts the columns from 1, as forms do below their header."""
    cells = [cell for cell in row if cell]
    return len(cells) > 2 and cells == [str(number) for number in range(1, len(cells) + 1)]


def count_known(titles: TitleRow, known: Mapping[str, object]) -> int:
    """How many columns a row of titles names."""
    return len({known[title] for title in titles if title in known})


def _join(upper: TitleRow, lower: TitleRow, known: Mapping[str, object]) -> TitleRow:
    """Titles of both rows; one above several columns stands in the first of them alone."""
    titles, group = [], ""
    for position, part in enumerate(lower):
        title = upper[position] if position < len(upper) else ""
        group = title or group
        whole = f"{group}_{part}"
        if not part or part == title:
            titles.append(title)
        else:
            titles.append(part if part in known and whole not in known else whole)
    return (*titles, *upper[len(lower) :])
