"""A table as it stands in a file: cells by column, and where each of them is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan
from types import MappingProxyType

from planner.errors import Mistake, quote
from planner.i18n.messages import Message, say, say_n
from planner.inputs.characters import clean_text
from planner.inputs.findings import Spot
from planner.inputs.header import HEADER_ROWS, find_header, numbers_columns

ERROR_VALUES = frozenset(
    {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
"""What a spreadsheet shows where a formula failed."""

_BLANKS = frozenset({"", "-", "<>", "null"})

Grid = Iterable[tuple[int, Sequence[object]]]
"""Row number, as the user sees it, and cells of every row, header and comments included."""

Titles = Mapping[str, str]
"""The column that each title means, better titles first."""

NO_TITLES: Titles = MappingProxyType({})

Address = Callable[[int, int], str]
"""Row number and position of a column, counted from 0, to the cell as the user sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """The cells of one row that are not blank, by column.

    Attributes
    ----------
    alignment_problem
        Where, what and the remedy, if the row has more or fewer cells than the header, so that
        some may be under a wrong column.
    """

    number: int
    cells: Mapping[str, object]
    alignment_problem: tuple[Spot, Message, Message] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the folder, whichever format it was in.

    Attributes
    ----------
    sheet
        Title of the sheet of a workbook; empty in other files.
    header
        Row number of the header.
    columns
        Names in the order of the file, in English where the table has such a column.
    titles
        The same as the file has them.
    notes
        What the reader should be told of rows or sheets, without being a problem.
    end
        Number of the last row that holds anything, a comment or not.
    """

    name: str
    file: str
    header: int
    columns: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[RawRow, ...]
    address: Address
    sheet: str = ""
    notes: tuple[Message, ...] = ()
    end: int = 0

    @property
    def label(self) -> str:
        """The file, and of several sheets the one, as the user sees it."""
        return f"{self.file} {self.sheet}".rstrip()

    def spot(self, number: int, column: str = "") -> Spot:
        """Where a cell is; an absent column counts as the first one."""
        position = self.columns.index(column) if column in self.columns else 0
        cell = self.address(number, position)
        title = self.titles[position] if column in self.columns else column
        text = say("{cell} {column}", cell=cell, column=title) if column else cell
        return Spot(source=self.name, number=number, text=text, sheet=self.sheet, position=position)


def is_blank(value: object) -> bool:
    """Whether a cell stands for nothing, as exports write it."""
    if isinstance(value, float):
        return isnan(value)
    return value is None or (isinstance(value, str) and value.strip().casefold() in _BLANKS)


def is_comment(first: object) -> bool:
    """Whether a row that begins with this cell, or line, is a remark of its writer."""
    text = str(first).lstrip()
    return text.startswith("#") and not text.startswith(tuple(ERROR_VALUES))


def make_table(
    name: str,
    file: str,
    grid: Grid,
    address: Address,
    known: Titles = NO_TITLES,
    sheet: str = "",
) -> Table:
    """The table in a grid of cells, without rows above its header.

    Parameters
    ----------
    known
        Titles of columns, of which the header has more than any row above it.

    Raises
    ------
    Mistake
        Where it has no header.
    """
    rows = list(_content(grid))
    if not rows:
        raise Mistake(say("is empty"), say("write a header and rows, see docs/inputs.md"))
    first, last, titles = find_header([_titles(cells) for _, cells in rows[:HEADER_ROWS]], known)
    below = rows[last + 1 :]
    counted = bool(below) and numbers_columns(_titles(below[0][1]))
    table = Table(
        name=name,
        file=file,
        header=rows[last][0],
        columns=_columns(titles, known),
        titles=tuple(titles),
        rows=(),
        address=address,
        sheet=sheet,
        notes=_note_titles(file, first) + (_note_numbers(file, below[0][0]) if counted else ()),
    )
    return replace(table, rows=tuple(_make_row(table, *row) for row in below[counted:]))


def _titles(cells: Sequence[object]) -> tuple[str, ...]:
    return tuple("" if is_blank(cell) else as_title(cell) for cell in cells)


def _note_titles(file: str, count: int) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        say_n(
            "{file}: {n} title row above the header is not read",
            "{file}: {n} title rows above the header are not read",
            count,
            file=file,
        ),
    )


def _note_numbers(file: str, number: int) -> tuple[Message, ...]:
    return (
        say(
            "{file}: row {number}, which numbers the columns, is not read",
            file=file,
            number=number,
        ),
    )


def _columns(titles: Sequence[str], known: Titles) -> tuple[str, ...]:
    """What each title means; of several that mean the same the best one, the others nothing."""
    order = {title: number for number, title in enumerate(known)}
    best: dict[str, str] = {}
    for title in sorted(set(titles) & known.keys(), key=order.__getitem__):
        best.setdefault(known[title], title)
    return tuple(
        known[title] if title in known and best[known[title]] == title else title
        for title in titles
    )


def _content(grid: Grid) -> Iterator[tuple[int, Sequence[object]]]:
    for number, row in grid:
        cells = [clean_text(cell) if isinstance(cell, str) else cell for cell in row]
        if not all(map(is_blank, cells)) and not is_comment(cells[0]):
            yield number, cells


def as_title(cell: object) -> str:
    """A title with one underscore for all that is between its words."""
    text = str(cell).casefold()
    return re.sub(r"[\W_]+", "_", text).strip("_") or "_".join(text.split())


def _make_row(table: Table, number: int, cells: Sequence[object]) -> RawRow:
    pairs = zip(table.columns, cells, strict=False)
    return RawRow(
        number=number,
        cells={column: value for column, value in pairs if column and not is_blank(value)},
        alignment_problem=_alignment_problem(table, number, cells),
    )


def _alignment_problem(
    table: Table, number: int, cells: Sequence[object]
) -> tuple[Spot, Message, Message] | None:
    width = len(table.columns)
    for position, value in enumerate(cells):
        if not is_blank(value) and not (position < width and table.columns[position]):
            return (
                replace(
                    table.spot(number), text=table.address(number, position), position=position
                ),
                say("{value} is not under any column", value=quote(value)),
                say("put a cell that contains the separator in double quotes, or name the column"),
            )
    if len(cells) < width:
        what = say_n(
            "has {n} cell, the header has {width}",
            "has {n} cells, the header has {width}",
            len(cells),
            width=width,
        )
        return table.spot(number), what, say("complete the row with separators")
    return None
