"""Lines on the map: of a drive, and of the roads beneath."""

from collections.abc import Sequence

import numpy as np
import shapely

from planner.arrays import Bools, Float64s, Int32s, concat_ranges
from planner.geo import DEGREE_M, BoundingBox, degree_of_longitude_m
from planner.travel.interface import Line, Place, RoadLines
from planner.travel.link_segment import LinkSegment, segment_points
from planner.travel.network import HIGHWAYS, Network
from planner.travel.profile import PROFILES

MARGIN_M = 1000.0
"""Roads so far around the places are drawn beneath the map."""

DRAWN_TO_M = 2.0
"""Lines beneath the map may leave the road by so much; a pixel where a single street fills it."""


def segments_line(network: Network, segments: Sequence[LinkSegment]) -> Line:
    """Latitude and longitude along segments of road, in the order driven."""
    points = [segment_points(network, segment) for segment in segments]
    if not points:
        return ()
    line = np.concatenate(points)
    line = line[np.concatenate([[True], (np.diff(line, axis=0) != 0).any(axis=1)])]
    return tuple(zip(line[:, 0].tolist(), line[:, 1].tolist(), strict=True))


def simplify_line(line: Line, tolerance_m: float) -> Line:
    """A line with fewer vertices that leaves the given one by no more than a tolerance."""
    if len(line) < 3:
        return line
    simplified, _ = _simplify(np.array(line), np.array([0, len(line)]), tolerance_m)
    return tuple(zip(simplified[:, 0].tolist(), simplified[:, 1].tolist(), strict=True))


def _simplify(points: Float64s, starts: Int32s, tolerance_m: float) -> tuple[Float64s, Int32s]:
    """Lines with fewer vertices: points of one after the other, and where each starts."""
    scale = np.array([DEGREE_M, degree_of_longitude_m(float(points[:, 0].mean()))])
    lines = shapely.from_ragged_array(shapely.GeometryType.LINESTRING, points * scale, (starts,))
    _, kept, (offsets,) = shapely.to_ragged_array(shapely.simplify(lines, tolerance_m))
    return (kept / scale).round(7), offsets


def background_roads(network: Network, places: Sequence[Place]) -> tuple[RoadLines, ...]:
    """Roads around the places by kind, the small ones first, so that large ones lie above."""
    lat, lon = network.degrees()
    place_lat, place_lon = np.array([(place.lat, place.lon) for place in places]).T
    box = BoundingBox.around(place_lat, place_lon, MARGIN_M)
    shown = _steps_shown(network, box.contains(lat, lon))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shown.view(np.int8), [0]])))
    if not len(edges):
        return ()
    first, last = edges.reshape(-1, 2).T
    sizes = last - first + 1
    starts = np.concatenate([[0], np.cumsum(sizes)])
    points, starts = _simplify(
        np.column_stack([lat, lon])[concat_ranges(first, sizes)], starts, DRAWN_TO_M
    )
    way = np.searchsorted(network.way_first, first, side="right") - 1
    vertices = list(zip(points[:, 0].tolist(), points[:, 1].tolist(), strict=True))
    lines: dict[int, list[Line]] = {}
    for kind, begin, end in zip(
        network.way_highway[way].tolist(), starts[:-1].tolist(), starts[1:].tolist(), strict=True
    ):
        lines.setdefault(kind, []).append(tuple(vertices[begin:end]))
    return tuple(
        RoadLines(highway=HIGHWAYS[kind], lines=tuple(lines[kind]))
        for kind in sorted(lines, reverse=True)
    )


def _steps_shown(network: Network, inside: Bools) -> Bools:
    """Whether the step from each point to the next is a road that has an end inside.

    Steps of two ways never touch: none leads from a way's last point to the next way's first.
    """
    usable = sum(profile.usable for profile in PROFILES)
    open_way = np.zeros(len(network.way_name), dtype=bool)
    open_way[network.way[((network.forward | network.backward) & usable) != 0]] = True
    shown = np.repeat(open_way, np.diff(network.way_first))[:-1] & (inside[:-1] | inside[1:])
    shown[network.way_first[1:-1] - 1] = False
    return shown
