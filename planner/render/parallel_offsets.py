"""Where routes share a street, each has a line of its own on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from planner.travel.geometry import simplify_line
from planner.travel.interface import Line

SPACING_PX = 5.0
"""Between the middles of two lines, as long as there is room for that."""

MAX_BAND_PX = 24.0
"""All lines of a street together."""

TOLERANCE_M = 2.0
"""A line on the map may leave the road by so much, besides its offset."""

Point = tuple[float, float]
Segment = tuple[Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetLine:
    """A drive as it is drawn.

    Attributes
    ----------
    points
        Latitude and longitude on the street, no finer than a screen shows.
    offset_px
        Pixels from each point to the line, to the left as it is driven.
    """

    points: tuple[Point, ...]
    offset_px: tuple[float, ...]


def offset_routes(routes: Sequence[Sequence[Line]]) -> list[list[OffsetLine]]:
    """A line for each drive of each route; alone on a street, it is in the middle."""
    users: dict[Segment, list[int]] = {}
    first: dict[Segment, Segment] = {}
    for number, lines in enumerate(routes):
        for segment in (segment for line in lines for segment in pairwise(line)):
            street = _street(segment)
            first.setdefault(street, segment)
            numbers = users.setdefault(street, [])
            if number not in numbers:
                numbers.append(number)

    def offset_px(number: int, segment: Segment) -> float:
        street = _street(segment)
        numbers = users[street]
        middle = (len(numbers) - 1) / 2
        px = (numbers.index(number) - middle) * min(SPACING_PX, MAX_BAND_PX / len(numbers))
        # Left of the one is right of the other where they drive towards each other.
        return px if segment == first[street] else -px

    return [
        [
            _offset_line(line, [offset_px(number, segment) for segment in pairwise(line)])
            for line in lines
        ]
        for number, lines in enumerate(routes)
    ]


def _street(segment: Segment) -> Segment:
    """The same for both directions."""
    return min(segment), max(segment)


def _offset_line(line: Line, segments_px: Sequence[float]) -> OffsetLine:
    """Simplified between changes of the offset; where it changes, halfway between both."""
    points: list[Point] = []
    offsets_px: list[float] = []
    at = 0
    for px, group in groupby(segments_px):
        count = sum(1 for _ in group)
        stretch = simplify_line(line[at : at + count + 1], TOLERANCE_M)
        if points:
            offsets_px[-1] = (offsets_px[-1] + px) / 2
            stretch = stretch[1:]
        points.extend((round(lat, 5), round(lon, 5)) for lat, lon in stretch)
        offsets_px.extend([px] * len(stretch))
        at += count
    return OffsetLine(points=tuple(points), offset_px=tuple(round(px, 1) for px in offsets_px))
