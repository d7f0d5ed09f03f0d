"""An import into the one workbook of a district: cells change, all else of the office's stays."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from planner.cli import program
from planner.errors import InputError, Mistake
from planner.inputs import read_district
from planner.inputs.xlsx_table import open_workbook
from planner.intake.workbook_cells import Cells, change_cells
from planner.office.import_files import prepare_file_import, write_import
from planner.store import atomic
from tests.builders.district_workbook import filled_workbook
from tests.builders.spreadsheets import convert

EXPORT = """\
kode;kelurahan;rw;rt;wajib_ktp;rekam
99.71.01.1001;Melati;001;001;80;68
99.71.01.1001;Melati;002;;90;50
99.71.01.1001;Melati;003;001;90;70
"""


def import_(path: Path, *sources: Path) -> dict[str, bytes]:
    """Files that were written, by their names in the folder of the district."""
    prepared = prepare_file_import(sources, path, language="id")
    assert not prepared.is_stopped, prepared.findings
    write_import(prepared)
    return prepared.files


def export(folder: Path, text: str = EXPORT) -> Path:
    """A list of RT in CSV."""
    path = folder / "AGR.csv"
    path.write_text(text)
    return path


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """Rows of a sheet below its explanations, by title."""
    cells: list[Any] = list(load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True))
    records = (dict(zip(cells[0], row, strict=True)) for row in cells[3:])
    return [{title: cell for title, cell in row.items() if cell is not None} for row in records]


def test_a_workbook_that_is_missing_is_made(tmp_path: Path) -> None:
    """With a sheet for each table, code and name of the office, and the mapping beside it."""
    path = tmp_path / "kota.xlsx"
    source = export(tmp_path, EXPORT.replace("99.71", "31.71"))
    assert sorted(import_(path, source)) == ["../kota.xlsx", "import.toml"]
    assert rows(path, "rt")[0] == {
        "kode": "31.71.01.1001",
        "kelurahan": "Melati",
        "rw": "001",
        "rt": "001",
        "belum_rekam": 12,
        "wajib_ktp": 80,
    }
    settings = {row[0].value: row[1].value for row in load_workbook(path)["pengaturan"]}
    assert settings["office.code"] == "31.71"
    assert settings["office.name"] == "Dinas Dukcapil Kota Administrasi Jakarta Pusat"
    assert (tmp_path / "kota" / "import.toml").is_file()


@pytest.mark.parametrize("name", ["kota.xlsx", "kota", "kota.XLSX"])
def test_counts_replace_those_of_its_sheet(tmp_path: Path, name: str) -> None:
    """New rows stand below; where people are unreachable, and coordinates, stay as typed."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    import_(tmp_path / name, export(tmp_path))
    first, second, third = rows(path, "rt")
    assert (first["belum_rekam"], first["lintang"], first["tidak_terjangkau"]) == (12, -7.005, 4)
    assert (second["belum_rekam"], second["wajib_ktp"]) == (40, 90)
    assert (third["rw"], third["belum_rekam"]) == ("003", 20)
    assert not (tmp_path / "kota" / "rt.csv").exists()


def test_it_is_read_as_a_folder_with_the_same_import_is(tmp_path: Path) -> None:
    """The people of its district are those of the file, and those nobody counted anew."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    import_(path, export(tmp_path, EXPORT.replace("99.71.01.1001;Melati;003;001;90;70\n", "")))
    assert sum(home.unrecorded for home in read_district(path).neighbourhoods) == 52


def test_all_else_of_it_stays_byte_for_byte(tmp_path: Path) -> None:
    """Charts, other sheets, lists to choose from and colours; results of formulas, too."""
    path = tmp_path / "kota.xlsx"
    filled_workbook(path)
    book = load_workbook(path)
    book.create_sheet("catatan")["A1"] = "milik kantor"
    sheet = book["rt"]
    column = 1 + [cell.value for cell in sheet[2]].index("belum_rekam")
    sheet.cell(5, column).fill = PatternFill("solid", fgColor="FFFF00")
    choice = DataValidation(type="list", formula1="catatan!$A$1:$A$9")
    sheet.add_data_validation(choice)
    choice.add("M5:M900")
    book.save(path)
    before = parts(path.read_bytes())
    import_(path, export(tmp_path))
    after = parts(path.read_bytes())
    changed = {name for name in before if before[name] != after.get(name)}
    sheets = {name for name in changed if "sheets/" in name}
    assert len(sheets) == 2, "those of people and of the register"
    assert changed <= {*sheets, "xl/workbook.xml"}
    tail = re.compile(rb"</sheetData>.*", re.DOTALL)
    assert all(tail.findall(before[name]) == tail.findall(after[name]) for name in sheets)
    cell = load_workbook(path)["rt"].cell(5, column)
    assert (cell.value, cell.fill.fgColor.rgb) == (12, "00FFFF00")


def test_formulas_of_before_are_told(tmp_path: Path) -> None:
    """A sum on another sheet is computed anew when a spreadsheet opens the workbook."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    book = load_workbook(path)
    book.create_sheet("jumlah")["A1"] = "=SUM(rt!F5:F900)"
    book.save(path)
    prepared = prepare_file_import([export(tmp_path)], path)
    assert [finding.code for finding in prepared.findings] == ["derived", "formulas"]
    assert prepared.exit_code == 1


def parts(content: bytes) -> dict[str, bytes]:
    """Content of each part of a workbook."""
    with ZipFile(BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.mark.gate
def test_libreoffice_opens_what_was_written(tmp_path: Path) -> None:
    """It reads all cells, and saves the same district."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    import_(path, export(tmp_path, EXPORT.replace("99.71.01.1001;Melati;003;001;90;70\n", "")))
    before = read_district(path)
    path.write_bytes(convert(convert(path, "ods"), "xlsx").read_bytes())
    after = read_district(path)
    assert (after.neighbourhoods, after.venues) == (before.neighbourhoods, before.venues)


def test_rejected_rows_are_corrected_and_complete_the_workbook(tmp_path: Path) -> None:
    """``ditolak.xlsx`` lies in the folder beside it, and goes when all of it is in."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    written = import_(path, export(tmp_path, EXPORT.replace("90;70", "90;700")))
    assert "ditolak.xlsx" in written
    rejected = tmp_path / "kota" / "ditolak.xlsx"
    book = load_workbook(rejected)
    (cell,) = (cell for row in book.worksheets[0] for cell in row if cell.value == "700")
    cell.value = "70"
    book.save(rejected)
    import_(path, rejected)
    assert [row["belum_rekam"] for row in rows(path, "rt")] == [12, 40, 20]
    assert not rejected.exists()


def test_a_column_that_its_sheet_lacks_is_added(tmp_path: Path) -> None:
    """Behind the last one, with the title of its language."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    book = load_workbook(path)
    titles = [cell.value for cell in book["rt"][2]]
    book["rt"].delete_cols(1 + titles.index("wajib_ktp"))
    book.save(path)
    import_(path, export(tmp_path))
    assert [row["wajib_ktp"] for row in rows(path, "rt")] == [80, 90, 90]
    assert [cell.value for cell in load_workbook(path)["rt"][2]][-1] == "wajib_ktp"


def test_places_and_vans_stand_on_their_sheets(tmp_path: Path) -> None:
    """A school that is new, with its NPSN as text and its coordinates as numbers."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    source = tmp_path / "sekolah.csv"
    source.write_text(
        "NPSN;Nama Sekolah;Bentuk Pendidikan;Alamat;Lintang;Bujur;siswa_17\n"
        "99710002;SMKN 2;SMK;Jl. Empat 4;-7,0061;110,0102;33\n"
    )
    import_(path, source)
    _, school = rows(path, "sekolah")
    assert (school["npsn"], school["nama"], school["siswa_17"]) == ("99710002", "SMKN 2", 33)
    assert (school["lintang"], school["bujur"]) == (-7.0061, 110.0102)


def test_a_table_without_a_sheet_lies_in_the_folder(tmp_path: Path) -> None:
    """As every command reads it there."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    book = load_workbook(path)
    del book["rt"]
    book.save(path)
    assert "rt.csv" in import_(path, export(tmp_path))


@pytest.mark.parametrize("breaks", [1, 2, 3])
def test_where_a_file_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks: int
) -> None:
    """The workbook and what lies in its folder are written whole or not at all."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    (tmp_path / "kota" / "import.toml").write_text("# lama\n")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    source, move, moved = export(tmp_path), atomic.move, []
    before[source] = source.read_bytes()

    def fail(old: Path, new: Path) -> None:
        moved.append(new)
        if len(moved) == breaks:
            raise OSError(28, "No space left on device")
        move(old, new)

    monkeypatch.setattr(atomic, "move", fail)
    with pytest.raises(InputError, match="cannot be written"):
        import_(path, source)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_workbook_of_something_else_is_not_written_into(tmp_path: Path) -> None:
    """It has no sheet of settings."""
    path = tmp_path / "kota.xlsx"
    book = load_workbook(filled_workbook(path))
    del book["pengaturan"]
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"kota\.xlsx: is not the workbook of a district; write"):
        prepare_file_import([export(tmp_path)], path)
    assert path.read_bytes() == before


def test_a_folder_with_settings_beside_a_workbook_is_refused(tmp_path: Path) -> None:
    """Nobody could say which of the two is meant."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    (tmp_path / "kota" / "planner.toml").write_text("")
    with pytest.raises(InputError, match="are both of the district; keep one of them"):
        prepare_file_import([export(tmp_path)], path)


def test_the_command_names_the_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``planner import AGR.csv -o kota.xlsx``: what is written, and where."""
    path = tmp_path / "kota.xlsx"
    words = ["planner", "import", str(export(tmp_path)), "-o", str(path), "--yes"]
    for options, code in ([], 0), (["--json"], 0):
        monkeypatch.setattr("sys.argv", [*words, *options])
        with pytest.raises(SystemExit, match=str(code)):
            program.run()
    said = capsys.readouterr()
    assert f"{path}" in said.out
    told = json.loads(said.out[said.out.index("\n{") :])
    assert (told["folder"], told["rows"]["imported"]) == (str(tmp_path / "kota"), 3)
    assert said.err.count(f"planner check {path}\n") == 2


# Cells of workbooks


def workbook(fill: Callable[[Any, Any], object]) -> bytes:
    """A workbook with one sheet."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("Data"))
    return target.getvalue()


def values(content: bytes, **options: bool) -> list[tuple[object, ...]]:
    """All cells."""
    sheet = load_workbook(BytesIO(content), **options).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def test_cells_between_and_behind_others_are_written() -> None:
    """Rows and columns stay in their order; a text may hold what XML means otherwise."""
    content = workbook(lambda book, sheet: (sheet.write(0, 0, "a"), sheet.write(4, 2, 5)))
    cells: Cells = {(1, 2): "R&D <x>", (3, 1): 3, (5, 3): None, (5, 1): -6.5, (7, 1): " b "}
    assert values(change_cells(content, {"Data": cells})) == [
        ("a", "R&D <x>", None),
        (None, None, None),
        (3, None, None),
        (None, None, None),
        (-6.5, None, None),
        (None, None, None),
        (" b ", None, None),
    ]


def test_new_cells_look_as_their_column() -> None:
    """A column of text keeps a code as text."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.set_column(0, 0, 12, book.add_format({"num_format": "@"}))
        sheet.write(0, 0, "kode")

    changed = change_cells(workbook(fill), {"Data": {(2, 1): "001"}})
    assert load_workbook(BytesIO(changed)).worksheets[0]["A2"].number_format == "@"


def test_cells_that_share_a_formula_keep_their_results() -> None:
    """The first of them holds the formula of all, and is overwritten here."""
    content = workbook(lambda book, sheet: [sheet.write(row, 0, row + 7) for row in range(3)])
    parts_of = parts(content)
    sheet = parts_of["xl/worksheets/sheet1.xml"].decode()
    sheet = sheet.replace("<v>7</v>", '<f t="shared" ref="A1:A3" si="0">ROW()+6</f><v>7</v>')
    for result in (8, 9):
        sheet = sheet.replace(f"<v>{result}</v>", f'<f t="shared" si="0"/><v>{result}</v>')
    target = BytesIO()
    with ZipFile(target, "w") as book:
        for name, part in parts_of.items():
            book.writestr(name, sheet if name.endswith("sheet1.xml") else part)
    changed = change_cells(target.getvalue(), {"Data": {(1, 1): 1}})
    assert values(changed) == values(changed, data_only=True) == [(1,), (8,), (9,)]


def test_rows_without_a_number_are_refused(tmp_path: Path) -> None:
    """Nobody could say which cell is meant."""
    content = workbook(lambda book, sheet: sheet.write(0, 0, "a"))
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as book:
        for name, part in parts(content).items():
            book.writestr(name, re.sub(rb'<row r="1"', b"<row", part))
    with pytest.raises(Mistake, match="do not say where they stand; open it in Excel"):
        change_cells(path.read_bytes(), {"Data": {(1, 1): 1}})
    assert open_workbook(path).sheets["Data"].rows == [["a"]]
