"""Reads a table from an Excel workbook."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from planner.errors import Mistake, quote
from planner.i18n.messages import say
from planner.inputs.table import Grid, Table, is_blank, make_table

MAX_BYTES = 1 << 28
"""Of all parts of a workbook, unpacked."""

_FORMULA = re.compile(rb"<f[\s/>]")

Sheets = dict[str, list[list[object]]]
"""Cells of every sheet by its title."""


def read_xlsx(name: str, path: Path) -> Table:
    """The table in a workbook.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    try:
        sheets = _sheets(path)
    except (OSError, Mistake):
        raise
    except Exception as error:
        # openpyxl passes on whatever its parsers raise on a broken file.
        what = say("cannot be read ({reason})", reason=error)
        raise Mistake(what, say("open it in Excel and save it as .xlsx")) from None
    title = _title(name, sheets)
    grid: Grid = enumerate(sheets.get(title, ()), start=1)
    return make_table(
        name,
        path.name,
        grid,
        lambda number, position: f"{path.name} {title}!{get_column_letter(position + 1)}{number}",
    )


def _title(name: str, sheets: Sheets) -> str:
    """The sheet with the table's name, or the only one."""
    for title in sheets:
        if title.strip().casefold() == name:
            return title
    if len(sheets) > 1:
        titles = ", ".join(map(quote, sheets))
        raise Mistake(
            say("has {count} sheets with rows: {titles}", count=len(sheets), titles=titles),
            say("give the sheet to read the name '{name}'", name=name),
        )
    return next(iter(sheets), "")


def _sheets(path: Path) -> Sheets:
    """Sheets that hold anything; a formula without a stored result shows as its text."""
    # Asked first, as it knows how large all parts are before any of them is unpacked.
    has_formulas = _has_formulas(path)
    results = _cells(path, results=True)
    formulas = _cells(path, results=False) if has_formulas else results
    return {
        title: [_merge(*rows) for rows in zip(results[title], formulas[title], strict=True)]
        for title in results
        if any(not is_blank(value) for row in formulas[title] for value in row)
    }


def _has_formulas(path: Path) -> bool:
    with ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_BYTES:
            raise Mistake(
                say("has more than {size} MB when unpacked", size=MAX_BYTES >> 20),
                say("delete the empty rows and columns, and the pictures"),
            )
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(parts.read(name)) for name in sheets)


def _merge(results: Sequence[object], formulas: Sequence[object]) -> list[object]:
    pairs = zip(results, formulas, strict=True)
    # An array formula is an object that holds its text.
    return [
        str(getattr(formula, "text", formula)) if result is None and formula is not None else result
        for result, formula in pairs
    ]


def _cells(path: Path, *, results: bool) -> Sheets:
    """Cells of every sheet, rows filled up to the same length."""
    book = load_workbook(path, read_only=True, data_only=results)
    try:
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    finally:
        book.close()


def _rows(sheet: Any) -> list[list[object]]:
    # Some programs write a wrong size into the file, and rows beyond it would be lost.
    sheet.reset_dimensions()
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    width = max(map(len, rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows]
