"""The schedule as CSV for spreadsheet programs, and as the workbook that offices use."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from itertools import count

from planner.analysis.itinerary import Itinerary, StopAt
from planner.i18n.words import Words
from planner.model import Interval
from planner.render.escape import to_line
from planner.render.hours_text import format_service, format_service_hours
from planner.render.text_table import to_csv
from planner.render.workbooks import new_workbook, set_up_pages
from planner.units import MINUTE_S

FORMATS: dict[type | None, dict[str, object]] = {
    None: {"bold": True},
    str: {},
    int: {"align": "center"},
    date: {"align": "center", "num_format": "dd/mm/yyyy"},
    timedelta: {"align": "center", "num_format": "hh:mm"},
}
"""Of the header, and of cells by what is in them."""

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
        words("Calendar date"): lambda at: at.route.date.isoformat(),
        words("Van"): lambda at: at.vehicle.id,
        words("Plate"): lambda at: at.vehicle.plate,
        words("Order"): lambda at: at.order,
        words("Place"): lambda at: at.venue.name,
        words("Address"): lambda at: at.venue.address,
        words("Kelurahan"): lambda at: itinerary.kelurahan(at.venue),
        words("Kecamatan"): lambda at: itinerary.kecamatan(at.venue),
        words("Arrive"): lambda at: _clock(at.stop.arrive_s),
        words("Serve from"): lambda at: _clock(at.stop.serve_s),
        words("Serve until"): lambda at: _clock(at.stop.packup_s),
        words("Depart"): lambda at: _clock(at.stop.depart_s),
        words("Break"): lambda at: _hyphenate(at.crew_break),
        words("People"): lambda at: at.stop.people,
        words("Contact"): lambda at: at.venue.contact,
        words("Permission"): lambda at: words(at.venue.permission.value),
        words("Note"): lambda at: words("DRAFT") if at.draft else "",
    }


def _hyphenate(hours: Interval | None) -> str:
    return "\N{EN DASH}".join(map(_clock, hours)) if hours else ""


def _clock(time_s: int) -> str:
    """A time as spreadsheet programs of all languages read it; to some ``08.30`` is a number."""
    return Words(language="en").clock(time_s)


def build_schedule_xlsx(itinerary: Itinerary) -> bytes:
    """A row per stop, by date, van and order; text is never a formula or a link."""
    # Planning writes the CSV alone.
    from planner.render.text_width import count_lines  # noqa: PLC0415

    words, first = itinerary.horizon.district.office.words, itinerary.horizon.first_date
    target, about = BytesIO(), itinerary.version_line
    with new_workbook(
        target, first, title=words("Schedule of the vans"), subject=about
    ) as workbook:
        sheet = workbook.add_worksheet(words("Schedule"))
        formats = {
            kind: workbook.add_format({"text_wrap": True, "border": 1, "valign": "top", **extra})
            for kind, extra in FORMATS.items()
        }
        heights = Counter[int]()
        for column, (header, width, cell) in enumerate(_xlsx_columns(itinerary, words)):
            sheet.set_column(column, column, width)
            for row, content in enumerate([header, *map(cell, itinerary.all_stops())]):
                look = formats[type(content) if row else None]
                if isinstance(content, str):
                    heights[row] = max(heights[row], count_lines(content, width))
                    sheet.write_string(row, column, content, look)
                else:
                    sheet.write(row, column, content, look)
        for row, num_lines in heights.items():
            sheet.set_row(row, LINE_PT * num_lines + 2)
        sheet.freeze_panes(1, 0)
        sheet.set_footer(f"&L{itinerary.version_line}&R&P/&N")
        set_up_pages(sheet)
    return target.getvalue()


def _xlsx_columns(
    itinerary: Itinerary, words: Words
) -> list[tuple[str, int, Callable[[StopAt], str | int | date | timedelta]]]:
    """Header, width in characters, and what stands in the cells."""
    number = count(1)
    return [
        (words("No"), 5, lambda _: next(number)),
        (words("Date"), 24, lambda at: words.long_date(at.route.date)),
        (words("Calendar date"), 12, lambda at: at.route.date),
        (words("Place"), 34, lambda at: _join(", ", at.venue.name, at.venue.address)),
        (
            words("Kelurahan/Kecamatan"),
            24,
            lambda at: _join("/", itinerary.kelurahan(at.venue), itinerary.kecamatan(at.venue)),
        ),
        (words("Time"), 18, lambda at: format_service_hours(at, words)),
        (words("Serve from"), 9, lambda at: _to_minute(at.stop.serve_s)),
        (words("Serve until"), 9, lambda at: _to_minute(at.stop.packup_s)),
        (words("Kind of service"), 22, lambda at: format_service(at, words)),
        (words("Van/team"), 16, lambda at: to_line(f"{at.vehicle.id} ({at.vehicle.plate})")),
        (words("Crew"), 10, lambda at: at.vehicle.crew or ""),
        (words("Host"), 30, lambda at: to_line(at.venue.contact)),
        (words("Note"), 20, lambda at: words("DRAFT") if at.draft else ""),
    ]


def _to_minute(time_s: int) -> timedelta:
    return timedelta(minutes=(time_s + MINUTE_S // 2) // MINUTE_S)


def _join(separator: str, *texts: str) -> str:
    """Those that are not blank, on one line."""
    return to_line(separator.join(filter(None, texts)))
