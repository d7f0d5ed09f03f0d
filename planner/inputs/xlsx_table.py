"""Reads a table from an Excel workbook."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from planner.errors import Mistake, quote
from planner.i18n.messages import Message, say, say_n
from planner.inputs.table import NO_TITLES, Table, Titles, is_blank, make_table

MAX_BYTES = 1 << 28
"""Of all parts of a workbook, unpacked."""

_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_FORMULA = re.compile(rb"<f[\s/>]")
_LAID_OUT = re.compile(rb"<mergeCell\s|<row\b[^>]*\shidden=\"(?:1|true)\"")
"""What only a workbook that is read whole tells of: merged cells and hidden rows."""

_MERGED_COLUMNS = frozenset({"code", "kecamatan", "kelurahan", "dusun", "rw"})
"""A cell merged over several rows counts for each of them; a merged count would count twice."""

_FEW_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Cells of a sheet, and how it is laid out, in numbers of rows.

    Attributes
    ----------
    is_hidden
        Whether Excel does not show it.
    merged
        Position of a column, counted from 0, and first and last row of cells merged in it.
    """

    rows: Sequence[Sequence[object]]
    is_hidden: bool
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The sheets of a file that hold anything, by title, and the file as it is."""

    path: Path
    sheets: Mapping[str, Sheet]
    content: bytes


def open_workbook(path: Path) -> Workbook:
    """All that a workbook holds.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise too_large()
    return parse_workbook(path, path.read_bytes())


def parse_workbook(path: Path, content: bytes) -> Workbook:
    """All that a workbook holds which is, or will be, in a file.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    try:
        with catch_warnings():
            # Of parts that openpyxl drops, such as drop-down lists; cells are not among them.
            simplefilter("ignore")
            return Workbook(path=path, sheets=_sheets(content), content=content)
    except (OSError, Mistake):
        raise
    except Exception as error:
        # openpyxl passes on whatever its parsers raise on a broken file.
        what = say("cannot be read ({reason})", reason=error)
        raise Mistake(what, say("open it in Excel and save it as .xlsx")) from None


def read_xlsx(name: str, path: Path, known: Titles = NO_TITLES) -> Table:
    """The table in a workbook of its own.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    workbook = open_workbook(path)
    title = _title(name, workbook.sheets)
    table = read_sheet(name, workbook, title, known)
    return replace(
        table, sheet="", notes=(*table.notes, *_unread_sheets(table, title, workbook.sheets))
    )


def read_sheet(name: str, workbook: Workbook, title: str, known: Titles = NO_TITLES) -> Table:
    """The table on a sheet of a workbook.

    Raises
    ------
    Mistake
        Where it has no header.
    """
    file = workbook.path.name
    sheet = workbook.sheets.get(title, Sheet(rows=(), is_hidden=False))
    table = make_table(
        name,
        file,
        enumerate(sheet.rows, start=1),
        lambda number, position: f"{file} {title}!{get_column_letter(position + 1)}{number}",
        known,
        title,
    )
    table = _fill_merged(table, sheet.merged)
    filled = (number for number, row in enumerate(sheet.rows, 1) if not all(map(is_blank, row)))
    notes = (*table.notes, *_notes(table, title, sheet))
    return replace(table, notes=notes, end=max(filled, default=0))


def _title(name: str, sheets: Mapping[str, Sheet]) -> str:
    """The sheet with the table's name, or the only one that can be seen, or the only one."""
    for title in sheets:
        if title.strip().casefold() == name:
            return title
    visible = [title for title in sheets if not sheets[title].is_hidden]
    candidates = visible or list(sheets)
    if len(candidates) > 1:
        titles = ", ".join(map(quote, candidates))
        raise Mistake(
            say("has {count} sheets with rows: {titles}", count=len(candidates), titles=titles),
            say("give the sheet to read the name '{name}'", name=name),
        )
    return next(iter(candidates), "")


def _unread_sheets(table: Table, title: str, sheets: Mapping[str, Sheet]) -> Iterator[Message]:
    """Hidden sheets beside the one that is read for want of a better one."""
    if title.strip().casefold() != table.name:
        for other, sheet in sheets.items():
            if sheet.is_hidden and other != title:
                note = say("the hidden sheet '{title}' is not read", title=other)
                yield say("{file}: {warning}", file=table.file, warning=note)


def _notes(table: Table, title: str, sheet: Sheet) -> Iterator[Message]:
    """What nobody sees who opens the workbook in Excel."""
    notes = []
    if sheet.is_hidden:
        notes.append(say("the sheet '{title}' is hidden, and is read", title=title))
    if rows := [row.number for row in table.rows if row.number in {*sheet.hidden_rows}]:
        more = ", ..." if len(rows) > _FEW_ROWS else ""
        numbers = ", ".join(map(str, rows[:_FEW_ROWS])) + more
        notes.append(
            say_n(
                "{n} hidden row of '{title}' is read: {numbers}",
                "{n} hidden rows of '{title}' are read: {numbers}",
                len(rows),
                title=title,
                numbers=numbers,
            )
        )
    yield from (say("{file}: {warning}", file=table.file, warning=note) for note in notes)


def _sheets(content: bytes) -> dict[str, Sheet]:
    """Sheets that hold anything; a formula without a stored result shows as its text."""
    _check_container(content)
    # Asked first, as it knows how large all parts are before any of them is unpacked.
    has_formulas, is_laid_out = _look_into(content)
    results = _cells(content, results=True)
    formulas = _cells(content, results=False) if has_formulas else results
    sheets = {
        title: replace(sheet, rows=list(map(_merge, sheet.rows, formulas[title].rows)))
        for title, sheet in results.items()
        if any(not is_blank(value) for row in formulas[title].rows for value in row)
    }
    return _with_layout(content, sheets) if is_laid_out else sheets


def _check_container(content: bytes) -> None:
    """Refuse what has the name of a workbook and is inside the container of older ones."""
    if not content.startswith(_COMPOUND_FILE):
        return
    if _ENCRYPTED in content:
        raise protected()
    raise Mistake(
        say("is an Excel 97-2003 workbook (.xls), whatever its name says"),
        say("open it in Excel and save it as 'Excel Workbook (*.xlsx)'"),
    )


def has_formulas(content: bytes) -> bool:
    """Whether any sheet of a workbook computes cells."""
    return _look_into(content)[0]


def protected() -> Mistake:
    """What is said of a workbook that only opens with a password."""
    return Mistake(
        say("is protected with a password"),
        say("open it in Excel, remove it under File > Info > Protect Workbook, and save"),
    )


def too_large() -> Mistake:
    """What is said of a workbook that would need too much memory."""
    return Mistake(
        say("has more than {size} MB when unpacked", size=MAX_BYTES >> 20),
        say("delete the empty rows and columns, and the pictures"),
    )


def _look_into(content: bytes) -> tuple[bool, bool]:
    """Whether any sheet has formulas, and merged cells or hidden rows."""
    with ZipFile(BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_BYTES:
            raise too_large()
        names = parts.namelist()
        if any(_STRICT in parts.read(name) for name in names if name.startswith("xl/workbook")):
            raise Mistake(
                say("is a 'Strict Open XML' workbook"),
                say("open it in Excel and save it as 'Excel Workbook (*.xlsx)'"),
            )
        sheets = [parts.read(name) for name in names if name.startswith("xl/worksheets/")]
    return any(map(_FORMULA.search, sheets)), any(map(_LAID_OUT.search, sheets))


def _with_layout(content: bytes, sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    book = load_workbook(BytesIO(content))
    return {
        title: replace(
            sheet,
            hidden_rows=tuple(
                number for number, row in book[title].row_dimensions.items() if row.hidden
            ),
            merged=tuple(
                (cells.min_col - 1, cells.min_row, cells.max_row)
                for cells in book[title].merged_cells.ranges
            ),
        )
        for title, sheet in sheets.items()
    }


def _fill_merged(table: Table, merged: Sequence[tuple[int, int, int]]) -> Table:
    """The table with cells that are merged over several rows in each of them."""
    rows = {row.number: row for row in table.rows}
    for position, first, last in merged:
        column = table.columns[position] if position < len(table.columns) else ""
        if column not in _MERGED_COLUMNS or first not in rows or column not in rows[first].cells:
            continue
        value = rows[first].cells[column]
        for number in range(first + 1, last + 1):
            if number in rows:
                cells = {column: value, **rows[number].cells}
                rows[number] = replace(rows[number], cells=cells)
    return replace(table, rows=tuple(rows.values()))


def _merge(results: Sequence[object], formulas: Sequence[object]) -> list[object]:
    pairs = zip(results, formulas, strict=True)
    # An array formula is an object that holds its text.
    return [
        str(getattr(formula, "text", formula)) if result is None and formula is not None else result
        for result, formula in pairs
    ]


def _cells(content: bytes, *, results: bool) -> dict[str, Sheet]:
    """Cells of every sheet, rows filled up to the same length."""
    book = load_workbook(BytesIO(content), read_only=True, data_only=results)
    try:
        return {
            sheet.title: Sheet(rows=_rows(sheet), is_hidden=sheet.sheet_state != "visible")
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _rows(sheet: Any) -> list[list[object]]:
    # Some programs write a wrong size into the file, and rows beyond it would be lost.
    sheet.reset_dimensions()
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    width = max(map(len, rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows]
