"""What a click on the map shows."""

from markupsafe import Markup

from planner.analysis.itinerary import StopAt
from planner.horizon import LeftOut
from planner.i18n.words import Words
from planner.render.html import fill_macro


def stop_popup(at: StopAt, words: Words) -> Markup:
    """Times, people and contact of a stop."""
    stop, venue = at.stop, at.venue
    rows = [
        (words("Date"), words.long_date(at.route.date)),
        (words("Van"), f"{at.vehicle.id} ({at.vehicle.plate})"),
        (words("Arrive"), words.clock(stop.arrive_s)),
        (words("Service"), words.hours(stop.serve_s, stop.packup_s)),
        (words("Depart"), words.clock(stop.depart_s)),
        (words("People"), words.number(stop.people)),
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
