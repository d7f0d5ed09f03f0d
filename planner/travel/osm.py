"""Reads the ways, barriers and forbidden turns of an OpenStreetMap extract."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from planner.arrays import Int64s
from planner.errors import input_error
from planner.i18n.messages import say
from planner.travel.profile import (
    FOOTWAYS,
    VANS,
    WALK,
    Tags,
    barrier_permissions,
    drivable_directions,
    is_circular,
    limit_kmh,
    permissions,
)

_UNKNOWN = 2_147_483_647
"""Coordinate of a node that is not in the extract."""

_COLUMNS = 3

_BYTES_PER_POINT = 12
"""In extracts of roads alone, for the progress: 6 to 14 in three of them."""

_FOOTWAY = "path"
"""The kind that all ways without vans are counted to."""

_OUR_MODES = frozenset({"motorcar", "motor_vehicle", "vehicle"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A stretch of a way whose nodes are all in the extract.

    Attributes
    ----------
    osm_id
        Its number in OpenStreetMap, shared by all stretches of one way.
    forward, backward
        Bits of the profiles that may drive along its nodes and against them.
    limit_kmh
        Signed speed limit, or infinite.
    circular
        Whether it is part of a roundabout.
    """

    osm_id: int
    highway: str
    name: str
    forward: int
    backward: int
    limit_kmh: float
    circular: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRestriction:
    """A restriction: what one must not do, or only may do, coming from a way.

    Attributes
    ----------
    only
        Whether everything else is forbidden.
    via_node
        Where the two ways meet, or None where `via_ways` lie between them.
    """

    only: bool
    from_way: int
    to_way: int
    via_node: int | None
    via_ways: tuple[int, ...]


@dataclass(slots=True)
class Extract:
    """What an extract says of roads.

    Attributes
    ----------
    starts
        Number of the first node of each way among all, and the count of nodes behind the last.
    points
        Of each node, way after way: OpenStreetMap's number of it, and its longitude and latitude
        in units of 1e-7 degrees.
    barriers
        Bits of `planner.travel.profile.barrier_permissions` by node.
    """

    ways: list[Way] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    points: "array[int]" = field(default_factory=lambda: array("q"))
    barriers: dict[int, int] = field(default_factory=dict)
    restrictions: list[TurnRestriction] = field(default_factory=list)

    def via_nodes(self) -> list[int]:
        """Nodes over which turn restrictions lead."""
        return [turn.via_node for turn in self.restrictions if turn.via_node is not None]

    def columns(self) -> Int64s:
        """The points as an array of shape ``(num_points, 3)``."""
        return np.array(self.points, dtype=np.int64).reshape(-1, _COLUMNS)


def read_extract(
    path: Path, on_progress: Callable[[float], None], progress_every: int = 1_000
) -> Extract:
    """All ways of an extract that some van fits on or people walk on.

    Parameters
    ----------
    on_progress
        Hears about the share that is read, after every so many ways.

    Raises
    ------
    InputError
        Where the file is no extract, cut short, or without roads.
    """
    keys = osmium.filter.KeyFilter("highway", "barrier", "restriction")
    extract, expected = Extract(), path.stat().st_size / _BYTES_PER_POINT
    try:
        processor: Any = osmium.FileProcessor(str(path)).with_locations()
        for entity in processor.with_filter(keys):
            if entity.is_way():
                _add_way(extract, entity)
                if len(extract.ways) % progress_every == 0:
                    on_progress(min(len(extract.points) / _COLUMNS / expected, 0.95))
            elif entity.is_node():
                tags = {tag.k: tag.v for tag in entity.tags}
                if "barrier" in tags:
                    extract.barriers[entity.id] = barrier_permissions(tags)
            else:
                extract.restrictions.extend(_turn_restrictions(entity))
    except RuntimeError as error:
        raise input_error(
            path.name,
            say("cannot be read as an OpenStreetMap extract ({reason})", reason=error),
            say("download it again, with a name that ends in .osm.pbf"),
        ) from None
    if not any((way.forward | way.backward) & VANS for way in extract.ways):
        raise input_error(
            path.name,
            say("has no road that a van can use"),
            say("cut the extract around the district again, with its roads"),
        )
    return extract


def _add_way(extract: Extract, entity: Any) -> None:
    tags = {tag.k: tag.v for tag in entity.tags}
    allowed = permissions(tags)
    if not allowed:
        return
    forward, backward = drivable_directions(tags)
    way = Way(
        osm_id=entity.id,
        highway=_FOOTWAY if tags["highway"] in FOOTWAYS else tags["highway"],
        name=tags.get("name") or tags.get("ref", ""),
        forward=allowed if forward else allowed & WALK,
        backward=allowed if backward else allowed & WALK,
        limit_kmh=limit_kmh(tags),
        circular=is_circular(tags),
    )
    begin = len(extract.points)
    for node in entity.nodes:
        if node.x == _UNKNOWN:
            begin = _end_way(extract, way, begin)
        else:
            extract.points.extend((node.ref, node.x, node.y))
    _end_way(extract, way, begin)


def _end_way(extract: Extract, way: Way, begin: int) -> int:
    """End a stretch; a lone node is none and goes. Answers where the next one begins."""
    if len(extract.points) - begin < 2 * _COLUMNS:
        del extract.points[begin:]
        return begin
    extract.ways.append(way)
    extract.starts.append(len(extract.points) // _COLUMNS)
    return len(extract.points)


def _turn_restrictions(relation: Any) -> Iterator[TurnRestriction]:
    tags: Tags = {tag.k: tag.v for tag in relation.tags}
    kind = tags.get("restriction", "")
    exempt = set(tags.get("except", "").replace(" ", "").split(";"))
    if not kind.startswith(("no_", "only_")) or exempt & _OUR_MODES:
        return
    members = [(member.role, member.type, member.ref) for member in relation.members]
    via_nodes = [ref for role, kind_, ref in members if role == "via" and kind_ == "n"]
    via_ways = tuple(ref for role, kind_, ref in members if role == "via" and kind_ == "w")
    if len(via_nodes) + bool(via_ways) != 1:
        return
    for from_way in (ref for role, _, ref in members if role == "from"):
        for to_way in (ref for role, _, ref in members if role == "to"):
            yield TurnRestriction(
                only=kind.startswith("only_"),
                from_way=from_way,
                to_way=to_way,
                via_node=via_nodes[0] if via_nodes else None,
                via_ways=via_ways,
            )
