"""Layers of the map: routes with their stops, depots, places left out."""

from collections.abc import Iterator, Mapping, Sequence

from planner.analysis.itinerary import Itinerary, Leg
from planner.horizon import LeftOut
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.folium_page import FeatureGroup, Layer, Page, Pin, RouteLine
from planner.render.html import fill_macro
from planner.render.parallel_offsets import OffsetLine, offset_routes
from planner.render.popups import left_out_popup, stop_popup
from planner.render.style import style_route

VAN_NAME_LENGTH = 8
"""Characters of a van's name on the map itself; lists show all of it."""


def draw_routes(itinerary: Itinerary, words: Words) -> Iterator[Page]:
    """A layer per route with its line and its label, and what the time slider needs."""
    lines = [itinerary.lines(route) for route in itinerary.routes]
    for route, offset_lines in zip(itinerary.routes, offset_routes(lines), strict=True):
        style = style_route(itinerary.plan, route)
        legs = itinerary.legs(route)
        layer = FeatureGroup()
        line = RouteLine(offset_lines, style.colour, style.dash)
        layer.add_child(line)
        van = to_line(route.van_id, VAN_NAME_LENGTH)
        label = fill_macro("route_label", f"{van} · {words.short_date(route.date)}", style.colour)
        layer.add_child(Pin(*_middle(offset_lines, legs), label, pane="labels"))
        yield {
            "date": route.date.isoformat(),
            "leave": route.leave_s,
            "return": route.return_s,
            "legs": [[leg.leave_s, leg.arrive_s] for leg in legs],
            "pin": fill_macro("van", van),
            "line": line,
            "layer": layer,
        }


def draw_stops(itinerary: Itinerary, layers: Mapping[str, Layer], words: Words) -> Iterator[Page]:
    """Put a numbered mark for every stop into its route's layer; what the search needs."""
    boxes = {(r.van_id, r.date): f"route-{index}" for index, r in enumerate(itinerary.routes)}
    for at in itinerary.all_stops():
        box = boxes[at.route.van_id, at.route.date]
        text = f"{to_line(at.vehicle.id, VAN_NAME_LENGTH)}{at.order}"
        style = style_route(itinerary.plan, at.route)
        mark = fill_macro("stop", text, style, at.draft, words("draft"))
        popup = stop_popup(at, words)
        pin = Pin(at.venue.lat, at.venue.lon, mark, pane="stops", popup=popup)
        layers[box].add_child(pin)
        when = f"{words.short_date(at.route.date)}, {words.clock(at.stop.serve_s)}"
        label = f"{at.venue.name} · {at.vehicle.id}, {when}"
        yield {"label": label, "marker": pin, "layer": layers[box], "box": box}


def draw_left_out(left_out: Sequence[LeftOut], layer: Layer, words: Words) -> Iterator[Page]:
    """Put a small grey mark for every place without a stop into a layer; what the search needs."""
    for item in left_out:
        venue, popup = item.venue, left_out_popup(item, words)
        mark = fill_macro("left_out", venue.name)
        pin = Pin(venue.lat, venue.lon, mark, pane="left-out", popup=popup)
        layer.add_child(pin)
        label = f"{venue.name} · {words.translate(item.message)}"
        yield {"label": label, "marker": pin, "layer": layer, "box": "left-out"}


def depot_layer(itinerary: Itinerary, words: Words) -> FeatureGroup:
    """Where vans start and end."""
    layer = FeatureGroup()
    for depot in itinerary.horizon.district.depots:
        popup = fill_macro("depot_popup", depot.name, words("Depot"))
        icon = fill_macro("depot", depot.name)
        layer.add_child(Pin(depot.lat, depot.lon, icon, pane="depots", popup=popup))
    return layer


def _middle(offset_lines: Sequence[OffsetLine], legs: Sequence[Leg]) -> tuple[float, float]:
    """A point halfway along the longest drive, where a label has most room."""
    longest = max(range(len(legs)), key=lambda index: legs[index].drive_m)
    line = offset_lines[longest].points
    if len(line) > 2:
        return line[len(line) // 2]
    return (line[0][0] + line[-1][0]) / 2, (line[0][1] + line[-1][1]) / 2
