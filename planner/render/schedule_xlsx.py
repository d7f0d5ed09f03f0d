"""The schedule as a workbook, in the columns that offices use."""

from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from planner.analysis.itinerary import Itinerary, StopAt
from planner.district import Venue
from planner.i18n.words import Words
from planner.render.escape import to_line

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def build_schedule_xlsx(itinerary: Itinerary) -> bytes:
    """A row per stop, by date, van and order; text is never a formula or a link."""
    words = itinerary.horizon.district.office.words
    rows = [
        [number, *_cells(at, _area(itinerary, at.venue), words)]
        for number, at in enumerate(itinerary.all_stops(), 1)
    ]
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        created = datetime.combine(itinerary.horizon.instance.dates[0], time())
        workbook.set_properties({"title": words("Schedule of the vans"), "created": created})
        sheet = workbook.add_worksheet(words("Schedule"))
        head = workbook.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
        body = workbook.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        for column, (header, width) in enumerate(_columns(words)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, header, head)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(row, column, cell, body)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return target.getvalue()


def service_name(at: StopAt, words: Words) -> str:
    """What people get there: recording, and their card where the van prints."""
    if at.vehicle.max_people is None:
        return words("KTP-el recording")
    return words("KTP-el recording and printing")


def _columns(words: Words) -> list[tuple[str, int]]:
    """Header and width in characters."""
    return [
        (words("No"), 5),
        (words("Date"), 24),
        (words("Place"), 34),
        (words("Kelurahan/Kecamatan"), 24),
        (words("Time"), 18),
        (words("Kind of service"), 22),
        (words("Van/team"), 16),
        (words("Crew"), 10),
        (words("Responsible at the place"), 30),
        (words("Note"), 20),
    ]


def _area(itinerary: Itinerary, venue: Venue) -> str:
    """Kelurahan and kecamatan as far as the borders tell them: ``Gambir/Gambir``."""
    return "/".join(filter(None, (itinerary.kelurahan(venue), itinerary.kecamatan(venue))))


def _cells(at: StopAt, area: str, words: Words) -> list[str | int]:
    place = ", ".join(filter(None, (at.venue.name, at.venue.address)))
    return [
        words.long_date(at.route.date),
        to_line(place),
        to_line(area),
        words.hours(at.stop.serve_s, at.stop.packup_s),
        service_name(at, words),
        to_line(f"{at.vehicle.id} ({at.vehicle.plate})"),
        at.vehicle.crew or "",
        to_line(at.venue.contact),
        words("DRAFT") if at.draft else "",
    ]
