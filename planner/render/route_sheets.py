"""Route sheets: what the crew of each van takes along, as PDF."""

from collections.abc import Collection, Sequence
from typing import Any

import segno

from planner.analysis.itinerary import Itinerary, Leg, StopAt, break_hours
from planner.district import Vehicle, Venue
from planner.i18n.words import Words
from planner.plan import Route
from planner.render.escape import to_line
from planner.render.hours_text import format_breaks
from planner.render.letterhead import letterhead
from planner.render.road_paths import build_basemap
from planner.render.route_map import draw_route_map
from planner.render.typesetting import Data, Verbatim, typeset_pdf
from planner.store.file_names import file_names
from planner.travel.instructions import instruction_text
from planner.units import KM_M, MINUTE_S
from planner.venues import PRINTING, service_of

MAP_MM = (150.0, 72.0)
NAME_LENGTH = 70
DETAIL_LENGTH = 300
"""Of what a crew must read to its end, such as an address with its number."""

QUIET_ZONE = 4
"""Modules of white around a QR code, as its standard asks for."""

NONE = "\N{EN DASH}"


def typeset_sheets(itinerary: Itinerary) -> dict[str, bytes]:
    """A PDF for each van-day, and ``sheets.pdf`` with all of them, by file name."""
    return _files(itinerary, "sheets", itinerary.routes)


def typeset_changed_sheets(itinerary: Itinerary, changed: Collection[Route]) -> dict[str, bytes]:
    """A PDF for each of these routes, and ``sheets-changed.pdf`` with all of them.

    Parameters
    ----------
    changed
        Routes of the itinerary; where there are none, there are no files.
    """
    routes = [route for route in itinerary.routes if route in changed]
    return _files(itinerary, "sheets-changed", routes) if routes else {}


def sheet_names(itinerary: Itinerary) -> tuple[str, ...]:
    """The file of each route's sheet, in the order of the routes."""
    names = file_names(f"sheet-{route.date}-{route.van_id}" for route in itinerary.routes)
    return tuple(f"{name}.pdf" for name in names)


def _files(itinerary: Itinerary, together: str, routes: Sequence[Route]) -> dict[str, bytes]:
    """Sheets have the same names and looks whichever of them are asked for."""
    paper = build_sheets_data(itinerary)
    asked = {
        name: sheet
        for name, sheet, route in zip(
            sheet_names(itinerary), paper["sheets"], itinerary.routes, strict=True
        )
        if route in routes
    }
    papers = {f"{together}.pdf": {**paper, "sheets": list(asked.values())}}
    papers |= {name: {**paper, "sheets": [sheet]} for name, sheet in asked.items()}
    day = itinerary.horizon.first_date
    return {name: typeset_pdf("sheet.typ", data, day) for name, data in papers.items()}


def build_sheets_data(itinerary: Itinerary) -> dict[str, Any]:
    """All sheets as data for ``sheet.typ``."""
    words = itinerary.horizon.district.office.words
    return {
        "title": f"{words('Route sheet')} {itinerary.horizon.week}",
        "language": words.language,
        "office": letterhead(itinerary.horizon.district, itinerary.version_line),
        "draft": itinerary.horizon.district.assumes_permission,
        "signatures": [words("Driver"), words("Operator"), words("Coordinator")],
        "words": {
            "page": words("page"),
            "leave": words("Leave at"),
            "return_": words("Return at"),
            "directions": words("Directions"),
            "draft": words("DRAFT"),
            "note": words("Note"),
            "notes": words("Notes"),
        },
        "sheets": _sheets(itinerary, words),
    }


def maps_link(venue: Venue) -> str:
    """A link that phones open in their map program."""
    return f"https://maps.google.com/?q={venue.lat:.6f},{venue.lon:.6f}"


def _sheets(itinerary: Itinerary, words: Words) -> list[Data]:
    basemap = build_basemap(itinerary.horizon.travel)
    return [
        {
            **_head(itinerary, route, words),
            "headers": _headers(route, words),
            "stops": [_stop(itinerary, at, words) for at in itinerary.stops(route)],
            "map": draw_route_map(itinerary, route, basemap, MAP_MM, words),
            "map-alt": _map_text(itinerary, route, words),
            "drives": _drives(itinerary, route, words),
        }
        for route in itinerary.routes
    ]


def _map_text(itinerary: Itinerary, route: Route, words: Words) -> str:
    """What the map shows, for those who cannot see it."""
    stops = (f"{at.order} {to_line(at.venue.name, NAME_LENGTH)}" for at in itinerary.stops(route))
    return f"{words('Map of the route')}: {', '.join(stops)}"


def _head(itinerary: Itinerary, route: Route, words: Words) -> dict[str, Any]:
    """Everything on a sheet but its stops and its map."""
    vehicle = itinerary.vehicles[route.van_id]
    depots = {depot.id: depot.name for depot in itinerary.horizon.district.depots}
    day = words.long_date(route.date)
    van = to_line(f"{words('Van')} {vehicle.id}", 40)
    return {
        "heading": f"{words('Route sheet')} · {van} · {day}",
        "footer": f"{van} · {day}",
        "facts": _facts(itinerary, route, words),
        "leave": words.clock(route.leave_s),
        "start": to_line(depots[vehicle.start], NAME_LENGTH),
        "leave-break": _depot_break(route, vehicle, words, at_end=False),
        "return_": words.clock(route.return_s),
        "return-break": _depot_break(route, vehicle, words, at_end=True),
        "end": to_line(depots[vehicle.end], NAME_LENGTH),
        "home": _drive(itinerary, itinerary.legs(route)[-1], words),
        "estimate": (
            words("Straight-line estimate: there is no road file")
            if itinerary.horizon.travel.straight
            else ""
        ),
    }


def _depot_break(route: Route, vehicle: Vehicle, words: Words, *, at_end: bool) -> str:
    """The break where it is taken at a depot, before the first stop or after the last one."""
    pause = break_hours(route, vehicle)
    if not pause:
        return ""
    first, last = route.stops[0], route.stops[-1]
    here = pause[0] >= last.depart_s if at_end else pause[1] <= first.arrive_s
    return "".join(format_breaks([pause], words)) if here else ""


def _facts(itinerary: Itinerary, route: Route, words: Words) -> list[tuple[str, str]]:
    vehicle = itinerary.vehicles[route.van_id]
    pause = break_hours(route, vehicle)
    rest = words.hours(*pause) if pause else NONE
    cards = NONE if vehicle.stock is None else words.number(vehicle.stock)
    legs = itinerary.legs(route)
    return [
        (words("Plate"), to_line(vehicle.plate, 30)),
        (words("Kits"), words.number(vehicle.kits)),
        (words("People"), words.number(sum(stop.people for stop in route.stops))),
        (words("Crew"), words.number(vehicle.crew) if vehicle.crew else NONE),
        (words("Cards on board"), cards),
        (words("Break"), rest),
        (words("Driver"), "." * 40),
        (words("Operator"), "." * 40),
        (words("Distance"), _distance(sum(leg.drive_m for leg in legs), words)),
    ]


def _headers(route: Route, words: Words) -> list[str]:
    """Those of the stops, then those that the crew fills in: of KK and KIA where it has them."""
    services = {service_of(stop.site_id) for stop in route.stops}
    return [
        words("No"),
        words("Map"),
        words("Place, address, contact"),
        words("From previous stop"),
        words("Arrive"),
        words("Set-up"),
        words("Service"),
        words("Depart"),
        words("People"),
        words("Kits"),
        words("Cards"),
        words("Recorded < 17"),
        words("Recorded 17+"),
        words("Printed"),
        *(words(name) for key, name in (("kk", "KK"), ("kia", "KIA")) if key in services),
        words("IKD"),
        words("Failed"),
        words("Absent"),
        words("Obstacles"),
    ]


def _stop(itinerary: Itinerary, at: StopAt, words: Words) -> Data:
    stop, venue, leg = at.stop, at.venue, itinerary.rest_of(at.leg)
    state = words("Permission") + ": " + words(venue.permission.value)
    return {
        "order": str(at.order),
        "link": Verbatim(maps_link(venue)),
        "code-alt": words("Map of {name}", name=to_line(venue.name, NAME_LENGTH)),
        "code": qr_code(maps_link(venue)),
        "name": to_line(venue.name, DETAIL_LENGTH),
        "address": to_line(venue.address, DETAIL_LENGTH),
        "contact": to_line(venue.contact, DETAIL_LENGTH),
        "note": to_line(venue.note, DETAIL_LENGTH),
        "draft": f"{words('DRAFT')} · {state}" if at.draft else "",
        "km": _distance(leg.drive_m, words),
        "minutes": _minutes(leg, words),
        "from": _diverted_from(itinerary, at.leg, words),
        "arrive": words.clock(stop.arrive_s),
        "setup": words.clock(stop.setup_s),
        "serve": f"{words.clock(stop.serve_s)}{NONE}{words.clock(stop.packup_s)}",
        "break": "".join(format_breaks([at.crew_break], words)),
        "depart": words.clock(stop.depart_s),
        "people": words.number(stop.people),
        "kits": NONE if venue.service == PRINTING.key else words.number(at.vehicle.kits),
        "cards": words.number(stop.people) if at.prints else NONE,
    }


def qr_code(text: str) -> Verbatim:
    """A code that phones read, with the white margin that it needs."""
    return Verbatim(segno.make(text, error="m", micro=False).svg_inline(border=QUIET_ZONE))


def _drives(itinerary: Itinerary, route: Route, words: Words) -> list[Data]:
    """Directions for each drive; none where travel is an estimate."""
    travel = itinerary.horizon.travel
    vehicle = itinerary.vehicles[route.van_id]
    home = next(
        depot.name for depot in itinerary.horizon.district.depots if depot.id == vehicle.end
    )
    names = [*(f"{at.order}. {at.venue.name}" for at in itinerary.stops(route)), home]
    return [
        {
            "to": to_line(name, NAME_LENGTH),
            "told": _drive(itinerary, leg, words),
            "steps": [
                (to_line(words.translate(instruction_text(step))), _stretch(step.drive_m, words))
                for step in steps
            ],
        }
        for name, leg in zip(names, itinerary.legs(route), strict=True)
        for steps in [travel.directions(itinerary.rest_of(leg).origin, leg.destination)]
        if steps
    ]


def _stretch(metres: float, words: Words) -> str:
    """How far to the next step; below a kilometre to ten metres."""
    if metres < 5:
        return ""
    return _distance(metres, words) if metres >= 995 else f"{words.number(round(metres, -1))} m"


def _drive(itinerary: Itinerary, leg: Leg, words: Words) -> str:
    """How far, how long, and from where if not from the stop before."""
    rest, origin = itinerary.rest_of(leg), _diverted_from(itinerary, leg, words)
    return ", ".join(filter(None, (_distance(rest.drive_m, words), _minutes(rest, words), origin)))


def _diverted_from(itinerary: Itinerary, leg: Leg, words: Words) -> str:
    """Where a van starts that was sent elsewhere on its way; else empty."""
    if leg.via is None:
        return ""
    return words("from {place}", place=to_line(itinerary.place_name(leg.via), NAME_LENGTH))


def _distance(metres: float, words: Words) -> str:
    return f"{words.number(metres / KM_M, 1)} km"


def _minutes(leg: Leg, words: Words) -> str:
    return words("{minutes} min", minutes=words.number(leg.drive_s / MINUTE_S))
