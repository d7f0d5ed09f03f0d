"""The map of one route for paper: an SVG that reads in black and white."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import atan2, cos, degrees, hypot, radians, sin

import numpy as np
from shapely import box

from planner.analysis.itinerary import Itinerary
from planner.arrays import Float64s
from planner.district import Area
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_line
from planner.render.map_frame import (
    UNITS_PER_MM,
    MapFrame,
    RoadClass,
    clip_to_path,
    fit_frame,
    to_svg_path,
    to_svg_text,
)
from planner.render.style import style_route
from planner.render.typesetting import Verbatim

DISC_MM = 2.8
"""Radius of the mark of a stop."""

MAX_PUSHES = 60
PUSH_ASIDE = radians(20)

LONGEST_BAR_MM = 40.0
BARS_M = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
AREA_NAME_MM = 18.0
"""A kelurahan narrower than this on paper goes without its name."""

AREA_NAME_LENGTH = 30


def draw_route_map(
    itinerary: Itinerary,
    route: Route,
    roads: Sequence[RoadClass],
    size_mm: tuple[float, float],
    words: Words,
) -> Verbatim:
    """The route with its stops as an SVG that fills so many millimetres.

    North is up; a bar gives the scale. Stops too close to tell apart are moved apart, with a line
    to where they are. A route that is an estimate is dashed.
    """
    travel = itinerary.horizon.travel
    drives = [travel.line(leg.origin, leg.destination) for leg in itinerary.legs(route)]
    places = [(at.venue.lat, at.venue.lon) for at in itinerary.stops(route)]
    frame = fit_frame([*places, *(point for drive in drives for point in drive)], size_mm)
    lines = [frame.project(*zip(*drive, strict=True)) for drive in drives]
    kelurahan = [area for area in itinerary.horizon.district.areas if area.rw is None]
    body = [
        *_ground(frame, roads),
        *_borders(frame, kelurahan),
        *_route(lines, style_route(itinerary.plan, route).colour, dashed=travel.straight),
        *_names(frame, kelurahan),
        *_depots(itinerary, route, frame),
        *_stops(itinerary, route, frame),
        _north(frame, words),
        _scale_bar(frame),
        _attribution(frame, travel.attribution),
        f'<path d="M0 0h{frame.width}v{frame.height}h-{frame.width}z" stroke="#000"'
        ' stroke-width="12"/>',
    ]
    return Verbatim(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}"'
        ' font-family="Noto Sans" fill="none" stroke-linecap="round" stroke-linejoin="round">'
        f'<rect width="{frame.width}" height="{frame.height}" fill="#fff"/>{"".join(body)}</svg>'
    )


def _ground(frame: MapFrame, roads: Sequence[RoadClass]) -> Iterator[str]:
    for road in roads:
        path = clip_to_path(frame, road.lines)
        if path:
            width = road.width * 0.16 * UNITS_PER_MM
            yield f'<path d="{path}" stroke="{road.colour}" stroke-width="{width:.0f}"/>'


def _borders(frame: MapFrame, areas: Sequence[Area]) -> Iterator[str]:
    for area in areas:
        path = clip_to_path(frame, area.shape.boundary)
        yield f'<path d="{path}" stroke="#777" stroke-width="5" stroke-dasharray="24 8 4 8"/>'


def _names(frame: MapFrame, areas: Sequence[Area]) -> Iterator[str]:
    """Names of the areas that are wide enough on paper."""
    seen = box(*frame.bounds)
    for area in areas:
        inside = area.shape.intersection(seen)
        west, _, east, _ = inside.bounds
        if (
            not inside.is_empty
            and (east - west) * frame.units_per_degree[0] > AREA_NAME_MM * UNITS_PER_MM
        ):
            spot = inside.representative_point()
            (at,) = frame.project(spot.y, spot.x).tolist()
            name = to_line(area.name.upper(), AREA_NAME_LENGTH)
            yield to_svg_text(at, name, size_mm=2.1, colour="#555", anchor="middle")


def _route(lines: Sequence[Float64s], colour: str, *, dashed: bool) -> Iterator[str]:
    """The drives over a white edge, with an arrow at the middle of each."""
    paths = "".join(to_svg_path(line.tolist()) for line in lines)
    dash = ' stroke-dasharray="40 30"' if dashed else ""
    yield f'<path d="{paths}" stroke="#fff" stroke-width="34"/>'
    yield f'<path d="{paths}" stroke="{colour}" stroke-width="18"{dash}/>'
    for line in lines:
        yield from _arrow(line)


def _arrow(line: Float64s) -> Iterator[str]:
    """A head in the middle of a line longer than two marks of stops."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    reached = np.cumsum(lengths)
    if not len(reached) or reached[-1] < 4 * DISC_MM * UNITS_PER_MM:
        return
    piece = int(np.searchsorted(reached, reached[-1] / 2))
    (from_x, from_y), (to_x, to_y) = line[piece], line[piece + 1]
    turn = degrees(atan2(to_y - from_y, to_x - from_x))
    share = 1 - (reached[piece] - reached[-1] / 2) / lengths[piece]
    x, y = from_x + share * (to_x - from_x), from_y + share * (to_y - from_y)
    yield (
        f'<path d="M34 0L-26 34L-10 0L-26-34Z" fill="#000" stroke="#fff" stroke-width="6"'
        f' transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f})"/>'
    )


def _depots(itinerary: Itinerary, route: Route, frame: MapFrame) -> Iterator[str]:
    vehicle = itinerary.vehicles[route.van_id]
    for depot in itinerary.horizon.district.depots:
        if depot.id in {vehicle.start, vehicle.end}:
            ((x, y),) = frame.project(depot.lat, depot.lon).tolist()
            yield (
                '<path d="M-50 0L0-46L50 0V52H-50Z" fill="#000" stroke="#fff" stroke-width="8"'
                f' transform="translate({x:.0f} {y:.0f})"/>'
            )


def _stops(itinerary: Itinerary, route: Route, frame: MapFrame) -> Iterator[str]:
    """A disc with the order of each stop; white with a black edge where it is a draft."""
    stops = itinerary.stops(route)
    spots = [frame.project(at.venue.lat, at.venue.lon)[0].tolist() for at in stops]
    for at, (x, y), (shown_x, shown_y) in zip(
        stops, spots, separate_marks(spots, frame, DISC_MM).tolist(), strict=True
    ):
        if (x, y) != (shown_x, shown_y):
            leader = to_svg_path([(x, y), (shown_x, shown_y)])
            yield f'<path d="{leader}" stroke="#000" stroke-width="6"/>'
        fill, text = ("#fff", "#000") if at.draft else ("#000", "#fff")
        yield (
            f'<circle cx="{shown_x:.0f}" cy="{shown_y:.0f}" r="{DISC_MM * UNITS_PER_MM:.0f}"'
            f' fill="{fill}" stroke="{text}" stroke-width="8"/>'
        )
        yield to_svg_text(
            (shown_x, shown_y + 1.2 * UNITS_PER_MM),
            str(at.order),
            size_mm=3.4,
            colour=text,
            anchor="middle",
            weight="bold",
            edge=False,
        )


def separate_marks(spots: Sequence[Sequence[float]], frame: MapFrame, radius_mm: float) -> Float64s:
    """Spots of a radius moved until none covers another, inside the frame.

    Each pair is pushed apart a little off its line, so that a row of spots makes way sideways.
    """
    moved = np.array(spots, dtype=float)
    least = 2.2 * radius_mm * UNITS_PER_MM
    turn = np.array([[cos(PUSH_ASIDE), -sin(PUSH_ASIDE)], [sin(PUSH_ASIDE), cos(PUSH_ASIDE)]])
    edge = (radius_mm + 1) * UNITS_PER_MM
    for _ in range(MAX_PUSHES):
        for one, other in combinations(range(len(moved)), 2):
            between = moved[other] - moved[one]
            distance = hypot(*between)
            if distance < least:
                away = turn @ (between / distance if distance else np.array([1.0, 0.0]))
                push = away * ((least - distance) / 2 + 0.5)
                moved[one] -= push
                moved[other] += push
        moved = moved.clip(edge, np.array([frame.width, frame.height]) - edge)
    return moved


def _north(frame: MapFrame, words: Words) -> str:
    return (
        f'<g transform="translate({frame.width - 110} 60)" fill="#000">'
        '<path d="M0 0L44 120L0 92L-44 120Z" stroke="#fff" stroke-width="6"/>'
        f"{to_svg_text((0, 175), words('N'), size_mm=2.8, anchor='middle', weight='bold')}</g>"
    )


def _scale_bar(frame: MapFrame) -> str:
    """A bar of a round length, and how long it is."""
    fitting = [bar for bar in BARS_M if bar / frame.m_per_unit <= LONGEST_BAR_MM * UNITS_PER_MM]
    length_m = fitting[-1] if fitting else BARS_M[0]
    steps = length_m / frame.m_per_unit
    label = f"{length_m // 1000} km" if length_m >= 1000 else f"{length_m} m"
    y = frame.height - 50
    return (
        f'<path d="M60 {y - 25}v25h{steps:.0f}v-25" stroke="#fff" stroke-width="22"/>'
        f'<path d="M60 {y - 25}v25h{steps:.0f}v-25" stroke="#000" stroke-width="9"/>'
        + to_svg_text((60 + steps / 2, y - 22), label, size_mm=2.4, anchor="middle")
    )


def _attribution(frame: MapFrame, text: str) -> str:
    return to_svg_text((frame.width - 20, frame.height - 18), text, size_mm=1.9, anchor="end")
