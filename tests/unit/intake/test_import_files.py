"""A file of an office becomes rows of a folder, and every row and person is accounted for."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from planner.cli import program

HEADER = ["IDEM", "KODE", "WILAYAH", "RW", "RT", "L", "P", "JML", "JML_WKTP", "BLM_REKAM"]
KELURAHAN = "99.71.01.1001"


def rt(rw: str, number: str, men: int, women: int, recorded: object) -> list[object]:
    """A row of an RT in the frame of an export of SIAK."""
    left = men + women - recorded if isinstance(recorded, int) else None
    return [6, KELURAHAN, "MELATI", rw, number, men, women, men + women, recorded, left]


def siak(path: Path, *rows: list[object]) -> Path:
    """An export with two titles above its header."""
    book = Workbook()
    sheet = book.worksheets[0]
    above: list[list[object]] = [["DATA AGREGAT WAJIB KTP"], ["SEMESTER I TAHUN 2026"], [*HEADER]]
    for row in (*above, *rows):
        sheet.append(row)
    book.save(path)
    return path


def run(*words: object, monkeypatch: pytest.MonkeyPatch) -> int:
    """Exit code of a command line."""
    monkeypatch.setattr("sys.argv", ["planner", "import", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        program.run()
    return int(ended.value.code or 0)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Three RT of one kelurahan with its own row, that of the regency, and a total at the foot."""
    return siak(
        tmp_path / "AGR_WKTP.xlsx",
        [3, "99.71", "KOTA KECIL", None, None, 200, 210, 410, 380, 30],
        [5, KELURAHAN, "MELATI", None, None, 200, 210, 410, 380, 30],
        rt("001", "001", 100, 100, 190),
        rt("001", "002", 50, 60, 100),
        rt("002", "001", 50, 50, 90),
        [None, None, "JUMLAH", None, None, 200, 210, 410, 380, 30],
    )


def test_an_export_of_siak_becomes_rows_of_rt(
    export: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Totals, titles and header are none of them; people are as many as the export counts."""
    folder = tmp_path / "kota"
    assert run(export, "-o", folder, "--yes", "--json", monkeypatch=monkeypatch) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == {
        "read": 9,
        "header_or_title": 3,
        "total": 3,
        "imported": 3,
        "duplicate": 0,
        "older": 0,
        "rejected": 0,
    }
    assert told["people"]["imported"] == 30
    assert (folder / "rt.csv").read_text(encoding="utf-8-sig").split() == [
        "kode;kelurahan;rw;rt;belum_rekam",
        "99.71.01.1001;MELATI;001;001;10",
        "99.71.01.1001;MELATI;001;002;10",
        "99.71.01.1001;MELATI;002;001;10",
    ]


def test_nothing_is_written_without_yes(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Off a terminal nobody can be asked."""
    assert run(export, "-o", tmp_path / "kota", monkeypatch=monkeypatch) == 2
    assert not (tmp_path / "kota").exists()


def test_a_number_of_a_person_refuses_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither what is written nor what is said repeats it."""
    number = "1234" * 4
    path = siak(tmp_path / "a.xlsx", rt("001", "001", 5, 5, 8), [*rt("1", "2", 5, 5, 8), number])
    assert run(path, "-o", tmp_path / "kota", "--yes", "--json", monkeypatch=monkeypatch) == 2
    said = capsys.readouterr()
    assert number not in said.out + said.err
    assert [finding["code"] for finding in json.loads(said.out)["findings"]] == ["nik"]
    assert not (tmp_path / "kota").exists()


def test_rejected_rows_complete_the_sum_when_they_are_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason stands in a comment at the cell; what is in already stays as it is."""
    folder = tmp_path / "kota"
    path = siak(tmp_path / "a.xlsx", rt("001", "001", 50, 50, 90), rt("001", "002", 50, 50, None))
    assert run(path, "-o", folder, "--yes", monkeypatch=monkeypatch) == 1
    book = load_workbook(folder / "ditolak.xlsx")
    sheet = book.worksheets[0]
    cell = sheet.cell(row=4, column=HEADER.index("BLM_REKAM") + 1)
    assert cell.comment is not None
    cell.value = 7
    book.save(folder / "ditolak.xlsx")
    assert run(folder / "ditolak.xlsx", "-o", folder, "--yes", monkeypatch=monkeypatch) == 0
    rows = (folder / "rt.csv").read_text(encoding="utf-8-sig").split()[1:]
    assert [row.split(";")[-1] for row in rows] == ["10", "7"]
    assert not (folder / "ditolak.xlsx").exists()


def test_a_second_import_replaces_counts_and_keeps_what_a_person_wrote(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Coordinates stay; an RT that the new file lacks becomes 0 and is marked."""
    folder = tmp_path / "kota"
    run(export, "-o", folder, "--yes", monkeypatch=monkeypatch)
    (folder / "rt.csv").write_text(
        "# catatan\r\nkode;kelurahan;rw;rt;belum_rekam;lintang;bujur\r\n"
        "99.71.01.1001;Melati;1;1;10;-7,1;110,1\r\n"
        "99.71.01.1001;Melati;2;1;10;-7,2;110,2\r\n",
        encoding="utf-8",
    )
    siak(export, rt("001", "001", 100, 100, 195), rt("001", "003", 50, 60, 100))
    assert run(export, "-o", folder, "--yes", monkeypatch=monkeypatch) == 1
    text = (folder / "rt.csv").read_text(encoding="utf-8-sig").splitlines()
    assert text == [
        "# catatan",
        "kode;kelurahan;rw;rt;belum_rekam;lintang;bujur;alasan",
        "99.71.01.1001;Melati;1;1;5;-7,1;110,1;",
        "99.71.01.1001;Melati;2;1;0;-7,2;110,2;tidak ada di AGR_WKTP.xlsx",
        "99.71.01.1001;Melati;001;003;10;;;",
    ]
