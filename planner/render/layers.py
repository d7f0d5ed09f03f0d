"""Layers of the map: routes with their stops, depots, places left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import folium

from planner.analysis.itinerary import Itinerary, Leg, StopAt
from planner.horizon import LeftOut
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_html
from planner.render.page import Pin, RouteLine
from planner.render.parallel_offsets import OffsetLine, offset_routes
from planner.render.popups import left_out_popup, stop_popup
from planner.render.style import DEPOT_ICON, RouteStyle, style_route

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
    layer: folium.FeatureGroup
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
        layer = folium.FeatureGroup(name=f"route {route.van_id} {route.date}")
        line = RouteLine(offset_lines, style.colour, style.dash)
        layer.add_child(line)
        text = to_html(f"{_short(route.van_id)} · {words.short_date(route.date)}")
        label = f'<span class="route-label" style="--c:{style.colour}">{text}</span>'
        layer.add_child(Pin(*_middle(offset_lines, itinerary.legs(route)), label, pane="labels"))
        yield RouteLayer(route=route, layer=layer, line=line)


def stop_pins(itinerary: Itinerary, words: Words) -> Iterator[tuple[StopAt, Pin]]:
    """A numbered mark for every stop, with its popup."""
    for at in itinerary.all_stops():
        mark = stop_mark(at, style_route(itinerary.plan, at.route), words)
        popup = stop_popup(at, words)
        yield at, Pin(at.venue.lat, at.venue.lon, mark, popup=popup, pane="stops")


def stop_mark(at: StopAt, style: RouteStyle, words: Words) -> str:
    """Van and order, hollow and with a word where the permission is open."""
    classes = " ".join(
        ["stop", *(["square"] if style.square else []), *(["draft"] if at.draft else [])]
    )
    text = to_html(f"{_short(at.vehicle.id)}{at.order}")
    return (
        f'<span class="{classes}" style="--c:{style.colour}"'
        f' data-draft="{to_html(words("draft"))}">{text}</span>'
    )


def depot_layer(itinerary: Itinerary, words: Words) -> folium.FeatureGroup:
    """Where vans start and end."""
    layer = folium.FeatureGroup(name="depots")
    for depot in itinerary.horizon.district.depots:
        icon = DEPOT_ICON.format(name=to_html(depot.name))
        popup = f"<b>{to_html(depot.name)}</b><br>{words('Depot')}"
        layer.add_child(Pin(depot.lat, depot.lon, icon, popup=popup, pane="depots"))
    return layer


def left_out_pins(left_out: Sequence[LeftOut], words: Words) -> Iterator[tuple[LeftOut, Pin]]:
    """A small grey mark for every place without a stop, which tells the reason."""
    for item in left_out:
        mark = f'<span class="left-out" title="{to_html(item.venue.name)}">×</span>'
        popup = left_out_popup(item, words)
        yield item, Pin(item.venue.lat, item.venue.lon, mark, popup=popup, pane="left-out")


def van_mark(route: Route) -> str:
    """The mark that moves along a route."""
    return f'<span class="van">{to_html(_short(route.van_id))}</span>'


def _middle(offset_lines: Sequence[OffsetLine], legs: Sequence[Leg]) -> tuple[float, float]:
    """A point halfway along the longest drive, where a label has most room."""
    longest = max(range(len(legs)), key=lambda index: legs[index].drive_m)
    line = offset_lines[longest].points
    return line[len(line) // 2] if len(line) > 2 else _between(line[0], line[-1])


def _between(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _short(name: str) -> str:
    return name if len(name) <= VAN_NAME_LENGTH else name[: VAN_NAME_LENGTH - 1] + "…"
