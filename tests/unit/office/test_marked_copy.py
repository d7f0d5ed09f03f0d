"""Problems of a workbook come back in a copy of it."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planner.errors import InputError
from planner.office.district_folder import read_district, write_workbook
from tests.builders.district_workbook import filled_workbook
from tests.builders.person_numbers import note_given

NIK = "3171010101010001"


def read_wrong(path: Path, cells: dict[str, Any]) -> InputError:
    """The error of a workbook after writing some of its cells, ``SHEET!CELL``."""
    book = load_workbook(path)
    for address, value in cells.items():
        sheet, _, cell = address.partition("!")
        book[sheet][cell] = value
    book.save(path)
    note_given(path.parent)
    with pytest.raises(InputError, match="kota") as caught:
        read_district(path)
    return caught.value


def test_each_cell_with_a_problem_is_coloured_and_says_it(tmp_path: Path) -> None:
    """A negative count, and a van of a depot that is not there; the workbook stays as it was."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    error = read_wrong(path, {"rt!F5": -3, "mobil!E5": "Utara"})
    assert error.messages[-1].startswith("kota-diperiksa.xlsx is a copy with these problems")
    copy: Any = load_workbook(tmp_path / "kota-diperiksa.xlsx")
    told = {
        f"{sheet.title}!{cell.coordinate}": (cell.comment.text, cell.fill.fgColor.rgb)
        for sheet in copy.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert told == {
        "rt!F5": ("'-3' bernilai negatif; isi 0 atau lebih", "00FFC7CE"),
        "mobil!E5": ("'Utara' tidak ada di depots; pakai kantor", "00FFC7CE"),
    }
    assert copy.active.title == "rt"
    assert not any(
        cell.comment
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


def test_many_problems_alike_are_all_marked(tmp_path: Path) -> None:
    """Nine of a kind, of which a terminal shows three."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    error = read_wrong(path, {f"mobil!D{row}": "dua" for row in range(6, 15)})
    marked = [mark.row for mark in error.marks if mark.column == 4]
    assert marked == [*range(6, 15)]


def test_no_copy_is_made_of_a_workbook_with_persons(tmp_path: Path) -> None:
    """A number of 16 digits in a note."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    read_wrong(path, {"rt!H5": NIK})
    assert not (tmp_path / "kota-diperiksa.xlsx").exists()


def test_texts_of_the_copy_stay_texts(tmp_path: Path) -> None:
    """One that looks like a formula is none in the copy either."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    book = load_workbook(path)
    cell = book["titik"]["B5"]
    cell.value, cell.data_type = "=1+1", "s"
    book.save(path)
    read_wrong(path, {"rt!F5": -3})
    assert load_workbook(tmp_path / "kota-diperiksa.xlsx")["titik"]["B5"].data_type == "s"


def test_an_existing_workbook_is_not_written_over(tmp_path: Path) -> None:
    """Its ending is added where it is missing."""
    path = write_workbook(tmp_path / "kota")
    assert path == tmp_path / "kota.xlsx"
    with pytest.raises(InputError, match="exists already; choose another name"):
        write_workbook(path)
