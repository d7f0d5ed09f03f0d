"""The ministry's layer of a kota, an extract and a list of vans make a folder to plan with."""

import json
from pathlib import Path

import osmium
from osmium.osm import mutable

from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.intake.depots import complete_vans
from planner.intake.folder_table import FolderTable
from planner.intake.place_rows import MODELS
from planner.intake.prepare import PreparedImport
from planner.office.import_files import prepare_file_import, write_import
from planner.solvers import solve

WEST, SOUTH, SIDE = 110.0, -7.1, 0.01
NAMES = ("Melati", "Kenanga")


def layer(path: Path) -> Path:
    """Two kelurahan beside each other, in the shape of the layer of desa."""
    features = []
    for number, name in enumerate(NAMES, start=1):
        west = WEST + SIDE * (number - 1)
        ring = [(west, SOUTH), (west + SIDE, SOUTH), (west + SIDE, SOUTH + SIDE)]
        ring += [(west, SOUTH + SIDE), (west, SOUTH)]
        attributes = {
            **{"objectid": number, "nama_prop": "JAWA", "nama_kab": "KOTA KECIL"},
            **{"nama_desa": name.upper(), "no_prop": 99, "no_kab": 71, "no_kec": 1},
            **{"kode_kab_spatial": "99.71", "kode_desa_spatial": f"997101100{number}-{number}"},
            **{"jumlah_penduduk": 2000, "jml_lahir": 2000, "jml_wktp": 1400, "u15": 150},
            **{"jml_rekam_wktp": 1200, "field1": None},
        }
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": attributes, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def extract(path: Path, *named: str) -> Path:
    """A street through both kelurahan, with places of these names along it."""
    with osmium.SimpleWriter(path) as writer:
        spots = [(WEST + SIDE * step / 10, SOUTH + SIDE / 2) for step in range(1, 20)]
        for number, spot in enumerate(spots, start=1):
            writer.add_node(mutable.Node(id=number, location=spot))
        for number, name in enumerate(named):
            tags = {"name": name, "amenity": "community_centre"}
            if "Dinas" in name:
                tags = {"name": name, "office": "government"}
            spot = spots[len(spots) * (2 * number + 1) // (2 * len(named))]
            writer.add_node(mutable.Node(id=100 + number, location=spot, tags=tags))
        nodes = range(1, len(spots) + 1)
        writer.add_way(mutable.Way(id=1, nodes=[*nodes], tags={"highway": "residential"}))
    return path


def imported(folder: Path, *names: str, vans: str) -> PreparedImport:
    """Layer, extract and vans taken in together."""
    (folder / "mobil.csv").write_text(vans, encoding="utf-8")
    files = [
        layer(folder / "desa.geojson"),
        extract(folder / "kota.osm.pbf", *names),
        folder / "mobil.csv",
    ]
    prepared = prepare_file_import(files, folder / "kota")
    write_import(prepared)
    return prepared


def test_a_layer_an_extract_and_vans_are_a_plannable_folder(tmp_path: Path) -> None:
    """400 people of two kelurahan; a van of which only plate and kits are known records some."""
    names = ("Balai RW 01", "Dinas Dukcapil Kota Kecil", "Balai RW 02")
    prepared = imported(tmp_path, *names, vans="Nama Mobil;Plat;Alat Rekam\nA;B 9901 XX;2\n")
    told = {finding.code: finding.what for finding in prepared.findings}
    assert prepared.exit_code == 1
    assert told["depot-proposed"].endswith("'Dinas Dukcapil Kota Kecil'")
    assert told["class-assumed"].endswith("1")
    district = read_district(tmp_path / "kota")
    assert [depot.name for depot in district.depots] == ["Kantor Dukcapil"]
    assert sum(home.unrecorded for home in district.neighbourhoods) == 400
    horizon = build_horizon(district, "2026-W48", cache=None)
    result = solve(horizon.instance, solver="greedy")
    assert result.plan.served().total() > 0


def test_a_depot_without_an_office_lies_in_the_middle_and_is_told(tmp_path: Path) -> None:
    """The list names the depot; nothing says where it is."""
    prepared = imported(tmp_path, "Balai RW 01", vans="Plat;Pangkalan\nB 9901 XX;Gudang\n")
    told = {finding.code: finding.what for finding in prepared.findings}
    assert told["depot-proposed"] == "a depot is proposed in the middle of the district"
    text = prepared.files["depots.csv"].decode("utf-8-sig")
    assert text.splitlines()[1].startswith("gudang;Gudang;-7.09")


def test_a_depot_is_known_by_its_name() -> None:
    """The folder's table calls it K1; the list of vans has its name."""
    vans = FolderTable(name="vans", model=MODELS["vans"])
    vans.records = [{"id": "A", "class": "large", "depot": "kantor dukcapil"}]
    depots = FolderTable(name="depots", model=MODELS["depots"])
    depots.records = [{"id": "K1", "name": "Kantor Dukcapil"}]
    changes, findings = complete_vans(vans, depots, (), (), "id")
    assert vans.records == [{"id": "A", "class": "large", "depot": "K1"}]
    assert not changes.new
    assert not findings
