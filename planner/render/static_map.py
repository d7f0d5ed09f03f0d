"""The map of one route for paper: an SVG that reads in black and white."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, groupby, pairwise
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import box, clip_by_rect, get_coordinates, get_parts, linestrings

from planner.district import Area
from planner.plan import Route
from planner.render.escape import to_html, to_line
from planner.render.itinerary import Itinerary
from planner.render.looks import route_look
from planner.render.road_paths import LOOKS, MINOR_LOOK
from planner.render.typesetting import Drawing
from planner.render.words import Words
from planner.travel import RoadLines

UNITS = 20
"""Steps of the drawing in a millimetre."""

EARTH_M = 6_371_008.8
MARGIN_MM = 10.0
DISC_MM = 2.8
"""Radius of the mark of a stop."""

PUSHES = 60
PUSH_ASIDE = radians(20)

SMALLEST_M = 800.0
"""A map shows at least so much ground from side to side."""

LONGEST_BAR_MM = 40.0
BARS_M = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
AREA_NAME_MM = 18.0
"""A kelurahan narrower than this on paper goes without its name."""

AREA_NAME_LENGTH = 30

Steps = NDArray[np.float64]
"""Steps of the drawing from the left and from the top, of shape ``(n, 2)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """All roads of one class, in longitude and latitude, with their grey and width."""

    lines: Any
    colour: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A piece of ground on a piece of paper.

    Attributes
    ----------
    south, west
        Degrees of the lower left corner.
    metres
        Metres of ground in one step of the drawing.
    width, height
        Steps of the drawing.
    """

    south: float
    west: float
    metres: float
    width: int
    height: int

    @property
    def steps_per_degree(self) -> tuple[float, float]:
        """Steps of the drawing in a degree eastwards and northwards."""
        north = radians(1) * EARTH_M / self.metres
        return north * cos(radians(self.south)), north

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        east, north = self.steps_per_degree
        return (
            self.west,
            self.south,
            self.west + self.width / east,
            self.south + self.height / north,
        )

    def steps(self, lat: Any, lon: Any) -> Steps:
        """Where places are drawn."""
        east, north = self.steps_per_degree
        x = (np.asarray(lon, dtype=float) - self.west) * east
        y = self.height - (np.asarray(lat, dtype=float) - self.south) * north
        return np.column_stack([x, y])


def road_classes(roads: Iterable[RoadLines]) -> tuple[RoadClass, ...]:
    """The roads ready to be drawn on many maps, the widest last."""
    return tuple(sorted(map(_road_class, roads), key=lambda road: road.width))


def static_map(
    itinerary: Itinerary,
    route: Route,
    roads: Sequence[RoadClass],
    size_mm: tuple[float, float],
    words: Words,
) -> Drawing:
    """The route with its stops as an SVG that fills so many millimetres.

    North is up; a bar gives the scale. Stops too close to tell apart are moved apart, with a line
    to where they are. A route that is an estimate is dashed.
    """
    travel = itinerary.weekend.travel
    drives = [travel.line(leg.origin, leg.destination) for leg in itinerary.legs(route)]
    frame = _frame([point for drive in drives for point in drive], size_mm)
    lines = [frame.steps(*zip(*drive, strict=True)) for drive in drives]
    kelurahan = [area for area in itinerary.weekend.district.areas if area.rw is None]
    body = [
        *_ground(frame, roads),
        *_borders(frame, kelurahan),
        *_route(lines, route_look(itinerary.plan, route).colour, dashed=travel.straight),
        *_names(frame, kelurahan),
        *_depots(itinerary, route, frame),
        *_stops(itinerary, route, frame),
        _north(frame, words),
        _scale_bar(frame),
        _attribution(frame, travel.attribution),
        f'<path d="M0 0h{frame.width}v{frame.height}h-{frame.width}z" stroke="#000"'
        ' stroke-width="12"/>',
    ]
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}"'
        ' font-family="Noto Sans" fill="none" stroke-linecap="round" stroke-linejoin="round">'
        f'<rect width="{frame.width}" height="{frame.height}" fill="#fff"/>{"".join(body)}</svg>'
    )


def _road_class(road: RoadLines) -> RoadClass:
    lines = [line for line in road.lines if len(line) > 1]
    points = np.array(list(chain.from_iterable(lines)), dtype=float).reshape(-1, 2)[:, ::-1]
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    colour, width = LOOKS.get(road.highway.removesuffix("_link"), MINOR_LOOK)
    return RoadClass(lines=linestrings(points, indices=owner), colour=colour, width=width)


def _frame(points: Sequence[tuple[float, float]], size_mm: tuple[float, float]) -> Frame:
    """The ground around all points, as large as the paper allows."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    width, height = (round(side * UNITS) for side in size_mm)
    margin = MARGIN_MM * UNITS
    metre_lat = radians(1) * EARTH_M
    metre_lon = metre_lat * cos(radians(min(lats)))
    wide_m, high_m = (max(lons) - min(lons)) * metre_lon, (max(lats) - min(lats)) * metre_lat
    metres = max(wide_m / (width - 2 * margin), high_m / (height - 2 * margin), SMALLEST_M / width)
    return Frame(
        south=(min(lats) + max(lats)) / 2 - height * metres / 2 / metre_lat,
        west=(min(lons) + max(lons)) / 2 - width * metres / 2 / metre_lon,
        metres=metres,
        width=width,
        height=height,
    )


def _ground(frame: Frame, roads: Sequence[RoadClass]) -> Iterator[str]:
    for road in roads:
        path = _clipped(frame, road.lines)
        if path:
            width = road.width * 0.16 * UNITS
            yield f'<path d="{path}" stroke="{road.colour}" stroke-width="{width:.0f}"/>'


def _borders(frame: Frame, areas: Sequence[Area]) -> Iterator[str]:
    for area in areas:
        path = _clipped(frame, area.shape.boundary)
        yield f'<path d="{path}" stroke="#777" stroke-width="5" stroke-dasharray="24 8 4 8"/>'


def _names(frame: Frame, areas: Sequence[Area]) -> Iterator[str]:
    """Names of the areas that are wide enough on paper."""
    seen = box(*frame.bounds)
    for area in areas:
        inside = area.shape.intersection(seen)
        west, _, east, _ = inside.bounds
        if not inside.is_empty and (east - west) * frame.steps_per_degree[0] > AREA_NAME_MM * UNITS:
            spot = inside.representative_point()
            (at,) = frame.steps(spot.y, spot.x).tolist()
            name = to_line(area.name.upper(), AREA_NAME_LENGTH)
            yield _text(at, name, size_mm=2.1, colour="#555", anchor="middle")


def _clipped(frame: Frame, lines: Any) -> str:
    """Path data of lines in longitude and latitude, in whole steps."""
    parts = get_parts(clip_by_rect(lines, *frame.bounds))
    points, owner = get_coordinates(parts, return_index=True)
    steps = frame.steps(points[:, 1], points[:, 0])
    groups = groupby(zip(owner.tolist(), steps.tolist(), strict=True), key=lambda item: item[0])
    return "".join(_path([point for _, point in group]) for _, group in groups)


def _path(points: Iterable[Sequence[float]]) -> str:
    """Path data in whole steps, without those that go nowhere."""
    whole = [(round(x), round(y)) for x, y in points]
    moves = [(x - at_x, y - at_y) for (at_x, at_y), (x, y) in pairwise(whole)]
    numbers = " ".join(f"{dx} {dy}" for dx, dy in moves if dx or dy)
    return f"M{whole[0][0]} {whole[0][1]}l{numbers}" if numbers else ""


def _route(lines: Sequence[Steps], colour: str, *, dashed: bool) -> Iterator[str]:
    """The drives over a white edge, with an arrow at the middle of each."""
    paths = "".join(_path(line.tolist()) for line in lines)
    dash = ' stroke-dasharray="40 30"' if dashed else ""
    yield f'<path d="{paths}" stroke="#fff" stroke-width="34"/>'
    yield f'<path d="{paths}" stroke="{colour}" stroke-width="18"{dash}/>'
    for line in lines:
        yield from _arrow(line)


def _arrow(line: Steps) -> Iterator[str]:
    """A head in the middle of a line longer than two marks of stops."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    reached = np.cumsum(lengths)
    if not len(reached) or reached[-1] < 4 * DISC_MM * UNITS:
        return
    piece = int(np.searchsorted(reached, reached[-1] / 2))
    (from_x, from_y), (to_x, to_y) = line[piece], line[piece + 1]
    turn = degrees(atan2(to_y - from_y, to_x - from_x))
    share = 1 - (reached[piece] - reached[-1] / 2) / lengths[piece]
    x, y = from_x + share * (to_x - from_x), from_y + share * (to_y - from_y)
    yield (
        f'<path d="M26 0L-20 26L-8 0L-20-26Z" fill="#000" stroke="#fff" stroke-width="6"'
        f' transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f})"/>'
    )


def _depots(itinerary: Itinerary, route: Route, frame: Frame) -> Iterator[str]:
    vehicle = itinerary.vehicles[route.van_id]
    for base in itinerary.weekend.district.bases:
        if base.id in {vehicle.start, vehicle.end}:
            ((x, y),) = frame.steps(base.lat, base.lon).tolist()
            yield (
                '<path d="M-50 0L0-46L50 0V52H-50Z" fill="#000" stroke="#fff" stroke-width="8"'
                f' transform="translate({x:.0f} {y:.0f})"/>'
            )


def _stops(itinerary: Itinerary, route: Route, frame: Frame) -> Iterator[str]:
    """A disc with the order of each stop; white with a black edge where it is a draft."""
    stops = itinerary.stops(route)
    spots = [frame.steps(at.venue.lat, at.venue.lon)[0].tolist() for at in stops]
    for at, (x, y), (shown_x, shown_y) in zip(
        stops, spots, _apart(spots, frame).tolist(), strict=True
    ):
        if (x, y) != (shown_x, shown_y):
            leader = _path([(x, y), (shown_x, shown_y)])
            yield f'<path d="{leader}" stroke="#000" stroke-width="6"/>'
        fill, text = ("#fff", "#000") if at.draft else ("#000", "#fff")
        yield (
            f'<circle cx="{shown_x:.0f}" cy="{shown_y:.0f}" r="{DISC_MM * UNITS:.0f}"'
            f' fill="{fill}" stroke="{text}" stroke-width="8"/>'
        )
        yield _text(
            (shown_x, shown_y + 1.2 * UNITS),
            str(at.order),
            size_mm=3.4,
            colour=text,
            anchor="middle",
            weight="bold",
            edge=False,
        )


def _apart(spots: Sequence[Sequence[float]], frame: Frame) -> Steps:
    """Spots moved until none covers another, inside the frame.

    Each pair is pushed apart a little off its line, so that a row of spots makes way sideways.
    """
    moved = np.array(spots, dtype=float)
    least = 2.2 * DISC_MM * UNITS
    turn = np.array([[cos(PUSH_ASIDE), -sin(PUSH_ASIDE)], [sin(PUSH_ASIDE), cos(PUSH_ASIDE)]])
    edge = (DISC_MM + 1) * UNITS
    for _ in range(PUSHES):
        for one, other in combinations(range(len(moved)), 2):
            apart = moved[other] - moved[one]
            distance = hypot(*apart)
            if distance < least:
                away = turn @ (apart / distance if distance else np.array([1.0, 0.0]))
                push = away * ((least - distance) / 2 + 0.5)
                moved[one] -= push
                moved[other] += push
        moved = moved.clip(edge, np.array([frame.width, frame.height]) - edge)
    return moved


def _north(frame: Frame, words: Words) -> str:
    return (
        f'<g transform="translate({frame.width - 110} 60)" fill="#000">'
        '<path d="M0 0L44 120L0 92L-44 120Z" stroke="#fff" stroke-width="6"/>'
        f"{_text((0, 175), words('N'), size_mm=2.8, anchor='middle', weight='bold')}</g>"
    )


def _scale_bar(frame: Frame) -> str:
    """A bar of a round length, and how long it is."""
    fitting = [bar for bar in BARS_M if bar / frame.metres <= LONGEST_BAR_MM * UNITS]
    length_m = fitting[-1] if fitting else BARS_M[0]
    steps = length_m / frame.metres
    label = f"{length_m // 1000} km" if length_m >= 1000 else f"{length_m} m"
    y = frame.height - 50
    return (
        f'<path d="M60 {y - 25}v25h{steps:.0f}v-25" stroke="#fff" stroke-width="22"/>'
        f'<path d="M60 {y - 25}v25h{steps:.0f}v-25" stroke="#000" stroke-width="9"/>'
        + _text((60 + steps / 2, y - 22), label, size_mm=2.4, anchor="middle")
    )


def _attribution(frame: Frame, text: str) -> str:
    return _text((frame.width - 20, frame.height - 18), text, size_mm=1.9, anchor="end")


def _text(
    at: Sequence[float],
    text: str,
    *,
    size_mm: float,
    colour: str = "#000",
    anchor: str = "start",
    weight: str = "normal",
    edge: bool = True,
) -> str:
    """Text on the map, on a white edge so that lines do not cross it."""
    halo = ' stroke="#fff" stroke-width="14" paint-order="stroke"' if edge else ""
    return (
        f'<text x="{at[0]:.0f}" y="{at[1]:.0f}" font-size="{size_mm * UNITS:.0f}" fill="{colour}"'
        f' text-anchor="{anchor}" font-weight="{weight}"{halo}>{to_html(text)}</text>'
    )
