"""Workbooks as offices send them."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.errors import Mistake
from planner.inputs.xlsx_table import read_xlsx


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_the_sheet_of_the_tables_name_is_read(tmp_path: Path) -> None:
    """Beside another one; its name in capitals."""
    path = workbook(tmp_path / "vans.xlsx", catatan=[["x"]], VANS=[["id"], ["A"]])
    table = read_xlsx("vans", path)
    assert table.spot(2, "id").text == "vans.xlsx VANS!A2 id"


def test_a_single_sheet_may_have_any_name(tmp_path: Path) -> None:
    """One that is empty does not count."""
    path = workbook(tmp_path / "vans.xlsx", Sheet1=[["id"], ["A"]], Sheet2=[])
    table = read_xlsx("vans", path)
    assert [row.cells for row in table.rows] == [{"id": "A"}]


def test_of_several_sheets_none_is_guessed(tmp_path: Path) -> None:
    """Two with rows, none called vans."""
    path = workbook(tmp_path / "vans.xlsx", a=[["id"]], b=[["id"]])
    with pytest.raises(Mistake, match="has 2 sheets with rows: 'a', 'b'; give the sheet to read"):
        read_xlsx("vans", path)


def test_a_formula_that_was_never_computed_shows_as_its_text(tmp_path: Path) -> None:
    """Programs other than Excel store no results."""
    path = workbook(tmp_path / "vans.xlsx", vans=[["id", "kits"], ["A", "=1+1"]])
    table = read_xlsx("vans", path)
    assert table.rows[0].cells["kits"] == "=1+1"


def test_a_workbook_is_not_unpacked_beyond_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small file whose parts are larger than the limit."""
    path = workbook(tmp_path / "vans.xlsx", vans=[["id"], ["A"]])
    monkeypatch.setattr("planner.inputs.xlsx_table.MAX_BYTES", 1 << 10)
    with pytest.raises(Mistake, match="has more than 0 MB when unpacked"):
        read_xlsx("vans", path)
