"""The whole town, written to a folder."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from kota_maker.areas import KELURAHAN, Rw, Shape, border_of, divide
from kota_maker.blocks import quarter_streets
from kota_maker.files import read_csv, write_csv, write_geojson, write_xlsx
from kota_maker.ground import degrees
from kota_maker.names import name_streets
from kota_maker.network import join
from kota_maker.osm import write_roads
from kota_maker.people import RtRow, settle
from kota_maker.skeleton import lay_out
from kota_maker.venues import Streetside, halls, placed

BY_HAND = Path(__file__).parent / "by_hand"
"""Tables that an office would keep by hand; positions in metres, moved to the nearest street."""

SCHOOL_NUMBERS = ("lat", "lon", "pupils_16", "pupils_17", "share_in_rt")


def make(folder: Path) -> None:
    """Write all files of the town into a folder, over those of the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    skeleton = lay_out()
    streets = name_streets([*skeleton.streets, *quarter_streets(skeleton)])
    network = join(streets)
    all_rw = divide(skeleton, streets)
    rt = settle(all_rw, network)

    write_roads(folder / "roads.osm.pbf", network, skeleton)
    write_geojson(folder / "areas.geojson", _areas(all_rw))
    # As a spreadsheet in Indonesia saves it: semicolons and decimal commas.
    write_csv(
        folder / "rt.csv",
        [_rt_row(row) for row in rt],
        comment="belum rekam per RT, keadaan 23/11/2026",
        delimiter=";",
    )
    streetside = Streetside(network)
    _write_venues(folder, streetside, halls(all_rw, rt, streetside))
    for name in ("vans.csv", "calendar.csv", "planner.toml"):
        shutil.copyfile(BY_HAND / name, folder / name)


def _write_venues(
    folder: Path, streetside: Streetside, hall_rows: Sequence[Mapping[str, str]]
) -> None:
    schools, offices, points, depots = (
        read_csv(BY_HAND / f"{table}.csv") for table in ("schools", "offices", "points", "depots")
    )
    write_xlsx(
        folder / "schools.xlsx",
        "schools",
        [placed(row, streetside) for row in schools],
        numbers=SCHOOL_NUMBERS,
    )
    write_csv(
        folder / "offices.csv",
        [placed(row, streetside) for row in offices],
        comment="kantor, perusahaan, rumah sakit, lapas",
    )
    write_csv(
        folder / "points.csv",
        [placed(row, streetside) for row in [*hall_rows, *points]],
        comment="tempat mobil keliling dapat berdiri",
    )
    write_csv(
        folder / "depots.csv",
        [placed(row, streetside, address=False) for row in depots],
        comment="pangkalan mobil",
    )


def _areas(all_rw: Sequence[Rw]) -> list[tuple[dict[str, str | None], Shape]]:
    kelurahan: list[tuple[dict[str, str | None], Shape]] = [
        (
            {"code": k.code, "name": k.name, "rw": None, "kecamatan": k.kecamatan},
            border_of(k.code, all_rw),
        )
        for k in KELURAHAN
    ]
    return kelurahan + [
        ({"code": rw.kelurahan.code, "name": rw.kelurahan.name, "rw": rw.rw}, rw.shape)
        for rw in all_rw
    ]


def _rt_row(row: RtRow) -> dict[str, str]:
    lat, lon = (f"{degree:.6f}".replace(".", ",") for degree in degrees(row.home))
    return {
        "code": row.rw.kelurahan.code,
        "kelurahan": row.rw.kelurahan.name,
        "rw": row.rw.rw,
        "rt": f"{row.rt:03}" if row.rt else "",
        "unrecorded": str(row.unrecorded),
        "unreachable": str(row.unreachable),
        "reason": row.reason,
        "lat": lat if row.placed else "",
        "lon": lon if row.placed else "",
    }
