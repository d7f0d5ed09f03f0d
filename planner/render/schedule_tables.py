"""The schedule as CSV for spreadsheet programs, and as the workbook that offices use."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from itertools import count
from textwrap import wrap

from planner.analysis.itinerary import Itinerary, StopAt
from planner.i18n.words import Words
from planner.model import Interval
from planner.render.escape import to_line
from planner.render.hours_text import format_service, format_service_hours
from planner.render.letterhead import version_line
from planner.render.text_table import to_csv

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

LINE_PT = 15
"""Height of a line; not every program finds the height of a row by itself."""


def build_schedule_csv(itinerary: Itinerary) -> bytes:
    """A row per stop, by date, van and order, in the office's language."""
    words = itinerary.horizon.district.office.words
    columns = _csv_columns(itinerary, words)
    rows = ([cell(at) for cell in columns.values()] for at in itinerary.all_stops())
    return to_csv([[*columns], *rows], words)


def _csv_columns(itinerary: Itinerary, words: Words) -> dict[str, Callable[[StopAt], object]]:
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
        words("Break"): lambda at: _hyphenate(at.crew_break, words),
        words("People"): lambda at: at.stop.people,
        words("Contact"): lambda at: at.venue.contact,
        words("Permission"): lambda at: words(at.venue.permission.value),
        words("Note"): lambda at: words("DRAFT") if at.draft else "",
    }


def _hyphenate(hours: Interval | None, words: Words) -> str:
    return "\N{EN DASH}".join(map(words.clock, hours)) if hours else ""


def build_schedule_xlsx(itinerary: Itinerary) -> bytes:
    """A row per stop, by date, van and order; text is never a formula or a link."""
    import xlsxwriter  # noqa: PLC0415 - planning writes the CSV alone

    words = itinerary.horizon.district.office.words
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": words("Schedule of the vans"),
                "subject": version_line(itinerary),
                "created": datetime.combine(itinerary.horizon.instance.dates[0], time()),
            }
        )
        sheet = workbook.add_worksheet(words("Schedule"))
        head = workbook.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
        body = workbook.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        heights = Counter[int]()
        for column, (header, width, cell) in enumerate(_xlsx_columns(itinerary, words)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, header, head)
            for row, content in enumerate(map(cell, itinerary.all_stops()), 1):
                heights[row] = max(heights[row], len(wrap(str(content), width - 2)))
                write = sheet.write_string if isinstance(content, str) else sheet.write_number
                write(row, column, content, body)
        for row, num_lines in heights.items():
            sheet.set_row(row, LINE_PT * num_lines + 2)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{version_line(itinerary)}&R&P/&N")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return target.getvalue()


def _xlsx_columns(
    itinerary: Itinerary, words: Words
) -> list[tuple[str, int, Callable[[StopAt], str | int]]]:
    """Header, width in characters, and what stands in the cells."""
    number = count(1)
    return [
        (words("No"), 5, lambda _: next(number)),
        (words("Date"), 24, lambda at: words.long_date(at.route.date)),
        (words("Place"), 34, lambda at: _join(", ", at.venue.name, at.venue.address)),
        (
            words("Kelurahan/Kecamatan"),
            24,
            lambda at: _join("/", itinerary.kelurahan(at.venue), itinerary.kecamatan(at.venue)),
        ),
        (words("Time"), 18, lambda at: format_service_hours(at, words)),
        (words("Kind of service"), 22, lambda at: format_service(at, words)),
        (words("Van/team"), 16, lambda at: to_line(f"{at.vehicle.id} ({at.vehicle.plate})")),
        (words("Crew"), 10, lambda at: at.vehicle.crew or ""),
        (words("Host"), 30, lambda at: to_line(at.venue.contact)),
        (words("Note"), 20, lambda at: words("DRAFT") if at.draft else ""),
    ]


def _join(separator: str, *texts: str) -> str:
    """Those that are not blank, on one line."""
    return to_line(separator.join(filter(None, texts)))
