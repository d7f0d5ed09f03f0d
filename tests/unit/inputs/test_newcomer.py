"""The way of a newcomer: from what an office has to a district, and in how many rounds."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from planner.errors import InputError
from planner.inputs import read_district
from planner.office.district_folder import write_templates
from tests.builders.folders import AREAS

Rows = list[list[Any]]

RT: Rows = [
    ["DAFTAR WAJIB KTP-EL BELUM REKAM PER RT"],
    ["KOTA KECIL, SEMESTER I 2026"],
    [],
    ["NO", "KODE WILAYAH", "NAMA KELURAHAN", "NO RW", "NO RT", "BELUM REKAM", "KETERANGAN"],
    [1, "9971011001", "MELATI", "RW 01", "RT 01", 30, None],
    [2, "9971011001", "MELATI", "RW II", "RT 01", 25, None],
    [None, None, "JUMLAH MELATI", None, None, 55, None],
    ["TOTAL", None, None, None, None, 55, None],
]
POINTS: Rows = [
    ["KODE", "NAMA LOKASI", "JENIS", "ALAMAT", "KOORDINAT", "JAM LAYANAN", "STATUS IZIN"],
    ["T1", "Balai RW 01", "Balai RW", "Jl. Satu 1", "7°00'18\" LS 110°00'18\" BT", None, None],
    [
        *("T2", "Balai RW 02", "Balai RW", "Jl. Dua 2"),
        "https://maps.google.com/?q=-7.0050,110.0150",
        *("Setiap hari Sabtu pukul 08.00 s.d. 12.00 WIB", "Disetujui"),
    ],
]
VANS: Rows = [
    ["KODE", "NOPOL", "KELAS", "JUMLAH ALAT", "PANGKALAN", "BIAYA PER KM"],
    ["A", "ZZ 1 AA", "Kecil", 2, "kantor", "Rp 2.500"],
]


def save(path: Path, rows: Rows) -> None:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)


def test_a_newcomer_has_a_district_in_the_second_round(tmp_path: Path) -> None:
    """Tables as they came by mail, borders of the map agency, no coordinates of RT."""
    folder = tmp_path / "kota"
    write_templates(folder, "id")
    borders: dict[str, Any] = json.loads(json.dumps(AREAS))
    del borders["features"][1:]
    borders["features"][0]["properties"] = {"KDEPUM": "99.71.01.1001", "WADMKD": "Melati"}
    (folder / "BATAS_KOTA.geojson").write_text(json.dumps(borders), encoding="utf-8")
    files = {"rt": "data rt juni", "points": "titik layanan", "vans": "mobil keliling"}
    for name, rows in (("rt", RT), ("points", POINTS), ("vans", VANS)):
        save(folder / f"{files[name]}.xlsx", rows)
    with pytest.raises(InputError, match="is not read") as caught:
        read_district(folder)
    told = str(caught.value)
    for name, file in files.items():
        remedy = f"delete {name}.csv, which has no rows, and rename this file to {name}.xlsx"
        assert f"{file}.xlsx: is not read; {remedy}" in told
        (folder / f"{name}.csv").unlink()
        (folder / f"{file}.xlsx").rename(folder / f"{name}.xlsx")
    for what in ("[office] name", "[office] code", "depots.csv"):
        assert what in told
    (folder / "BATAS_KOTA.geojson").rename(folder / "areas.geojson")
    settings = folder / "planner.toml"
    text = settings.read_text(encoding="utf-8").replace('name = ""', 'name = "Kota Kecil"', 1)
    settings.write_text(text.replace('code = ""', 'code = "99.71"', 1), encoding="utf-8")
    with (folder / "depots.csv").open("a", encoding="utf-8") as depots:
        depots.write("kantor;Kantor Dukcapil;-7,001;110,001\n")
    district = read_district(folder)
    assert [home.unrecorded for home in district.neighbourhoods] == [30, 25]
    assert [home.rw for home in district.neighbourhoods] == ["001", "002"]
    assert district.vehicles[0].cost_per_km == 2500
    assert [round(venue.lat, 4) for venue in district.venues] == [-7.005, -7.005]
