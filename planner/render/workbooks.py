"""Workbooks, the same for the same content: what all have in common, and sheets of columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from planner.i18n.words import Words
from planner.render.text_table import Row

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Cell = str | int | float | Decimal | date | None
"""A float is a share, a decimal any other number that is not whole."""

Table = Sequence[tuple[str, Sequence[Cell]]]
"""Columns with their heads."""

NUMBER_FORMATS: Mapping[type, str] = {
    int: "#,##0",
    float: "0.00%",
    Decimal: "#,##0.0",
    date: "dd/mm/yyyy",
}

_A4 = 9


@contextmanager
def new_workbook(target: BytesIO, created: date | None = None, **properties: str) -> Iterator[Any]:
    """An empty workbook, written when all is in it; no text in it is a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 - tables of text need none of it

    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        if created is not None:
            properties["created"] = datetime.combine(created, time())  # type: ignore[assignment]
        workbook.set_properties(properties)
        yield workbook


def build_workbook(
    title: str, created: date, sheets: Iterable[tuple[str, Table, bool]], words: Words
) -> bytes:
    """A workbook of sheets of columns; numbers are numbers, sums are formulas.

    Parameters
    ----------
    sheets
        Name and columns of each, and whether sums stand below.
    """
    target = BytesIO()
    with new_workbook(target, created, title=title) as workbook:
        for name, table, is_summed in sheets:
            _write_sheet(workbook, name, table, is_summed, words)
    return target.getvalue()


def to_columns(rows: Sequence[Row]) -> Table:
    """Columns of rows, for programs."""

    def cell(value: object) -> Cell:
        if isinstance(value, float):
            return Decimal(str(value))
        return value if value != "" and isinstance(value, str | int) else None

    return [(name, [cell(row[name][1]) for row in rows]) for name in rows[0]]


def _write_sheet(workbook: Any, name: str, table: Table, is_summed: bool, words: Words) -> None:
    sheet = workbook.add_worksheet(name)
    looks = {
        kind: workbook.add_format({"num_format": text}) for kind, text in NUMBER_FORMATS.items()
    }
    head = workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    last = len(table[0][1])
    for column, (title, cells) in enumerate(table):
        texts = [len(cell) for cell in cells if isinstance(cell, str)]
        sheet.set_column(column, column, min(50, max([12, *texts])))
        sheet.write_string(0, column, title, head)
        for row, cell in enumerate(cells, start=1):
            sheet.write(row, column, cell, looks.get(type(cell)))
        if is_summed and cells and all(isinstance(cell, int) for cell in cells):
            add_sum(sheet, column, last, sum(c for c in cells if isinstance(c, int)), head)
    if is_summed:
        sheet.write_string(last + 1, 1, words("Total"), head)
    sheet.freeze_panes(1, 0)
    set_up_pages(sheet)


def add_sum(sheet: Any, column: int, last: int, value: int, look: Any) -> None:
    """A formula below a column, and its value for programs that do not calculate."""
    from xlsxwriter import utility  # noqa: PLC0415

    first, end = (utility.xl_rowcol_to_cell(row, column) for row in (1, last))
    sheet.write_formula(last + 1, column, f"=SUM({first}:{end})", look, value)


def set_up_pages(sheet: Any, pages_wide: int = 1) -> None:
    """A4 on its side, heads on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.repeat_rows(0)
