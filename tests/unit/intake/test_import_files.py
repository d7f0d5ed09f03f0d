"""A file of an office becomes rows of a folder, and every row and person is accounted for."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from planner.cli import program
from planner.intake.grid import Fate
from planner.office.import_files import prepare_file_import, write_import
from tests.builders.dirty_tables import layer_of_the_ministry, opendocument
from tests.builders.spreadsheets import convert

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
    with pytest.raises(SystemExit, match=r"^[012]$") as ended:
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
        "kode;kelurahan;rw;rt;belum_rekam;wajib_ktp",
        "99.71.01.1001;MELATI;001;001;10;200",
        "99.71.01.1001;MELATI;001;002;10;110",
        "99.71.01.1001;MELATI;002;001;10;100",
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
    (tmp_path / "source").mkdir()
    rows = rt("001", "001", 5, 5, 8), [*rt("1", "2", 5, 5, 8), number]
    path = siak(tmp_path / "source" / "a.xlsx", *rows)
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
    assert [row.split(";")[4] for row in rows] == ["10", "7"]
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
        "kode;kelurahan;rw;rt;belum_rekam;lintang;bujur;alasan;wajib_ktp",
        "99.71.01.1001;Melati;1;1;5;-7,1;110,1;;200",
        "99.71.01.1001;Melati;2;1;0;-7,2;110,2;tidak ada di AGR_WKTP.xlsx;",
        "99.71.01.1001;Melati;001;003;10;;;;110",
    ]


def test_a_code_and_a_name_that_do_not_go_together_are_rejected(tmp_path: Path) -> None:
    """The folder knows both kelurahan, and the row has the code of the other one."""
    folder, path = tmp_path / "kota", tmp_path / "a.csv"
    path.write_text(
        "KODE;KELURAHAN;BLM_REKAM\n99.71.01.1001;Melati;5\n99.71.01.1002;Kenanga;6\n",
        encoding="utf-8",
    )
    write_import(prepare_file_import([path], folder))
    path.write_text("KODE;KELURAHAN;BLM_REKAM\n99.71.01.1001;Kenanga;7\n", encoding="utf-8")
    prepared = prepare_file_import([path], folder)
    assert "code-of-another" in {finding.code for finding in prepared.findings}
    assert prepared.exit_code == 2


def test_a_unit_missing_in_its_kecamatan_becomes_0_and_others_stay(tmp_path: Path) -> None:
    """The new file has two of three kelurahan of one kecamatan, and none of the other."""
    folder, path = tmp_path / "kota", tmp_path / "a.csv"
    head = "KODE;KELURAHAN;BLM_REKAM\n"
    rows = [f"99.71.01.100{n};K{n};5\n" for n in (1, 2, 3)]
    path.write_text("".join([head, *rows, "99.71.02.1001;L1;8\n"]), encoding="utf-8")
    write_import(prepare_file_import([path], folder))
    path.write_text("".join([head, *rows[:2]]), encoding="utf-8")
    prepared = prepare_file_import([path], folder)
    write_import(prepared)
    lines = (folder / "rt.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(";")[2] for line in lines] == ["5", "5", "0", "8"]
    assert [finding.code for finding in prepared.findings] == ["gone"]


PERSONS = """\
NIK,NAMA_LGKP,TGL_LHR,NO_PROP,NO_KAB,NO_KEC,NO_KEL,RW,RT,STATUS_REKAM
{number},SITI AMINAH,01-02-2010,99,71,1,1001,1,1,BELUM
{number},BUDI SANTOSO,03-04-2008,99,71,1,1001,1,2,BELUM
{number},DEWI LESTARI,05-06-2008,99,71,1,1001,1,2,SUDAH
{number},RATNA SARI,05-06-2009,99,71,1,1001,x,2,BELUM
"""


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    """Four residents, one of them recorded, one with an RW that is none."""
    path = tmp_path / "source" / "orang.csv"
    path.parent.mkdir()
    path.write_text(PERSONS.format(number="1234" * 4), encoding="utf-8")
    return path


def test_a_list_of_persons_is_counted_and_nothing_else_of_it_is_kept(
    persons: Path, tmp_path: Path
) -> None:
    """By RT, and by the month in which they turn 17; neither names nor numbers."""
    folder, mapping = tmp_path / "kota", tmp_path / "map.toml"
    mapping.write_text(
        '[persons]\ncolumn = "STATUS_REKAM"\nunrecorded = ["BELUM"]\n', encoding="utf-8"
    )
    prepared = prepare_file_import(
        [persons], folder, mapping=mapping, counts_persons=True, today=date(2026, 11, 28)
    )
    write_import(prepared)
    assert prepared.exit_code == 1
    assert (folder / "rt.csv").read_text(encoding="utf-8-sig").split()[1:] == [
        "99.71.01.1001;99.71.01.1001;001;001;1",
        "99.71.01.1001;99.71.01.1001;001;002;1",
    ]
    months = (folder / "turning-17.csv").read_text(encoding="utf-8-sig").split()
    assert months == ["place;month;people", "99.71.01.1001;2027-02;1"]
    written = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert not re.search("SITI|BUDI|DEWI|RATNA", written)


def test_who_is_unrecorded_is_asked_and_not_guessed(persons: Path, tmp_path: Path) -> None:
    """Without a mapping the column and its values are named, and nothing is counted."""
    prepared = prepare_file_import([persons], tmp_path / "kota", counts_persons=True)
    assert [finding.code for finding in prepared.findings] == ["undecided"]
    assert "'BELUM', 'SUDAH'" in prepared.findings[0].what
    assert not prepared.files


def test_coordinates_are_recognised_and_said(tmp_path: Path) -> None:
    """Degrees and minutes, a link, a pair, and a swapped pair; ids come from names."""
    path = tmp_path / "balai.csv"
    path.write_text(
        "Nama Tempat;Jenis;Koordinat\n"
        "Balai RW 04;balai RW;6°10'31\" LS, 106°49'37\" BT\n"
        "Balai RW 05;balai RW;https://maps.google.com/?q=-6.18,106.83\n"
        "Balai RW 06;balai RW;106.84, -6.19\n"
        "Balai RW 07;balai RW;\n"
        "Balai RW 08;balai RW;12, 13\n",
        encoding="utf-8",
    )
    folder = tmp_path / "kota"
    prepared = prepare_file_import([path], folder)
    write_import(prepared)
    rows = (folder / "points.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1:] == [
        "balai-rw-04;Balai RW 04;balai RW;-6.175278;106.8269",
        "balai-rw-05;Balai RW 05;balai RW;-6.18;106.83",
        "balai-rw-06;Balai RW 06;balai RW;-6.19;106.84",
        "balai-rw-07;Balai RW 07;balai RW;;",
    ]
    codes = {finding.code for finding in prepared.findings}
    assert codes == {
        "coordinates-angles",
        "coordinates-link",
        "coordinates-pair",
        "coordinates-swapped",
        "no-coordinates",
    }


def test_those_who_wait_for_their_card_are_taken_in(tmp_path: Path) -> None:
    """A column of PRR beside those unrecorded; the next export has none, and nothing is lost."""
    folder, path = tmp_path / "kota", tmp_path / "rt.csv"
    head = "kode;kelurahan;rw;rt;belum_rekam"
    path.write_text(f"{head};PRR\n{KELURAHAN};Melati;1;1;12;4\n", encoding="utf-8")
    write_import(prepare_file_import([path], folder))
    path.write_text(f"{head}\n{KELURAHAN};Melati;1;1;9\n", encoding="utf-8")
    write_import(prepare_file_import([path], folder))
    text = (folder / "rt.csv").read_text(encoding="utf-8-sig").splitlines()
    assert text == [f"{head};belum_cetak", f"{KELURAHAN};Melati;001;001;9;4"]


def test_a_number_of_cards_that_is_none_rejects_its_row(tmp_path: Path) -> None:
    """Four is not a number here."""
    path = tmp_path / "rt.csv"
    rows = f"{KELURAHAN};Melati;1;1;12;empat\n{KELURAHAN};Melati;1;2;3;0\n"
    path.write_text(f"kode;kelurahan;rw;rt;belum_rekam;PRR\n{rows}", encoding="utf-8")
    prepared = prepare_file_import([path], tmp_path / "kota")
    assert b"Melati;001;002;3" in prepared.files["rt.csv"]
    assert b"001;001" not in prepared.files["rt.csv"]


def test_long_decimal_degrees_are_no_angles(tmp_path: Path) -> None:
    """A float such as -6.175400000000001 is a plain number, and nothing is said of it."""
    schools = tmp_path / "sekolah.csv"
    schools.write_text(
        "NPSN;nama;lintang;bujur\n20100001;SMAN 1;-6.175400000000001;106.82720000000001\n",
        encoding="utf-8",
    )
    prepared = prepare_file_import([schools], tmp_path / "kota")
    assert "coordinates-angles" not in {finding.code for finding in prepared.findings}
    assert b"-6.1754;106.8272" in prepared.files["schools.csv"]


def test_what_a_person_wrote_of_a_place_stays(tmp_path: Path) -> None:
    """Pupils are replaced; permission and coordinates of the folder are kept."""
    folder, path = tmp_path / "kota", tmp_path / "sekolah.csv"
    path.write_text(
        "NPSN;Nama Sekolah;Siswa 16;Siswa 17;Lintang;Bujur\n"
        "99710001;SMAN 1;20;40;-7.1;110.1\n99710002;SMPN 2;1;2;-7.1;110.1\n",
        encoding="utf-8",
    )
    write_import(prepare_file_import([path], folder))
    text = (folder / "schools.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines() == [
        "npsn;nama;jenis;lintang;bujur;siswa_16;siswa_17",
        "99710001;SMAN 1;SMA;-7.1;110.1;20;40",
    ]
    edited = text.replace("siswa_17", "siswa_17;izin").replace("20;40", "20;40;disetujui")
    (folder / "schools.csv").write_text(edited.replace("-7.1", "-7.2"), encoding="utf-8")
    path.write_text(
        "NPSN;Nama Sekolah;Siswa 16;Siswa 17;Lintang;Bujur\n99710001;SMA 1;25;35;-7.3;110.3\n",
        encoding="utf-8",
    )
    write_import(prepare_file_import([path], folder))
    row = (folder / "schools.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert row == "99710001;SMAN 1;SMA;-7.2;110.1;25;35;disetujui"


def test_a_small_file_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    """Its sizes are known before any part is unpacked."""
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (300 << 20))
    prepared = prepare_file_import([path], tmp_path / "kota")
    assert [finding.code for finding in prepared.findings] == ["unreadable"]
    assert "256 MB" in prepared.findings[0].what


def test_a_sheet_whose_last_cell_is_far_away_is_refused(tmp_path: Path) -> None:
    """All cells between the first and the last one would be in memory."""
    book = Workbook()
    book.worksheets[0]["A1"] = "KODE"
    book.worksheets[0]["XFD1048576"] = 1
    book.save(tmp_path / "a.xlsx")
    prepared = prepare_file_import([tmp_path / "a.xlsx"], tmp_path / "kota")
    assert [finding.code for finding in prepared.findings] == ["unreadable"]


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    """The reader of workbooks would look for the end of its cells for ever."""
    whole, cut = tmp_path / "whole.ods", tmp_path / "cut.ods"
    whole.write_bytes(opendocument([["KODE", "BLM_REKAM"], ["99.71.01.1001", 5]]))
    with ZipFile(whole) as old, ZipFile(cut, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name == "content.xml" else content)
    assert prepare_file_import([whole], tmp_path / "kota").exit_code == 0
    prepared = prepare_file_import([cut], tmp_path / "kota")
    assert [finding.code for finding in prepared.findings] == ["unreadable"]


def test_a_border_that_is_no_area_is_left_out(tmp_path: Path) -> None:
    """Its people are counted all the same."""
    path = layer_of_the_ministry(tmp_path)[0]
    path.write_text(path.read_text(encoding="utf-8").replace("110.1", "110.0"), encoding="utf-8")
    prepared = prepare_file_import([path], tmp_path / "kota")
    assert "rt.csv" in prepared.files
    assert "areas.geojson" not in prepared.files


@pytest.mark.gate
def test_a_hundred_thousand_rows_take_a_gibibyte_at_most(tmp_path: Path) -> None:
    """RT of a province, in a process of its own, whose peak the system tells.

    The peak of `getrusage` would begin with the memory of the process that starts it.
    """
    rows = [
        [6, f"99.71.{k + 1:02}.{1001 + d}", f"D {d}", f"{w:03}", f"{t:03}", 100, 100, 200, 190, 10]
        for k in range(10)
        for d in range(100)
        for w in range(1, 11)
        for t in range(1, 11)
    ]
    path = siak(tmp_path / "a.xlsx", *rows)
    code = "from planner.cli import main\n"
    code += "try: main()\nfinally: print(open('/proc/self/status', encoding='ascii').read())"
    typed = [sys.executable, "-c", code, "import", str(path), "-o", str(tmp_path / "kota")]
    done = subprocess.run([*typed, "--yes"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    peak_kib = int(done.stdout.partition("VmHWM:")[2].split()[0])
    assert peak_kib < 1 << 20
    table = (tmp_path / "kota" / "rt.csv").read_text(encoding="utf-8-sig")
    assert table.count("\n") == 100_001


def test_a_table_kept_as_a_workbook_becomes_csv_and_stays_beside(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of RT 001 / RW 001 is new, its coordinates stay; rt.xlsx becomes rt.xlsx.bak."""
    folder = tmp_path / "kota"
    folder.mkdir()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["code", "kelurahan", "rw", "rt", "unrecorded", "lat", "lon"])
    sheet.append([KELURAHAN, "Melati", 1, 1, 99, -7.25, 110.5])
    book.save(folder / "rt.xlsx")
    old = (folder / "rt.xlsx").read_bytes()
    run(export, "-o", folder, "--yes", monkeypatch=monkeypatch)
    assert (folder / "rt.xlsx.bak").read_bytes() == old
    assert not (folder / "rt.xlsx").exists()
    rows = (folder / "rt.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 4
    assert "-7.25" in rows[1]
    assert ";10;" in rows[1]


@pytest.mark.gate
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_hidden_rows_of_other_workbooks_are_told(tmp_path: Path, kind: str) -> None:
    """Saved by LibreOffice as of Excel 97 or as its own: the second RT is hidden, and counts."""
    source = tmp_path / "source" / "agr.xlsx"
    source.parent.mkdir()
    book = load_workbook(siak(source, *(rt("001", f"00{n}", 50, 50, 90) for n in (1, 2, 3))))
    book.worksheets[0].row_dimensions[5].hidden = True
    old = book.copy_worksheet(book.worksheets[0])
    old.title, old.sheet_state = "lama", "hidden"
    book.save(source)
    prepared = prepare_file_import([convert(source, kind)], tmp_path / "kota", language="en")
    told = {finding.code: finding.what for finding in prepared.findings}
    assert "hidden-sheet" in told
    assert told["hidden-rows"].endswith("1 (5)")
    assert prepared.tally.people[Fate.IMPORTED] == 30


@pytest.mark.gate
def test_a_damaged_older_workbook_is_refused_whatever_its_sizes_say(tmp_path: Path) -> None:
    """More strings than there is room for; sectors that go round in a circle."""
    source = tmp_path / "source" / "agr.xlsx"
    source.parent.mkdir()
    sound = convert(siak(source, rt("001", "001", 50, 50, 90)), "xls").read_bytes()
    strings = sound.index(b"\xfc\x00") + 4
    damaged = {
        "strings": sound[:strings] + b"\xff" * 8 + sound[strings + 8 :],
        "circle": sound[:476] + bytes(3212) + sound[3688:],
        "cut": sound[: len(sound) // 2],
    }
    for name, content in damaged.items():
        path = tmp_path / f"{name}.xls"
        path.write_bytes(content)
        prepared = prepare_file_import([path], tmp_path / "kota")
        assert [finding.code for finding in prepared.findings] == ["unreadable"], name
