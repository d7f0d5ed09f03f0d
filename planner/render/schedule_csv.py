"""The schedule as a table for spreadsheet programs."""

from planner.analysis.itinerary import Itinerary, StopAt
from planner.horizon import Horizon
from planner.i18n.words import Words
from planner.plan import Result
from planner.render.text_table import to_csv


def build_schedule_csv(horizon: Horizon, result: Result) -> bytes:
    """A row per stop, by date, van and order, in the office's language."""
    words = horizon.district.office.words
    itinerary = Itinerary(horizon, result.plan)
    rows: list[list[object]] = [[*_headers(words)]]
    for number, stop in enumerate(itinerary.all_stops(), 1):
        area = [itinerary.kelurahan(stop.venue), itinerary.kecamatan(stop.venue)]
        rows.append([number, *_cells(stop, area, words)])
    return to_csv(rows)


def _headers(words: Words) -> list[str]:
    return [
        words("No"),
        words("Date"),
        words("Van"),
        words("Plate"),
        words("Order"),
        words("Place"),
        words("Address"),
        words("Kelurahan"),
        words("Kecamatan"),
        words("Arrive"),
        words("Serve from"),
        words("Serve until"),
        words("Depart"),
        words("People"),
        words("Contact"),
        words("Permission"),
        words("Note"),
    ]


def _cells(stop: StopAt, area: list[str], words: Words) -> list[str]:
    venue, times = stop.venue, stop.stop
    return [
        words.long_date(stop.route.date),
        stop.vehicle.id,
        stop.vehicle.plate,
        str(stop.order),
        venue.name,
        venue.address,
        *area,
        words.clock(times.arrive_s),
        words.clock(times.serve_s),
        words.clock(times.packup_s),
        words.clock(times.depart_s),
        str(times.people),
        venue.contact,
        words(venue.permission.value),
        words("DRAFT") if stop.draft else "",
    ]
