"""Finds the header of a sheet: below titles, in one row or two, with merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from planner.intake.cells import as_label, parse_decimal, tidy
from planner.intake.grid import Sheet
from planner.intake.titles import Role, meaning_of, words_of

SEARCHED = 40
"""Among the first of these rows that are not blank is the header."""

_SHORT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The titles of a sheet.

    Attributes
    ----------
    first, last
        Indices of its rows; rows above are titles of the sheet.
    titles
        Of each column, as the file has them; of two rows joined by a blank.
    """

    first: int
    last: int
    titles: tuple[str, ...]


def find_header(sheet: Sheet, extra: frozenset[str] = frozenset()) -> Header | None:
    """The header, or None where no row has titles that are known.

    Parameters
    ----------
    extra
        Keys of titles of tables that are known besides counts.
    """
    filled = ((n, row) for n, row in enumerate(sheet.rows) if any(c not in {None, ""} for c in row))
    scores = {index: count_titles(row, extra) for index, row in islice(filled, SEARCHED)}
    best = max(scores, key=scores.__getitem__, default=0)
    return _with_neighbours(sheet, best) if scores.get(best) else None


def count_titles(row: Sequence[object], extra: frozenset[str]) -> int:
    """How many different known titles a row has; a row with numbers in it is none."""
    labels = [as_label(cell) for cell in row]
    filled = [label for label in labels if label]
    if any(isinstance(cell, float | int) and tidy(cell) is not None for cell in row):
        numbers = sum(parse_decimal(cell) is not None for cell in row)
        if 2 * numbers >= len(filled):
            return 0
    known = {
        label.casefold()
        for label in filled
        if len(label) <= _SHORT
        and (meaning_of(label).role is not Role.UNKNOWN or "_".join(words_of(label)) in extra)
    }
    return len(known)


def _with_neighbours(sheet: Sheet, index: int) -> Header:
    """The row with most titles, and the row above or below it that says more of its columns."""
    rows = sheet.rows
    below = index + 1
    if below < len(rows) and _is_second(rows[index], rows[below], sheet, index):
        return Header(first=index, last=below, titles=_join(sheet, index, below))
    if index and _is_second(rows[index - 1], rows[index], sheet, index - 1):
        return Header(first=index - 1, last=index, titles=_join(sheet, index - 1, index))
    return Header(first=index, last=index, titles=tuple(map(as_label, rows[index])))


def _is_second(upper: Sequence[object], lower: Sequence[object], sheet: Sheet, index: int) -> bool:
    """Whether the lower row parts columns that the upper one heads together."""
    heads, parts = [as_label(cell) for cell in upper], [as_label(cell) for cell in lower]
    filled = [(column, part) for column, part in enumerate(parts) if part]
    if len([head for head in heads if head]) < 2 or not filled:
        return False
    if any(parse_decimal(lower[column]) is not None for column, _ in filled):
        return False
    spread = any(first[0] == index and first[3] > first[1] for first in sheet.merged) or any(
        column < len(heads) and not heads[column] for column, _ in filled
    )
    said = [meaning_of(part).role for _, part in filled]
    return spread and all(role is not Role.UNKNOWN for role in said) and Role.CODE not in said


def _join(sheet: Sheet, first: int, last: int) -> tuple[str, ...]:
    """Titles of two rows; a merged title heads all of its columns."""
    upper = [as_label(cell) for cell in sheet.rows[first]]
    lower = [as_label(cell) for cell in sheet.rows[last]]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    spans = [span for span in sheet.merged if span[0] == first]
    heads = list(upper)
    for column in range(width):
        if spans:
            heads[column] = next(
                (upper[span[1]] for span in spans if span[1] <= column <= span[3]), upper[column]
            )
        elif not upper[column] and lower[column] and column:
            heads[column] = heads[column - 1]
    joined = zip(heads, lower, strict=True)
    return tuple(
        head if not part or head == part else f"{head} {part}".strip() for head, part in joined
    )
