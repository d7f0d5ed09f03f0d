"""Workbooks as offices send them."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

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


def test_a_hidden_sheet_does_not_stand_in_for_the_one_that_is_seen(tmp_path: Path) -> None:
    """Lists for drop-down cells stand on a sheet that Excel does not show."""
    path = workbook(tmp_path / "vans.xlsx", Lembar1=[["id"], ["A"]], daftar=[["small"]])
    book = load_workbook(path)
    book["daftar"].sheet_state = "hidden"
    book.save(path)
    table = read_xlsx("vans", path)
    assert [row.cells for row in table.rows] == [{"id": "A"}]
    assert table.notes == ("vans.xlsx: the hidden sheet 'daftar' is not read",)


def test_what_excel_hides_is_named(tmp_path: Path) -> None:
    """A filter hides rows, which are read all the same."""
    path = workbook(tmp_path / "vans.xlsx", vans=[["id"], ["A"], ["B"], ["C"]], catatan=[["x"]])
    book = load_workbook(path)
    book["vans"].sheet_state = "hidden"
    book["vans"].row_dimensions[3].hidden = True
    book.save(path)
    table = read_xlsx("vans", path)
    assert [row.cells["id"] for row in table.rows] == ["A", "B", "C"]
    assert table.notes == (
        "vans.xlsx: the sheet 'vans' is hidden, and is read",
        "vans.xlsx: 1 hidden row of 'vans' is read: 3",
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("EncryptedPackage".encode("utf-16-le"), "is protected with a password; open it in Excel"),
        (b"Workbook", r"is an Excel 97-2003 workbook \(\.xls\)"),
    ],
)
def test_containers_of_older_workbooks_are_named(
    tmp_path: Path, content: bytes, fault: str
) -> None:
    """A workbook with a password lies in one, and one that was only renamed is one."""
    path = tmp_path / "vans.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + content)
    with pytest.raises(Mistake, match=fault):
        read_xlsx("vans", path)


def test_a_strict_workbook_is_named(tmp_path: Path) -> None:
    """Its parts have names that openpyxl takes for nothing."""
    path = workbook(tmp_path / "vans.xlsx", vans=[["id"], ["A"]])
    with ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    with ZipFile(path, "w") as parts:
        for name, content in contents.items():
            usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            parts.writestr(name, content.replace(usual, strict))
    with pytest.raises(Mistake, match="is a 'Strict Open XML' workbook; open it in Excel"):
        read_xlsx("vans", path)


def test_what_a_library_drops_is_not_told(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    """A drop-down list that is fed from another sheet."""
    path = workbook(tmp_path / "vans.xlsx", vans=[["id"], ["A"]])
    with ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with ZipFile(path, "w") as parts:
        for name, content in contents.items():
            parts.writestr(name, content.replace(b"</worksheet>", extension))
    assert len(read_xlsx("vans", path).rows) == 1
    assert not recwarn.list


def test_a_name_merged_over_rows_counts_for_each_and_a_count_does_not(tmp_path: Path) -> None:
    """One kelurahan beside two RT; people merged over both would be counted twice."""
    path = workbook(
        tmp_path / "rt.xlsx",
        rt=[["kelurahan", "rt", "unrecorded"], ["Mawar", "001", 7], [None, "002", None]],
    )
    book = load_workbook(path)
    book["rt"].merge_cells("A2:A3")
    book["rt"].merge_cells("C2:C3")
    book.save(path)
    table = read_xlsx("rt", path)
    assert [row.cells for row in table.rows] == [
        {"kelurahan": "Mawar", "rt": "001", "unrecorded": 7},
        {"kelurahan": "Mawar", "rt": "002"},
    ]
