"""An import as a whole: read, refuse, reconcile, and put into the tables of the folder."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from planner.errors import Mistake
from planner.i18n.language import SETTINGS
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.inputs.rows import RegisterRow, RtRow
from planner.inputs.templates import settings_text
from planner.intake.areas import FILE as AREAS
from planner.intake.areas import Feature, folder_shapes, merge_borders, read_borders, valid_border
from planner.intake.cells import REGENCY, dotted
from planner.intake.column_mapping import FILE as MAPPING
from planner.intake.count_rows import CountTable
from planner.intake.depots import complete_vans
from planner.intake.folder_table import FolderTable, read_folder_table
from planner.intake.grid import Fate, Finding, Severity, Sheet
from planner.intake.header import Header
from planner.intake.nik import has_nik, mask
from planner.intake.persons_list import PersonCounts, count_persons, months_table
from planner.intake.place_rows import MODELS, PlaceTable, remarks
from planner.intake.place_tables import update_places, update_pupils
from planner.intake.prepare import (
    MANY,
    ImportOptions,
    PreparedImport,
    Understanding,
    folder_names,
    read_all,
    read_sheets,
    read_unrefused,
    remember,
    understand_counts,
)
from planner.intake.read_source import CLOSE_IT, EXTRACTS, UNOPENED, refusal
from planner.intake.reasons import Reason
from planner.intake.reconcile import Reconciled, Unit, reconcile, top_level
from planner.intake.regencies import check_names, regency_names
from planner.intake.register_table import register_counts, update_register
from planner.intake.rejected import rejected_workbook
from planner.intake.rt_table import Changes, update_rt
from planner.intake.sheet_tables import SheetTables

MONTHS = "turning-17.csv"
"""Of a folder: how many turn 17 in each month, where a list of persons was counted."""

_REMARKS = {
    "swapped": say("rows whose latitude and longitude are swapped, and are turned round"),
    "angles": say("rows whose coordinates are in degrees, minutes and seconds"),
    "link": say("rows whose coordinates are those of a map link"),
    "pair": say("rows whose coordinates stand in one cell"),
    "kind": say("schools whose kind is the first word of their name"),
}


def prepare_import(paths: Sequence[Path], folder: Path, options: ImportOptions) -> PreparedImport:
    """What an import of files into a folder would write.

    The files are read whole, and looked through for persons before anything else is done with them.
    """
    prepared = PreparedImport(folder=folder)
    extracts = [path for path in paths if path.suffix.casefold() in EXTRACTS]
    sources = list(read_all([path for path in paths if path not in extracts], prepared))
    for path in extracts:
        if has_nik(path.stem):
            prepared.findings.append(refusal(mask(path.name), say("the name of the file")))
    if prepared.is_stopped:
        return prepared
    try:
        names = folder_names(folder)
        tables = read_sheets(sources, options.mapping, names, prepared)
        if not prepared.is_stopped:
            tables += _propose_places(extracts, tables, prepared, options)
            import_tables(tables, prepared, options)
    except Mistake as mistake:
        prepared.add("folder-table", str(folder), mistake.what, mistake.remedy)
    if prepared.is_stopped:
        prepared.files.clear()
    return prepared


def prepare_aggregate(
    paths: Sequence[Path], folder: Path, options: ImportOptions, today: date
) -> PreparedImport:
    """What counting lists of persons would write into a folder; nothing else of them is kept."""
    prepared = PreparedImport(folder=folder)
    sources = list(read_unrefused(paths, prepared))
    counts = PersonCounts(tally=prepared.tally, findings=prepared.findings)
    if not prepared.is_stopped:
        try:
            names = folder_names(folder)
            for source in sources:
                for sheet in source.sheets:
                    count_persons(sheet, options.mapping, names, today, counts)
            _import_persons(counts, prepared, options)
        except Mistake as mistake:
            prepared.add("folder-table", str(folder), mistake.what, mistake.remedy)
    if prepared.is_stopped:
        prepared.files.clear()
    return prepared


def _import_persons(counts: PersonCounts, prepared: PreparedImport, options: ImportOptions) -> None:
    """Put counted persons into the tables of people and schools."""
    if prepared.is_stopped:
        return
    if not (counts.units or counts.schools):
        prepared.add(
            "nothing",
            str(prepared.folder),
            say("nobody unrecorded was counted"),
            say("see docs/import.md for lists of persons"),
        )
        return
    if counts.units:
        table = read_folder_table(prepared.folder, "rt", RtRow)
        units = {
            key: Unit(key=key, kelurahan=counts.names.get(key[0], ""), unrecorded=people)
            for key, people in counts.units.items()
        }
        prepared.changes["rt"] = update_rt(table, units, frozenset(), "")
        prepared.put_table(table, options.language)
    if counts.schools:
        schools = read_folder_table(prepared.folder, "schools", MODELS["schools"])
        prepared.changes["schools"] = update_pupils(schools, counts.schools)
        prepared.put_table(schools, options.language)
    if counts.months:
        prepared.files[MONTHS] = months_table(counts.months)
    prepared.files[MAPPING] = options.mapping.content()


def _propose_places(
    extracts: Sequence[Path],
    tables: Sequence[SheetTables],
    prepared: PreparedImport,
    options: ImportOptions,
) -> Iterator[SheetTables]:
    """Places of extracts inside the borders of the folder and of the files."""
    if not extracts:
        return
    # Loaded here, as no other import needs it.
    from planner.intake.osm_places import read_extract_places  # noqa: PLC0415

    within = _borders_of(prepared.folder, [table.sheet for table in tables])
    for path in extracts:
        try:
            places = read_extract_places(path, path.name, within, options.language)
        except (Mistake, OSError) as error:
            told = error if isinstance(error, Mistake) else Mistake(UNOPENED, CLOSE_IT)
            prepared.add("unreadable", path.name, told.what, told.remedy)
            continue
        prepared.add(
            "proposed-places",
            path.name,
            say("places of OpenStreetMap are proposals: {count}", count=len(places.rows)),
            say("confirm each; for driving times: planner roads FOLDER --cut {file}", file=path),
            Severity.NOTE,
        )
        yield SheetTables(sheet=places.sheet, places=places)


def _borders_of(folder: Path, sheets: Sequence[Sheet]) -> list[BaseGeometry]:
    """Borders that the folder has, and those of files."""
    shapes = [shape for sheet in sheets for shape in sheet.shapes if shape is not None]
    return [valid_border(shape) for shape in (*folder_shapes(folder), *shapes) if shape.area > 0]


def import_tables(
    tables: Sequence[SheetTables], prepared: PreparedImport, options: ImportOptions
) -> None:
    """Put all tables into the files of the folder.

    Raises
    ------
    Mistake
        Where a table of the folder cannot be read or updated.
    """
    counts = [table.counts for table in tables if table.counts is not None]
    places = [table.places for table in tables if table.places is not None]
    borders = [
        (table.sheet, table.borders, table.counts is not None)
        for table in tables
        if table.borders is not None
    ]
    if not (counts or places or borders):
        prepared.add(
            "nothing",
            str(prepared.folder),
            say("none of the files has anything to import"),
            say("see docs/import.md for the tables that are understood"),
        )
        return
    for count_table in counts:
        prepared.findings += check_names(count_table)
    if prepared.is_stopped:
        return
    regency = _import_counts(counts, prepared, options) if counts else ""
    if prepared.is_stopped:
        return
    _import_places(places, [sheet for sheet, *_ in borders], prepared, options)
    _import_borders(borders, prepared)
    _write_rejected([*counts, *places], prepared, options)
    if regency and not (prepared.folder / SETTINGS).exists():
        prepared.files[SETTINGS] = _settings(regency, options.language)
    if not prepared.tally.rows[Fate.IMPORTED]:
        prepared.add(
            "nothing",
            str(prepared.folder),
            say("no row can be imported"),
            say("correct the rows named above"),
        )


def _import_counts(
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
        heading = heading_rows(table.sheet, table.header)
        prepared.fates[table.sheet.label] = _ranges(table, heading)
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


def _ranges(
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
    folder_table = read_folder_table(prepared.folder, "rt", RtRow)
    is_again = all(table.is_rejected_before for table in tables)
    files = ", ".join(dict.fromkeys(table.sheet.file for table in tables))
    mark = f"tidak ada di {files}" if options.language == "id" else f"not in {files}"
    covered = frozenset[str]() if is_again else done.covered
    changes = update_rt(folder_table, done.units, covered, mark)
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
    register = read_folder_table(prepared.folder, "register", RegisterRow)
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


def _import_places(
    places: Sequence[PlaceTable],
    borders: Sequence[Sheet],
    prepared: PreparedImport,
    options: ImportOptions,
) -> None:
    """Put places and vans into their tables."""
    if not places:
        return
    wanted = {table.name for table in places}
    if "vans" in wanted:
        wanted.add("depots")
    folder_tables: dict[str, FolderTable] = {}
    for name, model in MODELS.items():
        # A table that stays as it is may be kept in another format.
        with nullcontext() if name in wanted else suppress(Mistake):
            folder_tables[name] = read_folder_table(prepared.folder, name, model)
    taken = {
        record[key]
        for table in folder_tables.values()
        for record in table.records
        for key in ("id", "npsn")
        if key in record
    }
    written = []
    for name, folder_table in folder_tables.items():
        sources = [table for table in places if table.name == name]
        if not sources:
            continue
        prepared.changes[name] = update_places(folder_table, sources, taken)
        if any(row.fate is Fate.IMPORTED for table in sources for row in table.rows):
            written.append(name)
    if "vans" in written:
        shapes = _borders_of(prepared.folder, borders)
        vans, depots = folder_tables["vans"], folder_tables["depots"]
        changes, findings = complete_vans(vans, depots, places, shapes, options.language)
        prepared.findings += findings
        if changes.new:
            prepared.changes.setdefault("depots", Changes()).new += changes.new
            written.append("depots")
    for name in dict.fromkeys(written):
        prepared.put_table(folder_tables[name], options.language)
    for table in places:
        _tell_places(table, prepared)


def _tell_places(table: PlaceTable, prepared: PreparedImport) -> None:
    """Count the rows of a table of places, and say what was recognised in them."""
    heading = heading_rows(table.sheet, table.header)
    prepared.fates[table.sheet.label] = _ranges(table, heading)
    prepared.tally.add(Fate.HEADER, rows=len(heading))
    for row in table.rows:
        assert row.fate is not None
        prepared.tally.add(row.fate, row.unrecorded)
        if row.fate is Fate.REJECTED and row.reason is not None:
            prepared.findings.append(_rejection(table.sheet, row.index, row.reason))
    for code, rows in remarks(table):
        numbers = ", ".join(str(table.sheet.number(row.index)) for row in rows[:5])
        more = ", ..." if len(rows) > 5 else ""
        prepared.add(
            f"coordinates-{code}" if code != "kind" else "kind-by-name",
            table.sheet.label,
            say(
                "{what}: {count} ({rows})",
                what=_REMARKS[code],
                count=len(rows),
                rows=numbers + more,
            ),
            say("nothing to do, if that is right"),
            Severity.NOTE,
        )
    imported = [row for row in table.rows if row.fate is Fate.IMPORTED]
    titles = table.header.titles
    prepared.understood.append(
        Understanding(
            label=table.sheet.label,
            kind=say("table {name}", name=table.name),
            columns={titles[position]: column for position, column in table.columns.items()},
            num_rows=len(imported),
            people=sum(row.unrecorded for row in imported),
        )
    )


def _rejection(sheet: Sheet, index: int, why: Reason) -> Finding:
    where = sheet.address(index, why.column)
    return Finding(code=why.code, where=where, what=why.what, remedy=why.remedy)


def _import_borders(
    borders: Sequence[tuple[Sheet, Header, bool]], prepared: PreparedImport
) -> None:
    """Add borders to those of the folder; features of a table of counts are counted there."""
    features: list[Feature] = []
    for sheet, header, is_counted in borders:
        before = len(features)
        for index, border in read_borders(sheet, header):
            is_rejected = isinstance(border, Reason)
            if isinstance(border, Reason):
                if not is_counted:
                    prepared.findings.append(_rejection(sheet, index, border))
            else:
                features.append(border)
            if not is_counted:
                prepared.tally.add(Fate.REJECTED if is_rejected else Fate.IMPORTED)
        prepared.understood.append(
            Understanding(
                label=sheet.label,
                kind=say("borders of kelurahan and RW"),
                num_rows=len(features) - before,
            )
        )
    if features:
        content, added, replaced = merge_borders(prepared.folder, features)
        prepared.files[AREAS] = content
        if replaced is not None:
            prepared.put_aside(replaced.name, AREAS)
        if added < len(features):
            prepared.add(
                "borders-kept",
                AREAS,
                say(
                    "borders that the folder has already stay: {count}", count=len(features) - added
                ),
                say("delete the file first to replace them"),
                Severity.NOTE,
            )


def _write_rejected(
    tables: Sequence[CountTable | PlaceTable], prepared: PreparedImport, options: ImportOptions
) -> None:
    name = "ditolak.xlsx" if options.language == "id" else "rejected.xlsx"
    if any(row.fate is Fate.REJECTED for table in tables for row in table.rows):
        prepared.files[name] = rejected_workbook(tables, options.language)
        prepared.rejected_file = name
    elif {(table.sheet.file, table.is_rejected_before) for table in tables} == {(name, True)}:
        prepared.removed.append(name)


def _settings(regency: str, language: str) -> bytes:
    """A new planner.toml with code and name of the office."""
    official = regency_names().get(regency, "")
    name = f"Dinas Dukcapil {official.title()}".strip() if official else "Dinas Dukcapil"
    text = settings_text(Words(language=language), language)
    text = text.replace('\nname = ""', f'\nname = "{name}"', 1)
    return text.replace('\ncode = ""', f'\ncode = "{dotted(regency)}"', 1).encode()
