"""New folders explain themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.i18n.language import LANGUAGES
from planner.i18n.words import Words
from planner.inputs import read_district, write_templates
from planner.inputs.rows import row_models, titles_of
from tests.builders.folders import TABLES, Folder, sound_folder


def test_a_new_folder_only_wants_filling_in(tmp_path: Path) -> None:
    """Every message is about something empty."""
    write_templates(tmp_path / "kota")
    with pytest.raises(InputError, match="name: is blank") as caught:
        read_district(tmp_path / "kota")
    assert [problem.where for problem in caught.value.problems] == [
        "planner.toml [office] name",
        "planner.toml [office] code",
        "rt.csv",
        "points.csv",
        "depots.csv",
        "vans.csv",
    ]


def test_templates_filled_in_give_the_same_district(tmp_path: Path) -> None:
    """Office, borders and rows are put into the templates; defaults stand as written."""
    sound = sound_folder(tmp_path)
    expected = read_district(sound.path)
    filled = Folder(tmp_path / "kota")
    write_templates(filled.path)
    filled.edit("planner.toml", 'name = ""', 'name = "Dinas Kota Kecil"')
    filled.edit("planner.toml", 'code = ""', 'code = "99.71"')
    filled.write("areas.geojson", (sound.path / "areas.geojson").read_bytes())
    for name in TABLES:
        path = filled.path / f"{name}.csv"
        header = path.read_text(encoding="utf-8").splitlines()[-1].split(";")
        meaning = titles_of(row_models()[name])
        rows = (
            ";".join(row.get(meaning[key], "") for key in header) for row in sound.records(name)
        )
        filled.write(path.name, path.read_bytes() + "\r\n".join(rows).encode())
    district = read_district(filled.path)
    assert replace(district, sources={}, folder=sound.path) == replace(expected, sources={})


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_explain_themselves_in_a_language(tmp_path: Path, language: str) -> None:
    """Every comment is a message; the office will speak that language."""
    words = Words(language=language)
    written = {
        path.name: path.read_text(encoding="utf-8-sig")
        for path in write_templates(tmp_path / "kota", words, language)
    }
    assert f'\nlanguage = "{language}"\n' in written["planner.toml"]
    first = {"id": "# Pengaturan daerah ini.", "en": "# Settings of this district."}
    assert written["planner.toml"].startswith(first[language])
    column = {
        "id": "# rw (boleh dikosongkan): nomor RW; kosong jika tidak dihitung per RW. Contoh: 004",
        "en": "# rw (optional): number of the RW; blank if you do not count by RW. Example: 004",
    }
    assert column[language] in written["rt.csv"].splitlines()
    header = {
        "id": "kode;nama;jenis;alamat;lintang;bujur;jam;izin;kontak;kelas_mobil;bobot;catatan",
        "en": "id;name;kind;address;lat;lon;hours;permission;contact;classes;weight;note",
    }
    assert written["points.csv"].splitlines()[-1].startswith(header[language])


def test_templates_overwrite_nothing(tmp_path: Path) -> None:
    """Two tables are there already: both are told, and no other file is written."""
    for name in ("rt.csv", "vans.csv"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"rt\.csv: exists already; choose another folder"
    ) as caught:
        write_templates(tmp_path)
    assert len(caught.value.problems) == 2
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "rt.csv": "mine",
        "vans.csv": "mine",
    }
