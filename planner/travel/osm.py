"""Reads the ways, barriers and turn restrictions of an OpenStreetMap extract."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from planner.arrays import Int64s, concat_ranges
from planner.errors import input_error
from planner.i18n.messages import say
from planner.travel.profile import (
    FERRY,
    FOOTWAYS,
    PROFILES,
    VANS,
    WALK,
    barrier_permissions,
    is_circular,
    kind_of,
    limit_kmh,
    permissions,
    tags_by_mode,
)
from planner.travel.tags import MODES, Tags, clean_tags, listed, read_duration_s, unread_tags

_UNKNOWN = 2_147_483_647
"""Coordinate of a node that the extract has not named before the way."""

_COLUMNS = 3

_BYTES_PER_POINT = 12
"""In extracts of roads alone, for the progress: 6 to 14 in three of them."""

_FOOTWAY = "path"
"""The kind that all ways without vans are counted to."""

_TIMES = ("hour_on", "hour_off", "day_on", "day_off")
"""Keys of restrictions that do not hold all week, as they used to be written."""

WAY_KEYS = ("highway", "route")
_RESTRICTIONS = ("restriction", *(f"restriction:{mode}" for mode in MODES))
_CONDITIONAL = frozenset(f"{key}:conditional" for key in _RESTRICTIONS)
RELATION_KEYS = (*_RESTRICTIONS, *_CONDITIONAL)
"""Keys of what is read of an extract, beside the barriers of nodes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A stretch of a way whose nodes are all in the extract.

    Attributes
    ----------
    osm_id
        Its number in OpenStreetMap, shared by all stretches of one way.
    forward, backward
        Bits of `planner.travel.profile.permissions` along its nodes and against them.
    limit_kmh
        Signed speed limit, or infinite.
    circular
        Whether it is part of a roundabout.
    duration_s
        How long a ferry takes for the whole way; else 0.
    """

    osm_id: int
    highway: str
    name: str
    forward: int
    backward: int
    limit_kmh: float
    circular: bool
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRestriction:
    """A restriction: what one must not do, or only may do, coming from a way.

    Attributes
    ----------
    kind
        Its value in OpenStreetMap, such as ``no_left_turn``.
    profiles
        Both bits of the profiles it is meant for.
    via_node
        Where the two ways meet, or None where `via_ways` lie between them.
    via_ways
        In no order.
    """

    kind: str
    profiles: int
    from_way: int
    to_way: int
    via_node: int | None
    via_ways: tuple[int, ...]

    @property
    def only(self) -> bool:
        """Whether everything else is forbidden."""
        return self.kind.startswith("only_")


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
    unread
        How often each tag that speaks of who may drive is not understood.
    """

    ways: list[Way] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    points: "array[int]" = field(default_factory=lambda: array("q"))
    barriers: dict[int, int] = field(default_factory=dict)
    restrictions: list[TurnRestriction] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)

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
    keys = osmium.filter.KeyFilter(*WAY_KEYS, "barrier", *RELATION_KEYS)
    extract, expected = Extract(), path.stat().st_size / _BYTES_PER_POINT
    try:
        processor: Any = osmium.FileProcessor(str(path)).with_locations()
        for entity in processor.with_filter(keys):
            tags = clean_tags({tag.k: tag.v for tag in entity.tags})
            if entity.is_way():
                _add_way(extract, entity, tags)
                if len(extract.ways) % progress_every == 0:
                    on_progress(min(len(extract.points) / _COLUMNS / expected, 0.95))
            elif entity.is_node() and "barrier" in tags:
                extract.barriers[entity.id] = barrier_permissions(tags)
            elif entity.is_relation():
                _add_restrictions(extract, entity, tags)
        _locate_missing(extract, path)
    except (RuntimeError, UnicodeDecodeError) as error:
        raise input_error(
            path.name,
            say("cannot be read as an OpenStreetMap extract ({reason})", reason=error),
            say("download it again, with a name that ends in .osm.pbf"),
        ) from None
    _drop_missing(extract)
    if not any((way.forward | way.backward) & VANS for way in extract.ways):
        raise input_error(
            path.name,
            say("has no road that a van can use"),
            say("cut the extract around the district again, with its roads"),
        )
    return extract


def _add_way(extract: Extract, entity: Any, tags: Tags) -> None:
    forward, backward = permissions(tags)
    kind = kind_of(tags)
    if kind or ";" in tags.get("highway", ""):
        extract.unread.update(unread_tags(tags))
    duration_s = read_duration_s(tags.get("duration", "")) if kind == FERRY else 0.0
    if not (forward | backward) & (VANS | WALK) or duration_s is None:
        return
    extract.ways.append(
        Way(
            osm_id=entity.id,
            highway=_FOOTWAY if kind in FOOTWAYS else kind,
            name=tags.get("name") or tags.get("ref", ""),
            forward=forward,
            backward=backward,
            limit_kmh=limit_kmh(tags),
            circular=is_circular(tags),
            duration_s=duration_s,
        )
    )
    for node in entity.nodes:
        extract.points.extend((node.ref, node.x, node.y))
    extract.starts.append(len(extract.points) // _COLUMNS)


def _locate_missing(extract: Extract, path: Path) -> None:
    """Find the nodes that come behind their ways, or that have negative numbers."""
    points = extract.columns()
    missing = points[:, 1] == _UNKNOWN
    wanted = {*points[missing, 0].tolist()}
    if not wanted:
        return
    nodes: Any = osmium.FileProcessor(str(path), osmium.osm.NODE)
    if min(wanted) >= 0:
        nodes = nodes.with_filter(osmium.filter.IdFilter(wanted))
    located = {
        node.id: (node.location.x, node.location.y)
        for node in nodes
        if node.id in wanted and node.location.valid()
    }
    unknown = (_UNKNOWN, _UNKNOWN)
    points[missing, 1:] = [located.get(ref, unknown) for ref in points[missing, 0].tolist()]
    extract.points = array("q", points.tobytes())


def _drop_missing(extract: Extract) -> None:
    """Split ways at nodes that are nowhere in the extract; a node alone is no way and goes."""
    points = extract.columns()
    present = points[:, 1] != _UNKNOWN
    if present.all() and np.diff(extract.starts).min(initial=2) >= 2:
        return
    number = np.repeat(np.arange(len(extract.ways)), np.diff(extract.starts))
    joined = present[:-1] & present[1:] & (number[:-1] == number[1:])
    # A stretch is a run of points that are each joined to the next.
    edges = np.diff(np.concatenate([[0], joined.view(np.int8), [0]]))
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    sizes = last - first + 1
    extract.ways = [extract.ways[way] for way in number[first].tolist()]
    extract.starts = [0, *np.cumsum(sizes).tolist()]
    kept = points[concat_ranges(first, sizes)]
    extract.points = array("q", kept.tobytes())


def _add_restrictions(extract: Extract, relation: Any, tags: Tags) -> None:
    if not tags.get("type", "restriction").startswith("restriction"):
        return
    extract.unread.update(_CONDITIONAL.intersection(tags))
    times = [key for key in _TIMES if key in tags]
    if times:
        extract.unread[times[0]] += 1
        return
    exempt = {*listed(tags.get("except", ""))}
    profiles = Counter[str]()
    for profile in PROFILES:
        if exempt & ({*profile.modes} - profile.bounded_by):
            continue
        _, text = next(tags_by_mode(tags, profile, "restriction"), ("", ""))
        for kind in listed(text):
            profiles[kind] |= profile.usable | profile.passable
    for kind, bits in profiles.items():
        turns = [*_turn_restrictions(relation, kind, bits)]
        extract.restrictions.extend(turns)
        if kind and not turns:
            extract.unread[f"restriction={kind}"] += 1


def _turn_restrictions(relation: Any, kind: str, profiles: int) -> Iterator[TurnRestriction]:
    if not kind.startswith(("no_", "only_")):
        return
    members = [
        (member.role.strip().lower(), member.type, member.ref) for member in relation.members
    ]
    via_nodes = [ref for role, kind_, ref in members if role == "via" and kind_ == "n"]
    via_ways = tuple(ref for role, kind_, ref in members if role == "via" and kind_ == "w")
    if len(via_nodes) + bool(via_ways) != 1:
        return
    for from_way in (ref for role, _, ref in members if role == "from"):
        for to_way in (ref for role, _, ref in members if role == "to"):
            yield TurnRestriction(
                kind=kind,
                profiles=profiles,
                from_way=from_way,
                to_way=to_way,
                via_node=via_nodes[0] if via_nodes else None,
                via_ways=via_ways,
            )
