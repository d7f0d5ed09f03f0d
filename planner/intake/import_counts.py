"""Puts tables of counts into the tables of people and of the register."""

from collections import Counter
from collections.abc import Iterator, Sequence

from planner.i18n.messages import say
from planner.inputs.rows import RegisterRow, RtRow
from planner.intake.cells import REGENCY
from planner.intake.column_mapping import FILE as MAPPING
from planner.intake.count_rows import CountTable
from planner.intake.grid import Fate, Finding, Sheet
from planner.intake.header import Header
from planner.intake.place_rows import PlaceTable
from planner.intake.prepare import MANY, ImportOptions, PreparedImport, remember, understand_counts
from planner.intake.reconcile import Reconciled, reconcile, top_level
from planner.intake.register_table import register_counts, update_register
from planner.intake.rt_table import Changes, update_rt
from planner.intake.titles import Role, meaning_of


def import_counts(
    tables: Sequence[CountTable], prepared: PreparedImport, options: ImportOptions
) -> str:
    """Put counts into the table of people; the code of their regency comes back."""
    done = reconcile(tables)
    prepared.tally = done.tally
    prepared.findings += done.findings
    level = top_level(tables)
    if level is not None:
        prepared.add(
            "level",
            tables[0].sheet.label,
            say("the table ends at the {level}", level=level),
            say("export it by kelurahan, RW or RT"),
        )
    for table in tables:
        prepared.understood.append(understand_counts(table))
        titles = {*table.header.titles} - {*prepared.understood[-1].columns}
        unread = sorted(title for title in titles if meaning_of(title).role is Role.UNKNOWN)
        prepared.tell_unread(table.sheet, unread)
        heading = heading_rows(table.sheet, table.header)
        prepared.sort_rows(table.sheet, row_ranges(table, heading))
        prepared.tally.add(Fate.HEADER, rows=len(heading))
        remember(table, options.mapping)
    _update_rt(tables, done, prepared, options)
    regencies = Counter(code[:REGENCY] for code, *_ in done.units)
    return max(regencies, key=regencies.__getitem__, default="")


def heading_rows(sheet: Sheet, header: Header) -> list[int]:
    """Rows of the header and of titles above it that are not blank."""
    if sheet.is_layer:
        return []
    rows = sheet.rows[: header.last + 1]
    return [index for index, row in enumerate(rows) if any(cell not in {None, ""} for cell in row)]


def row_ranges(
    table: CountTable | PlaceTable, heading: Sequence[int]
) -> dict[str, list[tuple[int, int]]]:
    """Numbers of rows by what becomes of them, those behind one another together."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    above = [(index, Fate.HEADER) for index in heading]
    for index, fate in [*above, *((row.index, row.fate) for row in table.rows)]:
        assert fate is not None
        number, spans = table.sheet.number(index), ranges.setdefault(fate.value, [])
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return ranges


def _update_rt(
    tables: Sequence[CountTable],
    done: Reconciled,
    prepared: PreparedImport,
    options: ImportOptions,
) -> None:
    folder_table = prepared.read_table("rt", RtRow)
    is_again = all(table.is_rejected_before for table in tables)
    files = ", ".join(dict.fromkeys(table.sheet.file for table in tables))
    mark = f"tidak ada di {files}" if options.language == "id" else f"not in {files}"
    covered = frozenset[str]() if is_again else done.covered
    changes = update_rt(folder_table, done.units, covered, done.unread, mark)
    prepared.changes["rt"] = changes
    prepared.findings += _tell_changes(changes)
    if done.units:
        prepared.put_table(folder_table, options.language)
        prepared.files[MAPPING] = options.mapping.content()
        _update_register(tables, done, prepared, options)


def _update_register(
    tables: Sequence[CountTable],
    done: Reconciled,
    prepared: PreparedImport,
    options: ImportOptions,
) -> None:
    """Keep what the files count of each kelurahan for the tests of `planner check`."""
    counts = register_counts(tables, done.units)
    if not counts or all(table.is_rejected_before for table in tables):
        return
    register = prepared.read_table("register", RegisterRow)
    names = {code: unit.kelurahan for (code, *_), unit in done.units.items() if unit.kelurahan}
    prepared.changes["register"] = update_register(register, counts, names)
    prepared.put_table(register, options.language)


def _tell_changes(changes: Changes) -> Iterator[Finding]:
    for name, people in changes.gone[:MANY]:
        yield Finding(
            code="gone",
            where=name,
            what=say("is not in the new file, and becomes 0 (before: {people})", people=people),
            remedy=say("look whether it was left out by mistake"),
        )
    for name in changes.lowered[:MANY]:
        yield Finding(
            code="unreachable-lowered",
            where=name,
            what=say("more people were unreachable than are unrecorded now"),
            remedy=say("the number of unreachable people is lowered; look at it"),
        )
