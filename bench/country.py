"""A country that does not exist, of as many districts as Indonesia has; made on demand.

    python -m bench.country FOLDER --districts 514 --people 6000000 --seed 1

Sizes are as real ones: from 20 RT to 3,000 RW, most of them small, and people by their size. Every
district depends on the seed and on its own number alone. Travel is along straight lines.
"""

import argparse
import csv
import io
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DISTRICTS, PEOPLE = 514, 6_000_000
PROVINCES = 38

SMALLEST, LARGEST = 20, 3000
"""RT of the smallest district, RW of the largest."""

MEDIAN, SPREAD = 150.0, 1.1
"""Of the number of rows, whose logarithm is normal."""

RT_UP_TO = 60
"""A district of no more rows is counted by RT, others by RW."""

WEST, EAST, SOUTH, NORTH = 95.5, 140.5, -10.0, 5.5
"""Degrees of the country."""

ROW_M = 260.0
"""Metres between the middles of neighbouring rows, about."""

M_PER_DEGREE = 111_195.0

SETTINGS = """\
[office]
name = "Dinas Dukcapil {name}"
code = "{code}"
service_days = ["Sab", "Min"]

[rates]
walk_m = 800

[hours]
point = "Sab 08.00-12.00; Min 08.00-12.00"
approved_school = "Sab 07.00-14.00"
"""

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictSize:
    """A district before it is written.

    Attributes
    ----------
    number
        From 0 on.
    num_rows
        RT, or RW in larger ones.
    people
        Unrecorded people.
    """

    number: int
    code: str
    name: str
    lat: float
    lon: float
    num_rows: int
    people: int


def draw_sizes(
    count: int = DISTRICTS, people: int = PEOPLE, seed: int = 1
) -> tuple[DistrictSize, ...]:
    """The districts of a country: the first is the smallest, the second the largest.

    Parameters
    ----------
    people
        Unrecorded people of all districts together.
    """
    chance = random.Random(f"country/{seed}")
    rows = [
        round(min(LARGEST, max(SMALLEST, MEDIAN * math.exp(chance.gauss(0.0, SPREAD)))))
        for _ in range(count)
    ]
    rows[:2] = [SMALLEST, LARGEST][: len(rows)]
    shares = [size * chance.uniform(0.6, 1.4) for size in rows]
    total, given, sizes = sum(shares), 0, []
    for number, size in enumerate(rows):
        until = round(people * sum(shares[: number + 1]) / total)
        province, place = number % PROVINCES, number // PROVINCES
        lat, lon = _province_middle(province)
        sizes.append(
            DistrictSize(
                number=number,
                code=f"{11 + province}.{place + 1:02}",
                name=f"Kabupaten Rekaan {number + 1:03}",
                lat=round(lat + chance.uniform(-1.2, 1.2), 5),
                lon=round(lon + chance.uniform(-1.8, 1.8), 5),
                num_rows=size,
                people=until - given,
            )
        )
        given = until
    return tuple(sizes)


def _province_middle(province: int) -> tuple[float, float]:
    """Provinces stand in three lines from west to east."""
    line, column = province % 3, province // 3
    lat = SOUTH + 2 + line * (NORTH - SOUTH - 4) / 2
    lon = WEST + 2 + column * (EAST - WEST - 4) / (PROVINCES // 3)
    return lat, lon


def write_country(folder: Path, sizes: Sequence[DistrictSize], seed: int = 1) -> None:
    """A folder for each district, in that of its province."""
    for size in sizes:
        write_district(folder / size.code[:2] / size.code, size, seed)


def write_district(folder: Path, size: DistrictSize, seed: int = 1) -> None:
    """All files of a district."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(f"district/{seed}/{size.number}")
    settings = SETTINGS.format(name=size.name, code=size.code)
    (folder / "planner.toml").write_text(settings, encoding="utf-8", newline="\n")
    homes = [*_homes(size, chance)]
    _write(folder / "rt.csv", homes)
    _write(folder / "points.csv", [*_points(homes, chance)])
    _write(folder / "schools.csv", [*_schools(size, homes, chance)])
    depot = {
        "id": "dinas",
        "name": f"Dinas {size.name}",
        "lat": f"{size.lat}",
        "lon": f"{size.lon}",
    }
    _write(folder / "depots.csv", [depot])
    _write(folder / "vans.csv", [*_vans(size)])


def _homes(size: DistrictSize, chance: random.Random) -> Iterator[Row]:
    """Rows around the office, the farther out the wider apart."""
    by_rt = size.num_rows <= RT_UP_TO
    weights = [chance.expovariate(1.0) + 0.2 for _ in range(size.num_rows)]
    total, given, so_far = sum(weights), 0, 0.0
    for index, weight in enumerate(weights):
        so_far += weight
        until = round(size.people * so_far / total)
        # The golden angle spreads points evenly over a disc.
        angle = index * math.pi * (3 - math.sqrt(5))
        distance_m = ROW_M * math.sqrt(index) * (1 + 0.4 * index / size.num_rows)
        lat = size.lat + (distance_m * math.sin(angle) + chance.gauss(0, 60)) / M_PER_DEGREE
        lon = size.lon + (distance_m * math.cos(angle) + chance.gauss(0, 60)) / M_PER_DEGREE
        kelurahan, place = divmod(index, 12)
        yield {
            "code": f"{size.code}.{kelurahan // 20 + 1:02}.{1001 + kelurahan % 20}",
            "kelurahan": f"Rekaan {kelurahan + 1}",
            "rw": f"{1 + place // 6 if by_rt else place + 1:03}",
            "rt": f"{place % 6 + 1:03}" if by_rt else "",
            "unrecorded": str(until - given),
            "lat": f"{lat:.6f}",
            "lon": f"{lon:.6f}",
        }
        given = until


def _points(homes: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """A hall in about every third row."""
    for index, home in enumerate(homes):
        if index % 3 == 0:
            yield {
                "id": f"balai-{index}",
                "name": f"Balai {home['kelurahan']} {home['rw']}",
                "lat": f"{float(home['lat']) + chance.gauss(0, 40) / M_PER_DEGREE:.6f}",
                "lon": home["lon"],
                "kind": "balai RW",
                "permission": chance.choice(["disetujui", "disetujui", "surat dikirim"]),
            }


def _schools(size: DistrictSize, homes: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """A school for about every thirty rows, one at least."""
    for index, home in enumerate(homes[:: max(1, min(30, len(homes)))]):
        yield {
            "npsn": f"{10_000_000 + size.number * 1000 + index}",
            "name": f"SMA Rekaan {index + 1}",
            "lat": home["lat"],
            "lon": f"{float(home['lon']) + 0.001:.6f}",
            "kind": "SMA",
            "pupils_16": str(chance.randint(5, 40)),
            "pupils_17": str(chance.randint(5, 60)),
            "share_in_rt": "0.8",
            "permission": chance.choice(["disetujui", "surat dikirim"]),
        }


def _vans(size: DistrictSize) -> Iterator[Row]:
    """One van for every 300 rows, and one more."""
    for number in range(1 + size.num_rows // 300):
        yield {
            "id": f"M{number + 1}",
            "plate": f"ZZ {1000 + size.number} R{number + 1}",
            "class": "small",
            "kits": "2" if number % 3 else "3",
            "depot": "dinas",
            "shift": "Sab-Min 07.30-14.00",
            "break": "11.30-13.00 45",
            "cards": "150",
        }


def _write(path: Path, rows: Sequence[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*rows[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def main() -> None:
    """Make a country, or a sample of its districts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--districts", type=int, default=DISTRICTS)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, help="write only so many of them, drawn by the seed")
    options = parser.parse_args()
    sizes = draw_sizes(options.districts, options.people, options.seed)
    if options.sample:
        sizes = tuple(random.Random(f"sample/{options.seed}").sample(sizes, options.sample))
    write_country(options.folder, sizes, options.seed)


if __name__ == "__main__":
    main()
