"""Schools, offices, points and depots: each beside a street that fits it."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kota_maker.areas import KELURAHAN, Rw
from kota_maker.ground import Xy, degrees, dice
from kota_maker.network import Network
from kota_maker.people import RtRow

Row = Mapping[str, str]
"""Cells of a table by column."""

# The streets a venue stands on: for all vans, for small ones only, behind the gate of the estate.
BROAD, NARROW, PRIVATE = "broad", "narrow", "private"
BROAD_HIGHWAYS = ("trunk", "primary", "secondary", "tertiary", "residential")

NUM_HALLS = 36
NEAR_M = 120
NARROW_HALLS = 0.3
"""Share of the halls that stand in an alley."""

HALL_HOURS = {
    "": 9,
    "Sab 08.00-12.00; Min 08.00-12.00, 13.00-15.00": 3,
    "Min 08.00-12.00": 3,
    "Sab 08.00-11.00": 3,
    "Sab 09.00-12.00; Min 13.00-15.00": 2,
    "setiap hari 08.00-10.30": 3,
    "setiap hari 09.30-12.00": 3,
}
HALL_PERMISSIONS = {"disetujui": 11, "surat dikirim": 5, "belum dihubungi": 4, "ditolak": 1}


class Spot(NamedTuple):
    """A place beside a street."""

    lat: float
    lon: float
    address: str


class Streetside:
    """Finds spots beside the streets of a network."""

    def __init__(self, network: Network) -> None:
        self._corners = network.corners
        self._streets: dict[str, dict[int, str]] = {BROAD: {}, NARROW: {}, PRIVATE: {}}
        for way in network.ways:
            if way.name and "layer" not in way.tags:
                public = BROAD if way.highway in BROAD_HIGHWAYS else NARROW
                kind = PRIVATE if "access" in way.tags else public
                self._streets[kind].update(dict.fromkeys(way.nodes, way.name))
        for node in self._streets[BROAD].keys() & self._streets[NARROW].keys():
            del self._streets[NARROW][node]

    def has_alley(self, near: Xy) -> bool:
        """Whether an alley is just around the corner."""
        return any(math.dist(self._corners[n], near) < NEAR_M for n in self._streets[NARROW])

    def spot(self, near: Xy, street: str, key: str) -> Spot:
        """The nearest spot on a street of this kind; the key decides the house number."""
        streets = self._streets[street]
        node = min(streets, key=lambda n: math.dist(self._corners[n], near))
        chance = dice("spot", key)
        x, y = (coordinate + chance.uniform(-9, 9) for coordinate in self._corners[node])
        lat, lon = degrees((x, y))
        return Spot(round(lat, 6), round(lon, 6), f"{streets[node]} No. {chance.randint(1, 98)}")


def placed(row: Row, streetside: Streetside, *, address: bool = True) -> dict[str, str]:
    """A row kept by hand, its metres exchanged for an address and degrees.

    Columns ``east`` and ``north`` say about where it is, ``street`` on which kind of street.
    """
    key = next(iter(row.values()))
    near = (float(row["east"]), float(row["north"]))
    spot = streetside.spot(near, row["street"], key)
    where = {"lat": str(spot.lat), "lon": str(spot.lon)}
    cells: dict[str, str] = {}
    for column, value in row.items():
        if column == "east":
            cells |= {"address": spot.address, **where} if address else where
        elif column not in ("north", "street"):
            cells[column] = value
        elif column == "street" and address:
            cells["classes"] = "small" if value == NARROW else ""
    return cells


def halls(
    all_rw: Sequence[Rw], rt: Sequence[RtRow], streetside: Streetside
) -> list[dict[str, str]]:
    """Rows of the halls that most RW have, amid their people, as if kept by hand."""
    people: dict[str, list[RtRow]] = defaultdict(list)
    for row in rt:
        people[row.rw.key].append(row)
    without = sorted(all_rw, key=lambda rw: dice("no hall", rw.key).random())[NUM_HALLS:]
    return [_hall(rw, people[rw.key], streetside) for rw in all_rw if rw not in without]


def _hall(rw: Rw, rows: Sequence[RtRow], streetside: Streetside) -> dict[str, str]:
    chance = dice("hall", rw.key)
    near = _middle(rows)
    alley = chance.random() < NARROW_HALLS and streetside.has_alley(near)
    phone = f"0800-0000-{KELURAHAN.index(rw.kelurahan) + 1:02}{rw.number:02}"
    return {
        "id": f"balai-{rw.kelurahan.name.lower().replace(' ', '-')}-{rw.number:02}",
        "name": f"Balai RW {rw.rw} {rw.kelurahan.name}",
        "kind": "balai RW",
        "east": f"{near[0]:.0f}",
        "north": f"{near[1]:.0f}",
        "street": NARROW if alley else BROAD,
        "hours": chance.choices(list(HALL_HOURS), list(HALL_HOURS.values()))[0],
        "permission": chance.choices(list(HALL_PERMISSIONS), list(HALL_PERMISSIONS.values()))[0],
        "contact": f"Ketua RW {rw.rw}, {phone}",
        "network": "ya" if chance.random() < 0.8 else "tidak",
        "power": "ya",
        "note": "",
    }


def _middle(rows: Sequence[RtRow]) -> Xy:
    """The middle of the people counted in these rows."""
    weights = [row.unrecorded + 1 for row in rows]
    east = sum(row.home[0] * weight for row, weight in zip(rows, weights, strict=True))
    north = sum(row.home[1] * weight for row, weight in zip(rows, weights, strict=True))
    return east / sum(weights), north / sum(weights)
