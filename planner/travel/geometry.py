"""Lines on the map: of a drive, and of the roads beneath."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from planner.travel.earth import EARTH_M, Floats
from planner.travel.network import HIGHWAYS, Network
from planner.travel.profile import PROFILES
from planner.travel.table import Line, Place, RoadLines

MARGIN_M = 1000.0
"""Roads so far around the places are drawn beneath the map."""

DRAWN_TO_M = 2.0
"""Lines beneath the map may leave the road by so much; a pixel where a single street fills it."""

Flags = NDArray[np.bool_]

_DEGREE_M = float(np.radians(EARTH_M))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a road as it is driven.

    Attributes
    ----------
    link
        Twice the road, plus one where it is driven against its points.
    begin, end
        Where on the road's points the piece begins and ends, 0 to 1, in the order driven.
    """

    link: int
    begin: float
    end: float


def line_of(network: Network, pieces: Sequence[Piece]) -> Line:
    """Latitude and longitude along pieces of road, in the order driven."""
    vertices: list[tuple[float, float]] = []
    for piece in pieces:
        for vertex in vertices_of(network, piece):
            if not vertices or vertices[-1] != vertex:
                vertices.append(vertex)
    return tuple(vertices)


def vertices_of(network: Network, piece: Piece) -> Iterator[tuple[float, float]]:
    """Latitude and longitude along one piece of road, in the order driven."""
    road = piece.link // 2
    span = slice(int(network.first[road]), int(network.last[road]) + 1)
    points = np.column_stack([network.y[span], network.x[span]]) * 1e-7
    shrink = np.cos(np.radians(points[0, 0]))
    steps = np.hypot(np.diff(points[:, 0]), np.diff(points[:, 1]) * shrink)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    low, high = sorted((piece.begin, piece.end))
    ends = np.array([low, high]) * along[-1]
    inner = points[(along > ends[0]) & (along < ends[1])]
    outer = np.column_stack([np.interp(ends, along, points[:, axis]) for axis in (0, 1)])
    path = np.concatenate([outer[:1], inner, outer[1:]]).round(7)
    for lat, lon in path if piece.begin <= piece.end else path[::-1]:
        yield float(lat), float(lon)


def simplified(line: Line, tolerance_m: float) -> Line:
    """A line with fewer vertices that leaves the given one by no more than a tolerance."""
    if len(line) < 3:
        return line
    points = np.array(line)
    scale = np.array([_DEGREE_M, _DEGREE_M * np.cos(np.radians(points[0, 0]))])
    kept = shapely.get_coordinates(
        shapely.simplify(shapely.linestrings(points * scale), tolerance_m)
    )
    return tuple((float(lat), float(lon)) for lat, lon in (kept / scale).round(7))


def background(network: Network, places: Sequence[Place]) -> tuple[RoadLines, ...]:
    """Roads around the places by kind, the small ones first, so that large ones lie above."""
    lat, lon = network.degrees()
    inside = _around(places, lat, lon)
    usable = sum(profile.usable for profile in PROFILES)
    shown = np.unique(network.way[((network.forward | network.backward) & usable) != 0])
    lines: dict[int, list[Line]] = {}
    for way in shown.tolist():
        begin, end = int(network.way_first[way]), int(network.way_first[way + 1])
        for first, last in _stretches(inside[begin:end]):
            span = slice(begin + first, begin + last + 1)
            line = tuple(zip(lat[span].round(6).tolist(), lon[span].round(6).tolist(), strict=True))
            lines.setdefault(int(network.way_highway[way]), []).append(simplified(line, DRAWN_TO_M))
    return tuple(
        RoadLines(highway=HIGHWAYS[kind], lines=tuple(lines[kind]))
        for kind in sorted(lines, reverse=True)
    )


def _around(places: Sequence[Place], lat: Floats, lon: Floats) -> Flags:
    """Which points lie in the box around the places, widened by the margin."""
    south, north = min(p.lat for p in places), max(p.lat for p in places)
    west, east = min(p.lon for p in places), max(p.lon for p in places)
    margin = MARGIN_M / _DEGREE_M
    wider = margin / np.cos(np.radians((south + north) / 2))
    inside = (lat >= south - margin) & (lat <= north + margin)
    return np.asarray(inside & (lon >= west - wider) & (lon <= east + wider))


def _stretches(inside: Flags) -> Iterator[tuple[int, int]]:
    """First and last point of each stretch inside, with one point beyond where there is one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.view(np.int8), [0]])))
    for first, behind in edges.reshape(-1, 2).tolist():
        yield max(0, first - 1), min(len(inside) - 1, behind)
