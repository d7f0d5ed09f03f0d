"""A piece of road as it is driven."""

from dataclasses import dataclass

import numpy as np

from planner.arrays import Float64s
from planner.travel.network import Network, degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSegment:
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


def segment_points(network: Network, segment: LinkSegment) -> Float64s:
    """Latitude and longitude along one piece of road, in the order driven, shape ``(n, 2)``."""
    road = segment.link // 2
    span = slice(int(network.first[road]), int(network.last[road]) + 1)
    points = degrees(np.array((network.y[span], network.x[span])).T)
    low, high = sorted((segment.begin, segment.end))
    if (low, high) != (0, 1):
        points = _part_between(points, low, high)
    return points if segment.begin <= segment.end else points[::-1]


def _part_between(points: Float64s, low: float, high: float) -> Float64s:
    """The part of a line between two shares of its length."""
    shrink = np.cos(np.radians(points[0, 0]))
    steps = np.hypot(np.diff(points[:, 0]), np.diff(points[:, 1]) * shrink)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    ends = np.array([low, high]) * along[-1]
    inner = points[(along > ends[0]) & (along < ends[1])]
    outer = np.column_stack([np.interp(ends, along, points[:, axis]) for axis in (0, 1)]).round(7)
    return np.concatenate([outer[:1], inner, outer[1:]])
