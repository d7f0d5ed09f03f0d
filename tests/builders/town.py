"""A town of 18 corners in which every drive can be worked out by hand.

Corners lie 100 m apart, E and F 200 m, on the equator, where degrees of latitude and of longitude
are equally long.
Streets are driven at 10 m/s, the alley at 5 m/s::

    I -------- J ---- K ---- L --->--- R      R has no way back
    =                        =
    = low bridge             = bridge
    =                        =
    E -------- F ---- G ---- H           S    S -- T is cut off
               ^      :      |           |
               |      : alley|           |
               |      :      |           |
        A ---- B ---- C ---- D --P---- Q T    P is a locked gate

Coming up the one-way street from B to F one may not turn right to G.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import osmium
from osmium.osm import mutable

from planner.district import Speeds
from planner.travel.factory import make_travel
from planner.travel.interface import Place, Travel
from planner.travel.network import Network, build_network
from planner.travel.osm import Extract, read_extract

STEP = 8993
"""100 m in units of 1e-7 degrees."""

CORNERS: Mapping[str, tuple[float, float]] = {
    "A": (0, 0),
    "B": (1, 0),
    "C": (2, 0),
    "D": (3, 0),
    "P": (4, 0),
    "Q": (6, 0),
    "E": (-1, 1),
    "F": (1, 1),
    "G": (2, 1),
    "H": (3, 1),
    "I": (-1, 2),
    "J": (1, 2),
    "K": (2, 2),
    "L": (3, 2),
    "R": (7, 2),
    "S": (20, 0),
    "T": (20, 1),
    "X": (1, 0.2),
    "Y": (0, 0.2),
}

STREETS: Mapping[str, Mapping[str, str]] = {
    "ABCD": {"highway": "residential", "name": "Jalan Melati"},
    "BF": {"highway": "residential", "name": "Jalan Mawar", "oneway": "yes"},
    "EF": {"highway": "residential", "name": "Jalan Anggrek"},
    "FGH": {"highway": "residential", "name": "Jalan Anggrek"},
    "CG": {"highway": "service", "service": "alley", "width": "2"},
    "DH": {"highway": "residential", "name": "Jalan Kenanga"},
    "EI": {"highway": "residential", "bridge": "yes", "maxheight": "2.5"},
    "HL": {"highway": "residential", "bridge": "yes"},
    "IJKL": {"highway": "residential", "name": "Jalan Seberang"},
    "LR": {"highway": "residential", "oneway": "yes"},
    "DPQ": {"highway": "residential", "name": "Jalan Dalam"},
    "ST": {"highway": "residential"},
}

NODE_TAGS = {"P": {"barrier": "gate", "access": "private"}}

SPEEDS = Speeds(by_highway_kmh={"residential": 36, "service": 18})
BOTH = ("small", "large")


def write_extract(
    path: Path,
    streets: Mapping[str, Mapping[str, str]] = STREETS,
    turns: Iterable[tuple[str, str, str, str]] = (("no_right_turn", "BF", "F", "FGH"),),
    node_tags: Mapping[str, Mapping[str, str]] = NODE_TAGS,
) -> Path:
    """An extract with some streets and turns: kind, from, via (corner or streets) and to.

    A kind with a key of its own is written as ``key=kind``; streets of a via are parted by blanks.
    """
    ids = {name: number for number, name in enumerate(CORNERS, start=1)}
    ways = {name: number for number, name in enumerate(streets, start=1)}
    with osmium.SimpleWriter(str(path)) as writer:
        for name, (x, y) in CORNERS.items():
            tags = node_tags.get(name, {})
            location = (round(x * STEP) / 1e7, round(y * STEP) / 1e7)
            writer.add_node(mutable.Node(id=ids[name], location=location, tags=tags))
        for name, tags in streets.items():
            nodes = [ids[corner] for corner in name]
            writer.add_way(mutable.Way(id=ways[name], nodes=nodes, tags=tags))
        for number, (kind, begin, via, end) in enumerate(turns, start=1):
            middle = [
                ("n", ids[name], "via") if name in ids else ("w", ways[name], "via")
                for name in via.split()
            ]
            members = [("w", ways[begin], "from"), *middle, ("w", ways[end], "to")]
            key, _, value = kind.rpartition("=")
            tags = {"type": "restriction", key or "restriction": value}
            writer.add_relation(mutable.Relation(id=number, members=members, tags=tags))
    return path


def at(x: float, y: float, classes: tuple[str, ...] = BOTH) -> Place:
    """A place so many hundred metres east and north of A."""
    return Place(name=f"{x}, {y}", lat=y * STEP / 1e7, lon=x * STEP / 1e7, classes=classes)


def corner(name: str, classes: tuple[str, ...] = BOTH) -> Place:
    """A place on a corner."""
    x, y = CORNERS[name]
    return at(x, y, classes)


def travel(roads: Path, *places: Place, speeds: Speeds = SPEEDS) -> Travel:
    """Travel between some places at the town's speeds."""
    return make_travel(places, roads, speeds)


def extract_of(path: Path) -> Extract:
    """What a road file says."""
    return read_extract(path, lambda share: None)


def network_of(path: Path) -> Network:
    """The network of a road file."""
    return build_network(extract_of(path))


def road_between(network: Network, names: str) -> int:
    """The road whose points begin and end on two corners."""
    ends = [(round(CORNERS[name][0] * STEP), round(CORNERS[name][1] * STEP)) for name in names]
    points = zip(network.x.tolist(), network.y.tolist(), strict=True)
    corner = list(points)
    roads = zip(network.first.tolist(), network.last.tolist(), strict=True)
    (road,) = (road for road, at in enumerate(roads) if [corner[at[0]], corner[at[1]]] == ends)
    return road
