"""Layers of the map: routes with their stops, depots, places left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planner.analysis.itinerary import Itinerary, Leg, StopAt
from planner.horizon import LeftOut
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.folium_page import FeatureGroup, Pin, RouteLine
from planner.render.html import fill_macro
from planner.render.parallel_offsets import OffsetLine, offset_routes
from planner.render.popups import left_out_popup, stop_popup
from planner.render.style import style_route

VAN_NAME_LENGTH = 8
"""Characters of a van's name on the map itself; lists show all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLayer:
    """One route on the map.

    Attributes
    ----------
    layer
        Holds the line and, later, the stops.
    line
        A part per leg.
    """

    route: Route
    layer: FeatureGroup
    line: RouteLine


def route_layers(itinerary: Itinerary, words: Words) -> Iterator[RouteLayer]:
    """A layer per route, with its line and its label."""
    travel = itinerary.horizon.travel
    ways = [
        [travel.line(leg.origin, leg.destination) for leg in itinerary.legs(route)]
        for route in itinerary.routes
    ]
    for route, offset_lines in zip(itinerary.routes, offset_routes(ways), strict=True):
        style = style_route(itinerary.plan, route)
        layer = FeatureGroup()
        line = RouteLine(offset_lines, style.colour, style.dash)
        layer.add_child(line)
        text = f"{_short(route.van_id)} · {words.short_date(route.date)}"
        label = fill_macro("route_label", text, style.colour)
        layer.add_child(Pin(*_middle(offset_lines, itinerary.legs(route)), label, pane="labels"))
        yield RouteLayer(route=route, layer=layer, line=line)


def stop_pins(itinerary: Itinerary, words: Words) -> Iterator[tuple[StopAt, Pin]]:
    """A numbered mark for every stop, with its popup."""
    for at in itinerary.all_stops():
        text = f"{_short(at.vehicle.id)}{at.order}"
        style = style_route(itinerary.plan, at.route)
        mark = fill_macro("stop", text, style, at.draft, words("draft"))
        yield at, Pin(at.venue.lat, at.venue.lon, mark, pane="stops", popup=stop_popup(at, words))


def depot_layer(itinerary: Itinerary, words: Words) -> FeatureGroup:
    """Where vans start and end."""
    layer = FeatureGroup()
    for depot in itinerary.horizon.district.depots:
        popup = fill_macro("depot_popup", depot.name, words("Depot"))
        icon = fill_macro("depot", depot.name)
        layer.add_child(Pin(depot.lat, depot.lon, icon, pane="depots", popup=popup))
    return layer


def left_out_pins(left_out: Sequence[LeftOut], words: Words) -> Iterator[tuple[LeftOut, Pin]]:
    """A small grey mark for every place without a stop, which tells the reason."""
    for item in left_out:
        venue, popup = item.venue, left_out_popup(item, words)
        mark = fill_macro("left_out", venue.name)
        yield item, Pin(venue.lat, venue.lon, mark, pane="left-out", popup=popup)


def van_mark(route: Route) -> Markup:
    """The mark that moves along a route."""
    return fill_macro("van", _short(route.van_id))


def _middle(offset_lines: Sequence[OffsetLine], legs: Sequence[Leg]) -> tuple[float, float]:
    """A point halfway along the longest drive, where a label has most room."""
    longest = max(range(len(legs)), key=lambda index: legs[index].drive_m)
    line = offset_lines[longest].points
    return line[len(line) // 2] if len(line) > 2 else _midpoint(line[0], line[-1])


def _midpoint(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _short(name: str) -> str:
    return name if len(name) <= VAN_NAME_LENGTH else name[: VAN_NAME_LENGTH - 1] + "…"
