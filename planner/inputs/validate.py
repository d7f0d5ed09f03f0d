"""Turns the cells of a table into rows that keep to their model, and notes what does not."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from planner.errors import NIK, NIK_DIGITS, Mistake
from planner.formats.strict import explain_error
from planner.i18n.messages import Message, say, say_n
from planner.inputs.cell_values import LONGEST_NUMBER, as_text
from planner.inputs.coordinates import part_coordinates
from planner.inputs.findings import Findings, Spot
from planner.inputs.rows import (
    AreaRow,
    CalendarRow,
    DepotRow,
    PlaceRow,
    PopulationRow,
    RegisterRow,
    RtRow,
    TableRow,
    Turning17Row,
    VanRow,
    column_name,
    columns_of,
    row_model,
    titles_of,
)
from planner.inputs.table import ERROR_VALUES, RawRow, Table
from planner.inputs.table_files import REQUIRED
from planner.venues import VenueType

PERSONAL = frozenset({"nik", "no_kk", "nama_lgkp", "nama_lengkap", "tgl_lhr", "tanggal_lahir"})
"""Columns of lists of persons; such a list is never read."""

TOTALS = re.compile(
    r"(grand |sub[ -]?)?(total|jumlah)"
    r"( (total|akhir|seluruhnya|keseluruhan|semua)| (se)?"
    r"(kecamatan|kec|kelurahan|kel|desa|dusun|rw|rt|kota|kabupaten|kab)\b.*)?( ?:)?",
    re.IGNORECASE,
)
"""In the first cell of a row that adds up others."""

_TOTAL_OF = re.compile(r"((grand |sub[ -]?)?total|jumlah)\b", re.IGNORECASE)

LARGER_REGION = re.compile(r"\d\d(\.?\d\d){0,2}")
"""Code of a province, a kabupaten or kota, or a kecamatan."""

FEW_TOTALS = 3
"""So many rows of totals are named."""

_TITLE_LIKENESS = 0.8

_PERSONAL_IN_RT = frozenset({"alamat", "nama"})

R = TypeVar("R", bound=TableRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry(Generic[R]):
    """A row that keeps to its model, and where it stands."""

    row: R
    number: int
    table: Table

    def spot(self, field: str = "") -> Spot:
        """Where a cell of the row is; the row itself where no field is given."""
        return self.table.spot(self.number, column_name(type(self.row), field) if field else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidRows:
    """All rows of the folder that keep to their models.

    Attributes
    ----------
    tables
        The tables they are from, by name, with the rows that do not.
    """

    rt: tuple[RowEntry[RtRow], ...]
    areas: tuple[RowEntry[AreaRow], ...]
    population: tuple[RowEntry[PopulationRow], ...]
    register: tuple[RowEntry[RegisterRow], ...]
    turning_17: tuple[RowEntry[Turning17Row], ...]
    venues_by_type: Mapping[VenueType, tuple[RowEntry[PlaceRow], ...]]
    depots: tuple[RowEntry[DepotRow], ...]
    vans: tuple[RowEntry[VanRow], ...]
    calendar: tuple[RowEntry[CalendarRow], ...]
    tables: Mapping[str, Table]

    @property
    def venues(self) -> tuple[RowEntry[PlaceRow], ...]:
        """Places of all types."""
        return tuple(chain.from_iterable(self.venues_by_type.values()))

    def column_texts(self, name: str, column: str) -> set[str]:
        """Texts in a column, those of rows with other faults too."""
        table = self.tables.get(name)
        rows = table.rows if table else ()
        return {as_text(row.cells[column]) for row in rows if column in row.cells}


def check_rows(
    tables: Mapping[str, Table], venue_types: Iterable[VenueType], findings: Findings
) -> ValidRows:
    """The rows of all tables that keep to their models; the others are noted."""
    tables = {name: part_coordinates(table) for name, table in tables.items()}
    return ValidRows(
        rt=_without_sums(_entries(tables.get("rt"), RtRow, findings), findings),
        areas=_entries(tables.get("areas"), AreaRow, findings),
        population=_entries(tables.get("population"), PopulationRow, findings),
        turning_17=_entries(tables.get("turning-17"), Turning17Row, findings),
        register=_entries(tables.get("register"), RegisterRow, findings),
        venues_by_type={
            venue_type: _entries(tables.get(venue_type.table), row_model(venue_type), findings)
            for venue_type in venue_types
        },
        depots=_entries(tables.get("depots"), DepotRow, findings),
        vans=_entries(tables.get("vans"), VanRow, findings),
        calendar=_entries(tables.get("calendar"), CalendarRow, findings),
        tables=tables,
    )


def _entries(table: Table | None, model: type[R], findings: Findings) -> tuple[RowEntry[R], ...]:
    """The rows of a table that keep to its model; the others are noted."""
    if table is None or not _header_holds(table, model, findings):
        return ()
    if not table.rows and table.name in REQUIRED:
        spot = Spot(source=table.name, text=table.label)
        findings.add(spot, say("has a header, but no rows"), say("write at least one row"))
    rows = [row for row in table.rows if not _is_total(row, model)]
    if rows and _adds_up(rows[-1], rows[:-1], model):
        del rows[-1]
    if any(map(_is_of_part, rows)):
        rows = [row for row in rows if _is_of_part(row) or not _is_of_larger_region(row)]
    read_numbers = {row.number for row in rows}
    totals = [row for row in table.rows if row.number not in read_numbers]
    findings.warnings += _unread_totals([table.spot(row.number) for row in totals])
    for row in rows:
        if row.alignment_problem is not None:
            findings.add(*row.alignment_problem)
    whole = (row for row in rows if row.alignment_problem is None)
    read = ((row, _validate(table, row, model, findings)) for row in whole)
    return tuple(
        RowEntry(row=valid, number=row.number, table=table)
        for row, valid in read
        if valid is not None
    )


_SUMS: tuple[tuple[Callable[[RtRow], bool], Callable[[RtRow], Hashable]], ...] = (
    (lambda row: bool(row.part) and not row.rt, lambda row: (row.code, row.part)),
    (lambda row: not (row.part or row.rt), lambda row: row.code),
)
"""Whether a row is of a whole RW, or kelurahan, and what it is one with its parts by."""


def _without_sums(
    entries: tuple[RowEntry[RtRow], ...], findings: Findings
) -> tuple[RowEntry[RtRow], ...]:
    """The rows but for those of an RW, then of a kelurahan, that count just what its parts do."""
    for is_whole, group_of in _SUMS:
        parts: Counter[Hashable] = Counter()
        for entry in entries:
            if not is_whole(entry.row):
                parts[group_of(entry.row)] += entry.row.unrecorded
        sums = [
            entry
            for entry in entries
            if is_whole(entry.row) and entry.row.unrecorded == parts.get(group_of(entry.row))
        ]
        findings.warnings += _unread_totals([entry.spot() for entry in sums])
        numbers = {entry.number for entry in sums}
        entries = tuple(entry for entry in entries if entry.number not in numbers)
    return entries


def _unread_totals(spots: Sequence[Spot]) -> Iterator[Message]:
    """The first few, and how many more there are."""
    for spot in spots[:FEW_TOTALS]:
        yield say("{where}: a row of totals is not read", where=spot.text)
    more = len(spots) - FEW_TOTALS
    if more > 0:
        yield say_n("and {n} more row like these", "and {n} more rows like these", more)


def _is_total(row: RawRow, model: type[TableRow]) -> bool:
    """Whether a row begins with a word for sums; before a name only where it names nothing else."""
    first = as_text(next(iter(row.cells.values()), ""))
    if TOTALS.fullmatch(first):
        return True
    return _TOTAL_OF.match(first) is not None and _is_unnamed(row, model)


def _is_unnamed(row: RawRow, model: type[TableRow]) -> bool:
    """Whether a row lacks something that every row has."""
    return any(need and name not in row.cells for name, need in columns_of(model).items())


def _adds_up(last: RawRow, rows: Sequence[RawRow], model: type[TableRow]) -> bool:
    """Whether the last row names nothing and gives the sums of columns, as below a spreadsheet."""
    sums = {name: sum(_digits(row.cells.get(name)) for row in rows) for name in last.cells}
    is_sum = all(as_text(cell) == str(sums[name]) for name, cell in last.cells.items())
    return _is_unnamed(last, model) and is_sum and len(rows) > 1


def _digits(value: object) -> int:
    text = as_text(value)
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def _is_of_part(row: RawRow) -> bool:
    """Whether a row is of an RT or RW."""
    return not {"rt", "rw"}.isdisjoint(row.cells)


def _is_of_larger_region(row: RawRow) -> bool:
    """Whether a row is of more than a kelurahan, which adds up others if those are of parts."""
    return LARGER_REGION.fullmatch(as_text(row.cells.get("code", ""))) is not None


def _header_holds(table: Table, model: type[TableRow], findings: Findings) -> bool:
    """Whether the rows are worth reading; unknown and missing columns are noted."""
    if _lists_persons(table, findings):
        return False
    columns = columns_of(model)
    if not set(columns) & set(table.columns):
        findings.add(
            table.spot(table.header),
            say("names none of the columns {names}", names=", ".join(columns)),
            say("make it the header, or begin it with # if it is a comment"),
        )
        return False
    repeated = sorted(name for name in columns if table.columns.count(name) > 1)
    for column in repeated:
        findings.add(
            table.spot(table.header, column), say("is in the header twice"), say("keep one of them")
        )
    _check_titles(table, model, findings)
    return not repeated


def _check_titles(table: Table, model: type[TableRow], findings: Findings) -> None:
    """Note columns that are missing, and name those that are not read."""
    columns, titles = columns_of(model), titles_of(model)
    missing = {title: column for title, column in titles.items() if column not in table.columns}
    unread = dict.fromkeys(column for column in table.columns if column and column not in columns)
    near = {
        title: matches[0]
        for title in unread
        if (matches := get_close_matches(title, missing, n=1, cutoff=_TITLE_LIKENESS))
    }
    meant = {missing[match]: title for title, match in reversed(near.items())}
    others = [title for title in unread if title not in near]
    for column, required in columns.items():
        if required and column not in table.columns:
            names = [title for title, meaning in titles.items() if meaning == column]
            remedy = say("add the column; it may be called {names}", names=", ".join(names))
            if others:
                remedy = say(
                    "add the column, or rename one of {others}; it may be called {names}",
                    others=", ".join(others),
                    names=", ".join(names),
                )
            if title := meant.get(column):
                remedy = say("rename the column '{title}'", title=title)
            findings.add(table.spot(table.header, column), say("is not in the header"), remedy)
    for title, match in near.items():
        if not columns[missing[match]]:
            warning = say("the column '{title}' is not read", title=title)
            remedy = say("did you mean '{option}'?", option=match)
            findings.warnings.append(
                say("{where}: {what}; {remedy}", where=table.label, what=warning, remedy=remedy)
            )
    if others:
        findings.warnings.append(
            say(
                "{file}: columns that are not read: {names}",
                file=table.label,
                names=", ".join(others),
            )
        )


def _lists_persons(table: Table, findings: Findings) -> bool:
    personal = PERSONAL | _PERSONAL_IN_RT if table.name == "rt" else PERSONAL
    personal_columns = sorted(personal.intersection(table.titles))
    if personal_columns:
        findings.add(
            Spot(source=table.name, text=table.label, number=table.header),
            say(
                "is a list of persons, with {columns}",
                columns=", ".join(map(str.upper, personal_columns)),
            ),
            say("give counts only: personal data must not enter the planner"),
        )
    return bool(personal_columns)


def _validate(table: Table, row: RawRow, model: type[R], findings: Findings) -> R | None:
    columns = columns_of(model)
    faulty = set(columns) - set(table.columns)
    cells: dict[str, Any] = {}
    for column, value in row.cells.items():
        mistake = explain_cell(value)
        if mistake is not None:
            findings.add(table.spot(row.number, column), mistake.what, mistake.remedy)
            faulty.add(column)
        elif column in columns:
            cells[column] = value
    try:
        valid = model.model_validate(cells)
    except ValidationError as error:
        for detail in error.errors():
            column = str(detail["loc"][0])
            if not (detail["type"] == "missing" and column in faulty):
                is_blank = detail["type"] == "missing"
                fault = (say("is blank"), say("fill it in")) if is_blank else explain_error(detail)
                findings.add(table.spot(row.number, column), *fault)
        return None
    return None if faulty.intersection(row.cells) else valid


def explain_cell(value: object) -> Mistake | None:
    """Why a cell holds nothing that may be read, whatever its column."""
    if not isinstance(value, str | int | float):
        return None
    text = as_text(value)
    if text.startswith("#") and text.upper() in ERROR_VALUES:
        return Mistake.of(
            text, say("is a formula that failed"), say("correct it in the spreadsheet")
        )
    if text.startswith("="):
        return Mistake.of(
            text, say("is a formula without a result"), say("open and save it in Excel")
        )
    if len(text) >= NIK_DIGITS and NIK.search(text):
        return Mistake(
            say("contains 16 digits, like a NIK"), say("remove it: personal data must not enter")
        )
    return None
