"""Kelurahan and RW: blocks of the town, grown together."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from shapely import MultiPolygon, Polygon, STRtree, unary_union
from shapely.ops import polygonize

from kota_maker.ground import GRID_M, Xy, dice
from kota_maker.skeleton import Skeleton
from kota_maker.street import Street
from planner.arrays import Float64s

Shape = Polygon | MultiPolygon


@dataclass(frozen=True, slots=True, kw_only=True)
class Kelurahan:
    """A quarter with a lurah.

    Attributes
    ----------
    code
        Shaped like a Kemendagri code, in a province that does not exist.
    centres
        Superblocks nearest to one of these belong to it.
    """

    code: str
    name: str
    north: bool
    num_rw: int
    centres: tuple[Xy, ...]

    @property
    def kecamatan(self) -> str:
        """Name of the kecamatan: there is one on each side of the river."""
        return "Contoh Utara" if self.north else "Contoh Selatan"


KELURAHAN = (
    Kelurahan(code="99.71.01.1001", name="Pasarlama", north=False, num_rw=11,
              centres=((-800, -200), (-900, -1300), (250, -500), (100, -1400))),
    Kelurahan(code="99.71.01.1002", name="Tepikali", north=False, num_rw=8,
              centres=((-3000, -200), (-3000, -1300), (-2600, -2500), (-1200, -2500))),
    Kelurahan(code="99.71.01.1003", name="Contoh Kidul", north=False, num_rw=9,
              centres=((1300, -700), (2700, -700), (1600, -1700), (700, -2700), (3000, -2000))),
    Kelurahan(code="99.71.02.1001", name="Contoh Lor", north=True, num_rw=9,
              centres=((-800, 1000), (-3000, 1200), (-1500, 2000), (-2000, 2700))),
    Kelurahan(code="99.71.02.1002", name="Bukitjati", north=True, num_rw=8,
              centres=((600, 800), (1500, 900), (3000, 700), (800, 2000), (1500, 2800),
                       (3200, 2400))),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rw:
    """A neighbourhood of several RT, whole blocks of its kelurahan."""

    kelurahan: Kelurahan
    number: int
    shape: Shape

    @property
    def rw(self) -> str:
        """Three digits, as in the tables."""
        return f"{self.number:03}"

    @property
    def key(self) -> str:
        """For `ground.dice`."""
        return f"{self.kelurahan.code}/{self.rw}"


def divide(skeleton: Skeleton, streets: Sequence[Street]) -> tuple[Rw, ...]:
    """All RW, kelurahan by kelurahan; together they cover the town without a gap."""
    superblocks = _faces(skeleton, skeleton.streets)
    home = {face: _nearest_kelurahan(face, skeleton) for face in superblocks}
    tree = STRtree(superblocks)
    blocks: dict[str, list[Polygon]] = defaultdict(list)
    for block in _faces(skeleton, streets):
        face = superblocks[int(tree.nearest(block.representative_point()))]
        blocks[home[face].code].append(block)
    return tuple(
        Rw(kelurahan=kelurahan, number=number, shape=shape)
        for kelurahan in KELURAHAN
        for number, shape in enumerate(_grown(blocks[kelurahan.code], kelurahan.num_rw), start=1)
    )


def _together(shapes: Iterable[Shape]) -> Shape:
    together = unary_union(list(shapes), grid_size=GRID_M)
    if not isinstance(together, Polygon | MultiPolygon):
        raise TypeError(f"{together.geom_type} where blocks should join")
    return together


def border_of(code: str, all_rw: Sequence[Rw]) -> Shape:
    """The border of a kelurahan: its RW together."""
    return _together(rw.shape for rw in all_rw if rw.kelurahan.code == code)


def _faces(skeleton: Skeleton, streets: Sequence[Street]) -> list[Polygon]:
    """What the streets, the river and the border enclose, from west to east."""
    lines = [street.line for street in streets if street.highway != "motorway_link"]
    noded = unary_union([*lines, skeleton.river, skeleton.border.exterior], grid_size=GRID_M)
    inside = (
        face for face in polygonize(noded) if skeleton.border.contains(face.representative_point())
    )
    return sorted(inside, key=lambda face: (face.centroid.x, face.centroid.y))


def _nearest_kelurahan(face: Polygon, skeleton: Skeleton) -> Kelurahan:
    middle = face.representative_point()
    ahead = skeleton.river.interpolate(skeleton.river.project(middle))
    north = middle.y > ahead.y
    return min(
        (kelurahan for kelurahan in KELURAHAN if kelurahan.north == north),
        key=lambda kelurahan: min(math.dist((middle.x, middle.y), xy) for xy in kelurahan.centres),
    )


def _grown(blocks: list[Polygon], num_rw: int) -> list[Shape]:
    """RW shapes, north to south: each grows from its centre over neighbouring blocks."""
    middles = [(block.centroid.x, block.centroid.y) for block in blocks]
    centres = _centres(middles, num_rw)
    neighbours = _neighbours(blocks)
    owner: dict[int, int] = {}
    queue = [
        (0.0, min(range(len(blocks)), key=lambda b: math.dist(middles[b], centre)), rw)
        for rw, centre in enumerate(centres)
    ]
    while queue:
        _, block, rw = heapq.heappop(queue)
        if block in owner:
            continue
        owner[block] = rw
        for other in neighbours[block]:
            if other not in owner:
                heapq.heappush(queue, (math.dist(middles[other], centres[rw]), other, rw))
    return [
        _together(blocks[b] for b, its_rw in owner.items() if its_rw == rw) for rw in range(num_rw)
    ]


def _centres(middles: Sequence[Xy], count: int) -> list[Xy]:
    """Centres of so many clusters of blocks, from north to south: the tightest of a few tries."""
    tries = [_clustered(np.array(middles), count, attempt) for attempt in range(12)]
    _, centres = min(tries, key=lambda found: found[0])
    ordered = ((float(x), float(y)) for x, y in centres)
    return sorted(ordered, key=lambda xy: (-round(xy[1] / 500), xy[0]))


def _clustered(middles: Float64s, count: int, attempt: int) -> tuple[float, Float64s]:
    """Centres of clusters by Lloyd's method, and how far from them the blocks are."""
    start = dice("clusters", len(middles), attempt).sample(range(len(middles)), count)
    centres = middles[start]
    for _ in range(25):
        nearest = np.hypot(*(middles[:, None] - centres[None]).T).argmin(axis=0)
        centres = np.array([middles[nearest == i].mean(axis=0) for i in range(count)])
    spread_m = np.hypot(*(middles - centres[nearest]).T).sum()
    return round(float(spread_m), 1), centres.round(1)


def _neighbours(blocks: Sequence[Polygon]) -> Mapping[int, list[int]]:
    """Blocks that share more than a corner."""
    tree = STRtree(blocks)
    found: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        near = sorted(int(j) for j in tree.query(block, predicate="intersects") if j != i)
        found[i] = [j for j in near if block.intersection(blocks[j]).length > 1]
    return found
