"""The map of a plan: one HTML file that opens without internet."""

from collections.abc import Iterator, Mapping, Sequence

from planner.analysis.itinerary import Itinerary
from planner.district import DepotSite, Venue
from planner.horizon import Horizon, LeftOut
from planner.i18n.words import Words
from planner.plan import Result
from planner.render.areas import Choropleth, build_choropleth, build_kelurahan_layer
from planner.render.folium_page import (
    FeatureGroup,
    Layer,
    Map,
    PageScript,
    Roads,
    new_map,
    new_tile_layer,
    render_page,
)
from planner.render.layers import (
    RouteLayer,
    depot_layer,
    left_out_pins,
    route_layers,
    stop_pins,
    van_mark,
)
from planner.render.panel import plan_panel
from planner.render.road_paths import Bounds, draw_roads

PANES = {
    "areas": 210,
    "roads": 220,
    "borders": 230,
    "casings": 410,
    "routes": 420,
    "names": 580,
    "leaders": 590,
    "left-out": 600,
    "depots": 610,
    "labels": 615,
    "stops": 620,
    "vans": 630,
}
"""What lies above what, as CSS z-index; Leaflet's popups are at 700."""

MARGIN = 0.06
"""Share of its size by which the ground reaches beyond the district on each side."""

Page = dict[str, object]


def draw_map(
    horizon: Horizon, result: Result, left_out: Sequence[LeftOut], *, tiles: bool = False
) -> str:
    """The plan on a map with its legend, as HTML that asks the network for nothing but tiles.

    The same arguments give the same text. Every text of users shows as it was written.

    Parameters
    ----------
    left_out
        Places without a stop, see `planner.horizon.unvisited_venues`.
    tiles
        Whether streets may come from the network too; such a page must come from a server.
    """
    itinerary = Itinerary(horizon, result.plan)
    words = horizon.district.office.words
    shades = build_choropleth(horizon.district, words)
    panel = plan_panel(
        itinerary, words, num_left_out=len(left_out), breaks=shades.breaks, tiles=tiles
    )
    return render_page(
        _chart(itinerary, shades, left_out, words, tiles=tiles),
        title=f"{horizon.district.office.name} · {horizon.week}",
        language=words.language,
        panel=panel,
        tiles=tiles,
    )


def _chart(
    itinerary: Itinerary,
    shades: Choropleth,
    left_out: Sequence[LeftOut],
    words: Words,
    *,
    tiles: bool,
) -> Map:
    """The map itself, with all its layers."""
    routes = list(route_layers(itinerary, words))
    layers: dict[str, Layer] = {
        **({"tiles": new_tile_layer()} if tiles else {}),
        "choropleth": shades.layer,
        "kelurahan": build_kelurahan_layer(itinerary.horizon.district),
        "left-out": FeatureGroup(),
        "depots": depot_layer(itinerary, words),
        **{f"route-{index}": route.layer for index, route in enumerate(routes)},
    }
    page = {
        "places": [*_stops(itinerary, layers, words), *_left_out(left_out, layers, words)],
        "routes": [_timetable(itinerary, route) for route in routes],
        "bounds": view_bounds([itinerary]),
    }
    return build_map(itinerary.horizon, layers, page)


def _stops(itinerary: Itinerary, layers: dict[str, Layer], words: Words) -> Iterator[Page]:
    """Put every stop into the layer of its route; what the search needs to find it."""
    boxes = {(r.van_id, r.date): f"route-{index}" for index, r in enumerate(itinerary.routes)}
    for at, pin in stop_pins(itinerary, words):
        box = boxes[at.route.van_id, at.route.date]
        layers[box].add_child(pin)
        when = f"{words.short_date(at.route.date)}, {words.clock(at.stop.serve_s)}"
        label = f"{at.venue.name} · {at.vehicle.id}, {when}"
        yield {"label": label, "marker": pin, "layer": layers[box], "box": box}


def _left_out(
    left_out: Sequence[LeftOut], layers: dict[str, Layer], words: Words
) -> Iterator[Page]:
    """Put every place left out into its layer; what the search needs to find it."""
    layer = layers["left-out"]
    for item, pin in left_out_pins(left_out, words):
        layer.add_child(pin)
        label = f"{item.venue.name} · {words.translate(item.message)}"
        yield {"label": label, "marker": pin, "layer": layer, "box": "left-out"}


def _timetable(itinerary: Itinerary, drawn: RouteLayer) -> Page:
    """What the time slider needs to place a van."""
    route = drawn.route
    return {
        "date": route.date.isoformat(),
        "leave": route.leave_s,
        "return": route.return_s,
        "legs": [[leg.leave_s, leg.arrive_s] for leg in itinerary.legs(route)],
        "pin": van_mark(route),
        "line": drawn.line,
        "layer": drawn.layer,
    }


def build_map(horizon: Horizon, layers: Mapping[str, Layer], page: Page) -> Map:
    """A map with its panes, these layers above the roads of the district, and its script."""
    chart = new_map(PANES)
    if roads := horizon.travel.background():
        extent = _extent(horizon)
        chart.add_child(Roads(draw_roads(roads, extent), _corners(extent)))
    for layer in layers.values():
        chart.add_child(layer)
    words = horizon.district.office.words
    texts = {"separator": words.clock(0)[2], "fullScreen": words("Full screen")}
    attribution = horizon.travel.attribution
    script = PageScript({**page, "layers": layers, "attribution": attribution, "words": texts})
    chart.add_child(script)
    return chart


def _extent(horizon: Horizon) -> Bounds:
    """The district with all its places, and a margin."""
    district = horizon.district
    boxes = [area.shape.bounds for area in district.areas]
    places: list[Venue | DepotSite] = [*district.venues, *district.depots]
    lats = [*(place.lat for place in places), *(y for _, a, _, b in boxes for y in (a, b))]
    lons = [*(place.lon for place in places), *(x for a, _, b, _ in boxes for x in (a, b))]
    south, west, north, east = min(lats), min(lons), max(lats), max(lons)
    height, width = MARGIN * (north - south), MARGIN * (east - west)
    return south - height, west - width, north + height, east + width


def view_bounds(itineraries: Sequence[Itinerary]) -> list[list[float]]:
    """Corners of what is in view on opening and in print: all stops and depots."""
    places: list[Venue | DepotSite] = [
        *(at.venue for itinerary in itineraries for at in itinerary.all_stops()),
        *itineraries[0].horizon.district.depots,
    ]
    lats, lons = [place.lat for place in places], [place.lon for place in places]
    return _corners((min(lats), min(lons), max(lats), max(lons)))


def _corners(bounds: Bounds) -> list[list[float]]:
    south, west, north, east = bounds
    return [[south, west], [north, east]]
