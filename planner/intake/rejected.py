"""The workbook of rejected rows, made to be corrected and imported again."""

from collections.abc import Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from planner.i18n.words import Words
from planner.intake.count_rows import CountTable
from planner.intake.grid import Fate
from planner.intake.place_rows import PlaceTable
from planner.intake.titles import key_of

ORIGINS = {
    "id": ("Berkas asal", "Lembar asal", "Baris asal"),
    "en": ("Source file", "Source sheet", "Source row"),
}
"""Titles of the columns that say where a row was."""

ORIGIN = frozenset(chain.from_iterable(ORIGINS.values()))

_LONGEST = 31
_BAD = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


def is_rejected_before(titles: Sequence[str]) -> bool:
    """Whether a table is one of rejected rows, by the columns that say where they were."""
    keys = {key_of(title) for title in titles}
    return any({key_of(title) for title in origin} <= keys for origin in ORIGINS.values())


def rejected_workbook(tables: Sequence[CountTable | PlaceTable], language: str) -> bytes:
    """Rejected rows of every table as they were, with the reason in a comment at the cell."""
    import xlsxwriter  # noqa: PLC0415 - an import without rejected rows needs none

    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = {
            "header": book.add_format({"bold": True, "bg_color": "#e8f1f8"}),
            "fault": book.add_format({"bg_color": "#ffd6d6"}),
        }
        used: set[str] = set()
        for table in tables:
            if any(row.fate is Fate.REJECTED for row in table.rows):
                sheet = book.add_worksheet(_title(table, used))
                _write_table(sheet, table, formats, language)
    return target.getvalue()


def _title(table: CountTable | PlaceTable, used: set[str]) -> str:
    base = (table.sheet.title or table.sheet.file).translate(_BAD)[:_LONGEST] or "1"
    title, number = base, 2
    while title.casefold() in used:
        title = f"{base[: _LONGEST - 4]} {number}"
        number += 1
    used.add(title.casefold())
    return title


def _write_table(
    sheet: Any, table: CountTable | PlaceTable, formats: dict[str, Any], language: str
) -> None:
    """Title rows and header as they were, then the rows; where each was stands at its end."""
    header, source = table.header, table.sheet
    words = Words(language=language)
    is_again = table.is_rejected_before
    width = len(header.titles)
    line = 0
    above = source.rows[: header.first] if not source.is_layer else ()
    for cells_above in above:
        for column, cell in enumerate(cells_above):
            _write(sheet, line, column, cell)
        line += 1
    titles = [*header.titles, *(() if is_again else ORIGINS[language])]
    for column, title in enumerate(titles):
        sheet.write_string(line, column, title, formats["header"])
    sheet.freeze_panes(line + 1, 0)
    for row in table.rows:
        if row.fate is not Fate.REJECTED:
            continue
        line += 1
        cells = list(source.rows[row.index])
        cells += [None] * (width - len(cells))
        if not is_again:
            cells[width:] = [source.file, source.title, source.number(row.index)]
        for column, cell in enumerate(cells):
            at_fault = row.reason is not None and column == (row.reason.column or 0)
            _write(sheet, line, column, cell, formats["fault"] if at_fault else None)
        if row.reason is not None:
            text = f"{words.translate(row.reason.what)}; {words.translate(row.reason.remedy)}"
            sheet.write_comment(line, row.reason.column or 0, text, {"x_scale": 2})


def _write(sheet: Any, line: int, column: int, cell: object, style: Any = None) -> None:
    if isinstance(cell, bool | int | float):
        sheet.write(line, column, cell, style)
    elif cell is None or cell == "":
        sheet.write_blank(line, column, None, style)
    else:
        sheet.write_string(line, column, str(cell), style)
