"""Every kind of bad input gives one clear message, and no follow-ups."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from openpyxl import Workbook
from shapely.geometry import Point

from planner.errors import InputError
from planner.inputs import read_district
from tests.builders.folders import AREAS, Folder, sound_folder
from tests.builders.person_numbers import note_given

Change = Callable[[Folder], None]


def edit(name: str, old: str, new: str) -> Change:
    """Replace a text in a file."""
    return lambda folder: folder.edit(name, old, new)


def write(name: str, text: str | bytes) -> Change:
    """Put a file there, or another in its place."""
    return lambda folder: folder.write(name, text)


def remove(name: str) -> Change:
    """Take a file away."""
    return lambda folder: folder.remove(name)


def add_line(name: str, line: str) -> Change:
    """Put a line under a table."""

    def change(folder: Folder) -> None:
        folder.write(name, (folder.path / name).read_bytes() + line.encode() + b"\n")

    return change


def as_workbook(name: str, cell: str = "A1", value: str | int = "") -> Change:
    """A table as XLSX instead of CSV, one cell changed."""

    def change(folder: Folder) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in folder.cells(name):
            sheet.append(row)
        if value:
            sheet[cell] = value
        book.save(folder.path / f"{name}.xlsx")
        folder.remove(f"{name}.csv")

    return change


def name_kecamatan(*names: str) -> Change:
    """Borders that say which kecamatan they lie in."""

    def change(folder: Folder) -> None:
        areas = json.loads(json.dumps(AREAS))
        for feature, name in zip(areas["features"], names, strict=True):
            feature["properties"]["kecamatan"] = name
        folder.write("areas.geojson", json.dumps(areas))

    return change


def leave(name: str, new: str, text: str | bytes) -> Change:
    """A file in place of another."""

    def change(folder: Folder) -> None:
        folder.remove(name)
        folder.write(new, text)

    return change


def in_layer(layer: str) -> Change:
    """The depots in a GeoPackage of their name, in a layer of another."""

    def change(folder: Folder) -> None:
        folder.remove("depots.csv")
        places = GeoDataFrame({"id": ["kantor"]}, geometry=[Point(110.0, -7.0)], crs=4326)
        places.to_file(folder.path / "depots.gpkg", layer=layer)

    return change


def both(*changes: Change) -> Change:
    """Several changes."""

    def change(folder: Folder) -> None:
        for each in changes:
            each(folder)

    return change


def draw(feature: int, **geometry: object) -> Change:
    """Another geometry of an area."""

    def change(folder: Folder) -> None:
        areas = json.loads(json.dumps(AREAS))
        areas["features"][feature]["geometry"] = geometry
        folder.write("areas.geojson", json.dumps(areas))

    return change


SWAPPED = [[[-7.01, 110.0], [-7.0, 110.0], [-7.0, 110.1], [-7.01, 110.0]]]

CASES: dict[str, tuple[Change, str]] = {
    # Files
    "missing file": (
        remove("vans.csv"),
        "vans: has no file; write vans.csv, or start with `planner init`",
    ),
    "missing settings": (
        remove("planner.toml"),
        "planner.toml: is missing; write one with `planner init`",
    ),
    "two files for one table": (
        write("vans.geojson", "{}"),
        "vans.csv, vans.geojson: 2 sources for the table vans; keep one of them",
    ),
    "format not read": (
        leave("points.csv", "points.xls", "x"),
        "points.xls: is not read; save the table as points.xlsx or points.csv",
    ),
    "table as it came by mail": (
        leave("vans.csv", "vans.zip", "x"),
        "vans.zip: is not read; unpack it, and put the table here as vans.xlsx or .csv",
    ),
    "optional table in a document": (
        leave("schools.csv", "schools.docx", "x"),
        "schools.docx: is not read; save the table as schools.xlsx or schools.csv",
    ),
    "borders of another program": (
        leave("areas.geojson", "areas.kml", "x"),
        "areas.kml: is not read; open it in QGIS and save it as areas.geojson",
    ),
    "second download": (
        leave("rt.csv", "rt (1).csv", "x"),
        "rt (1).csv: is not read; did you mean 'rt.csv'?",
    ),
    "empty file": (
        write("depots.csv", ""),
        "depots.csv: is empty; write a header and rows, see docs/inputs.md",
    ),
    "empty table": (
        write("vans.csv", "id,plate,class,kits,depot\n"),
        "vans.csv: has a header, but no rows; write at least one row",
    ),
    "not UTF-8": (
        write("depots.csv", b"id,name,lat,lon\nkantor,Caf\x81,-7.001,110.001\n"),
        "depots.csv: is not UTF-8 text; save it as 'CSV UTF-8'",
    ),
    "unclosed quote": (
        edit("depots.csv", "Kantor Dukcapil", '"Kantor Dukcapil'),
        "depots.csv: is not a CSV file",
    ),
    "broken workbook": (
        leave("vans.csv", "vans.xlsx", b"PK\x03\x04broken"),
        "vans.xlsx: cannot be read",
    ),
    "broken GeoJSON": (
        write("areas.geojson", json.dumps(AREAS)[:-30]),
        "areas.geojson: cannot be read",
    ),
    "broken GeoPackage": (
        write("district.gpkg", b"SQLite format 3\x00broken"),
        "district.gpkg: cannot be read (neither GeoJSON nor GeoPackage); export it again from QGIS",
    ),
    "GeoPackage without the layer": (
        in_layer("bases"),
        "depots.gpkg: has no layer 'depots'; rename one of: bases",
    ),
    "broken road file": (
        write("roads.osm.pbf", b"<html>404</html>"),
        "roads.osm.pbf: is not an OpenStreetMap extract in PBF; download it again, with a "
        "name that ends in .osm.pbf",
    ),
    "road file not there": (
        add_line("planner.toml", '[roads]\nfile = "jalan.osm.pbf"'),
        "planner.toml [roads] file: 'jalan.osm.pbf' is not in the folder; put it there, or "
        "delete the line",
    ),
    "areas without borders": (
        leave("areas.geojson", "areas.csv", "code,name\n99.71.01.1001,Melati\n"),
        "areas.csv: cannot hold borders; save it as areas.geojson or areas.gpkg",
    ),
    # Settings
    "wrong TOML": (
        edit("planner.toml", 'code = "99.71"', "code = 99,71"),
        "planner.toml:3: is not TOML",
    ),
    "unknown setting": (
        add_line("planner.toml", "[rates]\nturnuot = {point = 0.4}"),
        "planner.toml [rates] turnuot: is not a known key; did you mean 'turnout'?",
    ),
    "unknown setting of a group": (
        add_line("planner.toml", "[rates]\nturnout = {points = 0.4}"),
        "planner.toml [rates] turnout.points: is not a known key; did you mean 'point'?",
    ),
    "unknown section": (
        add_line("planner.toml", "[rate]\nwalk_m = 500"),
        "planner.toml [rate]: is not a known key; did you mean 'rates'?",
    ),
    "missing section": (
        write("planner.toml", ""),
        "planner.toml [office]: is missing; add it",
    ),
    "setting out of range": (
        add_line("planner.toml", "[rates]\nturnout = {point = 1.5}"),
        "planner.toml [rates] turnout.point: '1.5' is above 1; use 0 to 1",
    ),
    "text for a number": (
        add_line("planner.toml", '[rates]\nwalk_m = "jauh"'),
        "planner.toml [rates] walk_m: 'jauh' is not a number; write a number such as 12.5",
    ),
    "not a number": (
        add_line("planner.toml", "[rates]\nwalk_m = nan"),
        "planner.toml [rates] walk_m: 'nan' is not a number; write a number such as 12.5",
    ),
    "infinite": (
        add_line("planner.toml", "[roads]\nfactor = inf"),
        "planner.toml [roads] factor: 'inf' is not a number; write a number such as 12.5",
    ),
    "unknown kind of road": (
        add_line("planner.toml", "[roads]\nspeeds_kmh = {residental = 12}"),
        "planner.toml [roads] speeds_kmh: 'residental' is not a type of road that vans use; "
        "did you mean 'residential'?",
    ),
    "speed of nothing": (
        add_line("planner.toml", "[roads]\nspeeds_kmh = {primary = 0}"),
        "planner.toml [roads] speeds_kmh.primary: '0' is not above 0",
    ),
    "unknown setting of hours with other speeds": (
        add_line("planner.toml", '[[roads.bands]]\nhours = "Sen 07.00-09.00"\nfaktor = 2'),
        "planner.toml [roads] bands.0.faktor: is not a known key; did you mean 'factor'?",
    ),
    "hours with other speeds that are none": (
        add_line("planner.toml", '[[roads.bands]]\nhours = "pagi"\nfactor = 2'),
        "planner.toml [roads] bands.0.hours: 'pagi' is not a day",
    ),
    "not a section": (
        write("planner.toml", 'rates = 3\n[office]\nname = "Dinas"\ncode = "99.71"\n'),
        "planner.toml [rates]: '3' does not fit here; correct the value",
    ),
    "unknown day": (
        edit("planner.toml", 'name = "Dinas Kota Kecil"', 'name = "D"\nservice_days = ["Sbr"]'),
        "planner.toml [office] service_days: 'Sbr' is not a day; did you mean 'Sab'?",
    ),
    "unknown zone": (
        edit("planner.toml", 'name = "Dinas Kota Kecil"', 'name = "D"\ntimezone = "GMT"'),
        "planner.toml [office] timezone: 'GMT' is unknown; use WIB, WITA, WIT",
    ),
    "office code of another shape": (
        edit("planner.toml", "99.71", "9971011"),
        "planner.toml [office] code: '9971011' is not the code of a kabupaten or kota; "
        'use the Kemendagri code between quotes, such as "31.71"',
    ),
    "default hours": (
        add_line("planner.toml", '[hours]\nvan = "07.30-14.00, 15.00-16.00"'),
        "planner.toml [hours] van: '07.30-14.00, 15.00-16.00' has 2 shifts a day; write one, "
        "and a break in the column break",
    ),
    # Header
    "wrong header": (
        edit("points.csv", "kind,address", "kinds,address"),
        "points.csv:1 kind: is not in the header; rename the column 'kinds'",
    ),
    "no header": (
        edit("depots.csv", "id,name,lat,lon\n", ""),
        "depots.csv:1: names none of the columns id, name, lat, lon; make it the header, or "
        "begin it with # if it is a comment",
    ),
    "missing column": (
        edit("offices.csv", "kind,address", "note,address"),
        "offices.csv:1 kind: is not in the header; add the column",
    ),
    "column twice": (
        edit("vans.csv", "shift,break", "shift,shift"),
        "vans.csv:1 shift: is in the header twice; keep one of them",
    ),
    "list of persons": (
        write("rt.csv", "NIK,NO_KK,NAMA_LGKP,TGL_LHR,ALAMAT\n1,2,x,y,z\n"),
        "rt.csv: is a list of persons, with ALAMAT, NAMA_LGKP, NIK, NO_KK, TGL_LHR; give "
        "counts only: personal data must not enter the planner",
    ),
    "addresses in rt": (
        edit("rt.csv", "reason", "ALAMAT"),
        "rt.csv: is a list of persons, with ALAMAT; give counts only: personal data must not "
        "enter the planner",
    ),
    "NIK in a cell": (
        edit("points.csv", "Ketua RW 01", "9971010101010001"),
        "points.csv:2 contact: contains 16 digits, like a NIK; remove it: personal data must "
        "not enter",
    ),
    "NIK under no column": (
        edit("depots.csv", "110.001", "110.001,9971010101010001"),
        "depots.csv:2: '****************' is not under any column; put a cell that contains "
        "the separator in double quotes, or name the column",
    ),
    "comma in a cell": (
        edit("points.csv", "Balai RW 01,", "Balai RW 01, lantai 2,"),
        "points.csv:2: 'ya' is not under any column; put a cell that contains the separator in "
        "double quotes, or name the column",
    ),
    "decimal comma in commas": (
        edit("depots.csv", "-7.001", "-7,001"),
        "depots.csv:2: '110.001' is not under any column; put a cell that contains the "
        "separator in double quotes, or name the column",
    ),
    "short row": (
        edit("depots.csv", ",110.001", ""),
        "depots.csv:2: has 3 cells, the header has 4; complete the row with separators",
    ),
    # Values
    "no minutes at all": (
        edit("offices.csv", "4.5", "0"),
        "offices.csv:2 minutes_per_person: '0' is not above 0; use a number above 0",
    ),
    "blank": (
        edit("points.csv", "T2,Balai RW 02", "T2,"),
        "points.csv:3 name: is blank; fill it in",
    ),
    "negative count": (
        edit("rt.csv", ",25,", ",-3,"),
        "rt.csv:4 unrecorded: '-3' is negative; use 0 or more",
    ),
    "text in a number column": (
        edit("rt.csv", ",25,", ",dua lima,"),
        "rt.csv:4 unrecorded: 'dua lima' is not a whole number; write digits only, such as 1250",
    ),
    "thousands dot": (
        edit("rt.csv", ",25,", ",1.025,"),
        "rt.csv:4 unrecorded: '1.025' is not a whole number; write digits only, such as 1250",
    ),
    "half a person": (
        edit("offices.csv", ",12,", ",12.5,"),
        "offices.csv:2 unrecorded: '12.5' is not a whole number; write digits only, such as 1250",
    ),
    "NaN": (
        edit("rt.csv", ",25,", ",NaN,"),
        "rt.csv:4 unrecorded: 'NaN' is not a whole number; write digits only, such as 1250",
    ),
    "infinite latitude": (
        edit("depots.csv", "-7.001", "-inf"),
        "depots.csv:2 lat: '-inf' is not a number; write a number such as 12.5",
    ),
    "minutes too many to be seconds": (
        add_line("planner.toml", "[rates]\nsetup_min = 1e308"),
        "planner.toml [rates] setup_min: '1e+308' is too large; write a number such as 12.5",
    ),
    "a speed too small to be one": (
        add_line("planner.toml", "[roads]\nstraight_kmh = 5e-324"),
        "planner.toml [roads] straight_kmh: '5e-324' is below 1e-09; use 1e-09 or more",
    ),
    "a latitude too large to be": (
        edit("depots.csv", "-7.001", "1e999"),
        "depots.csv:2 lat: '1e999' is too large; write a number such as 12.5",
    ),
    "share in percent": (
        edit("schools.csv", ",0.5,", ",50,"),
        "schools.csv:2 share_in_rt: '50' is above 1; use 0 to 1",
    ),
    "negative weight": (
        both(
            edit("offices.csv", "minutes_per_person", "weight"), edit("offices.csv", "4.5", "-4.5")
        ),
        "offices.csv:2 weight: '-4.5' is negative; use 0 or more",
    ),
    "no kits": (
        edit("vans.csv", ",2,kantor", ",0,kantor"),
        "vans.csv:2 kits: '0' is below 1; use 1 or more",
    ),
    "kits of a whole country": (
        edit("vans.csv", ",2,kantor", ",1000000000,kantor"),
        "vans.csv:2 kits: '1000000000' is above 100; use 1 to 100",
    ),
    "NPSN": (
        edit("schools.csv", "99710001", "9971001"),
        "schools.csv:2 npsn: '9971001' has 7 characters; an NPSN has 8",
    ),
    "NPSN with a sign": (
        edit("schools.csv", "99710001", "9971-001"),
        "schools.csv:2 npsn: '9971-001' is not an NPSN; use 8 letters and digits",
    ),
    "region code": (
        edit("rt.csv", "99.71.01.1001,Melati,001", "99.71.01,Melati,001"),
        "rt.csv:3 code: '99.71.01' is not the code of a kelurahan; use the Kemendagri code, "
        "such as 31.71.01.1001 (a BPS code is another one)",
    ),
    "RW": (
        edit("rt.csv", ",002,", ",dua,"),
        "rt.csv:4 rw: 'dua' is not an RT or RW number; write 1, 01, 001 or 001/02",
    ),
    "RT of another RW": (
        edit("rt.csv", ",001,001,", ",001,001/02,"),
        "rt.csv:3 rt: '001/02' does not match the RW in the column rw; correct one of the two",
    ),
    "permission": (
        edit("points.csv", "surat dikirim", "surat terkirim"),
        "points.csv:2 permission: 'surat terkirim' is not a permission status; did you mean "
        "'surat dikirim'?",
    ),
    "yes or no": (
        edit("points.csv", "Ketua RW 01,ya", "Ketua RW 01,mungkin"),
        "points.csv:2 network: 'mungkin' is neither yes nor no; write ya or tidak",
    ),
    "shift ends before it starts": (
        edit("vans.csv", "07.30-14.00", "14.00-07.30"),
        "vans.csv:2 shift: 'Sab-Min 14.00-07.30' ends before it starts; swap or correct the times",
    ),
    "two shifts a day": (
        edit("vans.csv", "Sab-Min 07.30-14.00", "Sab 07.30-10.00; Sab 11.00-14.00"),
        "vans.csv:2 shift: 'Sab 07.30-10.00; Sab 11.00-14.00' has 2 shifts a day; write one, "
        "and a break in the column break",
    ),
    "hours without a day": (
        edit("points.csv", "Min 08.00", "08.00"),
        "points.csv:3 hours: '08.00-10.00' has no day; write for example 'Sab 08.00-10.00'",
    ),
    "unknown day of hours": (
        edit("points.csv", "Min 08.00", "Mingu 08.00"),
        "points.csv:3 hours: 'Mingu' is not a day; did you mean 'Min'?",
    ),
    "hours that overlap": (
        edit("points.csv", "Min 08.00-10.00", "Min 08.00-10.00; Min 09.00-11.00"),
        "points.csv:3 hours: 'Min 08.00-10.00; Min 09.00-11.00' has hours that overlap; join "
        "or correct the hours",
    ),
    "no such time": (
        edit("points.csv", "08.00-10.00", "08.00-10.75"),
        "points.csv:3 hours: 'Min 08.00-10.75' has a time that does not exist; use 00.00 to 24.00",
    ),
    "hours no one can read": (
        edit("points.csv", "Min 08.00-10.00", "Min pagi"),
        "points.csv:3 hours: 'pagi' is not a day; use Sen, Sel, Rab, Kam, Jum, Sab, Min",
    ),
    "hours without an end": (
        edit("points.csv", "Min 08.00-10.00", "Min 08.00 - selesai"),
        "points.csv:3 hours: 'Min 08.00 - selesai' cannot be read as hours; write "
        "'Sab 08.00-12.00; Min 08.00-12.00, 13.00-15.00'",
    ),
    "link without coordinates": (
        edit("points.csv", "-7.005,110.016", "https://maps.app.goo.gl/x1,110.016"),
        "points.csv:3 lat: 'https://maps.app.goo.gl/x1' is a link without coordinates; open it, "
        "and copy the two numbers from the map, such as -6.1754, 106.8272",
    ),
    "break": (
        edit("vans.csv", "11.30-13.00 45", "11.30-13.00"),
        "vans.csv:2 break: '11.30-13.00' cannot be read as a break; write for example "
        "'11.30-13.00 45'",
    ),
    "date in 1899": (
        edit("calendar.csv", "2026-11-28", "1899-12-30"),
        "calendar.csv:2 date: '1899-12-30' is not between 2020 and 2099; write the date again "
        "(an empty date cell of Excel shows as 1899 or 1900)",
    ),
    "month first": (
        edit("calendar.csv", "2026-11-28", "11/28/2026"),
        "calendar.csv:2 date: '11/28/2026' is not a date; write 28/11/2026 or 2026-11-28, day "
        "first",
    ),
    "far date": (
        edit("calendar.csv", "2026-11-28", "2206-11-28"),
        "calendar.csv:2 date: '2206-11-28' is not between 2020 and 2099; write the date again "
        "(an empty date cell of Excel shows as 1899 or 1900)",
    ),
    "calendar without hours": (
        edit("calendar.csv", "tutup", ""),
        "calendar.csv:2 hours: is blank; fill it in",
    ),
    # Spreadsheets
    "failed formula": (
        as_workbook("depots", "C2", "#REF!"),
        "depots.xlsx Sheet!C2 lat: '#REF!' is a formula that failed; correct it in the spreadsheet",
    ),
    "formula without a result": (
        as_workbook("offices", "G2", "=10+2"),
        "offices.xlsx Sheet!G2 unrecorded: '=10+2' is a formula without a result; open and "
        "save it in Excel",
    ),
    "cell of a workbook": (
        as_workbook("schools", "A2", 9971001),
        "schools.xlsx Sheet!A2 npsn: '9971001' has 7 characters; an NPSN has 8",
    ),
    # Relations
    "swapped coordinates": (
        edit("points.csv", "-7.005,110.004", "110.004,-7.005"),
        "points.csv:2 lat: lat '110.004' and lon '-7.005' look swapped; swap them",
    ),
    "coordinates elsewhere": (
        edit("points.csv", "-7.005,110.004", "0.005,10.004"),
        "points.csv:2 lat: lat '0.005' and lon '10.004' are not in Indonesia; use degrees with "
        "a decimal point or comma, such as -6.1754 and 106.8272",
    ),
    "lost decimal point": (
        edit("points.csv", "-7.005,110.004", "-7005,110004"),
        "points.csv:2 lat: lat '-7005' and lon '110004' are not in Indonesia; use degrees with "
        "a decimal point or comma, such as -6.1754 and 106.8272",
    ),
    "point outside the district": (
        edit("points.csv", "-7.005,110.004", "-7.105,110.004"),
        "points.csv:2 lat: lat '-7.105' and lon '110.004' are more than 2 km from all areas; "
        "correct the coordinates",
    ),
    "depot outside the district": (
        edit("depots.csv", "-7.001", "-6.001"),
        "depots.csv:2 lat: lat '-6.001' and lon '110.001' are more than 50 km from all areas; "
        "correct the coordinates",
    ),
    "home outside the district": (
        edit("rt.csv", "-7.005,110.005", "-7.105,110.005"),
        "rt.csv:3 lat: lat '-7.105' and lon '110.005' are more than 2 km from all areas; "
        "correct the coordinates",
    ),
    "home without coordinates": (
        remove("areas.geojson"),
        "rt.csv: rows without lat and lon: 1 (rt.csv:4), in Melati (1); give both, or put the "
        "borders of these kelurahan into areas.geojson: people are then placed along their streets",
    ),
    "kelurahan beside its parts": (
        add_line("rt.csv", "99.71.01.1001,Melati,,,7,,,,"),
        "rt.csv:5 rt: counts the whole kelurahan, but rt.csv:4 has a part of it; keep the whole or "
        "its parts: people must not be counted twice",
    ),
    "half a coordinate": (
        edit("rt.csv", "-7.005,110.005", "-7.005,"),
        "rt.csv:3 lat: only one of lat and lon is given; give both",
    ),
    "duplicate id": (
        edit("points.csv", "T2,", "T1,"),
        "points.csv:3 id: 'T1' is already in points.csv:2; keep one of them, or correct it",
    ),
    "duplicate id of two tables": (
        edit("offices.csv", "K1,", "T2,"),
        "offices.csv:2 id: 'T2' is already in points.csv:3; keep one of them, or correct it",
    ),
    "duplicate depot": (
        add_line("depots.csv", "kantor,Pool,-7.002,110.002"),
        "depots.csv:3 id: 'kantor' is already in depots.csv:2; keep one of them, or correct it",
    ),
    "duplicate RT": (
        add_line("rt.csv", "9971011001,Melati,1,1,12,,,-7.005,110.005"),
        "rt.csv:5 rt: '99.71.01.1001 001 001' is already in rt.csv:3; keep one of them, or "
        "correct it",
    ),
    "RW and its RT": (
        add_line("rt.csv", "9971011001,Melati,2,4,12,,,-7.005,110.015"),
        "rt.csv:4 rt: counts the whole RW 002, but its RT 004 has a row of its own; keep the "
        "RW or its RT: people must not be counted twice",
    ),
    "more unreachable than unrecorded": (
        edit("rt.csv", ",30,4,", ",30,40,"),
        "rt.csv:3 unreachable: '40' is more than the 30 unrecorded; correct one of the two",
    ),
    "unknown depot": (
        edit("vans.csv", ",2,kantor", ",2,kantro"),
        "vans.csv:2 depot: 'kantro' is not in depots; did you mean 'kantor'?",
    ),
    "depot by its name": (
        edit("vans.csv", ",2,kantor", ",2,Kantor Dukcapil"),
        "vans.csv:2 depot: 'Kantor Dukcapil' is not in depots; write its id 'kantor'",
    ),
    "code of another kabupaten": (
        edit("rt.csv", "99.71.01.1001,Melati,001", "99.72.01.1001,Melati,001"),
        "rt.csv:3 code: '99.72.01.1001' is not in kabupaten or kota 99.71; correct the code, "
        "or [office] code in planner.toml",
    ),
    "code without a border": (
        edit("rt.csv", "99.71.01.1001,Melati,001", "99.71.01.1002,Melati,001"),
        "rt.csv:3 code: '99.71.01.1002' is not in areas; did you mean '99.71.01.1001'?",
    ),
    "name of another kelurahan": (
        edit("rt.csv", "Melati,001", "Mawar,001"),
        "rt.csv:3 kelurahan: 'Mawar' is called 'Melati' in areas; correct the name, or the "
        "code 99.71.01.1001",
    ),
    "two names for a kecamatan": (
        name_kecamatan("Utara", "UTARA", "Selatan"),
        "areas.geojson feature 3 kecamatan: 'Selatan' is called 'Utara' in a row above; "
        "correct the name, or the code 99.71.01.1001",
    ),
    "unknown class": (
        edit("schools.csv", ",small\n", ",smal\n"),
        "schools.csv:2 classes: no van has the class 'smal'; did you mean 'small'?",
    ),
    "class no place takes": (
        both(
            edit("vans.csv", "small", "bus"),
            edit("points.csv", "contact,network", "classes,network"),
            edit("points.csv", "Ketua RW 01", "small large"),
            edit("points.csv", "08.00-10.00,,,", "08.00-10.00,,small,"),
            edit("offices.csv", "minutes_per_person", "classes"),
            edit("offices.csv", "4.5", "large"),
        ),
        "vans.csv:2 class: no place accepts vans of class 'bus'; name it in the column classes "
        "of places",
    ),
    "unknown scope": (
        edit("calendar.csv", ",T1,", ",T9,"),
        "calendar.csv:2 scope: 'T9' is not a place, van, table or kelurahan; did you mean 'T2'?",
    ),
    "calendar twice": (
        add_line("calendar.csv", "28/11/2026,T1,08.00-10.00,rapat"),
        "calendar.csv:3 date: '2026-11-28 T1' is already in calendar.csv:2; keep one of them, "
        "or correct it",
    ),
    "border that crosses itself": (
        draw(
            2,
            type="Polygon",
            coordinates=[
                [[110.01, -7.01], [110.02, -7.0], [110.02, -7.01], [110.01, -7.0], [110.01, -7.01]]
            ],
        ),
        "areas.geojson feature 3 polygon: crosses itself (Self-intersection[110.015 -7.005]); "
        "use QGIS: Fix geometries",
    ),
    "border of two corners": (
        draw(2, type="Polygon", coordinates=[[[110.01, -7.01], [110.02, -7.0]]]),
        "areas.geojson feature 3 polygon: is not a valid border (Too few points in geometry "
        "component[110.01 -7.01]); use QGIS: Fix geometries",
    ),
    "border with its axes swapped": (
        draw(2, type="Polygon", coordinates=SWAPPED),
        "areas.geojson feature 3 polygon: lat '110.05' and lon '-7.0025' look swapped; swap them",
    ),
    "border that is a point": (
        draw(2, type="Point", coordinates=[110.015, -7.005]),
        "areas.geojson feature 3 polygon: is a Point; draw a polygon",
    ),
}


@pytest.mark.parametrize(("change", "message"), CASES.values(), ids=CASES.keys())
def test_bad_input_is_told_once_and_clearly(tmp_path: Path, change: Change, message: str) -> None:
    """One fault in a sound folder gives one message: where, what, and what to do."""
    folder = sound_folder(tmp_path)
    change(folder)
    note_given(tmp_path)
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read_district(folder.path)
    assert len(caught.value.problems) == 1
