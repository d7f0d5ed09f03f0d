"""Layers of the maps: routes, stops, depots and places left out; beneath, people and borders."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from shapely import get_coordinates, get_parts, get_rings
from shapely.geometry.base import BaseGeometry

from planner.analysis.itinerary import Itinerary, Leg, StopAt
from planner.analysis.origins import RwKey
from planner.district import District, part_name
from planner.horizon import LeftOut
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.folium_page import (
    Border,
    FeatureGroup,
    LatLon,
    Layer,
    Page,
    Pin,
    RouteLine,
    ShadedArea,
    list_place,
)
from planner.render.hours_text import format_service_hours
from planner.render.html import fill_macro
from planner.render.origin_layers import Origins, format_origins, rw_centres
from planner.render.parallel_offsets import OffsetLine, offset_routes
from planner.render.style import class_breaks, class_colour, style_route

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


def draw_stops(
    itinerary: Itinerary, origins: Origins, layers: Mapping[str, Layer], words: Words
) -> Iterator[Page]:
    """Put a numbered mark for every stop into its route's layer; what the search needs."""
    district = itinerary.horizon.district
    boxes = {(r.van_id, r.date): f"route-{index}" for index, r in enumerate(itinerary.routes)}
    for at in itinerary.all_stops():
        box = boxes[at.route.van_id, at.route.date]
        text = to_line(at.label(VAN_NAME_LENGTH))
        style = style_route(itinerary.plan, at.route)
        mark = fill_macro("stop", text, style, at.draft, words("draft"))
        origin_text = format_origins(district, origins.get(at.venue.id, {}), words)
        popup = stop_popup(at, origin_text, words)
        pin = Pin(at.venue.lat, at.venue.lon, mark, pane="stops", popup=popup)
        when = f"{words.short_date(at.route.date)}, {words.clock(at.stop.serve_s)}"
        label = f"{at.venue.name} · {at.vehicle.id}, {when}"
        yield list_place(label, pin, layers[box], box)


def draw_left_out(left_out: Sequence[LeftOut], layer: Layer, words: Words) -> Iterator[Page]:
    """Put a small grey mark for every place without a stop into a layer; what the search needs."""
    for item in left_out:
        venue, popup = item.venue, left_out_popup(item, words)
        mark = fill_macro("left_out", venue.name)
        pin = Pin(venue.lat, venue.lon, mark, pane="left-out", popup=popup)
        label = f"{venue.name} · {words.translate(item.message)}"
        yield list_place(label, pin, layer, "left-out", is_stop=False)


def draw_depots(itinerary: Itinerary, layer: Layer, words: Words) -> Iterator[Page]:
    """Put a mark where vans start and end into a layer; what the search needs."""
    for depot in itinerary.horizon.district.depots:
        popup = fill_macro("depot_popup", depot.name, words("Depot"))
        icon = fill_macro("depot", depot.name)
        pin = Pin(depot.lat, depot.lon, icon, pane="depots", popup=popup)
        label = f"{depot.name} · {words('Depot')}"
        yield list_place(label, pin, layer, "depots", is_stop=False)


def _middle(offset_lines: Sequence[OffsetLine], legs: Sequence[Leg]) -> tuple[float, float]:
    """A point halfway along the longest drive, where a label has most room."""
    longest = max(range(len(legs)), key=lambda index: legs[index].drive_m)
    line = offset_lines[longest].points
    if len(line) > 2:
        return line[len(line) // 2]
    return (line[0][0] + line[-1][0]) / 2, (line[0][1] + line[-1][1]) / 2


def build_choropleth(district: District, words: Words) -> tuple[FeatureGroup, tuple[int, ...]]:
    """A layer with every RW shaded by its unrecorded people, and the highest count of each shade.

    So is a kelurahan that is not counted by RW. An RW without a border is a circle, dashed where
    its people are placed by an estimate.
    """
    counts = Counter[RwKey]()
    for home in district.neighbourhoods:
        counts[home.code, home.rw] += home.backlog
    estimated = {(home.code, home.rw) for home in district.neighbourhoods if home.is_estimated}
    breaks = class_breaks(list(counts.values()))
    layer = FeatureGroup()
    names = {area.code: area.name for area in district.kelurahan}
    centres = rw_centres(district)
    borders = {(area.code, ""): area for area in district.kelurahan if (area.code, "") in counts}
    borders |= {
        (area.code.split("/")[0], area.rw): area for area in district.areas if area.rw is not None
    }
    for key in sorted({*counts, *borders}):
        count = counts[key]
        text = words(
            "{name}: {count} unrecorded",
            name=f"{part_name(key[1])} {names.get(key[0], key[0])}".lstrip(),
            count=words.number(count),
        )
        place = area_rings(borders[key].shape) if key in borders else centres[key]
        is_estimated = key in estimated and key not in borders
        if is_estimated:
            text = words("{text}; place estimated", text=text)
        layer.add_child(ShadedArea(place, class_colour(count, breaks), text, is_estimated))
    return layer, breaks


def build_kelurahan_layer(district: District) -> FeatureGroup:
    """Borders and names of kelurahan."""
    layer = FeatureGroup()
    for area in district.kelurahan:
        layer.add_child(Border(area_rings(area.shape)))
        middle = area.shape.representative_point()
        layer.add_child(Pin(middle.y, middle.x, fill_macro("area_label", area.name), pane="names"))
    return layer


def area_rings(shape: BaseGeometry) -> list[list[LatLon]]:
    """Rings of all parts as latitude and longitude to about a metre."""
    return [
        [(round(lat, 5), round(lon, 5)) for lon, lat in get_coordinates(ring).tolist()]
        for ring in get_rings(get_parts(shape))
    ]


def stop_popup(at: StopAt, origin_text: str, words: Words) -> Markup:
    """Times, people and contact of a stop.

    Parameters
    ----------
    origin_text
        RW of those recorded at its place, with numbers.
    """
    stop, venue = at.stop, at.venue
    rows = [
        (words("Date"), words.long_date(at.route.date)),
        (words("Van"), f"{at.vehicle.id} ({at.vehicle.plate})"),
        (words("Arrive"), words.clock(stop.arrive_s)),
        (words("Service"), format_service_hours(at, words)),
        (words("Depart"), words.clock(stop.depart_s)),
        (words("People"), words.number(stop.people)),
        (words("From"), origin_text),
        (words("Kind"), words.translate(venue.type.name)),
        (words("Address"), venue.address),
        (words("Contact"), venue.contact),
        (words("Permission"), words(venue.permission.value)),
        (words("Note"), venue.note),
    ]
    draft = f" ({words('draft')})" if at.draft else ""
    return fill_macro("popup", f"{at.order}. {venue.name}{draft}", rows)


def left_out_popup(item: LeftOut, words: Words) -> Markup:
    """Why a place has no stop."""
    rows = [
        (words("Not visited"), words.translate(item.message)),
        (words("Expected"), words.number(item.expected) if item.expected else ""),
        (words("Contact"), item.venue.contact),
    ]
    return fill_macro("popup", item.venue.name, rows)
