"""Reads a workbook or a CSV file of tallies back, as `planner.render.tally_workbook` writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

from openpyxl import load_workbook

from planner.backlog import COUNTS, STRUCK, PermissionEntry, StruckOff, Tally
from planner.district import Permission
from planner.errors import NIK, Mistake, suggest
from planner.i18n.language import LANGUAGES
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.inputs.cell_values import as_date, as_permission, as_text, as_whole
from planner.inputs.csv_table import read_csv
from planner.inputs.findings import Findings, Spot
from planner.inputs.hours import in_zone, parse_clock, parse_intervals
from planner.inputs.table import RawRow, Table, as_title
from planner.inputs.xlsx_table import read_xlsx

TALLY, PERMISSION, STRUCK_OFF = "rekap", "izin", "dicoret"
"""Sheets of the workbook; a CSV file has the first."""

HEADS: Mapping[str, Mapping[str, str]] = {
    TALLY: {
        "day": say("Date"),
        "van": say("Van"),
        "place": say("Place id"),
        "name": say("Place"),
        "hours": say("Service"),
        **COUNTS,
        "started": say("started"),
        "ended": say("ended"),
        "note": say("obstacles"),
    },
    PERMISSION: {
        "place": say("Place id"),
        "name": say("Place"),
        "state": say("permission"),
        "day": say("agreed date"),
        "hours": say("agreed hours"),
        "room": say("room"),
        "contact": say("contact"),
        "letter_number": say("letter number"),
        "letter_date": say("letter date"),
    },
    STRUCK_OFF: {
        "day": say("Date"),
        "unit": say("RT or place"),
        "people": say("people"),
        "reason": say("reason"),
    },
}
"""Columns of each sheet, and what they are called."""

_LARGEST = 100_000

Row = TypeVar("Row", Tally, PermissionEntry, StruckOff)


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyFile:
    """What a file says.

    Attributes
    ----------
    sha256
        Of its content.
    """

    name: str
    sha256: str
    tallies: tuple[Tally, ...]
    permissions: tuple[PermissionEntry, ...] = ()
    struck_off: tuple[StruckOff, ...] = ()


def read_tally(path: Path, timezone: str = "") -> TallyFile:
    """The numbers in a workbook or CSV file; rows in which nothing was filled in are left out.

    Parameters
    ----------
    timezone
        Of the office; hours in another are refused.

    Raises
    ------
    InputError
        With every cell that cannot be read; then nothing of the file counts.
    """
    findings = Findings()
    tables: dict[str, Table] = {}
    content = b""
    with findings.catch(Spot(source=TALLY, text=str(path))):
        content = path.read_bytes()
        if path.suffix.casefold() == ".xlsx":
            sheets = {name.strip().casefold() for name in _sheet_names(path)}
            names = {TALLY, *(sheets & {PERMISSION, STRUCK_OFF})}
            tables = {name: read_xlsx(name, path, titles_of(name)) for name in sorted(names)}
        else:
            tables = {TALLY: read_csv(TALLY, path, titles_of(TALLY))}
    _check_columns(tables, findings)
    tallies = _rows(tables.get(TALLY), _tally, findings)
    permissions = _rows(tables.get(PERMISSION), partial(_permission, timezone=timezone), findings)
    struck_off = _rows(tables.get(STRUCK_OFF), _struck_off, findings)
    findings.raise_problems(HEADS)
    return TallyFile(
        name=path.name,
        sha256=sha256(content).hexdigest(),
        tallies=tallies,
        permissions=permissions,
        struck_off=struck_off,
    )


def titles_of(sheet: str) -> dict[str, str]:
    """The column that each title of a sheet means, in any language."""
    titles = {key: key for key in HEADS[sheet]}
    for language in LANGUAGES:
        words = Words(language=language)
        titles |= {as_title(words(text)): key for key, text in HEADS[sheet].items()}
    return titles


def read_number(text: str) -> int:
    """A number of people or things as somebody types it.

    Raises
    ------
    Mistake
        Where it is none.
    """
    return as_whole(text, maximum=_LARGEST)


def read_text(value: object) -> str:
    """What somebody writes in words, about things and never about a resident.

    Raises
    ------
    Mistake
        Where it holds what looks like a NIK.
    """
    text = as_text(value)
    if NIK.search(text):
        raise Mistake(say("holds what looks like a NIK"), say("delete it; the ledger names nobody"))
    return text


def _sheet_names(path: Path) -> list[str]:
    try:
        return list(load_workbook(path, read_only=True).sheetnames)
    except (BadZipFile, KeyError, ValueError) as error:
        what = say("cannot be read ({reason})", reason=error)
        raise Mistake(what, say("open it in Excel and save it as .xlsx")) from None


_NEEDED = {TALLY: ("day", "van", "place"), PERMISSION: ("place", "state"), STRUCK_OFF: ("unit",)}


def _check_columns(tables: Mapping[str, Table], findings: Findings) -> None:
    for name, table in tables.items():
        for column in _NEEDED[name]:
            if column not in table.columns:
                findings.add(
                    table.spot(table.header),
                    say("has no column {column}", column=HEADS[name][column]),
                    say("begin with the workbook that planner tally writes"),
                )
        for column in table.columns:
            if column and column not in HEADS[name] and not column.startswith(("no", "jumlah")):
                findings.add(
                    table.spot(table.header, column),
                    say("is not a column of {sheet}", sheet=name),
                    suggest(column, titles_of(name)),
                )


def _rows(
    table: Table | None, read: Callable[["_Cells"], Row | None], findings: Findings
) -> tuple[Row, ...]:
    rows = (read(_Cells(table, raw, findings)) for raw in table.rows) if table else ()
    return tuple(row for row in rows if row is not None)


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row, whose mistakes are noted."""

    table: Table
    raw: RawRow
    findings: Findings

    def get(self, column: str, parse: Callable[[Any], Any], blank: Any = None) -> Any:
        """What stands in a column; blank where nothing does, or where it cannot be read."""
        value = self.raw.cells.get(column)
        if value is None:
            return blank
        with self.findings.catch(self.table.spot(self.raw.number, column)):
            return parse(value)
        return blank

    def need(self, column: str) -> None:
        """Note that a column is blank."""
        if column not in self.raw.cells:
            spot = self.table.spot(self.raw.number, column)
            self.findings.add(spot, say("is blank"), say("fill it in, or clear the row"))

    def has(self, *columns: str) -> bool:
        """Whether any of some columns is filled in."""
        return any(column in self.raw.cells for column in columns)


def _tally(cells: _Cells) -> Tally | None:
    if not cells.has("day", "van", "place"):
        return None  # A row of sums.
    counts = {name: cells.get(name, read_number) for name in COUNTS if cells.has(name)}
    if not cells.has(*COUNTS, "started", "ended", "note"):
        return None
    for column in _NEEDED[TALLY]:
        cells.need(column)
    day = cells.get("day", as_date)
    if day is None:
        return None
    return Tally(
        day=day,
        van=cells.get("van", as_text, ""),
        place=cells.get("place", as_text, ""),
        counts={name: number for name, number in counts.items() if number is not None},
        started_s=cells.get("started", parse_clock),
        ended_s=cells.get("ended", parse_clock),
        note=cells.get("note", read_text, ""),
    )


def _permission(cells: _Cells, timezone: str) -> PermissionEntry | None:
    if not cells.has("state", "day"):
        return None
    for column in _NEEDED[PERMISSION]:
        cells.need(column)
    return PermissionEntry(
        place=cells.get("place", as_text, ""),
        state=cells.get("state", as_permission, Permission.NOT_ASKED),
        day=cells.get("day", as_date),
        hours=cells.get(
            "hours", lambda cell: parse_intervals(in_zone(as_text(cell), timezone)), ()
        ),
        room=cells.get("room", read_text, ""),
        contact=cells.get("contact", read_text, ""),
        letter_number=cells.get("letter_number", read_text, ""),
        letter_date=cells.get("letter_date", as_date),
    )


def _struck_off(cells: _Cells) -> StruckOff | None:
    for column in HEADS[STRUCK_OFF]:
        cells.need(column)
    day = cells.get("day", as_date)
    people = cells.get("people", read_number)
    if day is None or people is None:
        return None
    return StruckOff(
        day=day,
        unit=cells.get("unit", as_text, ""),
        people=people,
        reason=cells.get("reason", _reason, ""),
    )


def _reason(value: object) -> str:
    """A key of `STRUCK`, by any of its words; other reasons as they are written."""
    return titles_of(TALLY).get(as_title(value), "") if _is_known(value) else read_text(value)


def _is_known(value: object) -> bool:
    return titles_of(TALLY).get(as_title(value)) in STRUCK
