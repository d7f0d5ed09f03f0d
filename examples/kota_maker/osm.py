"""The road file: true OpenStreetMap PBF, the same bytes on every run."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import osmium
from osmium.osm import mutable

from kota_maker import layout
from kota_maker.ground import Xy, degrees, one_line
from kota_maker.network import Network, Way, split_at
from kota_maker.skeleton import Skeleton

GATE = {"barrier": "gate", "access": "private"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTurn:
    """A turn that is forbidden: from way to way, by index, over a node."""

    from_way: int
    via_node: int
    to_way: int


def write_roads(path: Path, network: Network, skeleton: Skeleton) -> None:
    """Write streets, river and turn restrictions; an older file is replaced."""
    ways, turns = _with_turns(network)
    header = osmium.io.Header()
    header.set("generator", "make_kota_contoh")
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path), header=header) as writer:
        water = _write_nodes(writer, network, skeleton)
        for way_id, way in enumerate(ways, start=1):
            tags = {"highway": way.highway, **({"name": way.name} if way.name else {}), **way.tags}
            nodes = [node + 1 for node in way.nodes]
            writer.add_way(mutable.Way(id=way_id, nodes=nodes, tags=tags, version=1))
        for way_id, (nodes, tags) in enumerate(water, start=len(ways) + 1):
            writer.add_way(mutable.Way(id=way_id, nodes=nodes, tags=tags, version=1))
        for relation_id, turn in enumerate(turns, start=1):
            writer.add_relation(_restriction(relation_id, turn))


def _write_nodes(
    writer: osmium.SimpleWriter, network: Network, skeleton: Skeleton
) -> list[tuple[list[int], dict[str, str]]]:
    """Write all nodes; what comes back are the ways of the river, nodes and tags."""
    gates = network.gates
    for node, xy in enumerate(network.corners):
        _write_node(writer, node + 1, xy, GATE if node in gates else {})
    river = one_line(skeleton.river.intersection(skeleton.border))
    bank = list(skeleton.water.exterior.coords)[:-1]
    first = len(network.corners) + 1
    for node_id, xy in enumerate([*river.coords, *bank], start=first):
        _write_node(writer, node_id, (xy[0], xy[1]), {})
    middle = list(range(first, first + len(river.coords)))
    edge = list(range(first + len(middle), first + len(middle) + len(bank)))
    return [
        (middle, {"waterway": "river", "name": "Kali Contoh"}),
        ([*edge, edge[0]], {"natural": "water", "water": "river", "name": "Kali Contoh"}),
    ]


def _write_node(writer: osmium.SimpleWriter, node_id: int, xy: Xy, tags: dict[str, str]) -> None:
    lat, lon = degrees(xy)
    writer.add_node(mutable.Node(id=node_id, location=(lon, lat), tags=tags, version=1))


def _restriction(relation_id: int, turn: NoTurn) -> mutable.Relation:
    members = [
        ("w", turn.from_way + 1, "from"),
        ("n", turn.via_node + 1, "via"),
        ("w", turn.to_way + 1, "to"),
    ]
    tags = {"type": "restriction", "restriction": "no_right_turn"}
    return mutable.Relation(id=relation_id, members=members, tags=tags, version=1)


def _with_turns(network: Network) -> tuple[tuple[Way, ...], list[NoTurn]]:
    """The ways, cut at the nodes of forbidden turns, and these turns."""
    pairs = [
        (from_name, to_name, _nodes_of(network, from_name) & _nodes_of(network, to_name))
        for from_name, to_name in layout.NO_RIGHT_TURN
    ]
    ways = split_at(network.ways, {node for *_, nodes in pairs for node in nodes})
    turns = [
        NoTurn(from_way=i, via_node=node, to_way=j)
        for from_name, to_name, nodes in pairs
        for node in sorted(nodes)
        for i, before in _legs(ways, from_name, node, arriving=True)
        for j, after in _legs(ways, to_name, node, arriving=False)
        if _is_right_turn(*(network.corners[n] for n in (before, node, after)))
    ]
    return ways, turns


def _nodes_of(network: Network, name: str) -> set[int]:
    return {node for way in network.ways if way.name == name for node in way.nodes}


def _legs(
    ways: tuple[Way, ...], name: str, node: int, *, arriving: bool
) -> Iterator[tuple[int, int]]:
    """Ways of a street that lead to or from a node, with the corner next to it."""
    for i, way in enumerate(ways):
        if way.name != name:
            continue
        both = way.tags.get("oneway") != "yes"
        if way.nodes[-1] == node and (arriving or both):
            yield i, way.nodes[-2]
        if way.nodes[0] == node and (not arriving or both):
            yield i, way.nodes[1]


def _is_right_turn(before: Xy, node: Xy, after: Xy) -> bool:
    heading = math.atan2(node[1] - before[1], node[0] - before[0])
    turned = math.atan2(after[1] - node[1], after[0] - node[0]) - heading
    return -150 < math.degrees(math.remainder(turned, math.tau)) < -30
