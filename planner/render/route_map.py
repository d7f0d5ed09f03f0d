"""The map of one route for paper: an SVG that reads in black and white."""

from collections.abc import Iterator, Sequence
from math import atan2, degrees

from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from planner.analysis.itinerary import Itinerary
from planner.district import Area
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_line
from planner.render.html import fill_template, path_data
from planner.render.map_frame import UNITS_PER_MM, MapFrame, fit_frame, place_discs
from planner.render.road_paths import Basemap, DrawingXY
from planner.render.style import style_route
from planner.render.typesetting import Verbatim

DISC_MM = 2.8
"""Radius of the mark of a stop."""

LONGEST_BAR_MM = 40.0
BARS_M = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
AREA_NAME_MM = 18.0
"""A kelurahan narrower than this on paper goes without its name."""

AREA_NAME_LENGTH = 30
AREA_LETTER = 34
"""Width of a capital of such a name, with its edge, in units of the drawing."""


def draw_route_map(
    itinerary: Itinerary,
    route: Route,
    basemap: Basemap,
    size_mm: tuple[float, float],
    words: Words,
) -> Verbatim:
    """The route with its stops as an SVG that fills so many millimetres.

    North is up; a bar gives the scale. Stops too close to tell apart are moved apart, with a line
    to where they are. A route that is an estimate is dashed.
    """
    travel, district = itinerary.horizon.travel, itinerary.horizon.district
    drives = itinerary.lines(route)
    stops = itinerary.stops(route)
    places = [(at.venue.lat, at.venue.lon) for at in stops]
    frame = fit_frame([*places, *(point for drive in drives for point in drive)], size_mm)
    lines = [frame.project(*zip(*drive, strict=True)) for drive in drives]
    vehicle = itinerary.vehicles[route.van_id]
    ends = {vehicle.start, vehicle.end}
    discs = place_discs(frame, places, DISC_MM)
    depots = [frame.spot(at.lat, at.lon) for at in district.depots if at.id in ends]
    marks = [(disc.x, disc.y) for disc in discs] + depots
    taken = [Point(mark).buffer(DISC_MM * UNITS_PER_MM) for mark in marks]
    svg = fill_template(
        "route_map.svg",
        words=words,
        frame=frame,
        water=frame.area(basemap.water),
        roads=frame.roads(basemap.roads),
        borders=[frame.path(area.shape.boundary) for area in district.kelurahan],
        drives=path_data(line.tolist() for line in lines),
        colour=style_route(itinerary.plan, route).colour,
        is_estimate=travel.straight,
        arrows=[arrow for line in lines for arrow in _arrow(line)],
        names=list(_names(frame, district.kelurahan, taken)),
        depots=depots,
        stops=list(zip(stops, discs, strict=True)),
        bar=_scale_bar(frame),
        attribution=travel.attribution,
    )
    return Verbatim(svg)


def _names(
    frame: MapFrame, areas: Sequence[Area], taken: Sequence[BaseGeometry]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Names of the areas that are wide enough on paper, and where they stand, the largest first.

    A name that would run into another, into the frame or into what is taken is left out.
    """
    south, west, north, east = frame.bounds
    seen, paper = box(west, south, east, north), box(0, 0, frame.width, frame.height)
    taken = [*taken]
    parts = [(area.shape.intersection(seen), area.name) for area in areas]
    for inside, name in sorted(parts, key=lambda part: -part[0].area):
        west, _, east, _ = inside.bounds
        width_mm = (east - west) * frame.units_per_degree[0] / UNITS_PER_MM
        if inside.is_empty or width_mm <= AREA_NAME_MM:
            continue
        spot, text = inside.representative_point(), to_line(name.upper(), AREA_NAME_LENGTH)
        x, y = frame.spot(spot.y, spot.x)
        half = len(text) * AREA_LETTER / 2
        room = box(x - half, y - AREA_LETTER * 2, x + half, y + AREA_LETTER)
        if room.within(paper) and not any(map(room.intersects, taken)):
            taken.append(room)
            yield (x, y), text


def _arrow(line: DrawingXY) -> Iterator[tuple[int, int, int]]:
    """Middle and turn, in degrees, of a line longer than two marks of stops."""
    if len(line) < 2 or (drive := LineString(line)).length < 4 * DISC_MM * UNITS_PER_MM:
        return
    ends = (drive.interpolate(drive.length / 2 + units) for units in (-1, 1))
    (from_x, from_y), (to_x, to_y) = ((end.x, end.y) for end in ends)
    turn = degrees(atan2(to_y - from_y, to_x - from_x))
    yield round((from_x + to_x) / 2), round((from_y + to_y) / 2), round(turn)


def _scale_bar(frame: MapFrame) -> dict[str, object]:
    """A bar of a round length, and how long it is."""
    fitting = [bar for bar in BARS_M if bar / frame.m_per_unit <= LONGEST_BAR_MM * UNITS_PER_MM]
    length_m = fitting[-1] if fitting else BARS_M[0]
    label = f"{length_m // 1000} km" if length_m >= 1000 else f"{length_m} m"
    units = length_m / frame.m_per_unit
    return {"units": round(units), "middle": round(60 + units / 2), "label": label}
