"""What was laid out by hand: border, river, arterials, toll road and the gated estate."""

from dataclasses import dataclass, replace

from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, split, substring, unary_union

from kota_maker import layout
from kota_maker.ground import beside, curve, on_grid, one_line
from kota_maker.street import ONE_WAY, Street, cut_at_junctions


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """The hand-laid town, in metres.

    Attributes
    ----------
    streets
        Arterials and toll road, cut where they pass river or toll road.
    barrier
        River and toll road with their banks: no local street enters.
    """

    border: Polygon
    river: LineString
    water: Polygon
    streets: tuple[Street, ...]
    barrier: BaseGeometry


def lay_out() -> Skeleton:
    """The hand-laid part of the town."""
    river = curve(layout.RIVER, step_m=60)
    water = river.buffer(layout.BANK_M, cap_style="flat")
    toll = curve(layout.TOLL, step_m=150)
    ground = [*_trunk(), *_arterials(), *_riverside(river), *_one_way_pair()]
    ground = [_attached(street, ground) for street in ground]
    border = Polygon(curve(layout.BORDER, step_m=150))
    streets = [
        *(part for street in ground for part in _passing(street, water, toll)),
        *_toll_road(toll, ground),
    ]
    fast = [s.line.buffer(20) for s in streets if s.highway.startswith("motorway")]
    barrier = unary_union([water.buffer(18), *fast])
    clipped = [replace(s, line=one_line(s.line.intersection(border))) for s in streets]
    return Skeleton(
        border=border,
        river=river,
        water=water,
        streets=tuple(cut_at_junctions(clipped)),
        barrier=barrier,
    )


def _arterials() -> list[Street]:
    return [
        Street(line=curve(points), highway=highway, name=name)
        for highway, name, points in layout.ARTERIALS
    ]


def _trunk() -> list[Street]:
    """The main road: one line outside the centre, a pair of one-way carriageways inside."""
    line = curve(layout.TRUNK)
    begin_m, end_m = (line.project(Point(xy)) for xy in layout.DUAL_FROM_TO)
    inside = one_line(substring(line, begin_m, end_m))
    # Traffic keeps left: eastbound runs north of the median.
    parts = [
        (substring(line, 0, begin_m), {}),
        (beside(inside, layout.MEDIAN_M, taper_m=150), ONE_WAY),
        (beside(inside, -layout.MEDIAN_M, taper_m=150).reverse(), ONE_WAY),
        (substring(line, end_m, line.length), {}),
    ]
    return [
        Street(line=on_grid(part.coords), highway="trunk", name="Jalan Raya Contoh", tags=tags)
        for part, tags in parts
    ]


def _riverside(river: LineString) -> list[Street]:
    return [
        Street(
            line=on_grid(beside(one_line(substring(river, begin_m, end_m)), offset_m).coords[::2]),
            highway="secondary",
            name=name,
        )
        for name, offset_m, begin_m, end_m in layout.RIVERSIDE
    ]


def _one_way_pair() -> list[Street]:
    return [
        Street(line=curve(points), highway="tertiary", name=name, tags=ONE_WAY)
        for name, points in layout.ONE_WAY_PAIR
    ]


def _attached(street: Street, streets: list[Street]) -> Street:
    """The street with its ends cut or drawn to the street it meets there."""
    others = unary_union([other.line for other in streets if other is not street])
    line = street.line
    if street.name in layout.MEETS_NOBODY:
        return street
    for _ in range(2):
        line = _end_on(line, others).reverse()
    return replace(street, line=line)


def _end_on(line: LineString, others: BaseGeometry) -> LineString:
    tail = substring(line, max(0.0, line.length - layout.ATTACH_M), line.length)
    crossings = [line.project(point) for point in _points(tail.intersection(others))]
    if crossings:
        return one_line(substring(line, 0, max(crossings)))
    end = Point(line.coords[-1])
    if end.distance(others) > layout.ATTACH_M:
        return line
    return LineString([*line.coords, nearest_points(end, others)[1].coords[0]])


def _points(geometry: BaseGeometry) -> list[Point]:
    return [
        part
        for part in getattr(geometry, "geoms", [geometry])
        if isinstance(part, Point) and not part.is_empty
    ]


def _passing(street: Street, water: Polygon, toll: LineString) -> list[Street]:
    """The street in parts, bridge and tunnel tagged where it passes river and toll road."""
    parts = [street]
    for obstacle, tags in (
        (water.buffer(12), {"bridge": "yes", "layer": "1"}),
        (toll.buffer(28), {"tunnel": "yes", "layer": "-1"}),
    ):
        parts = [
            replace(
                part,
                line=one_line(piece),
                tags={**part.tags, **(tags if piece.within(obstacle.buffer(1)) else {})},
            )
            for part in parts
            for piece in split(part.line, obstacle.boundary).geoms
        ]
    return parts


def _toll_road(toll: LineString, ground: list[Street]) -> list[Street]:
    tags = {**ONE_WAY, "toll": "yes", "maxspeed": "80"}
    eastbound = beside(toll, layout.TOLL_SIDE_M)
    westbound = beside(toll, -layout.TOLL_SIDE_M).reverse()
    streets = [
        Street(line=line, highway="motorway", name="Jalan Tol Contoh Utara", tags=tags)
        for line in (eastbound, westbound)
    ]
    for road in ground:
        if road.name in layout.INTERCHANGES and road.line.intersects(toll):
            streets += [*_ramps(eastbound, road.line, 1), *_ramps(westbound, road.line, -1)]
    return streets


def _ramps(carriageway: LineString, road: LineString, side: int) -> list[Street]:
    """The way off and the way on, both on the outer side of a carriageway."""
    crossing = nearest_points(carriageway, carriageway.intersection(road))[0]
    crossing_m = carriageway.project(crossing)
    on_road_m = road.project(crossing)
    ends = [road.interpolate(on_road_m + step_m) for step_m in (-110, 110)]
    foot = max(ends, key=lambda point: side * point.y)
    off, on = (carriageway.interpolate(crossing_m + step_m) for step_m in (-330, 330))
    return [
        Street(
            line=LineString([a, _bend(a, b, carriageway), b]),
            highway="motorway_link",
            tags={**ONE_WAY, "toll": "yes"},
        )
        for a, b in ((off, foot), (foot, on))
    ]


def _bend(a: Point, b: Point, carriageway: LineString) -> Point:
    """Where a ramp between carriageway and road turns: close to the carriageway still."""
    near, far = (a, b) if a.distance(carriageway) < 1 else (b, a)
    return Point((a.x + b.x) / 2, near.y + 0.4 * (far.y - near.y))
