"""Unrecorded residents: how many in each RW and RT, and where they live."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median

import numpy as np
from shapely import contains_xy

from kota_maker.areas import Rw
from kota_maker.ground import Xy, dice
from kota_maker.network import Network

NUM_RT = 420
MEDIAN_PER_RW, MOST_PER_RW = 27, 88
"""About 30 per RW are left at 99 % coverage."""

GONE = 0.09
"""Share of the unrecorded who are not there any more."""

CROWDED = {"99.71.01.1001/008": 131, "99.71.01.1003/007": 108, "99.71.02.1002/005": 117}
"""RW far above the others: a rusunawa, a village at the edge, a boarding-house quarter."""

ONE_ROW = "99.71.02.1001/001"
"""The RW whose chief sent one number for all its RT."""

WITHOUT_PLACE = ("99.71.01.1002/006", "99.71.02.1002/003")
"""RW whose RT nobody has measured yet: their rows have no coordinates."""

REASONS = ("pindah", "meninggal", "data ganda", "di luar negeri", "sudah rekam di kota lain")


@dataclass(frozen=True, slots=True, kw_only=True)
class RtRow:
    """One row of the table ``rt``: the unrecorded of one RT, or of an RW as a whole.

    Attributes
    ----------
    home
        Metres; the middle of its houses.
    unreachable
        Those of the unrecorded who are gone, for the ``reason`` given.
    """

    rw: Rw
    rt: int | None
    home: Xy
    unrecorded: int
    unreachable: int
    reason: str

    @property
    def placed(self) -> bool:
        """Whether its row has coordinates."""
        return self.rt is not None and self.rw.key not in WITHOUT_PLACE


def settle(all_rw: Sequence[Rw], network: Network) -> tuple[RtRow, ...]:
    """All rows of the table ``rt``, by kelurahan, RW and RT."""
    streets = _homes(network)
    sizes = _num_rt(all_rw)
    return tuple(row for rw in all_rw for row in _rows(rw, sizes[rw.key], _inside(rw, streets)))


def _rows(rw: Rw, num_rt: int, homes: Sequence[Xy]) -> list[RtRow]:
    total = _total(rw)
    if rw.key == ONE_ROW:
        middle = rw.shape.representative_point()
        return [_row(rw, None, (middle.x, middle.y), total)]
    chance = dice("shares", rw.key)
    shares = [chance.lognormvariate(0, 0.7) for _ in range(num_rt)]
    counts = Counter(chance.choices(range(num_rt), shares, k=total))
    return [_row(rw, i + 1, home, counts[i]) for i, home in enumerate(_spread(homes, num_rt))]


def _total(rw: Rw) -> int:
    """The unrecorded of an RW: a log-normal number, so a few have many."""
    usual = dice("people", rw.key).lognormvariate(math.log(MEDIAN_PER_RW), 0.6)
    return CROWDED.get(rw.key, round(min(MOST_PER_RW, usual)))


def _row(rw: Rw, rt: int | None, home: Xy, unrecorded: int) -> RtRow:
    chance = dice("reason", rw.key, rt)
    gone = sum(chance.random() < GONE for _ in range(unrecorded))
    why = Counter(chance.choices(REASONS, (6, 4, 2, 1, 2), k=gone)).most_common()
    reason = "; ".join(f"{count} {what}" for what, count in why)
    x, y = (coordinate + chance.uniform(-15, 15) for coordinate in home)
    return RtRow(rw=rw, rt=rt, home=(x, y), unrecorded=unrecorded, unreachable=gone, reason=reason)


def _num_rt(all_rw: Sequence[Rw]) -> dict[str, int]:
    """RT of each RW: 7 to 12, together as many as the town has."""
    sizes = {rw.key: dice("rt", rw.key).randint(7, 11) for rw in all_rw}
    for rw in cycle(all_rw):
        missing = NUM_RT - sum(sizes.values())
        if missing == 0:
            break
        sizes[rw.key] += 1 if missing > 0 else -1
    return sizes


def _homes(network: Network) -> list[Xy]:
    """Corners of the streets people live in."""
    lived_in = ("secondary", "tertiary", "residential", "living_street", "service")
    nodes = {node for way in network.ways if way.highway in lived_in for node in way.nodes}
    return [network.corners[node] for node in sorted(nodes)]


def _inside(rw: Rw, points: Sequence[Xy]) -> list[Xy]:
    inside = contains_xy(rw.shape, np.array(points))
    return [xy for xy, is_inside in zip(points, inside, strict=True) if is_inside]


def _spread(points: Sequence[Xy], count: int) -> list[Xy]:
    """So many of the points around their middle, each far from those before it."""
    middle = (median(x for x, _ in points), median(y for _, y in points))
    points = sorted(points, key=lambda xy: math.dist(xy, middle))[
        : max(count, len(points) * 3 // 5)
    ]
    chosen = [min(points, key=lambda xy: xy[0] - xy[1])]
    while len(chosen) < count:
        chosen.append(max(points, key=lambda xy: min(math.dist(xy, other) for other in chosen)))
    return sorted(chosen, key=lambda xy: (-round(xy[1] / 200), xy[0]))
