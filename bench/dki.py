"""A seeded district of the size of DKI Jakarta in November 2018: 39,566 people are left.

2,742 RW with a hall each, 500 schools, 300 offices and 20 vans of five bases, weekends only. With
the borders of its kelurahan as GeoJSON (properties ``kode`` and ``nama``) RW lie inside of them;
else the kelurahan are drawn, too. Everybody who is asked comes, so that 99 % can be reached; drives
follow straight lines.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from shapely import Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

NUM_RW, NUM_SCHOOLS, NUM_OFFICES = 2742, 500, 300
IN_RW, PUPILS_16, PUPILS_17, IN_OFFICES = 22_566, 6000, 6000, 5000
"""Unrecorded people."""

NUM_BASES, VANS_OF_BASE = 5, 4
NUM_KELURAHAN = 261
ISLANDS = "31.01"
"""Kepulauan Seribu: no road leads there."""

LAT, LON, SIDE_DEGREES = -6.2, 106.85, 0.23
"""Of a drawn city."""

SETTINGS = """\
[office]
name = "Dinas Dukcapil Provinsi DKI Jakarta (bangkitan)"
code = "99.71"

[rates]
turnout = { point = 1.0, school = 1.0, office = 1.0 }

[hours]
point = "Sab 08.00-12.00; Min 08.00-12.00"
approved_school = "Sab 07.00-14.00"
office = "Sab 08.00-14.00; Min 08.00-14.00"
"""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Kelurahan:
    number: int
    kota: str
    name: str
    shape: BaseGeometry

    @property
    def code(self) -> str:
        """All lie in one district, for one office plans for the whole city."""
        return f"99.71.{1 + self.number // 9:02}.{1001 + self.number % 9}"

    def draw(self, rng: Random) -> Row:
        """Somewhere in it."""
        west, south, east, north = self.shape.bounds
        while True:
            lon, lat = rng.uniform(west, east), rng.uniform(south, north)
            if self.shape.contains(Point(lon, lat)):
                return {"lat": round(lat, 6), "lon": round(lon, 6)}


def write_dki(folder: Path, *, borders: Path | None = None, seed: int = 20) -> Path:
    """The folder; the same files for the same arguments."""
    rng = Random(seed)
    kelurahan = [*(_read(borders) if borders else _draw(rng))]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "planner.toml").write_text(SETTINGS, encoding="utf-8")
    homes = [*_homes(kelurahan, rng)]
    _write(folder / "rt.csv", homes)
    _write(folder / "points.csv", _points(homes, rng))
    _write(folder / "schools.csv", _schools(kelurahan, rng))
    _write(folder / "offices.csv", _offices(kelurahan, rng))
    bases = [*_bases(kelurahan, rng)]
    _write(folder / "depots.csv", bases)
    _write(folder / "vans.csv", _vans(bases))
    return folder


def _read(borders: Path) -> Iterator[_Kelurahan]:
    features = json.loads(borders.read_text("utf-8"))["features"]
    told = [feature["properties"] | {"shape": feature["geometry"]} for feature in features]
    on_land = [row for row in told if not row["kode"].startswith(ISLANDS)]
    for number, row in enumerate(on_land):
        yield _Kelurahan(number, row["kode"][:5], row["nama"], shape(row["shape"]))


def _draw(rng: Random) -> Iterator[_Kelurahan]:
    for number in range(NUM_KELURAHAN):
        lon, lat = (middle + rng.uniform(-0.5, 0.5) * SIDE_DEGREES for middle in (LON, LAT))
        circle = Point(lon, lat).buffer(0.008)
        yield _Kelurahan(number, "99.71", f"Kelurahan {number + 1}", circle)


def _parts(total: int, count: int, rng: Random) -> list[int]:
    """Whole numbers of a sum, few of them large."""
    weights = [rng.gammavariate(1.5, 1.0) for _ in range(count)]
    ends, passed = [0], 0.0
    for weight in weights:
        passed += weight
        ends.append(round(total * passed / sum(weights)))
    return [after - before for before, after in pairwise(ends)]


def _homes(kelurahan: Sequence[_Kelurahan], rng: Random) -> Iterator[Row]:
    for number, people in enumerate(_parts(IN_RW, NUM_RW, rng)):
        rw, place = divmod(number, len(kelurahan))
        where = kelurahan[place]
        name = {"code": where.code, "kelurahan": where.name, "rw": f"{rw + 1:03}"}
        yield name | {"unrecorded": people} | where.draw(rng)


def _points(homes: Sequence[Row], rng: Random) -> Iterator[Row]:
    """A hall within some 200 m of the middle of each RW."""
    for number, home in enumerate(homes, start=1):
        lat, lon = (float(str(home[name])) + rng.gauss(0, 0.001) for name in ("lat", "lon"))
        yield {
            "id": f"B{number}",
            "name": f"Balai RW {home['rw']} {home['kelurahan']}",
            "kind": "balai RW",
            "lat": round(lat, 6),
            "lon": round(lon, 6),
            "classes": "small",
            "permission": "disetujui",
        }


def _schools(kelurahan: Sequence[_Kelurahan], rng: Random) -> Iterator[Row]:
    younger, older = (_parts(total, NUM_SCHOOLS, rng) for total in (PUPILS_16, PUPILS_17))
    for number, pupils in enumerate(zip(younger, older, strict=True)):
        yield {
            "npsn": f"{20100001 + number}",
            "name": f"SMA {number + 1}",
            "kind": "SMA",
            **rng.choice(kelurahan).draw(rng),
            "pupils_16": pupils[0],
            "pupils_17": pupils[1],
            "permission": "disetujui",
            "classes": "small",
        }


def _offices(kelurahan: Sequence[_Kelurahan], rng: Random) -> Iterator[Row]:
    for number, people in enumerate(_parts(IN_OFFICES, NUM_OFFICES, rng), start=1):
        yield {
            "id": f"K{number}",
            "name": f"Kantor {number}",
            "kind": "kantor",
            **rng.choice(kelurahan).draw(rng),
            "unrecorded": people,
            "permission": "disetujui",
        }


def _bases(kelurahan: Sequence[_Kelurahan], rng: Random) -> Iterator[Row]:
    """One in each kota, or somewhere; not on an island."""
    kota = sorted({where.kota for where in kelurahan})[-NUM_BASES:]
    for number in range(NUM_BASES):
        inside = [where for where in kelurahan if where.kota == kota[number % len(kota)]]
        yield {
            "id": f"sudin-{number + 1}",
            "name": f"Suku Dinas {number + 1}",
            **rng.choice(inside).draw(rng),
        }


def _vans(bases: Sequence[Row]) -> Iterator[Row]:
    for number in range(NUM_BASES * VANS_OF_BASE):
        yield {
            "id": f"V{number + 1}",
            "plate": f"ZZ {number + 1} Z",
            "class": "small",
            "kits": 2,
            "depot": bases[number // VANS_OF_BASE]["id"],
            "shift": "Sab-Min 07.30-14.00",
        }


def _write(path: Path, rows: Iterable[Row]) -> None:
    listed = [*rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=[*listed[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)
