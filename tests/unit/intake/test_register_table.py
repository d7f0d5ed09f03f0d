"""What the files count of a kelurahan stands in the table `register`, and is looked at."""

import csv
from pathlib import Path

from planner.analysis.look_here import RegisterTest, find_odd_units
from planner.inputs import read_district
from planner.office.import_files import prepare_file_import, write_import
from tests.builders.dirty_tables import layer_of_the_ministry
from tests.builders.folders import sound_folder

HEAD = "KODE;WILAYAH;RW;RT;WKTP;REKAM;BLM_REKAM"
KELURAHAN = "99.71.01.1001;Melati"


def take_in(folder: Path, name: str, *rows: str) -> None:
    """Import a table of these rows."""
    path = folder.parent / name
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    write_import(prepare_file_import([path], folder))


def register(folder: Path) -> list[dict[str, str]]:
    """Rows of the table."""
    lines = (folder / "register.csv").read_text(encoding="utf-8-sig").splitlines()
    return list(csv.DictReader(lines, delimiter=";"))


def test_a_row_of_the_kelurahan_comes_before_the_sum_of_its_parts(tmp_path: Path) -> None:
    """Its own row says 31 of 301; the RT have 10 and 20 of 100 and 200."""
    parts = f"{KELURAHAN};1;1;100;90;10", f"{KELURAHAN};1;2;200;180;20"
    take_in(tmp_path / "kota", "a.csv", f"{KELURAHAN};;;301;270;31", *parts)
    (row,) = register(tmp_path / "kota")
    assert (row["wajib_ktp"], row["rekam"], row["belum_rekam"]) == ("301", "270", "31")
    take_in(tmp_path / "lain", "b.csv", *parts)
    (row,) = register(tmp_path / "lain")
    assert (row["wajib_ktp"], row["rekam"], row["belum_rekam"]) == ("300", "270", "30")


def test_what_was_recorded_before_stays_beside_what_is_now(tmp_path: Path) -> None:
    """5 fewer are recorded than a month ago, which is told; the same file twice changes nothing."""
    (tmp_path / "kota").mkdir()
    folder = sound_folder(tmp_path / "kota")
    folder.remove("rt.csv")
    take_in(folder.path, "a.csv", f"{KELURAHAN};;;300;270;30")
    for _ in range(2):
        take_in(folder.path, "b.csv", f"{KELURAHAN};;;300;265;35")
    (row,) = register(folder.path)
    assert (row["rekam"], row["rekam_sebelumnya"]) == ("265", "270")
    (odd,) = find_odd_units(read_district(folder.path))
    assert (odd.test, odd.measure) == (RegisterTest.RECORDED_FALL, 5)


def test_the_layer_of_the_ministry_has_residents_and_ages(tmp_path: Path) -> None:
    """Twice as many residents as must hold a card, and 9 aged 15 to 19."""
    source = tmp_path / "source"
    source.mkdir()
    write_import(prepare_file_import(layer_of_the_ministry(source), tmp_path / "kota"))
    rows = register(tmp_path / "kota")
    assert len(rows) == 3
    for row in rows:
        assert int(row["penduduk"]) == 2 * int(row["wajib_ktp"])
        assert row["usia_15_19"] == "9"


def test_counts_of_people_unrecorded_alone_make_no_register(tmp_path: Path) -> None:
    """There would be nothing to hold them against."""
    path = tmp_path / "a.csv"
    path.write_text("KODE;RW;RT;BLM_REKAM\n99.71.01.1001;1;1;5\n", encoding="utf-8")
    assert "register.csv" not in prepare_file_import([path], tmp_path / "kota").files
