"""The small district of `tests.builders.folders` as one workbook, filled in cell by cell."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from planner.i18n.words import Words
from planner.inputs import build_workbook_template
from planner.inputs.rows import row_models, titles_of
from planner.inputs.workbook_template import sheet_title
from tests.builders.folders import AREAS, SETTINGS, TABLES, Folder

CELLS = {"office.name": "Dinas Kota Kecil", "office.code": "99.71"}


def filled_workbook(path: Path, language: str = "id") -> Path:
    """A workbook of the district as a person fills it in; borders lie in the folder beside it."""
    assert SETTINGS.count("=") == len(CELLS)
    path.write_bytes(build_workbook_template(path.stem, Words(language=language), language))
    beside = path.with_suffix("")
    beside.mkdir()
    (beside / "areas.geojson").write_text(json.dumps(AREAS))
    book: Any = load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=3):
        if row[0].value in CELLS:
            row[1].value = CELLS[row[0].value]
    for name in TABLES:
        sheet, meaning = book[sheet_title(name, language)], titles_of(row_models()[name])
        header = [meaning[cell.value] for cell in sheet[2]]
        for number, record in enumerate(Folder(path).records(name), start=5):
            for position, column in enumerate(header, start=1):
                if column in record:
                    sheet.cell(number, position).value = typed(column, record[column])
    book.save(path)
    return path


def typed(column: str, text: str) -> object:
    """What a spreadsheet makes of what is typed into a cell that is no text."""
    if column == "date":
        return date.fromisoformat(text)
    if column in {"code", "rw", "rt", "npsn", "hours", "shift", "break"}:
        return text
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
