"""A street before it is part of the network, and how streets are cut where they meet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shapely import LineString, STRtree, get_parts, unary_union

from kota_maker.ground import GRID_M, Xy, one_line

ONE_WAY: Mapping[str, str] = {"oneway": "yes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """A street before it is cut at its junctions.

    Attributes
    ----------
    tags
        What OpenStreetMap says of it besides name and highway; ``oneway`` follows the line.
    """

    line: LineString
    highway: str
    name: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


def cut_at_junctions(streets: Sequence[Street]) -> Iterator[Street]:
    """The same streets with a corner wherever they meet, all corners on the grid."""
    # A tunnel passes under the toll road without meeting it.
    level = [street for street in streets if "tunnel" not in street.tags]
    tree = STRtree([street.line for street in level])
    noded = unary_union([street.line for street in level], grid_size=GRID_M)
    pieces: dict[int, list[LineString]] = defaultdict(list)
    for piece in map(one_line, get_parts(noded)):
        owner = int(tree.nearest(piece.interpolate(0.5, normalized=True)))
        pieces[owner].append(piece)
    for owner in sorted(pieces):
        for line in _chained(level[owner].line, pieces[owner]):
            yield replace(level[owner], line=line)
    for street in streets:
        if "tunnel" in street.tags:
            yield replace(street, line=LineString(corners(street.line)))


def corners(line: LineString) -> list[Xy]:
    """Corners of a line, on the grid."""
    return [(round(x, 1), round(y, 1)) for x, y in line.coords]


def _chained(street: LineString, pieces: Iterable[LineString]) -> Iterator[LineString]:
    """Pieces of a street in its direction, joined where one goes on where the last ended."""
    chain: list[Xy] = []
    for piece in sorted(pieces, key=lambda p: street.project(p.interpolate(0.5, normalized=True))):
        steps = corners(piece)
        if street.project(piece.interpolate(0)) > street.project(piece.interpolate(piece.length)):
            steps.reverse()
        if chain and chain[-1] != steps[0]:
            yield LineString(chain)
            chain = []
        chain += steps[1:] if chain else steps
    yield LineString(chain)
