"""Where routes share a street, each has a lane of its own on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from planner.travel import simplified
from planner.travel.interface import Line

LANE_PX = 5.0
"""Between the middles of two lanes, as long as there is room for that."""

BAND_PX = 24.0
"""All lanes of a street together."""

DRAWN_TO_M = 2.0
"""A line on the map may leave the road by so much, besides its lane."""

Point = tuple[float, float]
Piece = tuple[Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A drive as it is drawn.

    Attributes
    ----------
    points
        Latitude and longitude on the street, no finer than a screen shows.
    beside_px
        Pixels from each point to the lane, to the left as it is driven.
    """

    points: tuple[Point, ...]
    beside_px: tuple[float, ...]


def side_by_side(routes: Sequence[Sequence[Line]]) -> list[list[Lane]]:
    """A lane for each drive of each route; alone on a street, it is in the middle."""
    users: dict[Piece, list[int]] = {}
    first: dict[Piece, Piece] = {}
    for number, lines in enumerate(routes):
        for piece in (piece for line in lines for piece in pairwise(line)):
            street = _street(piece)
            first.setdefault(street, piece)
            numbers = users.setdefault(street, [])
            if number not in numbers:
                numbers.append(number)

    def beside_px(number: int, piece: Piece) -> float:
        street = _street(piece)
        lanes = users[street]
        middle = (len(lanes) - 1) / 2
        px = (lanes.index(number) - middle) * min(LANE_PX, BAND_PX / len(lanes))
        # Left of the one is right of the other where they drive towards each other.
        return px if piece == first[street] else -px

    return [
        [_lane(line, [beside_px(number, piece) for piece in pairwise(line)]) for line in lines]
        for number, lines in enumerate(routes)
    ]


def _street(piece: Piece) -> Piece:
    """The same for both directions."""
    return min(piece), max(piece)


def _lane(line: Line, beside_px: Sequence[float]) -> Lane:
    """Simplified between changes of the lane; where it changes, halfway between both."""
    points: list[Point] = []
    found_px: list[float] = []
    at = 0
    for px, group in groupby(beside_px):
        count = sum(1 for _ in group)
        stretch = simplified(line[at : at + count + 1], DRAWN_TO_M)
        if points:
            found_px[-1] = (found_px[-1] + px) / 2
            stretch = stretch[1:]
        points.extend((round(lat, 5), round(lon, 5)) for lat, lon in stretch)
        found_px.extend([px] * len(stretch))
        at += count
    return Lane(points=tuple(points), beside_px=tuple(round(px, 1) for px in found_px))
