"""A sound folder gives one district, whichever programs wrote its tables."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from geopandas import GeoDataFrame
from openpyxl import Workbook
from shapely.geometry import Point

from planner.district import DepotSite, District, Permission
from planner.errors import InputError
from planner.i18n.words import Words
from planner.inputs import read_district
from planner.model import Break
from planner.office.district_folder import check_district
from planner.render.overview_text import format_overview
from planner.venues import SCHOOL
from tests.builders.folders import SETTINGS, TABLES, Folder, sound_folder

SATURDAY, SUNDAY = 5, 6
HOUR_S = 3600
WHOLE = ("unrecorded", "unreachable", "pupils_16", "pupils_17", "kits", "cards", "npsn")
DECIMAL = ("lat", "lon", "share_in_rt", "turnout", "minutes_per_person")


def typed(column: str, text: str) -> Any:
    """A cell as a spreadsheet keeps it: numbers are floats, dates are dates."""
    if column in WHOLE or column in DECIMAL:
        return float(text)
    return datetime.fromisoformat(text) if column == "date" else text


def to_csv(folder: Folder, name: str) -> None:
    """Leave the table as it is."""


def to_office_csv(folder: Folder, name: str) -> None:
    """As an Indonesian Excel saves it: mark, CRLF, semicolons, decimal commas, stray spaces."""
    lines = []
    for row in folder.cells(name):
        cells = [f" {cell}\u00a0" if cell else " - " for cell in row]
        lines.append(";".join(f'"{cell}"' if ";" in cell else cell for cell in cells))
    header, *rows = lines
    text = "\r\n".join([header.upper(), *(row.replace("-7.0", "-7,0") for row in rows), ";;", ""])
    folder.write(f"{name}.csv", b"\xef\xbb\xbf" + text.encode())


def to_xlsx(folder: Folder, name: str) -> None:
    """As a workbook, with a remark above and another sheet beside."""
    book = Workbook()
    notes, sheet = book.worksheets[0], book.create_sheet(name)
    notes.append(["catatan"])
    sheet.append(["# ekspor"])
    sheet.append(folder.cells(name)[0])
    for record in folder.records(name):
        columns = folder.cells(name)[0]
        sheet.append(
            [typed(column, record[column]) if column in record else None for column in columns]
        )
    book.save(folder.path / f"{name}.xlsx")
    folder.remove(f"{name}.csv")


def to_geojson(folder: Folder, name: str) -> None:
    """As GeoJSON in degrees."""
    _frame(folder, name).to_file(folder.path / f"{name}.geojson")
    folder.remove(f"{name}.csv")


def to_geopackage(folder: Folder, name: str) -> None:
    """As a layer of district.gpkg."""
    _frame(folder, name).to_file(folder.path / "district.gpkg", layer=name)
    folder.remove(f"{name}.csv")


def _frame(folder: Folder, name: str) -> Any:
    records = [
        {column: typed(column, text) for column, text in record.items()}
        for record in folder.records(name)
    ]
    points = [
        Point(record.pop("lon"), record.pop("lat")) if "lat" in record else None
        for record in records
    ]
    columns = {
        column: [record.get(column) for record in records] for column in folder.cells(name)[0]
    }
    return GeoDataFrame(
        {column: values for column, values in columns.items() if column not in {"lat", "lon"}},
        geometry=points,
        crs=4326,
    )


FORMATS = {
    "office CSV": to_office_csv,
    "XLSX": to_xlsx,
    "GeoJSON": to_geojson,
    "GPKG": to_geopackage,
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The sound folder."""
    return sound_folder(tmp_path)


def plain(district: District) -> District:
    """The district without what depends on the files it is in."""
    return replace(district, sources={})


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS.keys())
def test_every_format_gives_the_same_district(
    folder: Folder, write: Callable[[Folder, str], None]
) -> None:
    """All seven tables as CSV of commas, then in another format."""
    expected = plain(read_district(folder.path))
    for name in TABLES:
        write(folder, name)
    assert plain(read_district(folder.path)) == expected


def test_rows_become_neighbourhoods(folder: Folder) -> None:
    """RT 001 has coordinates; RW 002 is a whole RW and lies in the middle of its border."""
    first, second = read_district(folder.path).neighbourhoods
    assert (first.id, first.backlog, first.reason) == ("99.71.01.1001 RW 001 RT 001", 26, "pindah")
    assert (second.rw, second.rt, second.unrecorded) == ("002", None, 25)
    assert (second.lat, second.lon) == pytest.approx((-7.005, 110.015))


def test_venues_take_defaults_of_their_kind(folder: Folder) -> None:
    """T1 has no hours: points are open 08.00-12.00 on service days; the bank on weekdays."""
    venues = {venue.id: venue for venue in read_district(folder.path).venues}
    morning = ((8 * HOUR_S, 12 * HOUR_S),)
    assert venues["T1"].hours == {SATURDAY: morning, SUNDAY: morning}
    assert venues["T2"].hours == {SUNDAY: ((8 * HOUR_S, 10 * HOUR_S),)}
    assert venues["K1"].hours == dict.fromkeys(range(5), ((8 * HOUR_S, 15 * HOUR_S),))
    assert [venues[name].permission for name in ("T1", "T2")] == [
        Permission.SENT,
        Permission.NOT_ASKED,
    ]
    assert venues["T1"].network is True


def test_permission_opens_schools_without_hours_of_their_own(folder: Folder) -> None:
    """With hours in its row, those hold; without, Saturday from 7 to 14 once it has agreed."""
    folder.write("planner.toml", SETTINGS + '[hours]\napproved_school = "Sab 07.00-14.00"\n')
    assert read_district(folder.path).venues[2].hours_if_approved == {}
    folder.edit("schools.csv", "Sab 07.00-12.00", "")
    district = read_district(folder.path)
    school = district.venues[2]
    assert SATURDAY not in school.hours
    assert school.usual_hours[SATURDAY] == ((7 * HOUR_S, 14 * HOUR_S),)
    lines = format_overview(check_district(district, "2026-W48"), Words(language="en"))
    assert any("approved_school: 1 school whose row" in line for line in lines)


def test_people_of_a_venue_are_counted(folder: Folder) -> None:
    """The school has 20 + 40 pupils, half of whom stand in rt too; the bank takes 4.5 minutes."""
    _, _, school, office = read_district(folder.path).venues
    assert (school.type, school.backlog, school.counted_in_rt) == (SCHOOL, 60, 30)
    assert (office.backlog, office.turnout, office.seconds_per_person) == (12, 0.9, 270)


def test_a_van_has_its_shift_and_break(folder: Folder) -> None:
    """07.30-14.00 on both days, 45 minutes of break between 11.30 and 13.00."""
    district = read_district(folder.path)
    (van,) = district.vehicles
    shift = (int(7.5 * HOUR_S), 14 * HOUR_S)
    assert van.shifts == {SATURDAY: shift, SUNDAY: shift}
    assert van.crew_break == Break(earliest_s=41400, latest_s=46800, length_s=2700)
    assert (van.start, van.end, van.max_people, van.max_stops) == ("kantor", "kantor", 150, None)
    assert district.depots == (
        DepotSite(id="kantor", name="Kantor Dukcapil", lat=-7.001, lon=110.001),
    )


def test_the_calendar_is_read_as_written(folder: Folder) -> None:
    """T1 is closed on 28 November."""
    (entry,) = read_district(folder.path).calendar
    assert (entry.date, entry.scope, entry.hours) == (date(2026, 11, 28), "T1", ())


def test_settings_have_defaults_in_whole_seconds(folder: Folder) -> None:
    """Three and a half minutes a pupil are 210 seconds."""
    district = read_district(folder.path)
    venues = {venue.id: venue for venue in district.venues}
    assert venues["99710001"].seconds_per_person == 210
    assert venues["T1"].turnout == 0.5
    rates = district.rates
    assert (rates.setup_s, rates.packup_s, rates.worth_s) == (1800, 1200, 900)


def test_worth_of_no_minutes_lets_driving_break_ties_only(folder: Folder) -> None:
    """`worth_min = 0` is no worth, not a division by nothing."""
    folder.edit("planner.toml", 'code = "99.71"', 'code = "99.71"\n[rates]\nworth_min = 0')
    assert read_district(folder.path).rates.worth_s is None


def test_every_file_has_its_fingerprint(folder: Folder) -> None:
    """SHA-256 of settings, tables and borders, by name."""
    folder.write("plan.pdf", b"not read")
    sources = read_district(folder.path).sources
    assert set(sources) == {"planner.toml", "areas.geojson", *(f"{name}.csv" for name in TABLES)}
    assert all(len(digits) == 64 for digits in sources.values())


def test_a_road_file_is_known_by_its_first_block(folder: Folder) -> None:
    """It may lie elsewhere; its fingerprint goes by the name in the settings."""
    (folder.path / "peta").mkdir()
    folder.write("peta/jalan.osm.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x7b")
    folder.edit(
        "planner.toml", 'code = "99.71"', 'code = "99.71"\n[roads]\nfile = "peta/jalan.osm.pbf"'
    )
    district = read_district(folder.path)
    assert district.roads == folder.path / "peta" / "jalan.osm.pbf"
    assert "peta/jalan.osm.pbf" in district.sources


def test_hours_with_other_speeds_are_read(folder: Folder) -> None:
    """On weekday mornings, and at all hours of Saturday; the other speeds keep their defaults."""
    folder.edit(
        "planner.toml",
        'code = "99.71"',
        """code = "99.71"
[roads]
speeds_kmh = {primary = 30}
bands = [
  {hours = "Sen-Jum 06.30-09.00", factor = 1.4, speeds_kmh = {primary = 15}},
  {hours = "Sab 00.00-24.00", factor = 0.9},
]""",
    )
    speeds = read_district(folder.path).speeds
    weekdays, saturday = speeds.bands
    assert speeds.by_highway_kmh == {"primary": 30}
    assert weekdays.hours == dict.fromkeys(range(5), ((23400, 32400),))
    assert (weekdays.factor, weekdays.by_highway_kmh) == (1.4, {"primary": 15})
    assert (saturday.hours, saturday.factor) == ({5: ((0, 86400),)}, 0.9)


def test_projected_layers_are_turned_into_degrees(folder: Folder) -> None:
    """The depots in UTM zone 49 south lie where they lie in degrees, to a centimetre."""
    _frame(folder, "depots").to_crs(32749).to_file(folder.path / "depots.gpkg", layer="depots")
    folder.remove("depots.csv")
    (depot,) = read_district(folder.path).depots
    assert (depot.lat, depot.lon) == pytest.approx((-7.001, 110.001), abs=1e-7)


def test_a_stale_column_beside_a_moved_point_is_a_problem(folder: Folder) -> None:
    """The depot was moved in QGIS, its column lat was not."""
    frame = _frame(folder, "depots")
    frame["lat"] = -7.1
    frame.to_file(folder.path / "depots.geojson")
    folder.remove("depots.csv")
    with pytest.raises(InputError, match=r"depots.geojson feature 1: has lat '-7.1', but is drawn"):
        read_district(folder.path)


def test_a_number_sign_inside_a_quoted_cell_is_no_comment(folder: Folder) -> None:
    """A note of two lines, of which the second begins with #."""
    folder.edit("points.csv", "contact,network", "note,network")
    folder.edit("points.csv", "Ketua RW 01", '"pintu\n# 2"')
    assert read_district(folder.path).venues[0].note == "pintu # 2"


def test_leading_zeros_are_kept(folder: Folder) -> None:
    """A school, and a point with the id 007."""
    folder.edit("schools.csv", "99710001", "09971001")
    folder.edit("points.csv", "T2,", "007,")
    assert [venue.id for venue in read_district(folder.path).venues] == [
        "T1",
        "007",
        "09971001",
        "K1",
    ]


def test_problems_of_all_files_come_at_once_in_their_order(folder: Folder) -> None:
    """Settings, rt, schools, points and vans have one fault each."""
    folder.edit("planner.toml", "99.71", "99-71")
    folder.edit("vans.csv", "kantor", "kantro")
    folder.edit("points.csv", "surat dikirim", "surat")
    folder.edit("schools.csv", "99710001", "9971001")
    folder.edit("rt.csv", ",25,", ",-3,")
    with pytest.raises(InputError, match=r"planner\.toml") as caught:
        read_district(folder.path)
    assert [problem.where for problem in caught.value.problems] == [
        "planner.toml [office] code",
        "rt.csv:4 unrecorded",
        "points.csv:2 permission",
        "schools.csv:2 npsn",
        "vans.csv:2 depot",
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A wrong path."""
    with pytest.raises(InputError, match=r"nowhere: is not a folder; write one with"):
        read_district(tmp_path / "nowhere")


def test_one_row_names_the_kecamatan_for_all(folder: Folder) -> None:
    """The first of three borders in 99.71.01 says it; without any, nobody knows."""
    assert {area.kecamatan for area in read_district(folder.path).areas} == {""}
    areas = (folder.path / "areas.geojson").read_text(encoding="utf-8")
    named = areas.replace('"name": "Melati"', '"name": "Melati", "kecamatan": "Utara"', 1)
    folder.write("areas.geojson", named)
    assert {area.kecamatan for area in read_district(folder.path).areas} == {"Utara"}


def test_reading_changes_no_file(folder: Folder) -> None:
    """Names and bytes stay as they were."""
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    read_district(folder.path)
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == before


def test_the_sound_folder_has_one_warning(folder: Folder) -> None:
    """It has no road file."""
    assert read_district(folder.path).warnings == (
        "there is no road file: driving is estimated along straight lines",
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "warning"),
    [
        ("schools.csv", "disetujui", "ditolak", "no permission is 'disetujui'"),
        ("points.csv", "110.016", "110.004", "T1, T2 have the same coordinates"),
        ("vans.csv", "Sab-Min", "Sen-Jum", "van A has no shift on the service days Sab, Min"),
    ],
)
def test_odd_but_legal_input_is_a_warning(
    folder: Folder, name: str, old: str, new: str, warning: str
) -> None:
    """The district is read all the same."""
    folder.edit(name, old, new)
    assert any(warning in told for told in read_district(folder.path).warnings)


def test_a_table_of_almost_the_right_name_is_a_warning(folder: Folder) -> None:
    """school.csv is not schools.csv."""
    (folder.path / "schools.csv").rename(folder.path / "school.csv")
    warnings = read_district(folder.path).warnings
    assert "school.csv: is not read; did you mean 'schools.csv'?" in warnings


@pytest.mark.parametrize(
    ("extract", "remedy"),
    [
        ("kalimantan-latest.osm.pbf", "rename it to roads.osm.pbf"),
        ("map.osm", "save it in PBF as roads.osm.pbf"),
    ],
)
def test_a_road_file_of_another_name_is_a_warning(
    folder: Folder, extract: str, remedy: str
) -> None:
    """As it was downloaded; driving is estimated without it."""
    folder.write(extract, b"x")
    warnings = read_district(folder.path).warnings
    assert any(told.startswith(f"{extract}: is not read; {remedy}") for told in warnings)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rt.csv", "code,kelurahan", "KODE,Kelurahan/Desa"),
        (
            "rt.csv",
            "unrecorded,unreachable,reason,lat,lon",
            "BLM_REKAM,unreachable,alasan,Lintang,Y",
        ),
        (
            "points.csv",
            "id,name,kind,address,lat,lon",
            "Kode,Nama Tempat,jenis,Alamat,lat,Longitude",
        ),
        ("schools.csv", "npsn,name,kind", "NPSN,Nama Sekolah,Bentuk Pendidikan"),
        ("vans.csv", "id,plate,class,kits,depot", "kode,No. Polisi,kelas,Jumlah Alat,pangkalan"),
    ],
)
def test_titles_of_exports_are_as_good_as_ours(
    folder: Folder, name: str, old: str, new: str
) -> None:
    """In Indonesian, in capitals, with other signs between the words."""
    expected = read_district(folder.path)
    folder.edit(name, old, new.replace(",Y", ",lon"))
    district = read_district(folder.path)
    assert replace(district, sources={}) == replace(expected, sources={})


def test_borders_of_the_map_agency_are_read(folder: Folder) -> None:
    """Its titles are KDEPUM and WADMKD; further ones are listed."""
    text = (folder.path / "areas.geojson").read_text(encoding="utf-8")
    text = text.replace('"code"', '"KDEPUM"').replace(
        '"name": "Melati"', '"WADMKD": "Melati", "LUAS": 9'
    )
    folder.write("areas.geojson", text)
    district = read_district(folder.path)
    assert {area.name for area in district.areas} == {"Melati"}
    assert "areas.geojson: columns that are not read: luas" in district.warnings


def test_a_title_row_and_totals_are_skipped_with_a_word(folder: Folder) -> None:
    """As a report has them above and below its table."""
    expected = read_district(folder.path)
    folder.edit("rt.csv", "code,kelurahan", "DATA RT, KOTA KECIL,,,,,,\n\ncode,kelurahan")
    text = (folder.path / "rt.csv").read_text(encoding="utf-8")
    folder.write("rt.csv", text + "JUMLAH,,,,55,4,,,\n")
    district = read_district(folder.path)
    assert district.neighbourhoods == expected.neighbourhoods
    assert district.warnings[:2] == (
        "rt.csv: 1 title row above the header is not read",
        "rt.csv:7: a row of totals is not read",
    )


@pytest.mark.parametrize(
    "total",
    [
        *("99.71.01,,,,55,4,,,", "9971,,,,55,,,,", "Jumlah Kecamatan Barat,,,,55,,,,"),
        *(",JUMLAH MELATI,,,55,,,,", ",Sub Total Melati,,,55,,,,"),
    ],
)
def test_rows_of_larger_regions_are_never_counted_too(folder: Folder, total: str) -> None:
    """A kecamatan and a kota between the RT that they add up."""
    expected = read_district(folder.path)
    text = (folder.path / "rt.csv").read_text(encoding="utf-8")
    folder.write("rt.csv", f"{text}{total}\n")
    district = read_district(folder.path)
    assert district.neighbourhoods == expected.neighbourhoods
    assert district.warnings[0] == "rt.csv:5: a row of totals is not read"


@pytest.mark.parametrize(
    "total", [",,,,55,4,,,", "99.71.01.1001,Melati,,,55,,,,", "99.71.01.1001,Melati,001,,30,,,,"]
)
def test_sums_without_a_word_are_not_counted_too(folder: Folder, total: str) -> None:
    """Below the table, of the kelurahan, and of RW 001."""
    expected = read_district(folder.path)
    text = (folder.path / "rt.csv").read_text(encoding="utf-8")
    folder.write("rt.csv", f"{text}{total}\n")
    district = read_district(folder.path)
    assert district.neighbourhoods == expected.neighbourhoods
    assert "rt.csv:5: a row of totals is not read" in district.warnings


def test_many_rows_of_totals_are_told_once(folder: Folder) -> None:
    """Three and how many follow."""
    text = (folder.path / "rt.csv").read_text(encoding="utf-8")
    folder.write("rt.csv", text + "JUMLAH,,,,55,,,,\n" * 20)
    warnings = read_district(folder.path).warnings[:4]
    assert [str(warning) for warning in warnings] == [
        *(f"rt.csv:{number}: a row of totals is not read" for number in (5, 6, 7)),
        "and 17 more rows like these",
    ]


@pytest.mark.parametrize("total", [",,,,56,4,,,", "99.71.01.1001,Melati,,,54,,,,"])
def test_what_is_no_sum_is_a_row_with_a_fault(folder: Folder, total: str) -> None:
    """One more, and one less, than the rows have together."""
    text = (folder.path / "rt.csv").read_text(encoding="utf-8")
    folder.write("rt.csv", f"{text}{total}\n")
    with pytest.raises(InputError, match=r"rt\.csv:5 (code: is blank|rt: counts the whole)"):
        read_district(folder.path)


def test_a_column_that_may_be_the_missing_one_is_named(folder: Folder) -> None:
    """An id under a title that nobody knows."""
    folder.edit("points.csv", "id,name", "kode titik,name")
    with pytest.raises(InputError, match=r"id: .*; add the column, or rename one of kode_titik;"):
        read_district(folder.path)


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("contact", "kontak_kami", "points.csv: columns that are not read: kontak_kami"),
        (
            "permission",
            "permision",
            "points.csv: the column 'permision' is not read; did you mean 'permission'?",
        ),
        ("network", "jam_operasional", "points.csv: columns that are not read: jam_operasional"),
    ],
)
def test_further_columns_are_listed_once(folder: Folder, old: str, new: str, warning: str) -> None:
    """A near name is suggested, never a wrong one."""
    folder.edit("points.csv", old, new)
    assert warning in read_district(folder.path).warnings


PNG = b"\x89PNG\r\n\x1a\n"


def with_logo(tmp_path: Path, content: bytes | None) -> Folder:
    """The sound folder whose settings name a logo."""
    folder = sound_folder(tmp_path)
    folder.edit("planner.toml", 'code = "99.71"\n', 'code = "99.71"\nlogo = "logo.png"\n')
    if content is not None:
        (folder.path / "logo.png").write_bytes(content)
    return folder


def test_the_logo_of_the_settings_is_read(tmp_path: Path) -> None:
    """It is an input like the tables."""
    district = read_district(with_logo(tmp_path, PNG).path)
    assert district.logo == PNG
    assert "logo.png" in district.sources


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "logo: 'logo.png' is not in the folder; put it there, or delete the line"),
        (b"<svg/>", "logo: 'logo.png' is not a picture; save it as PNG or JPEG"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_named(
    tmp_path: Path, content: bytes | None, problem: str
) -> None:
    """Missing, or of another format."""
    with pytest.raises(InputError, match=problem):
        read_district(with_logo(tmp_path, content).path)
