"""All routes of a plan on one small map, as SVG to be seen beside others of the same ground."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from planner.analysis.itinerary import Itinerary
from planner.district import DepotSite, Venue
from planner.horizon import Horizon
from planner.render.html import fill_template, path_data
from planner.render.map_frame import MapFrame, fit_frame, place_discs
from planner.render.road_paths import build_basemap
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


def fit_series(itineraries: Sequence[Itinerary]) -> MapSeries:
    """The ground on which all plans can be seen; a van has the same colour in each."""
    districts = [itinerary.horizon.district for itinerary in itineraries]
    places: list[Venue | DepotSite] = [
        *(at.venue for itinerary in itineraries for at in itinerary.all_stops()),
        *(depot for district in districts for depot in district.depots),
    ]
    vans = dict.fromkeys(vehicle.id for district in districts for vehicle in district.vehicles)
    days = {day for itinerary in itineraries for day in itinerary.horizon.instance.dates}
    return MapSeries(
        frame=fit_frame([(place.lat, place.lon) for place in places], SIZE_MM),
        colours={van: COLOURS[index % len(COLOURS)] for index, van in enumerate(vans)},
        dates=tuple(sorted(days)),
    )


def draw_base_map(horizon: Horizon, series: MapSeries) -> Markup:
    """Roads, borders of kelurahan and depots, as SVG elements."""
    frame, district, basemap = series.frame, horizon.district, build_basemap(horizon.travel)
    return fill_template(
        "base_map.svg",
        frame=frame,
        water=frame.area(basemap.water),
        roads=frame.roads(basemap.roads),
        borders=[frame.path(area.shape.boundary) for area in district.kelurahan],
        depots=[frame.spot(depot.lat, depot.lon) for depot in district.depots],
        attribution=horizon.travel.attribution,
    )


def draw_plan(
    itinerary: Itinerary,
    series: MapSeries,
    *,
    gained: Collection[str],
    lost: Sequence[tuple[float, float]],
) -> Markup:
    """Routes and stops, as SVG elements.

    Parameters
    ----------
    gained
        Ids of sites whose stops have a ring around them.
    lost
        Latitude and longitude of places that have a cross.
    """
    stops = tuple(itinerary.all_stops())
    discs = place_discs(series.frame, [(at.venue.lat, at.venue.lon) for at in stops], DISC_MM)
    return fill_template(
        "plan_picture.svg",
        routes=_routes(itinerary, series),
        lost=[series.frame.spot(*place) for place in lost],
        stops=[
            (
                disc,
                at.label(LABEL_LENGTH),
                series.colours[at.route.van_id],
                at.stop.site_id in gained,
            )
            for at, disc in zip(stops, discs, strict=True)
        ],
    )


def _routes(itinerary: Itinerary, series: MapSeries) -> list[tuple[Markup, str, str]]:
    """Path data, colour and dash of each."""
    return [
        (
            path_data(
                series.frame.project(*zip(*line, strict=True)) for line in itinerary.lines(route)
            ),
            series.colours[route.van_id],
            DASHES[series.dates.index(route.date) % len(DASHES)],
        )
        for route in itinerary.routes
    ]
