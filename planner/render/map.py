"""The map of a plan: one HTML file that opens without internet."""

from collections.abc import Iterator, Sequence

import folium

from planner.analysis.itinerary import Itinerary
from planner.district import DepotSite, Venue
from planner.horizon import Horizon, LeftOut
from planner.i18n.words import Words
from planner.plan import Result
from planner.render.areas import Choropleth, build_choropleth, build_kelurahan_layer
from planner.render.escape import to_html
from planner.render.layers import (
    RouteLayer,
    depot_layer,
    left_out_pins,
    route_layers,
    stop_pins,
    van_mark,
)
from planner.render.page import PageScript, Roads, render_page
from planner.render.panel import heading, side_panel
from planner.render.popups import reason_text
from planner.render.road_paths import Bounds, draw_roads
from planner.render.tiles import TILE_HOST, tile_layer

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
    panel = side_panel(
        itinerary, words, num_left_out=len(left_out), breaks=shades.breaks, tiles=tiles
    )
    return render_page(
        _chart(itinerary, shades, left_out, words, tiles=tiles),
        title=f"{horizon.district.office.name} · {horizon.week}",
        language=words.language,
        around=heading(itinerary, words) + panel,
        tile_host=TILE_HOST if tiles else "",
    )


def _chart(
    itinerary: Itinerary,
    shades: Choropleth,
    left_out: Sequence[LeftOut],
    words: Words,
    *,
    tiles: bool,
) -> folium.Map:
    """The map itself, with all its layers."""
    chart = build_base_map(itinerary.horizon)
    routes = list(route_layers(itinerary, words))
    layers: dict[str, folium.map.Layer] = {
        **({"tiles": tile_layer()} if tiles else {}),
        "choropleth": shades.layer,
        "kelurahan": build_kelurahan_layer(itinerary.horizon.district),
        "left-out": folium.FeatureGroup(name="left-out"),
        "depots": depot_layer(itinerary, words),
        **{f"route-{index}": route.layer for index, route in enumerate(routes)},
    }
    places = [*_stops(itinerary, layers, words), *_left_out(left_out, layers, words)]
    for layer in layers.values():
        chart.add_child(layer)
    chart.add_child(
        PageScript(
            {
                "layers": layers,
                "places": places,
                "routes": [_moving(itinerary, route) for route in routes],
                "bounds": view_bounds([itinerary]),
                "attribution": to_html(itinerary.horizon.travel.attribution),
                "words": {"separator": words.clock(0)[2], "fullScreen": words("Full screen")},
            }
        )
    )
    return chart


def _stops(
    itinerary: Itinerary, layers: dict[str, folium.map.Layer], words: Words
) -> Iterator[Page]:
    """Put every stop into the layer of its route; what the search needs to find it."""
    boxes = {(r.van_id, r.date): f"route-{index}" for index, r in enumerate(itinerary.routes)}
    for at, pin in stop_pins(itinerary, words):
        box = boxes[at.route.van_id, at.route.date]
        layers[box].add_child(pin)
        when = f"{words.short_date(at.route.date)}, {words.clock(at.stop.serve_s)}"
        label = to_html(f"{at.venue.name} · {at.vehicle.id}, {when}")
        yield {"label": label, "marker": pin, "layer": layers[box], "box": box}


def _left_out(
    left_out: Sequence[LeftOut], layers: dict[str, folium.map.Layer], words: Words
) -> Iterator[Page]:
    """Put every place left out into its layer; what the search needs to find it."""
    layer = layers["left-out"]
    for item, pin in left_out_pins(left_out, words):
        layer.add_child(pin)
        label = to_html(f"{item.venue.name} · {reason_text(item, words)}")
        yield {"label": label, "marker": pin, "layer": layer, "box": "left-out"}


def _moving(itinerary: Itinerary, drawn: RouteLayer) -> Page:
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


def build_base_map(horizon: Horizon) -> folium.Map:
    """A map with its panes and, where they are known, the roads of the district."""
    chart = folium.Map(tiles=None, zoom_snap=0.25, font_size="15px")
    for name, height in PANES.items():
        chart.add_child(folium.map.CustomPane(name, z_index=height, pointer_events=True))
    roads = horizon.travel.background()
    if roads:
        ground = _extent(horizon)
        chart.add_child(Roads(draw_roads(roads, ground), _corners(ground)))
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
