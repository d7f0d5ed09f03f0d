"""Tables as offices type them, with several oddities in one."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from planner.intake.cells import Invalid, parse_count, parse_pair, parse_part
from planner.intake.grid import Fate
from planner.intake.prepare import PreparedImport
from planner.office.import_files import prepare_file_import, write_import

HEADER = ["KODE", "KELURAHAN", "RW", "RT", "WAJIB KTP", "REKAM"]
CODE = "99.71.01.1001"
INVALID = Invalid("not-a-number-of-rt")


def table(path: Path, *rows: Sequence[object]) -> Path:
    """A workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def taken_in(folder: Path, *paths: Path) -> PreparedImport:
    """What an import of files wrote."""
    prepared = prepare_file_import(paths, folder, language="id")
    write_import(prepared)
    return prepared


def people(folder: Path) -> dict[str, str]:
    """People unrecorded by RW and RT."""
    header, *rows = (folder / "rt.csv").read_text(encoding="utf-8-sig").splitlines()
    records = [dict(zip(header.split(";"), row.split(";"), strict=True)) for row in rows]
    return {f"{row.get('rw')}/{row.get('rt')}": row["belum_rekam"] for row in records}


def month(*recorded: object) -> list[list[object]]:
    """RT of one RW with a hundred people each, and how many are recorded."""
    return [[CODE, "Melati", "1", n, 100, told] for n, told in enumerate(recorded, start=1)]


def test_a_row_that_is_rejected_is_not_gone(tmp_path: Path) -> None:
    """It is in the new file, and its count of last month stays until it is corrected."""
    first = table(tmp_path / "a.xlsx", HEADER, *month(90, 80, 70))
    second = table(tmp_path / "b.xlsx", HEADER, *month(95, "<>", 75)[:2])
    taken_in(tmp_path / "kota", first)
    prepared = taken_in(tmp_path / "kota", second)
    assert people(tmp_path / "kota") == {"001/001": "5", "001/002": "20", "001/003": "0"}
    assert [name for name, _ in prepared.changes["rt"].gone] == [f"{CODE} Melati RW 001 RT 003"]


def test_where_a_rejected_row_names_no_unit_its_kelurahan_stays(tmp_path: Path) -> None:
    """Nobody knows which of the RT that are missing it is."""
    taken_in(tmp_path / "kota", table(tmp_path / "a.xlsx", HEADER, *month(90, 80, 70)))
    rows = month(95, 85)
    rows[1][3] = "dua"
    prepared = taken_in(tmp_path / "kota", table(tmp_path / "b.xlsx", HEADER, *rows))
    assert people(tmp_path / "kota") == {"001/001": "5", "001/002": "20", "001/003": "30"}
    assert not prepared.changes["rt"].gone
    book = load_workbook(tmp_path / "kota" / "ditolak.xlsx")
    (cell,) = (cell for row in book.worksheets[0] for cell in row if cell.value == "dua")
    cell.value = 2
    book.save(tmp_path / "kota" / "ditolak.xlsx")
    taken_in(tmp_path / "kota", tmp_path / "kota" / "ditolak.xlsx")
    assert people(tmp_path / "kota")["001/002"] == "15"


def test_a_title_ends_where_the_next_region_begins(tmp_path: Path) -> None:
    """The kelurahan is Cideng, its RW and code stand behind it."""
    title = f"KELURAHAN CIDENG KECAMATAN GAMBIR RW 004  kode {CODE}"
    path = table(tmp_path / "a.xlsx", [title], HEADER[3:], [1, 100, 90], [2, 100, 80])
    taken_in(tmp_path / "kota", path)
    text = (tmp_path / "kota" / "rt.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == f"{CODE};CIDENG;004;001;10;100"


@pytest.mark.parametrize("text", ["III", "RW III", "rw.iii", "3", "RW 03"])
def test_roman_numbers_are_read_as_in_tables_of_the_folder(text: str) -> None:
    """``RW III`` is RW 003."""
    assert parse_part(text) == "003"
    assert parse_pair(f"005 / {text}", rw_first=False) == ("005", "003")


def test_a_mark_is_no_roman_number() -> None:
    """``x`` where an RW is not known."""
    for mark in "xX":
        assert parse_part(mark) == parse_pair(f"{mark}/1", rw_first=True) == INVALID


def test_columns_of_places_that_are_not_read_are_named(tmp_path: Path) -> None:
    """``Jml Alat`` is one of the folder; what ``Jenis`` means nobody can say."""
    rows = ["No", "No. Polisi", "Jenis", "Jml Alat"], [1, "B  1234  PQR", "Hiace", 2]
    prepared = taken_in(tmp_path / "kota", table(tmp_path / "mobil.xlsx", *rows))
    (note,) = (f for f in prepared.findings if f.code == "columns-unread")
    assert note.what == "columns that are not read: 'Jenis'"
    lines = (tmp_path / "kota" / "vans.csv").read_text(encoding="utf-8-sig").splitlines()
    assert dict(zip(*(line.split(";") for line in lines), strict=True))["alat_rekam"] == "2"


def test_columns_of_counts_that_are_not_read_are_named(tmp_path: Path) -> None:
    """What a person noted in a table of the folder is not taken from another one."""
    rows = [*HEADER, "tidak_terjangkau", "PERSEN"], [*month(90)[0], 3, 90.0]
    prepared = taken_in(tmp_path / "kota", table(tmp_path / "a.xlsx", *rows))
    notes = [str(f.what) for f in prepared.findings if f.code == "columns-unread"]
    assert notes == ["columns that are not read: 'tidak_terjangkau'"]


def test_tables_below_each_other_are_all_read(tmp_path: Path) -> None:
    """The second has other columns; a title above it names its kelurahan."""
    path = table(
        tmp_path / "a.xlsx",
        [f"KELURAHAN MELATI {CODE} RW 01"],
        ["RT", "JK", "BELUM REKAM"],
        [1, "L+P", 5],
        [2, "L+P", 6],
        [None],
        ["KELURAHAN MAWAR 99.71.01.1002"],
        ["RW", "RT", "WAJIB KTP", "REKAM"],
        ["01", 1, 50, 45],
        ["01", "dua", 60, 50],
    )
    prepared = taken_in(tmp_path / "kota", path)
    lines = (tmp_path / "kota" / "rt.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert lines == [
        f"{CODE};MELATI;001;001;5;",
        f"{CODE};MELATI;001;002;6;",
        "99.71.01.1002;MAWAR;001;001;5;50",
    ]
    (rows,) = prepared.fates.values()
    assert rows == {
        "header_or_title": [(1, 2), (6, 7)],
        "imported": [(3, 4), (8, 8)],
        "rejected": [(9, 9)],
    }
    assert [f.where for f in prepared.findings if f.code == "not-a-number-of-rt"] == [
        "a.xlsx Sheet!B9"
    ]


def test_a_header_below_the_first_forty_rows_begins_a_table(tmp_path: Path) -> None:
    """Fifty RT stand above it."""
    rows = [[CODE, "Melati", "1", n, 100, 90] for n in range(1, 51)]
    other = ["KODE", "RW", "RT", "BELUM REKAM"], ["99.71.01.1002", 1, 1, 7]
    taken_in(tmp_path / "kota", table(tmp_path / "a.xlsx", HEADER, *rows, *other))
    text = (tmp_path / "kota" / "rt.csv").read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 52
    assert text.splitlines()[-1].startswith("99.71.01.1002;99.71.01.1002;001;001;7")


def test_tables_side_by_side_are_all_read(tmp_path: Path) -> None:
    """RT 1 and 2 stand left of RT 3 and 4, each with its sum at the foot."""
    half = ["RT", "WAJIB KTP", "REKAM"]
    path = table(
        tmp_path / "a.xlsx",
        [f"KELURAHAN MELATI {CODE} RW 02"],
        [*half, None, *half],
        [1, 100, 90, None, 3, 80, 70],
        [2, 100, 95, None, 4, 60, 45],
        ["JUMLAH", 200, 185, None, "JUMLAH", 140, 115],
    )
    prepared = taken_in(tmp_path / "kota", path)
    assert people(tmp_path / "kota") == {
        "002/001": "10",
        "002/002": "5",
        "002/003": "10",
        "002/004": "15",
    }
    assert prepared.exit_code == 0


def test_a_header_that_is_repeated_begins_no_table(tmp_path: Path) -> None:
    """As on every page of a print."""
    path = table(tmp_path / "a.xlsx", HEADER, *month(90), HEADER, *month(90, 80)[1:])
    prepared = taken_in(tmp_path / "kota", path)
    assert people(tmp_path / "kota") == {"001/001": "10", "001/002": "20"}
    assert len(prepared.understood) == 1


@pytest.mark.parametrize("cell", ["1.250 jiwa", "1250 org.", "1250 Orang"])
def test_people_may_be_called_so(cell: str) -> None:
    """What is counted stands behind the number."""
    assert parse_count(cell) == 1250
    assert parse_count("± 30") == Invalid("not-a-count")


@pytest.mark.parametrize("position", range(8))
def test_a_cell_of_thousands_of_digits_is_rejected(tmp_path: Path, position: int) -> None:
    """Python makes no number of them, whatever column they stand in."""
    header = ["NO_PROP", "NO_KAB", "NO_KEC", "NO_KEL", "RW", "RT", "WAJIB KTP", "REKAM"]
    row: list[object] = [99, 71, 1, 1001, 1, 1, 100, 90]
    row[position] = "9" * 5000
    path = table(tmp_path / "a.xlsx", header, [99, 71, 1, 1001, 1, 2, 100, 90], row)
    prepared = prepare_file_import([path], tmp_path / "kota")
    assert prepared.exit_code == 1
    assert prepared.tally.rows[Fate.REJECTED] == 1
