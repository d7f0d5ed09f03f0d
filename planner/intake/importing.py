"""An import as a whole: read, refuse, reconcile, and put into the tables of the folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from planner.errors import Mistake
from planner.i18n.language import SETTINGS
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.inputs.rows import RtRow
from planner.inputs.settings_sheet import fill_settings
from planner.inputs.templates import settings_text
from planner.intake.cells import dotted
from planner.intake.column_mapping import FILE as MAPPING
from planner.intake.count_rows import CountTable
from planner.intake.grid import Fate
from planner.intake.import_counts import import_counts
from planner.intake.import_places import import_borders, import_places, propose_places
from planner.intake.nik import has_nik, mask
from planner.intake.persons_list import PersonCounts, count_persons, months_table
from planner.intake.place_rows import MODELS, PlaceTable
from planner.intake.place_tables import update_pupils
from planner.intake.prepare import (
    ImportOptions,
    PreparedImport,
    folder_names,
    read_all,
    read_sheets,
    read_unrefused,
)
from planner.intake.read_source import EXTRACTS, refusal
from planner.intake.reconcile import Unit
from planner.intake.regencies import check_names, regency_names
from planner.intake.rejected import rejected_workbook
from planner.intake.rt_table import update_rt
from planner.intake.sheet_tables import SheetTables

MONTHS = "turning-17.csv"
"""Of a folder: how many turn 17 in each month, where a list of persons was counted."""


def prepare_import(
    paths: Sequence[Path], prepared: PreparedImport, options: ImportOptions
) -> PreparedImport:
    """What an import of files into a district would write.

    The files are read whole, and looked through for persons before anything else is done with them.
    """
    extracts = [path for path in paths if path.suffix.casefold() in EXTRACTS]
    sources = list(read_all([path for path in paths if path not in extracts], prepared))
    for path in extracts:
        if has_nik(path.stem):
            prepared.findings.append(refusal(mask(path.name), say("the name of the file")))
    with _whole_or_nothing(prepared):
        if not prepared.is_stopped:
            names = folder_names(prepared)
            tables = read_sheets(sources, options.mapping, names, prepared)
        if not prepared.is_stopped:
            tables += propose_places(extracts, tables, prepared, options)
            import_tables(tables, prepared, options)
    return prepared


def prepare_aggregate(
    paths: Sequence[Path], prepared: PreparedImport, options: ImportOptions, today: date
) -> PreparedImport:
    """What counting lists of persons would write; nothing else of them is kept."""
    sources = list(read_unrefused(paths, prepared))
    counts = PersonCounts(tally=prepared.tally, findings=prepared.findings)
    with _whole_or_nothing(prepared):
        if not prepared.is_stopped:
            names = folder_names(prepared)
            for source in sources:
                for sheet in source.sheets:
                    count_persons(sheet, options.mapping, names, today, counts)
            _import_persons(counts, prepared, options)
    return prepared


@contextmanager
def _whole_or_nothing(prepared: PreparedImport) -> Iterator[None]:
    """Says why tables of the district cannot be read or changed; then nothing is written."""
    try:
        yield
        if not prepared.is_stopped:
            prepared.put_workbook()
    except Mistake as mistake:
        prepared.add("folder-table", prepared.label, mistake.what, mistake.remedy)
    if prepared.is_stopped:
        prepared.files.clear()


def _import_persons(counts: PersonCounts, prepared: PreparedImport, options: ImportOptions) -> None:
    """Put counted persons into the tables of people and schools."""
    if prepared.is_stopped:
        return
    if not (counts.units or counts.schools):
        prepared.add(
            "nothing",
            prepared.label,
            say("nobody unrecorded was counted"),
            say("see docs/import.md for lists of persons"),
        )
        return
    if counts.units:
        table = prepared.read_table("rt", RtRow)
        units = {
            key: Unit(key=key, kelurahan=counts.names.get(key[0], ""), unrecorded=people)
            for key, people in counts.units.items()
        }
        prepared.changes["rt"] = update_rt(table, units)
        prepared.put_table(table, options.language)
    if counts.schools:
        schools = prepared.read_table("schools", MODELS["schools"])
        prepared.changes["schools"] = update_pupils(schools, counts.schools)
        prepared.put_table(schools, options.language)
    if counts.months:
        prepared.files[MONTHS] = months_table(counts.months)
    prepared.files[MAPPING] = options.mapping.content()


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
            prepared.label,
            say("none of the files has anything to import"),
            say("see docs/import.md for the tables that are understood"),
        )
        return
    for count_table in counts:
        prepared.findings += check_names(count_table)
    if prepared.is_stopped:
        return
    regency = import_counts(counts, prepared, options) if counts else ""
    if prepared.is_stopped:
        return
    import_places(places, [sheet for sheet, *_ in borders], prepared, options)
    import_borders(borders, prepared)
    _write_rejected([*counts, *places], prepared, options)
    if regency:
        _put_settings(regency, prepared, options.language)
    if not prepared.tally.rows[Fate.IMPORTED]:
        prepared.add(
            "nothing",
            prepared.label,
            say("no row can be imported"),
            say("correct the rows named above"),
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


def _put_settings(regency: str, prepared: PreparedImport, language: str) -> None:
    """Code and name of the office: in a new planner.toml, or where a workbook has none."""
    official = regency_names().get(regency, "")
    name = f"Dinas Dukcapil {official.title()}".strip()
    if prepared.workbook is not None:
        told = {"office.name": name, "office.code": dotted(regency)}
        sheet, cells = fill_settings(prepared.workbook, told)
        prepared.cells[sheet] = cells
    elif not (prepared.folder / SETTINGS).exists():
        text = settings_text(Words(language=language), language)
        text = text.replace('\nname = ""', f'\nname = "{name}"', 1)
        text = text.replace('\ncode = ""', f'\ncode = "{dotted(regency)}"', 1)
        prepared.files[SETTINGS] = text.encode()
