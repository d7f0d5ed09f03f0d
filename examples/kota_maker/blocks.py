"""Streets of the quarters: every superblock is cut in two until its blocks are small enough."""

import math
from collections.abc import Iterator

import numpy as np
from shapely import LineString, Point, Polygon, affinity, get_coordinates, unary_union
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, polygonize, split

from kota_maker import layout
from kota_maker.ground import GRID_M, Xy, curve, dice, one_line, place_key
from kota_maker.skeleton import Skeleton
from kota_maker.street import Street

HECTARE_M2 = 10_000.0
NARROW = {"width": "2", "maxwidth": "1.8"}
"""A motorcycle cart passes, a large van does not."""

PRIVATE = {"access": "private"}


def quarter_streets(skeleton: Skeleton) -> list[Street]:
    """Streets inside all superblocks, those of the gated estate included."""
    lines = [street.line for street in skeleton.streets]
    noded = unary_union([*lines, skeleton.river, skeleton.border.exterior], grid_size=GRID_M)
    streets: list[Street] = []
    for face in polygonize(noded):
        if face.contains(Point(layout.ESTATE_CENTRE)):
            streets += _estate(face)
            continue
        open_land = face.difference(skeleton.barrier).intersection(skeleton.border)
        for part in _polygons(open_land):
            streets += _cut(part)
    return streets


def _cut(block: Polygon) -> Iterator[Street]:
    """The streets that cut a block down to the size usual where it lies."""
    chance = dice("block", place_key(block.centroid))
    if block.area < _usual_m2(block.centroid) * chance.uniform(0.9, 1.9):
        yield from _dead_end(block)
        return
    cut = _cut_line(block)
    highway, tags = _rank(block.area / HECTARE_M2)
    for piece in _lines(cut.intersection(block)):
        yield Street(line=piece, highway=highway, tags=tags)
    for part in _polygons(split(block, cut)):
        yield from _cut(part)


def _usual_m2(centre: Point) -> float:
    """How large a block is left uncut: small in the kampung, large among the rice fields."""
    for x, y, radius_m, hectares in layout.KAMPUNG:
        if centre.distance(Point(x, y)) < radius_m:
            return hectares * HECTARE_M2
    from_centre_km = math.hypot(centre.x / 1.25, centre.y) / 1000
    return HECTARE_M2 * (3.0 + 1.5 * from_centre_km + 2.2 * max(0.0, from_centre_km - 1.5) ** 3)


def _rank(hectares: float) -> tuple[str, dict[str, str]]:
    """Class and tags of a street that cuts a block of this size."""
    if hectares > 70:
        return "tertiary", {}
    if hectares > 3:
        return "residential", {}
    if hectares > 1.5:
        return "living_street", {"width": "3.5"}
    if hectares > 0.9:
        return "living_street", NARROW
    return "service", {"service": "alley", **NARROW}


def _cut_line(block: Polygon) -> LineString:
    """A slightly bent line across the middle of a block's longer side, past both its edges."""
    angle, low, high = _long_axis(block)
    chance = dice("cut", place_key(block.centroid))
    x = low[0] + (high[0] - low[0]) * chance.uniform(0.4, 0.6)
    span_m = high[1] - low[1]
    corners = max(1, round(span_m / 260))
    sway_m = min(0.07 * span_m, 22.0)
    points = [
        (x + chance.uniform(-sway_m, sway_m), low[1] + span_m * (i / (corners + 1) * 1.3 - 0.15))
        for i in range(corners + 2)
    ]
    line = affinity.rotate(
        curve(points).simplify(3.5), chance.uniform(-8, 8), origin=(x, low[1] + span_m / 2)
    )
    return one_line(affinity.rotate(line, angle, origin=(0, 0), use_radians=True))


def _long_axis(block: Polygon) -> tuple[float, Xy, Xy]:
    """Angle of the longer side of the smallest box around a block, and the box in that frame."""
    corners = get_coordinates(block.convex_hull)
    edges = np.diff(corners, axis=0)
    best: tuple[float, float, Xy, Xy] | None = None
    for angle in np.round(np.arctan2(edges[:, 1], edges[:, 0]), 6):
        for turned in (float(angle), float(angle) + math.pi / 2):
            cos, sin = math.cos(-turned), math.sin(-turned)
            xs, ys = corners @ (cos, -sin), corners @ (sin, cos)
            low, high = (float(xs.min()), float(ys.min())), (float(xs.max()), float(ys.max()))
            wide, deep = high[0] - low[0], high[1] - low[1]
            if wide >= deep and (best is None or wide * deep < best[0] - 1):
                best = (wide * deep, turned, low, high)
    assert best is not None
    return best[1], best[2], best[3]


def _dead_end(block: Polygon) -> Iterator[Street]:
    """Now and then an alley that leads into a block and ends there."""
    chance = dice("dead end", place_key(block.centroid))
    if block.area > 2.5 * HECTARE_M2 or chance.random() > 0.2:
        return
    door = block.exterior.interpolate(chance.uniform(0, block.exterior.length))
    inside = block.representative_point()
    line = LineString([door, inside])
    if line.length > 25 and line.within(block.buffer(0.2)):
        tags = {"service": "alley", **NARROW}
        yield Street(line=line, highway="service", tags=tags)


def _estate(face: Polygon) -> Iterator[Street]:
    """The gated estate: private streets that only one gate joins to the town."""
    inner = face.buffer(-45)
    yield Street(line=LineString(inner.exterior), highway="residential", tags=PRIVATE)
    for street in _cut(inner):
        yield Street(line=street.line, highway="residential", tags=PRIVATE)
    outside = nearest_points(face.exterior, Point(layout.ESTATE_GATE))[0]
    inside = nearest_points(inner.exterior, outside)[0]
    gate = LineString([outside, inside]).interpolate(0.5, normalized=True)
    door = LineString([outside, gate, inside])
    yield Street(line=door, highway="residential", tags=PRIVATE)


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Its polygons worth a street, from west to east."""
    parts = getattr(geometry, "geoms", [geometry])
    large = [part for part in parts if isinstance(part, Polygon) and part.area > 500]
    return sorted(large, key=lambda part: (part.centroid.x, part.centroid.y))


def _lines(geometry: BaseGeometry) -> list[LineString]:
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if isinstance(part, LineString) and part.length > 15]
