"""What each sheet is: a table of counts, of places, of borders, or of something else."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.i18n.messages import Message, say
from planner.intake.areas import has_borders
from planner.intake.cells import as_label
from planner.intake.column_mapping import ColumnMapping
from planner.intake.columns import Columns, find_columns
from planner.intake.count_reader import CountReader
from planner.intake.count_rows import CountTable, Names
from planner.intake.grid import Finding, Severity, Sheet
from planner.intake.header import Header, find_header
from planner.intake.place_rows import KNOWN, PlaceTable, read_places, table_name
from planner.intake.rejected import is_rejected_before
from planner.intake.titles import Role

_NAMED = frozenset(
    {Role.CODE, Role.KELURAHAN, Role.KECAMATAN, Role.KELURAHAN_NO, Role.REGENCY, Role.AREA}
)
_NUMBERED = frozenset({Role.RT, Role.RW, Role.RT_RW, Role.RW_RT, Role.DUSUN})
_KINDS: Mapping[str, Message] = {
    "ribbon": say("daily work and blank cards"),
    "blangko": say("daily work and blank cards"),
    "blanko": say("daily work and blank cards"),
    "kk": say("family cards"),
    "kia": say("cards of children"),
    "ikd": say("digital identities"),
    "akta": say("certificates"),
}
"""What a table without people unrecorded is about, by the first of these words in its titles."""


@dataclass(slots=True, kw_only=True)
class SheetTables:
    """What was read of one sheet; a layer may have counts and borders.

    Attributes
    ----------
    borders
        The header of a layer with borders of kelurahan or RW.
    question
        Columns whose meaning a person must decide.
    """

    sheet: Sheet
    counts: CountTable | None = None
    places: PlaceTable | None = None
    borders: Header | None = None
    question: tuple[Header, Columns] | None = None
    note: Finding | None = None


def read_sheet(sheet: Sheet, mapping: ColumnMapping, names: Names) -> SheetTables:
    """What a sheet holds that can be imported; else a note of what it is."""
    tables = SheetTables(sheet=sheet)
    if not any(as_label(cell) for row in sheet.rows for cell in row):
        return tables
    if sheet.is_hidden:
        tables.note = _note(
            sheet,
            "hidden-sheet",
            say("the sheet is hidden, and is not imported"),
            say("show it in Excel if it should be"),
        )
        return tables
    header = find_header(sheet, KNOWN)
    if header is None:
        tables.note = _unread(sheet, None)
        return tables
    if has_borders(sheet, header):
        tables.borders = header
    columns = find_columns(header, sheet.rows[header.last + 1 :], mapping.roles(header.titles))
    name = table_name(sheet, header)
    if name in {"schools", "vans"} or not _counts_people(sheet, header, columns):
        if name is not None:
            tables.places = read_places(name, sheet, header)
            tables.places.is_rejected_before = is_rejected_before(header.titles)
        elif tables.borders is None:
            tables.note = _unread(sheet, header)
        return tables
    if columns.undecided is not None:
        tables.question = header, columns
        return tables
    reader = CountReader(sheet, header, columns, names, mapping.kelurahan)
    tables.counts = CountTable(sheet=sheet, header=header, columns=columns, rows=reader.read())
    tables.counts.is_rejected_before = is_rejected_before(header.titles)
    return tables


def _counts_people(sheet: Sheet, header: Header, columns: Columns) -> bool:
    """Whether a table counts people by where they live."""
    if not (columns.has_people or columns.undecided):
        return False
    return bool(columns.by_role.keys() & (_NAMED | _NUMBERED))


def _unread(sheet: Sheet, header: Header | None) -> Finding:
    text = " ".join(map(str, header.titles if header else ())).casefold()
    kind = next((kind for word, kind in _KINDS.items() if word in text), None)
    what = say("counts no people unrecorded by place, and is not imported")
    if kind is not None:
        what = say("is a table of {kind}, and is not imported", kind=kind)
    return _note(sheet, "other-table", what, say("nothing to do, unless it should"))


def _note(sheet: Sheet, code: str, what: Message, remedy: Message) -> Finding:
    return Finding(code=code, where=sheet.label, what=what, remedy=remedy, severity=Severity.NOTE)
