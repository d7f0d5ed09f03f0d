"""The schedule as a table for spreadsheet programs."""

from collections.abc import Callable
from itertools import count

from planner.analysis.itinerary import Itinerary, StopAt
from planner.i18n.words import Words
from planner.render.text_table import to_csv


def build_schedule_csv(itinerary: Itinerary) -> bytes:
    """A row per stop, by date, van and order, in the office's language."""
    columns = _columns(itinerary, itinerary.horizon.district.office.words)
    rows = ([cell(at) for cell in columns.values()] for at in itinerary.all_stops())
    return to_csv([[*columns], *rows])


def _columns(itinerary: Itinerary, words: Words) -> dict[str, Callable[[StopAt], object]]:
    """What stands in the cells of each column, by its header."""
    number = count(1)
    return {
        words("No"): lambda _: next(number),
        words("Date"): lambda at: words.long_date(at.route.date),
        words("Van"): lambda at: at.vehicle.id,
        words("Plate"): lambda at: at.vehicle.plate,
        words("Order"): lambda at: at.order,
        words("Place"): lambda at: at.venue.name,
        words("Address"): lambda at: at.venue.address,
        words("Kelurahan"): lambda at: itinerary.kelurahan(at.venue),
        words("Kecamatan"): lambda at: itinerary.kecamatan(at.venue),
        words("Arrive"): lambda at: words.clock(at.stop.arrive_s),
        words("Serve from"): lambda at: words.clock(at.stop.serve_s),
        words("Serve until"): lambda at: words.clock(at.stop.packup_s),
        words("Depart"): lambda at: words.clock(at.stop.depart_s),
        words("People"): lambda at: at.stop.people,
        words("Contact"): lambda at: at.venue.contact,
        words("Permission"): lambda at: words(at.venue.permission.value),
        words("Note"): lambda at: words("DRAFT") if at.draft else "",
    }
