"""Makes a dense kampung, small enough to be planned to the end; the same files on every run.

    python examples/make_kampung_padat.py [FOLDER]

Without a folder it renews ``examples/kampung-padat``. Every RW has a hall, and from every house
several halls are in walking distance: where a van stands decides who comes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from kota_maker.areas import Shape
from kota_maker.files import write_csv, write_geojson
from kota_maker.ground import Xy, degrees, dice
from shapely import Polygon, box, union_all

WEST_M, SOUTH_M = 9000, -5000
"""Where the kampung begins, seen from the middle of Kota Contoh."""

WIDE_M, HIGH_M = 190, 170
"""Size of an RW."""

COLUMNS, ROWS = 4, 4
RT_COLUMNS, RT_ROWS = 3, 3

KELURAHAN = {"99.72.01.1001": "Kebon Rapat", "99.72.01.1002": "Gang Seribu"}
"""The western and the eastern half."""

SETTINGS = """\
# Settings of a dense kampung that does not exist; docs/inputs.md has the defaults of the others.

[office]
name = "Dinas Kependudukan dan Pencatatan Sipil Kota Padat"
code = "99.72"
service_days = ["Sab"]

[rates]
turnout = { point = 0.5, school = 0.8 }
walk_m = 350
decay = "odds"                    # step, linear, none, or metres and shares: { 0 = 1.0, 600 = 0.4 }

[hours]
point = "Sab 08.00-12.00"

[solver]
time_limit_s = 10
"""


def make(folder: Path) -> None:
    """Write all files of the kampung into a folder, over those of the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    blocks = [(column, row) for column in range(COLUMNS) for row in range(ROWS)]
    (folder / "planner.toml").write_text(SETTINGS, encoding="utf-8", newline="\n")
    _write_areas(folder / "areas.geojson", blocks)
    homes = [row for block in blocks for row in _homes(*block)]
    write_csv(folder / "rt.csv", homes, comment="belum rekam per RT, keadaan 23/11/2026")
    points = [_hall(*block) for block in blocks]
    write_csv(folder / "points.csv", points, comment="tempat mobil keliling dapat berdiri")
    write_csv(folder / "schools.csv", [_school()], comment="sekolah menengah")
    write_csv(folder / "depots.csv", [_depot()], comment="pangkalan mobil")
    vans = [_van("A", "2", "120"), _van("B", "3", "120")]
    write_csv(folder / "vans.csv", vans, comment="mobil keliling")


def _code(column: int) -> str:
    return list(KELURAHAN)[column * len(KELURAHAN) // COLUMNS]


def _rw(column: int, row: int) -> str:
    """Number of an RW in its kelurahan."""
    return f"{column % (COLUMNS // len(KELURAHAN)) * ROWS + row + 1:03}"


def _corner(column: int, row: int) -> Xy:
    return WEST_M + column * WIDE_M, SOUTH_M + row * HIGH_M


def _write_areas(path: Path, blocks: list[tuple[int, int]]) -> None:
    shapes = {}
    for column, row in blocks:
        west, south = _corner(column, row)
        shapes[column, row] = box(west, south, west + WIDE_M, south + HIGH_M)
    whole: list[tuple[dict[str, str | None], Shape]] = [
        (
            {"code": code, "name": name, "rw": None, "kecamatan": "Padat"},
            _joined([shape for (column, _), shape in shapes.items() if _code(column) == code]),
        )
        for code, name in KELURAHAN.items()
    ]
    parts = [
        ({"code": _code(c), "name": KELURAHAN[_code(c)], "rw": _rw(c, r), "kecamatan": None}, shape)
        for (c, r), shape in shapes.items()
    ]
    write_geojson(path, [*whole, *parts])


def _joined(blocks: list[Polygon]) -> Polygon:
    """The rectangle that they make together."""
    return box(*union_all(blocks).bounds)


def _homes(column: int, row: int) -> Iterator[dict[str, str]]:
    """RT of an RW, each amid its houses."""
    chance = dice("kampung", column, row)
    west, south = _corner(column, row)
    for number in range(RT_COLUMNS * RT_ROWS):
        east = west + (number % RT_COLUMNS + 0.5) * WIDE_M / RT_COLUMNS
        north = south + (number // RT_COLUMNS + 0.5) * HIGH_M / RT_ROWS
        lat, lon = degrees((east + chance.uniform(-15, 15), north + chance.uniform(-15, 15)))
        yield {
            "code": _code(column),
            "kelurahan": KELURAHAN[_code(column)],
            "rw": _rw(column, row),
            "rt": f"{number + 1:03}",
            "unrecorded": str(min(9, int(chance.expovariate(1 / 2.6)))),
            "lat": f"{lat:.6f}",
            "lon": f"{lon:.6f}",
        }


def _place(name: str, east: float, north: float) -> dict[str, str]:
    lat, lon = degrees((east, north))
    return {"name": name, "lat": f"{lat:.6f}", "lon": f"{lon:.6f}"}


def _hall(column: int, row: int) -> dict[str, str]:
    """The hall of an RW, anywhere in it."""
    chance = dice("hall", column, row)
    west, south = _corner(column, row)
    spot = west + chance.uniform(20, WIDE_M - 20), south + chance.uniform(20, HIGH_M - 20)
    kelurahan, rw = KELURAHAN[_code(column)], _rw(column, row)
    return {
        "id": f"balai-{kelurahan.split()[0].lower()}-{rw[1:]}",
        **_place(f"Balai RW {rw} {kelurahan}", *spot),
        "kind": "balai RW",
        "permission": "disetujui",
    }


def _school() -> dict[str, str]:
    spot = WEST_M + 2.1 * WIDE_M, SOUTH_M + 0.2 * HIGH_M
    return {
        "npsn": "99720001",
        **_place("SMA Negeri 1 Kota Padat", *spot),
        "kind": "SMA",
        "pupils_16": "18",
        "pupils_17": "32",
        "share_in_rt": "0.8",
        "hours": "Sab 07.30-11.00",
        "permission": "disetujui",
    }


def _depot() -> dict[str, str]:
    spot = WEST_M - 1500, SOUTH_M + 900
    return {"id": "dinas", **_place("Dinas Dukcapil Kota Padat", *spot)}


def _van(name: str, kits: str, cards: str) -> dict[str, str]:
    return {
        "id": name,
        "plate": f"ZZ 9972 K{name}",
        "class": "small",
        "kits": kits,
        "depot": "dinas",
        "shift": "Sab 07.30-13.00",
        "cards": cards,
    }


if __name__ == "__main__":
    default = Path(__file__).parent / "kampung-padat"
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
