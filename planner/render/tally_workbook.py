"""The workbook in which an office writes what a week has done, made from what was published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from planner.backlog import COUNTS, STRUCK, PermissionEntry, Publication, PublishedStop, Tally
from planner.district import Permission, Venue
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.inputs.hours import format_intervals
from planner.inputs.tally import HEADS, PERMISSION, STRUCK_OFF, TALLY
from planner.render.workbooks import add_sum, new_workbook, set_up_pages
from planner.venues import place_of

SPARE = 10
"""Empty rows for stops that no plan had, and for what an office finds out."""

_WIDTHS = {
    "place": 18,
    "name": 30,
    "hours": 14,
    "note": 30,
    "contact": 24,
    "letter_number": 18,
    "unit": 30,
}
_TEXTS = {"started", "ended", "hours"}
"""Columns in which a spreadsheet program must not make a number of ``08.30``."""

OBSTACLES = (
    say("listrik padam"),
    say("jaringan putus"),
    say("mobil rusak"),
    say("alat rusak"),
    say("lokasi tutup"),
    say("hujan"),
)
"""What a list suggests for obstacles; any other text may be written."""

Cells = Mapping[str, object]


def build_tally_workbook(
    publication: Publication,
    tallies: Iterable[Tally],
    venues: Sequence[Venue],
    permissions: Iterable[PermissionEntry],
    words: Words,
) -> bytes:
    """Three sheets: a row per stop with what is known already, permissions, people struck off.

    Parameters
    ----------
    venues
        Of the district; those that were published, or are not confirmed, are on the second sheet.
    permissions
        The last word on each place and date.
    """
    target = BytesIO()
    with new_workbook(target, date.fromisoformat(f"{publication.week}-1")) as workbook:
        _Sheet(workbook, TALLY, words).write(
            [*_tally_rows(publication, tallies)], sums=[*COUNTS], lists={"note": OBSTACLES}
        )
        _Sheet(workbook, PERMISSION, words).write(
            [*_permission_rows(publication, venues, permissions)], lists={"state": [*Permission]}
        )
        _Sheet(workbook, STRUCK_OFF, words).write(
            [], lists={"reason": [COUNTS[name] for name in STRUCK]}
        )
    return target.getvalue()


def stop_cells(stop: PublishedStop) -> Cells:
    """What is printed of a stop before anything is filled in."""
    return {
        "day": stop.day,
        "van": stop.van,
        "place": stop.place,
        "name": stop.name,
        "hours": format_intervals([(stop.serve_s, stop.packup_s)]),
    }


def _tally_rows(publication: Publication, tallies: Iterable[Tally]) -> Iterable[Cells]:
    known = {tally.key: tally for tally in tallies}
    for stop in publication.stops:
        tally = known.pop(stop.key, None)
        yield {**stop_cells(stop), "expected": stop.people, **(_told(tally) if tally else {})}
    for tally in known.values():
        if tally.week == publication.week:
            named = {"day": tally.day, "van": tally.van, "place": tally.place}
            yield {**named, **_told(tally)}


def _told(tally: Tally) -> Cells:
    cells: dict[str, object] = dict(tally.counts)
    for column, time_s in (("started", tally.started_s), ("ended", tally.ended_s)):
        if time_s is not None:
            cells[column] = format_intervals([(time_s, time_s)]).partition("-")[0]
    return cells | ({"note": tally.note} if tally.note else {})


def _permission_rows(
    publication: Publication, venues: Sequence[Venue], permissions: Iterable[PermissionEntry]
) -> Iterable[Cells]:
    published = {place_of(stop.place) for stop in publication.stops}
    entries: dict[str, list[PermissionEntry]] = {}
    for entry in permissions:
        entries.setdefault(entry.place, []).append(entry)
    for venue in venues:
        if venue.id not in published and (venue.is_confirmed and venue.id not in entries):
            continue
        named = {"place": venue.id, "name": venue.name}
        for entry in entries.get(venue.id, ()):
            told = {name: getattr(entry, name) for name in HEADS[PERMISSION] if name not in named}
            hours = format_intervals(entry.hours) if entry.hours else ""
            yield {**named, **told, "state": entry.state.value, "hours": hours}
        if venue.id not in entries:
            yield {**named, "state": venue.permission.value, "contact": venue.contact}


class _Sheet:
    """A sheet with a head, rows, spare rows, and lists to choose from."""

    def __init__(self, workbook: Any, name: str, words: Words) -> None:
        self._columns, self._words = [*HEADS[name]], words
        self._heads, self._sheet = HEADS[name], workbook.add_worksheet(name)
        borders = {"border": 1, "valign": "top"}
        self._head = workbook.add_format({**borders, "bold": True, "text_wrap": True})
        self._plain = workbook.add_format(borders)
        self._date = workbook.add_format({**borders, "num_format": "dd/mm/yyyy"})
        self._text = workbook.add_format({**borders, "num_format": "@"})

    def write(
        self,
        rows: Sequence[Cells],
        sums: Sequence[str] = (),
        lists: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Write all of it; a row of sums stands below the spare ones."""
        last = len(rows) + SPARE
        for column, name in enumerate(self._columns):
            self._sheet.set_column(column, column, _WIDTHS.get(name, 11))
            self._sheet.write_string(0, column, self._words(self._heads[name]), self._head)
            for row in range(1, last + 1):
                cells = rows[row - 1] if row <= len(rows) else {}
                self._write_cell(row, column, name, cells.get(name))
            if name in sums:
                numbers = [cells.get(name) for cells in rows]
                self._add_sum(column, last, sum(n for n in numbers if isinstance(n, int)))
            if name in (lists or {}):
                self._add_list(column, last, (lists or {})[name])
        if sums:
            name_column = self._columns.index("name")
            self._sheet.write_string(last + 1, name_column, self._words("Total"), self._head)
        self._sheet.freeze_panes(1, self._columns.index("name") + 1 if sums else 0)
        self._sheet.set_row(0, 45)
        set_up_pages(self._sheet, 3 if sums else 1)
        if sums:
            self._sheet.repeat_columns(0, self._columns.index("name"))

    def _write_cell(self, row: int, column: int, name: str, value: object) -> None:
        if isinstance(value, date):
            self._sheet.write_datetime(row, column, value, self._date)
        elif isinstance(value, int):
            self._sheet.write_number(row, column, value, self._plain)
        elif value:
            self._sheet.write_string(row, column, str(value), self._text)
        else:
            self._sheet.write_blank(row, column, None, self._blank(name))

    def _blank(self, name: str) -> Any:
        if name in {"day", "letter_date"}:
            return self._date
        return self._text if name in _TEXTS else self._plain

    def _add_sum(self, column: int, last: int, total: int) -> None:
        add_sum(self._sheet, column, last, total, self._head)
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        self._sheet.data_validation(1, column, last, column, rule)

    def _add_list(self, column: int, last: int, texts: Sequence[str]) -> None:
        rule = {"validate": "list", "source": [self._words(text) for text in texts]}
        if texts is OBSTACLES:
            rule["error_type"] = "information"
        self._sheet.data_validation(1, column, last, column, rule)
