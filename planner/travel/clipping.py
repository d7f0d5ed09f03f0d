"""Cuts a large extract down to the roads and the water around a district."""

import multiprocessing
import os
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import osmium

from planner.district import District
from planner.errors import input_error
from planner.geo import BoundingBox
from planner.i18n.messages import say
from planner.travel.osm import RELATION_KEYS
from planner.travel.profile import FERRY
from planner.travel.water import WATER_KEYS, is_water

_UNSORTED = -1
"""The answer where no node of any road has coordinates when the road is read."""

MARGIN_M = 5_000.0
"""Vans drive so far beyond the outermost place to get round a river or a toll road."""


def district_bounds(district: District) -> BoundingBox:
    """The box around all places and neighbourhoods, a margin wider on every side."""
    points = [
        *((depot.lat, depot.lon) for depot in district.depots),
        *((venue.lat, venue.lon) for venue in district.venues),
        *((home.lat, home.lon) for home in district.neighbourhoods),
    ]
    lat, lon = np.array(points).T
    return BoundingBox.around(lat, lon, MARGIN_M)


def clip_extract(
    source: Path, target: Path, box: BoundingBox, *, in_memory_bytes: int = 300_000_000
) -> int:
    """Write the roads that touch a box, whole, with what they refer to; the number of roads.

    The target is written beside and renamed into place.

    Parameters
    ----------
    in_memory_bytes
        Size of a source up to which its nodes are kept in memory; the default takes 0.6 GB.

    Raises
    ------
    InputError
        Where the source is missing or no extract, no road touches the box, or the disk is full.
    """
    if not source.is_file():
        raise input_error(
            str(source), say("is missing"), say("download an extract in PBF, and name it here")
        )
    beside = target.with_name(f".{os.getpid()}.{target.name}")
    try:
        count = _write_in_subprocess(source, beside, box, in_memory_bytes)
        if count == 0:
            raise input_error(
                source.name,
                say("has no road around the district"),
                say("use the extract of its province"),
            )
        beside.replace(target)
    finally:
        with suppress(OSError):
            beside.unlink()
    return count


def _write_in_subprocess(source: Path, target: Path, box: BoundingBox, in_memory_bytes: int) -> int:
    """The number of roads written by a process of its own, which the disk may fill up for.

    A writer of osmium that meets a full disk ends its process when it is taken down.
    """
    apart = multiprocessing.get_context("spawn")
    receiving, sending = apart.Pipe(duplex=False)
    with TemporaryDirectory() as scratch:
        storage = f"sparse_file_array,{Path(scratch) / 'nodes'}"
        if source.stat().st_size <= in_memory_bytes:
            storage = "flex_mem"
        given = source, target, box, storage, scratch, sending
        process = apart.Process(target=_subprocess_main, args=given, daemon=True)
        process.start()
        sending.close()
        try:
            answer = receiving.recv()
        except EOFError:
            answer = say("the process ended unexpectedly")
        finally:
            process.terminate()
            process.join()
    if answer == _UNSORTED:
        raise input_error(
            source.name,
            say("has its ways before its nodes, or negative numbers"),
            say("sort and number it, with osmium sort and osmium renumber"),
        )
    if isinstance(answer, int):
        return answer
    raise input_error(
        source.name,
        say("cannot be cut ({reason})", reason=answer),
        say("download it again, and check the free disk space"),
    )


def _subprocess_main(
    source: Path, target: Path, box: BoundingBox, storage: str, scratch: str, sending: Connection
) -> None:
    """Send the number of roads written, or why that failed."""
    tempfile.tempdir = scratch
    try:
        sending.send(_write_extract(source, target, box, storage))
    except (RuntimeError, OSError) as error:
        sending.send(str(error))
        # Before anything is taken down.
        os._exit(1)


def _write_extract(source: Path, target: Path, box: BoundingBox, storage: str) -> int:
    shores = _shores(source)
    # Shores of lakes have no tags of their own, so that all ways are looked at.
    keys = osmium.filter.KeyFilter(*RELATION_KEYS, *WATER_KEYS)
    keys.enable_for(osmium.osm.NODE | osmium.osm.RELATION)
    processor: Any = osmium.FileProcessor(str(source)).with_locations(storage)
    roads: set[int] = set()
    near: set[int] = set()
    located = False
    with osmium.BackReferenceWriter(target, source, overwrite=True, remove_tags=False) as writer:
        for entity in processor.with_filter(keys):
            if entity.is_way():
                tags = entity.tags
                is_road = "highway" in tags or tags.get("route") == FERRY
                if not (is_road or entity.id in shores or is_water(tags)):
                    continue
                located = located or any(node.location.valid() for node in entity.nodes)
                if _touches(entity, box):
                    (roads if is_road else near).add(entity.id)
                    writer.add_way(entity)
            elif entity.is_relation():
                ways = {member.ref for member in entity.members if member.type == "w"}
                if near & ways if is_water(entity.tags) else ways <= roads:
                    writer.add_relation(entity)
    return len(roads) if located else _UNSORTED


def _shores(source: Path) -> set[int]:
    """Ways that are the borders of water in parts, or with islands."""
    relations: Any = osmium.FileProcessor(str(source), osmium.osm.RELATION)
    return {
        member.ref
        for relation in relations.with_filter(osmium.filter.KeyFilter(*WATER_KEYS))
        if is_water(relation.tags)
        for member in relation.members
        if member.type == "w"
    }


def _touches(way: Any, box: BoundingBox) -> bool:
    return any(
        node.location.valid() and box.contains(node.location.lat, node.location.lon)
        for node in way.nodes
    )
