"""The map of a plan and the panel around it: one HTML file that opens without internet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from markupsafe import Markup
from shapely import GeometryCollection, MultiPoint, Point

from planner.analysis.itinerary import Itinerary
from planner.analysis.origins import people_by_origin
from planner.district import DepotSite, Venue
from planner.horizon import Horizon
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.folium_page import (
    FeatureGroup,
    Layer,
    Map,
    Page,
    PageScript,
    Roads,
    new_map,
    new_tile_layer,
    render_page,
)
from planner.render.html import fill_template
from planner.render.map_layers import (
    build_choropleth,
    build_kelurahan_layer,
    draw_depots,
    draw_left_out,
    draw_routes,
    draw_stops,
)
from planner.render.origin_layers import build_origin_layer, build_uncovered_layer
from planner.render.road_paths import Bounds, build_basemap, draw_basemap
from planner.render.style import RouteStyle, class_ramp, style_route
from planner.render.summary_text import service_lines
from planner.units import KM_M
from planner.venues import place_of

PANES = {
    "areas": 210,
    "roads": 220,
    "borders": 230,
    "origins": 405,
    "casings": 410,
    "routes": 420,
    "names": 580,
    "leaders": 590,
    "left-out": 600,
    "uncovered": 605,
    "depots": 610,
    "labels": 615,
    "stops": 620,
    "vans": 630,
}
"""What lies above what, as CSS z-index; Leaflet's popups are at 700."""

MARGIN = 0.06
"""Share of its size by which the ground reaches beyond the district on each side."""

SAMPLE_STYLE = RouteStyle(colour="#333", dash="", square=False)
"""Of the stops in the legend, which are of no route."""


def draw_map(itinerary: Itinerary, *, tiles: bool = False) -> str:
    """The plan on a map with its legend, as HTML that asks the network for nothing but tiles.

    The same arguments give the same text. Every text of users shows as it was written.

    Parameters
    ----------
    tiles
        Whether streets may come from the network too; such a page must come from a server.
    """
    district = itinerary.horizon.district
    words = district.office.words
    choropleth, breaks = build_choropleth(district, words)
    return render_page(
        _chart(itinerary, choropleth, words, tiles=tiles),
        title=f"{district.office.name} · {itinerary.version_line or itinerary.horizon.week}",
        language=words.language,
        panel=_panel(itinerary, words, breaks, tiles=tiles),
        tiles=tiles,
    )


def _chart(itinerary: Itinerary, choropleth: Layer, words: Words, *, tiles: bool) -> Map:
    """The map itself, with all its layers."""
    routes = list(draw_routes(itinerary, words))
    origins = people_by_origin(itinerary.horizon, itinerary.plan)
    layers: dict[str, Layer] = {
        **({"tiles": new_tile_layer()} if tiles else {}),
        "choropleth": choropleth,
        "kelurahan": build_kelurahan_layer(itinerary.horizon.district),
        "origins": build_origin_layer(itinerary, origins),
        "uncovered": build_uncovered_layer(itinerary.horizon, words),
        "left-out": FeatureGroup(),
        "depots": FeatureGroup(),
        **{f"route-{index}": route["layer"] for index, route in enumerate(routes)},
    }
    page = {
        "places": [
            *draw_stops(itinerary, origins, layers, words),
            *draw_depots(itinerary, layers["depots"], words),
            *draw_left_out(itinerary.left_out, layers["left-out"], words),
        ],
        "routes": routes,
        "bounds": view_bounds([itinerary]),
    }
    return build_map(itinerary.horizon, layers, page)


def build_map(horizon: Horizon, layers: Mapping[str, Layer], page: Page) -> Map:
    """A map with its panes, these layers above the roads of the district, and its script."""
    basemap, roads = build_basemap(horizon.travel), []
    if basemap.roads:
        extent = _extent(horizon)
        roads = [Roads(draw_basemap(basemap, extent), _corners(extent))]
    words, attribution = horizon.district.office.words, horizon.travel.attribution
    return compose_map(layers, page, words, attribution, roads)


def compose_map(
    layers: Mapping[str, Layer],
    page: Page,
    words: Words,
    attribution: str = "",
    below: Iterable[Roads] = (),
) -> Map:
    """A map with its panes, these layers above what lies below them, and its script."""
    chart = new_map(PANES)
    for drawing in (*below, *layers.values()):
        chart.add_child(drawing)
    script = {"layers": layers, "attribution": attribution, "words": _page_words(words)}
    chart.add_child(PageScript({**page, **script}))
    return chart


def _page_words(words: Words) -> dict[str, str]:
    """What the script of a page says."""
    return {
        "separator": words.clock(0)[2],
        "fullScreen": words("Full screen"),
        "map": words("Map"),
        "zoomIn": words("Zoom in"),
        "zoomOut": words("Zoom out"),
        "close": words("Close"),
    }


def _extent(horizon: Horizon) -> Bounds:
    """The district with all its places, and a margin."""
    district = horizon.district
    shapes = [area.shape for area in district.areas]
    points = _points([*district.venues, *district.depots])
    west, south, east, north = GeometryCollection([*shapes, *points]).bounds
    height, width = MARGIN * (north - south), MARGIN * (east - west)
    return south - height, west - width, north + height, east + width


def view_bounds(itineraries: Sequence[Itinerary]) -> list[list[float]]:
    """Corners of what is in view on opening and in print: all stops and depots."""
    stops = [at.venue for itinerary in itineraries for at in itinerary.all_stops()]
    points = _points([*stops, *itineraries[0].horizon.district.depots])
    west, south, east, north = MultiPoint(points).bounds
    return _corners((south, west, north, east))


def _points(places: Iterable[Venue | DepotSite]) -> list[Point]:
    """Where places lie, x = longitude."""
    return [Point(place.lon, place.lat) for place in places]


def _corners(bounds: Bounds) -> list[list[float]]:
    south, west, north, east = bounds
    return [[south, west], [north, east]]


def _panel(itinerary: Itinerary, words: Words, breaks: Sequence[int], *, tiles: bool) -> Markup:
    """Heading and legend; the entries of the legend switch the layers they explain.

    Parameters
    ----------
    breaks
        Highest count of each class of the choropleth.
    """
    return fill_template(
        "plan_panel.html",
        words=words,
        office=itinerary.horizon.district.office.name,
        summary=_summary(itinerary, words),
        notes=_notes(itinerary, words),
        days=_days(itinerary, words),
        sample_style=SAMPLE_STYLE,
        sample_label=f"A · {words.short_date(itinerary.horizon.first_date)}",
        num_left_out=len(itinerary.left_out),
        num_uncovered=itinerary.horizon.uncovered,
        ramp=class_ramp(breaks),
        has_estimates=any(home.is_estimated for home in itinerary.horizon.district.neighbourhoods),
        tiles=tiles,
    )


def _summary(itinerary: Itinerary, words: Words) -> str:
    horizon, plan = itinerary.horizon, itinerary.plan
    recorded, places = horizon.recordings(plan).served().total(), {*map(place_of, plan.served())}
    told = words(
        "Plan for {week}: {people}, {stops} at {places}",
        week=horizon.week,
        people=words.number_of("{n} person", "{n} people", recorded),
        stops=words.number_of("{n} stop", "{n} stops", sum(1 for _ in plan.stops())),
        places=words.number_of("{n} place", "{n} places", len(places)),
    )
    return "; ".join([told, *service_lines(horizon.served_otherwise(plan), words)])


def _notes(itinerary: Itinerary, words: Words) -> list[str]:
    """What to beware of."""
    num_drafts = len(itinerary.horizon.drafts(itinerary.plan))
    notes = []
    if itinerary.horizon.district.assumes_permission:
        notes.append(words("DRAFT: it assumes that all hosts agree who have not refused"))
    if itinerary.horizon.travel.straight:
        notes.append(words("Straight-line estimate: there is no road file"))
    if num_drafts:
        notes.append(words("Drafts, permission not confirmed: {count}", count=num_drafts))
    return notes


def _days(
    itinerary: Itinerary, words: Words
) -> list[tuple[date, RouteStyle, list[dict[str, object]]]]:
    """Date, style of its stops and routes of each day."""
    by_day = groupby(enumerate(itinerary.routes), key=lambda item: item[1].date)
    return [
        (
            day,
            replace(SAMPLE_STYLE, square=style_route(itinerary.plan, listed[0][1]).square),
            [_route(itinerary, index, route, words) for index, route in listed],
        )
        for day, routes in by_day
        for listed in [list(routes)]
    ]


def _route(itinerary: Itinerary, index: int, route: Route, words: Words) -> dict[str, object]:
    facts = words(
        "people: {people} · stops: {stops} · {km} km · {hours}",
        people=words.number(sum(stop.people for stop in route.stops)),
        stops=len(route.stops),
        km=words.number(sum(leg.drive_m for leg in itinerary.legs(route)) / KM_M, 1),
        hours=words.hours(route.leave_s, route.return_s),
    )
    return {
        "index": index,
        "van": route.van_id,
        "plate": itinerary.vehicles[route.van_id].plate,
        "style": style_route(itinerary.plan, route),
        "facts": facts.split(" · "),
    }
