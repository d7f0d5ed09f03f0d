"""An import updates a folder whatever format its tables and borders have."""

import json
from pathlib import Path

import geopandas
import pytest
import shapely

from planner.inputs import read_district
from planner.office.import_files import prepare_file_import, write_import
from tests.builders.folders import sound_folder

COUNTS = "KODE;KELURAHAN;RW;RT;BELUM REKAM\n99.71.01.1001;Melati;001;001;10\n"
BORDER = {"kode": ["99.71.01.1001"], "nama": ["Melati"]}


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    """One RT."""
    path = tmp_path / "rt-baru.csv"
    path.write_text(COUNTS, encoding="utf-8")
    return path


def a_table(folder: Path, suffix: str, **options: str) -> None:
    """The table of people with one RT at a point, as a map."""
    folder.mkdir(exist_ok=True)
    columns = {"code": ["99.71.01.1001"], "kelurahan": ["Melati"], "rw": ["001"], "rt": ["001"]}
    columns |= {"unrecorded": ["99"], "note": ["lorong"]}
    frame = geopandas.GeoDataFrame(columns, geometry=[shapely.Point(110.5, -7.25)], crs=4326)
    frame.to_file(folder / f"rt{suffix}", **options)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_a_table_kept_as_a_map_becomes_csv_with_its_coordinates(
    counts: Path, tmp_path: Path, suffix: str
) -> None:
    """99 people become 10; the point and the note stay, and the old file lies beside."""
    folder = tmp_path / "kota"
    a_table(folder, suffix)
    old = (folder / f"rt{suffix}").read_bytes()
    prepared = prepare_file_import([counts], folder)
    assert "format-changed" in {finding.code for finding in prepared.findings}
    write_import(prepared)
    assert (folder / f"rt{suffix}.bak").read_bytes() == old
    assert not (folder / f"rt{suffix}").exists()
    (row,) = (folder / "rt.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert {"10", "-7.25", "110.5", "lorong"} <= set(row.split(";"))


def test_a_layer_among_others_is_not_put_aside(counts: Path, tmp_path: Path) -> None:
    """Other layers of the GeoPackage would go with it; nothing is written."""
    folder = tmp_path / "kota"
    a_table(folder, ".gpkg", layer="rt")
    a_table(folder, ".gpkg", layer="jalan")
    prepared = prepare_file_import([counts], folder)
    assert prepared.exit_code == 2
    assert prepared.findings[-1].what == "rt is one of several layers of rt.gpkg"
    assert not prepared.files


def test_borders_are_added_to_those_of_a_geopackage(tmp_path: Path) -> None:
    """In metres; the border of an RW is new, and the one of the kelurahan stays."""
    folder = tmp_path / "kota"
    folder.mkdir()
    whole = geopandas.GeoDataFrame(BORDER, geometry=[shapely.box(110, -7.1, 110.2, -7)], crs=4326)
    whole.to_crs(32749).to_file(folder / "areas.gpkg", layer="areas")
    west = shapely.box(110, -7.1, 110.1, -7)
    parts = geopandas.GeoDataFrame(BORDER | {"RW": ["001"]}, geometry=[west], crs=4326)
    both = [geopandas.GeoDataFrame(BORDER, geometry=[west], crs=4326), parts]
    sources = [tmp_path / f"batas{number}.geojson" for number in range(2)]
    for frame, path in zip(both, sources, strict=True):
        frame.to_file(path)
    write_import(prepare_file_import(sources, folder))
    assert (folder / "areas.gpkg.bak").is_file()
    assert not (folder / "areas.gpkg").exists()
    features = json.loads((folder / "areas.geojson").read_text(encoding="utf-8"))["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    assert [round(area.area, 4) for area in shapes] == [0.02, 0.01]


def test_people_of_an_rw_live_inside_its_border(tmp_path: Path) -> None:
    """Borders of two RW, then counts by RT without coordinates: each lies in its own RW."""
    (tmp_path / "kota").mkdir()
    folder = sound_folder(tmp_path / "kota")
    for name in ("rt.csv", "areas.geojson"):
        folder.remove(name)
    halves = [shapely.box(110, -7.01, 110.01, -7), shapely.box(110.01, -7.01, 110.02, -7)]
    columns = {"KODE": ["99.71.01.1001"] * 2, "KEL": ["Melati"] * 2, "RW": ["RW 01", "02"]}
    source = tmp_path / "rw.shp"
    geopandas.GeoDataFrame(columns, geometry=halves, crs=4326).to_file(source)
    counted = tmp_path / "rt-baru.csv"
    rows = [f"99.71.01.1001;Melati;{rw};{rt};10" for rw in (1, 2) for rt in (1, 2)]
    counted.write_text("\n".join(["KODE;KELURAHAN;RW;RT;BELUM REKAM", *rows]), encoding="utf-8")
    write_import(prepare_file_import([source, counted], folder.path))
    homes = read_district(folder.path).neighbourhoods
    assert [home.rw for home in homes] == ["001", "001", "002", "002"]
    for home in homes:
        assert halves[int(home.rw) - 1].contains(shapely.Point(home.lon, home.lat))
        assert not home.is_estimated
