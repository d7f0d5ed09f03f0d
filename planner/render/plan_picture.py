"""All routes of a plan on one small map, as SVG to be seen beside others of the same ground."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from planner.analysis.itinerary import Itinerary, StopAt
from planner.district import District
from planner.horizon import Horizon
from planner.render.map_frame import (
    UNITS_PER_MM,
    MapFrame,
    RoadClass,
    build_road_classes,
    clip_to_path,
    fit_frame,
    to_svg_path,
    to_svg_text,
)
from planner.render.route_map import separate_marks
from planner.render.style import COLOURS

SIZE_MM = (120.0, 90.0)
DISC_MM = 2.4
LABEL_LENGTH = 4
DASHES = ("", "60 30", "18 26", "90 24 18 24")
"""By date."""


@dataclass(frozen=True, kw_only=True)
class MapSeries:
    """What pictures of several plans share.

    Attributes
    ----------
    colours
        By id of the van.
    dates
        All that are planned for, ascending.
    """

    frame: MapFrame
    colours: Mapping[str, str]
    dates: tuple[date, ...]

    @property
    def box(self) -> str:
        """As the attribute ``viewBox``."""
        return f"0 0 {self.frame.width} {self.frame.height}"


def fit_series(itineraries: Sequence[Itinerary]) -> MapSeries:
    """The ground on which all plans can be seen; a van has the same colour in each."""
    stops = chain.from_iterable(itinerary.all_stops() for itinerary in itineraries)
    depots = (depot for itinerary in itineraries for depot in itinerary.horizon.district.depots)
    points = [
        *((at.venue.lat, at.venue.lon) for at in stops),
        *((depot.lat, depot.lon) for depot in depots),
    ]
    vans = dict.fromkeys(
        vehicle.id for itinerary in itineraries for vehicle in itinerary.horizon.district.vehicles
    )
    days = {day for itinerary in itineraries for day in itinerary.horizon.instance.dates}
    return MapSeries(
        frame=fit_frame(points, SIZE_MM),
        colours={van: COLOURS[index % len(COLOURS)] for index, van in enumerate(vans)},
        dates=tuple(sorted(days)),
    )


def draw_base_map(horizon: Horizon, series: MapSeries) -> str:
    """Roads, borders of kelurahan and depots, as SVG elements."""
    roads = build_road_classes(horizon.travel.background())
    return "".join(
        [
            f'<rect width="{series.frame.width}" height="{series.frame.height}" fill="#fff"/>',
            *_roads(series.frame, roads),
            *_borders(series.frame, horizon.district),
            *_depots(series.frame, horizon.district),
            to_svg_text(
                (series.frame.width - 20, series.frame.height - 22),
                horizon.travel.attribution,
                size_mm=2.2,
                anchor="end",
            ),
        ]
    )


def draw_plan(
    itinerary: Itinerary,
    series: MapSeries,
    *,
    gained: Collection[str],
    lost: Sequence[tuple[float, float]],
) -> str:
    """Routes and stops, as SVG elements.

    Parameters
    ----------
    gained
        Ids of sites whose stops have a ring around them.
    lost
        Latitude and longitude of places that have a cross.
    """
    return "".join(
        [
            *_routes(itinerary, series),
            *_crosses(series.frame, lost),
            *_stops(itinerary, series, gained),
        ]
    )


def _roads(frame: MapFrame, roads: Sequence[RoadClass]) -> Iterator[str]:
    for road in roads:
        if path := clip_to_path(frame, road.lines):
            width = f"{road.width * 0.16 * UNITS_PER_MM:.0f}"
            yield f'<path d="{path}" fill="none" stroke="{road.colour}" stroke-width="{width}"/>'


def _borders(frame: MapFrame, district: District) -> Iterator[str]:
    for area in district.areas:
        if area.rw is None and (path := clip_to_path(frame, area.shape.boundary)):
            yield (
                f'<path d="{path}" fill="none" stroke="#777" stroke-width="6"'
                ' stroke-dasharray="6 20" stroke-linecap="round"/>'
            )


def _depots(frame: MapFrame, district: District) -> Iterator[str]:
    for depot in district.depots:
        ((x, y),) = frame.project(depot.lat, depot.lon).tolist()
        yield (
            '<path d="M-46 0L0-42L46 0V48H-46Z" fill="#111" stroke="#fff" stroke-width="8"'
            f' transform="translate({x:.0f} {y:.0f})"/>'
        )


def _routes(itinerary: Itinerary, series: MapSeries) -> Iterator[str]:
    travel = itinerary.horizon.travel
    for route in itinerary.routes:
        drives = [travel.line(leg.origin, leg.destination) for leg in itinerary.legs(route)]
        lines = [series.frame.project(*zip(*drive, strict=True)).tolist() for drive in drives]
        dash = DASHES[series.dates.index(route.date) % len(DASHES)]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        yield (
            f'<path d="{"".join(map(to_svg_path, lines))}" fill="none" stroke-linejoin="round"'
            f' stroke="{series.colours[route.van_id]}" stroke-width="14"{dashed}/>'
        )


def _crosses(frame: MapFrame, lost: Sequence[tuple[float, float]]) -> Iterator[str]:
    for lat, lon in lost:
        ((x, y),) = frame.project(lat, lon).tolist()
        yield (
            '<path d="M-30-30L30 30M30-30L-30 30" fill="none" stroke="#fff" stroke-width="26"'
            f' transform="translate({x:.0f} {y:.0f})"/>'
            '<path d="M-30-30L30 30M30-30L-30 30" fill="none" stroke="#111" stroke-width="14"'
            f' transform="translate({x:.0f} {y:.0f})"/>'
        )


def _stops(itinerary: Itinerary, series: MapSeries, gained: Collection[str]) -> Iterator[str]:
    stops = tuple(itinerary.all_stops())
    spots = [series.frame.project(at.venue.lat, at.venue.lon)[0].tolist() for at in stops]
    shown = separate_marks(spots, series.frame, DISC_MM).tolist() if spots else []
    for at, spot, disc in zip(stops, spots, shown, strict=True):
        if spot != disc:
            yield f'<path d="{to_svg_path([spot, disc])}" stroke="#111" stroke-width="5"/>'
        yield from _disc(at, disc, series, ring=at.stop.site_id in gained)


def _disc(at: StopAt, disc: Sequence[float], series: MapSeries, *, ring: bool) -> Iterator[str]:
    x, y = disc
    radius = DISC_MM * UNITS_PER_MM
    if ring:
        yield (
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius + 18:.0f}" fill="#fff" stroke="#111"'
            ' stroke-width="12"/>'
        )
    yield (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"'
        f' fill="{series.colours[at.route.van_id]}" stroke="#fff" stroke-width="6"/>'
    )
    van = at.route.van_id[:LABEL_LENGTH]
    label = f"{van}{'·' if van[-1:].isdigit() else ''}{at.order}"
    size_mm = 2.9 if len(label) < 3 else 2.0
    yield to_svg_text(
        (x, y + 0.36 * size_mm * UNITS_PER_MM),
        label,
        size_mm=size_mm,
        colour="#fff",
        anchor="middle",
        weight="bold",
        edge=False,
    )
