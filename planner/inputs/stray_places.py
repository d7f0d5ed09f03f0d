"""Places that lie far from where the others of their district or kelurahan lie."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from planner.arrays import Float64s, Int32s
from planner.geo import LocalProjection
from planner.i18n.messages import Message, say, say_n
from planner.inputs.rows import AreaRow, RtRow
from planner.inputs.validate import RowEntry, ValidRows
from planner.units import KM_M

APART_M = 25 * KM_M
"""Places so far apart are not neighbours, even on islands."""

FEW = 3
"""So many places, without a depot among them, are told if they lie apart from all others."""

OUTSIDE_M, OFF_M = 2 * KM_M, 5 * KM_M
"""An RT may lie so far outside the border of its kelurahan; without borders, off its other RT."""

SHOWN = 5
"""Of more like rows, so many are named."""


def stray_warnings(rows: ValidRows, areas: Sequence[RowEntry[AreaRow]] | None) -> Iterator[Message]:
    """What to look at again, a sentence each."""
    depots = [entry for entry in rows.depots if _has_coordinates(entry)]
    venues = [entry for entry in rows.venues if _has_coordinates(entry)]
    homes = [entry for entry in rows.rt if _has_coordinates(entry)]
    entries: list[RowEntry[Any]] = [*depots, *venues, *homes]
    if not entries:
        return
    flat = LocalProjection.around(*_lat_lon(entries))
    yield from _shortened(_lonely(entries, len(depots), flat))
    borders = _kelurahan_borders(areas or (), flat)
    yield from _shortened(
        _outside_borders(homes, borders, flat) if borders else _far_from_others(homes, flat)
    )


def _lonely(
    entries: Sequence[RowEntry[Any]], num_depots: int, flat: LocalProjection
) -> Iterator[Message]:
    """Small groups of places apart from all others; depots come first."""
    tree = KDTree(flat.xy(*_lat_lon(entries)))
    group = _groups(tree)
    sizes = np.bincount(group)
    small = (sizes <= FEW) & (sizes < sizes.max())
    small[group[:num_depots]] = False
    others = np.flatnonzero(~small[group])
    for index in np.flatnonzero(small[group]).tolist():
        away_m, _ = KDTree(tree.data[others]).query(tree.data[index])
        yield say(
            "{where}: is {km:.0f} km from all other places; check its coordinates",
            where=entries[index].spot("lat").text,
            km=away_m / KM_M,
        )


def _groups(tree: KDTree) -> Int32s:
    """The group of each place, exact for groups of few; larger ones may be in pieces, none of few.

    Whoever is in a group of few has no more neighbours than that, so the nearest ones suffice.
    """
    distances_m, neighbours = map(np.asarray, tree.query(tree.data, k=FEW + 1))
    places, ranks = np.nonzero(distances_m <= APART_M)
    ones = np.ones(len(places), dtype=np.int8)
    links = csr_array((ones, (places, neighbours[places, ranks])), shape=(tree.n,) * 2)
    groups: Int32s = connected_components(links, directed=False)[1]
    return groups


def _outside_borders(
    homes: Sequence[RowEntry[RtRow]],
    borders: dict[str, tuple[str, BaseGeometry]],
    flat: LocalProjection,
) -> Iterator[Message]:
    codes = [*borders]
    shapes = np.array([borders[code][1] for code in codes], dtype=object)
    tree = shapely.STRtree(shapes)
    for entry, point in zip(homes, _points(homes, flat), strict=True):
        own = borders.get(entry.row.code)
        if own is None or (away_m := own[1].distance(point)) <= OUTSIDE_M:
            continue
        inside = [borders[codes[index]][0] for index in tree.query(point, "intersects").tolist()]
        given = {"where": entry.spot("lat").text, "km": away_m / KM_M, "name": own[0]}
        if inside:
            yield say(
                "{where}: is in {other}, {km:.0f} km outside {name};"
                " check its coordinates and its kelurahan",
                **given,
                other=inside[0],
            )
        else:
            yield say("{where}: is {km:.0f} km outside {name}; check its coordinates", **given)


def _far_from_others(homes: Sequence[RowEntry[RtRow]], flat: LocalProjection) -> Iterator[Message]:
    """Rows far from all others of their kelurahan, of which there are at least two."""
    by_code = defaultdict(list)
    for entry in homes:
        by_code[entry.row.code].append(entry)
    for entries in by_code.values():
        if len(entries) <= 2:
            continue
        xy = flat.xy(*_lat_lon(entries))
        away_m = np.asarray(KDTree(xy).query(xy, k=2)[0])[:, 1]
        for index in np.flatnonzero(away_m > OFF_M).tolist():
            yield say(
                "{where}: is {km:.0f} km from all others of {name};"
                " check its coordinates and its kelurahan",
                where=entries[index].spot("lat").text,
                km=away_m[index] / KM_M,
                name=entries[index].row.kelurahan,
            )


def _shortened(messages: Iterator[Message]) -> Iterator[Message]:
    """Some messages, and how many more there are."""
    told = [*messages]
    yield from told[:SHOWN]
    if told[SHOWN:]:
        yield say_n(
            "and {n} more row like these", "and {n} more rows like these", len(told) - SHOWN
        )


def _kelurahan_borders(
    areas: Sequence[RowEntry[AreaRow]], flat: LocalProjection
) -> dict[str, tuple[str, BaseGeometry]]:
    """Name and border in metres of every kelurahan by its code."""
    return {
        entry.row.code: (
            entry.row.name,
            shapely.transform(entry.row.shape, lambda xy: flat.xy(xy[:, 1], xy[:, 0])),
        )
        for entry in areas
        if entry.row.rw is None
    }


def _has_coordinates(entry: RowEntry[Any]) -> bool:
    """Whether both lie on the globe; what does not is told elsewhere."""
    return all(value is not None and abs(value) <= 180 for value in (entry.row.lat, entry.row.lon))


def _lat_lon(entries: Sequence[RowEntry[Any]]) -> tuple[Float64s, Float64s]:
    lat, lon = np.array([(entry.row.lat, entry.row.lon) for entry in entries], dtype=np.float64).T
    return lat, lon


def _points(entries: Sequence[RowEntry[Any]], flat: LocalProjection) -> list[BaseGeometry]:
    if not entries:
        return []
    points: list[BaseGeometry] = np.asarray(shapely.points(flat.xy(*_lat_lon(entries)))).tolist()
    return points
