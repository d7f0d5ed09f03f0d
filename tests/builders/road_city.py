"""A seeded city of Jakarta's size as a road file: what an extract of one looks like to an engine.

Arterial roads around superblocks, local streets and kampung alleys inside them, a river with few
bridges, a toll road, one-way streets, forbidden turns, gated quarters, and an island without a
bridge. At full size about 630,000 road nodes.
"""

import math
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import osmium
from osmium.osm import mutable

LAT, LON = -6.2, 106.8
"""Where the south-western corner lies."""

METRES_PER_DEGREE = 111_195.0
BLOCK_M = 800.0
STREETS = 11
"""Local streets across a superblock, its borders included."""

FULL_SIZE = 33
"""Superblocks along a side of a city of Jakarta's size."""

RIVER_BEND_M = 1_500.0

Xy = tuple[float, float]


@dataclass(slots=True)
class City:
    """Nodes and ways while they are made."""

    rng: Random
    size: int
    nodes: list[Xy] = field(default_factory=list)
    ways: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)
    gates: set[int] = field(default_factory=set)
    turns: list[tuple[int, int, int]] = field(default_factory=list)

    def node(self, x: float, y: float) -> int:
        """A new node, by its metres east and north."""
        self.nodes.append((x, y))
        return len(self.nodes) - 1

    def street(self, begin: int, end: int, tags: dict[str, str], shape: int = 2) -> int:
        """A new way between two nodes, slightly bent."""
        (x, y), (x2, y2) = self.nodes[begin], self.nodes[end]
        bend = self.rng.uniform(-0.06, 0.06)
        between = []
        for step in range(1, shape + 1):
            t = step / (shape + 1)
            off = bend * math.sin(math.pi * t)
            between.append(
                self.node(x + (x2 - x) * t - (y2 - y) * off, y + (y2 - y) * t + (x2 - x) * off)
            )
        self.ways.append(([begin, *between, end], tags))
        return len(self.ways) - 1

    def river_x(self, y: float) -> float:
        """Where the river flows at some height."""
        side = self.size * BLOCK_M
        return side * 0.45 + RIVER_BEND_M * math.sin(y / side * 3 * math.tau)

    def crosses_river(self, begin: int, end: int) -> bool:
        """Whether a street would lie across the river."""
        sides = [x < self.river_x(y) for x, y in (self.nodes[begin], self.nodes[end])]
        return sides[0] != sides[1]


def write_city(path: Path, *, size: int = FULL_SIZE, seed: int = 0) -> Path:
    """Write a city of so many superblocks along each side; the same bytes for the same seed."""
    city = City(rng=Random(seed), size=size)
    step = STREETS - 1
    corners = _grid(city, size * step + 1, BLOCK_M / step, 0.0)
    _arterials(city, corners, step)
    for row in range(size):
        for column in range(size):
            _superblock(city, corners, row * step, column * step)
    _toll_road(city, corners)
    island = _grid(city, 2 * step + 1, BLOCK_M / step, size * BLOCK_M + 3_000)
    _streets_of_island(city, island)
    _write(path, city)
    return path


def _grid(city: City, count: int, spacing_m: float, east_m: float) -> list[list[int]]:
    """Corners of a jittered grid, row after row from the south."""
    jitter_m = 0.22 * spacing_m

    def near(value: float) -> float:
        return value + city.rng.uniform(-jitter_m, jitter_m)

    return [
        [
            city.node(east_m + near(column * spacing_m), near(row * spacing_m))
            for column in range(count)
        ]
        for row in range(count)
    ]


def _arterials(city: City, corners: list[list[int]], step: int) -> None:
    """Roads around the superblocks, with bridges on every third, and forbidden right turns."""
    count = len(corners)
    along: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for line in range(0, count, step):
        rank = "primary" if line % (4 * step) == 0 else "secondary"
        for vertical in (False, True):
            name = f"Jalan {'Utara' if vertical else 'Timur'} {line // step}"
            tags = {"highway": rank, "name": name}
            for at in range(count - 1):
                begin, end = _step(corners, line, at, vertical)
                if city.crosses_river(begin, end) and line % (3 * step):
                    continue
                way = city.street(begin, end, tags)
                for corner, here in ((at, begin), (at + 1, end)):
                    if corner % step == 0:
                        along.setdefault((here, 0), ([], []))[vertical].append(way)
    for (node, _), (eastward, northward) in along.items():
        if eastward and northward and city.rng.random() < 0.3:
            city.turns.append((city.rng.choice(eastward), node, city.rng.choice(northward)))


def _step(corners: list[list[int]], line: int, at: int, vertical: bool) -> tuple[int, int]:
    if vertical:
        return corners[at][line], corners[at + 1][line]
    return corners[line][at], corners[line][at + 1]


def _superblock(city: City, corners: list[list[int]], south: int, west: int) -> None:
    """Local streets inside the arterials; a tenth of the superblocks is gated."""
    rng, step = city.rng, STREETS - 1
    gated = rng.random() < 0.1
    for line in range(1, step):
        for vertical in (False, True):
            one_way = rng.random() < 0.15
            for at in range(step):
                row, column = (at, line) if vertical else (line, at)
                begin = corners[south + row][west + column]
                end = corners[south + row + vertical][west + column + (not vertical)]
                if rng.random() < 0.18 or city.crosses_river(begin, end):
                    continue
                way = city.street(begin, end, _local_tags(city, line, one_way, gated))
                if gated and at in {0, step - 1}:
                    city.gates.add(city.ways[way][0][1 if at == 0 else -2])
    for _ in range(45):
        row, column = rng.randrange(1, step), rng.randrange(1, step)
        _alley(city, corners[south + row][west + column])


def _local_tags(city: City, line: int, one_way: bool, gated: bool) -> dict[str, str]:
    rng = city.rng
    if gated:
        return {"highway": "residential", "access": "private"}
    if line == (STREETS - 1) // 2:
        return {"highway": "tertiary", "name": f"Jalan Tengah {rng.randrange(10_000)}"}
    if one_way:
        return {"highway": "residential", "oneway": "yes", "name": f"Jalan {rng.randrange(10_000)}"}
    kind = rng.random()
    if kind < 0.2:
        return {"highway": "service", "service": "alley", "width": "2"}
    if kind < 0.3:
        return {"highway": "living_street", "width": "3"}
    return {"highway": "residential", "name": f"Gang {rng.randrange(10_000)}"}


def _alley(city: City, begin: int) -> None:
    """A dead end of the kampung."""
    x, y = city.nodes[begin]
    turn, length_m = city.rng.uniform(0, math.tau), city.rng.uniform(15, 45)
    end = city.node(x + length_m * math.cos(turn), y + length_m * math.sin(turn))
    city.street(begin, end, {"highway": "service", "service": "alley", "width": "2"}, shape=3)


def _toll_road(city: City, corners: list[list[int]]) -> None:
    """Two carriageways from west to east, with ramps at every fourth superblock."""
    step = STREETS - 1
    row = (len(corners) // 2 // step) * step + step // 2
    y = city.nodes[corners[row][0]][1] + 20
    tags = {
        "highway": "motorway",
        "oneway": "yes",
        "name": "Jalan Tol Dalam Kota",
        "maxspeed": "80",
    }
    ramp = {"highway": "motorway_link", "oneway": "yes"}
    stops = range(0, len(corners), 4 * step)
    for off_m, order in ((0.0, list(stops)), (25.0, list(reversed(stops)))):
        before = None
        for column in order:
            x = city.nodes[corners[row][column]][0]
            here = city.node(x, y + off_m)
            city.street(here, corners[row][column], ramp, shape=4)
            city.street(corners[row][column], here, ramp, shape=4)
            if before is not None:
                city.street(before, here, tags, shape=30)
            before = here


def _streets_of_island(city: City, corners: list[list[int]]) -> None:
    count = len(corners)
    for line in range(count):
        for at in range(count - 1):
            for vertical in (False, True):
                city.street(*_step(corners, line, at, vertical), {"highway": "residential"})


def _write(path: Path, city: City) -> None:
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (x, y) in enumerate(city.nodes):
            tags = {"barrier": "gate", "access": "private"} if number in city.gates else {}
            writer.add_node(mutable.Node(id=number + 1, location=degrees(x, y), tags=tags))
        for number, (nodes, tags) in enumerate(city.ways):
            ids = [node + 1 for node in nodes]
            writer.add_way(mutable.Way(id=number + 1, nodes=ids, tags=tags))
        for number, (begin, via, end) in enumerate(city.turns):
            members = [("w", begin + 1, "from"), ("n", via + 1, "via"), ("w", end + 1, "to")]
            tags = {"type": "restriction", "restriction": "no_right_turn"}
            writer.add_relation(mutable.Relation(id=number + 1, members=members, tags=tags))


def degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of metres east and north of the corner."""
    shrink = math.cos(math.radians(LAT))
    return LON + x / METRES_PER_DEGREE / shrink, LAT + y / METRES_PER_DEGREE
