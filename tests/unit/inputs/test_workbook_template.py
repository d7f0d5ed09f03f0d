"""One workbook holds all tables and settings of a district."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from planner.district import District
from planner.errors import InputError
from planner.i18n.language import LANGUAGES, SETTINGS_SHEETS, office_language
from planner.i18n.words import Words
from planner.inputs import build_workbook_template, read_district
from planner.inputs.rows import row_models, titles_of
from planner.inputs.workbook_template import sheet_title
from tests.builders.district_workbook import CELLS, filled_workbook, typed
from tests.builders.folders import AREAS, TABLES, Folder, sound_folder
from tests.builders.spreadsheets import convert
from tests.builders.typing_in_libreoffice import type_into


def same(district: District) -> District:
    """A district without what tells where it was read from."""
    return replace(district, sources={}, folder=Path("kota"))


def change(path: Path, sheet: str, cell: str, value: Any) -> None:
    """Write one cell of a workbook."""
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def problems(path: Path) -> list[str]:
    """What reading it shows, a line each."""
    with pytest.raises(InputError, match=path.stem) as caught:
        read_district(path)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_filled_in_is_the_same_district_as_a_folder(
    tmp_path: Path, language: str
) -> None:
    """Numbers and dates typed as such; the workbook or its folder may be named."""
    path = filled_workbook(tmp_path / "kota.xlsx", language)
    (tmp_path / "berkas").mkdir()
    expected = read_district(sound_folder(tmp_path / "berkas").path)
    office = replace(expected.office, language=language)
    expected = replace(expected, office=office, settings={})
    district = read_district(path)
    assert replace(same(district), settings={}) == same(expected)
    assert read_district(path.with_suffix("")) == district
    assert list(district.sources) == ["kota.xlsx", "areas.geojson"]


@pytest.mark.gate
def test_tables_typed_into_libreoffice_are_the_same_district(tmp_path: Path) -> None:
    """It makes numbers and dates of what it takes for such: 1 of ``001``, a day of 28/11/2026."""
    (tmp_path / "kota").mkdir()
    folder = sound_folder(tmp_path / "kota")
    expected = read_district(folder.path)
    for name in TABLES:
        path = folder.path / f"{name}.csv"
        typed = convert(path, "xlsx", "--infilter=CSV:44,34,76,1")
        path.unlink()
        typed.replace(folder.path / f"{name}.xlsx")
    assert same(read_district(folder.path)) == same(expected)


@pytest.mark.gate
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_saved_by_libreoffice_is_the_same_district(
    tmp_path: Path, language: str
) -> None:
    """Opened and saved as ODS, and as Excel again."""
    path = filled_workbook(tmp_path / "kota.xlsx", language)
    expected = read_district(path)
    saved = convert(convert(path, "ods"), "xlsx")
    path.write_bytes(saved.read_bytes())
    assert same(read_district(path)) == same(expected)
    rules = [
        sum(len(sheet.data_validations.dataValidation) for sheet in load_workbook(book).worksheets)
        for book in (path, saved)
    ]
    assert min(rules) > len(row_models())


@pytest.mark.gate
def test_cells_typed_in_libreoffice_are_the_same_district(tmp_path: Path) -> None:
    """At an Indonesian computer: ``-7,005``, 28/11/2026, ``ya`` and ``kecil`` of the lists."""
    (tmp_path / "berkas").mkdir()
    expected = read_district(sound_folder(tmp_path / "berkas").path)
    path = tmp_path / "kota.xlsx"
    path.write_bytes(build_workbook_template("kota", Words(language="id"), "id"))
    type_into(path, dict(typed_sheets(path)))
    (tmp_path / "kota").mkdir()
    (tmp_path / "kota" / "areas.geojson").write_text(json.dumps(AREAS))
    district = read_district(path)
    assert replace(same(district), settings={}) == replace(same(expected), settings={})
    (visit,) = load_workbook(path)["kalender"]["A5:A5"]
    assert visit[0].value == datetime(2026, 11, 28), "a day and no text"  # noqa: DTZ001


def typed_sheets(path: Path) -> Iterator[tuple[str, dict[tuple[int, int], str]]]:
    """What a person types, by sheet: numbers with a comma, and words of the lists."""
    book: Any = load_workbook(path)
    settings = book.worksheets[0]
    rows = {row[0].value: number for number, row in enumerate(settings, start=1)}
    yield settings.title, {(rows[name], 2): value for name, value in CELLS.items()}
    for name in TABLES:
        sheet = book[sheet_title(name, "id")]
        columns = {
            titles_of(row_models()[name])[cell.value]: cell.column
            for cell in sheet[2]
            if cell.value
        }
        yield (
            sheet.title,
            {
                (number, columns[column]): typed_text(column, text)
                for number, record in enumerate(Folder(path).records(name), start=5)
                for column, text in record.items()
            },
        )


def typed_text(column: str, text: str) -> str:
    """A cell as it is typed in Indonesia."""
    if column == "date":
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    words = {"class": "kecil", "classes": "kecil"}
    is_number = isinstance(typed(column, text), float)
    return words.get(column) or (text.replace(".", ",") if is_number else text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_workbook_only_wants_filling_in(tmp_path: Path, language: str) -> None:
    """Explanations and examples are no rows; its language is known before it is read."""
    path = tmp_path / "kota.xlsx"
    path.write_bytes(build_workbook_template("kota", Words(language=language), language))
    assert office_language(path) == language
    sheet = next(name for name, spoken in SETTINGS_SHEETS.items() if spoken == language)
    told = problems(path)
    assert told[0].startswith(f"kota.xlsx {sheet}!B4 ")
    assert len(told) == 6
    assert all("has a header, but no rows" in line for line in told[2:])


def test_a_setting_stands_in_its_row(tmp_path: Path) -> None:
    """A list in brackets, a number with a comma, and one that is none."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    rows = {row[0].value: row[0].row for row in load_workbook(path)["pengaturan"]}
    change(path, "pengaturan", f"B{rows['office.service_days']}", '["Jum"]')
    change(path, "pengaturan", f"B{rows['rates.turnout.point']}", "0,4")
    district = read_district(path)
    assert district.office.service_days == (4,)
    assert district.venues[0].turnout == 0.4
    change(path, "pengaturan", f"B{rows['rates.walk_m']}", "jauh")
    assert problems(path) == [
        f"kota.xlsx pengaturan!B{rows['rates.walk_m']} nilai: 'jauh' is not a number;"
        " write a number such as 12.5"
    ]


def test_a_row_that_is_no_setting_is_told(tmp_path: Path) -> None:
    """A name with one letter too many, and one inside a number."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    change(path, "pengaturan", "A200", "rates.walk_m")
    change(path, "pengaturan", "B200", 500)
    change(path, "pengaturan", "A201", "rates.walk_m.rt")
    change(path, "pengaturan", "B201", 500)
    change(path, "pengaturan", "A202", "rates.walkm")
    change(path, "pengaturan", "B202", 500)
    assert problems(path) == [
        "kota.xlsx pengaturan!B201 nilai: 'rates.walk_m.rt' is unknown; delete the row",
        "kota.xlsx pengaturan!B202 nilai: is not a known key; did you mean 'walk_m'?",
    ]


def test_a_workbook_and_a_folder_of_settings_are_two_districts(tmp_path: Path) -> None:
    """Nobody can know which of them holds."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    (tmp_path / "kota" / "planner.toml").write_text("[office]")
    assert problems(path) == [
        "kota.xlsx: and kota/planner.toml are both of the district; keep one of them"
    ]


def test_a_table_is_on_a_sheet_or_in_a_file(tmp_path: Path) -> None:
    """A file of vans beside the sheet."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    (tmp_path / "kota" / "vans.csv").write_text("id\n")
    assert problems(path) == [
        "kota.xlsx mobil, vans.csv: 2 sources for the table vans; keep one of them"
    ]


def test_a_sheet_with_another_name_is_told(tmp_path: Path) -> None:
    """A copy of a sheet is not read, nor guessed."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    book = load_workbook(path)
    book["mobil"].title = "mobil (2)"
    book.save(path)
    assert problems(path) == ["vans: has no sheet; name a sheet of kota.xlsx so"]


def test_any_other_workbook_is_none_of_a_district(tmp_path: Path) -> None:
    """An export has no sheet of settings."""
    Workbook().save(tmp_path / "ekspor.xlsx")
    with pytest.raises(InputError, match="is not the workbook of a district; take it in with"):
        read_district(tmp_path / "ekspor.xlsx")


def test_an_export_beside_a_folder_is_not_read(tmp_path: Path) -> None:
    """It has the name of the folder, by chance."""
    (tmp_path / "kota").mkdir()
    folder = sound_folder(tmp_path / "kota")
    expected = read_district(folder.path)
    Workbook().save(tmp_path / "kota.xlsx")
    assert read_district(folder.path) == expected


def test_a_damaged_workbook_names_no_language(tmp_path: Path) -> None:
    """Its part that names the sheets cannot be unpacked."""
    path = filled_workbook(tmp_path / "kota.xlsx")
    content = bytearray(path.read_bytes())
    with ZipFile(path) as parts:
        at = parts.getinfo("xl/workbook.xml").header_offset
    content[at + 60 : at + 90] = b"\xff" * 30
    path.write_bytes(content)
    assert office_language(path) is None
