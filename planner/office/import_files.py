"""Takes tables of other programs into a district folder, whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from planner.errors import input_error
from planner.i18n.language import DEFAULT_LANGUAGE, office_language, workbook_of
from planner.i18n.messages import say
from planner.intake.column_mapping import FILE, ColumnMapping, read_mapping
from planner.intake.importing import prepare_aggregate, prepare_import
from planner.intake.prepare import ImportOptions, PreparedImport, Question
from planner.intake.titles import Role
from planner.office.history import record_import
from planner.store.atomic import remove_abandoned, write_files

Answers = Mapping[tuple[str, ...], Mapping[int, Role]]
ANSWERS = {"1": Role.ELIGIBLE, "2": Role.RECORDED, "3": Role.UNRECORDED, "": Role.IGNORED}
"""What a person may say of a column."""

NO_ANSWERS: Answers = MappingProxyType({})


def prepare_file_import(
    paths: Sequence[Path],
    folder: Path,
    *,
    mapping: Path | None = None,
    language: str | None = None,
    answers: Answers = NO_ANSWERS,
    counts_persons: bool = False,
    today: date | None = None,
) -> PreparedImport:
    """What an import of files would write into a folder.

    Parameters
    ----------
    mapping
        File that says what columns hold; what the folder remembers counts besides.
    language
        ``id`` or ``en``; None = that of the folder, else Indonesian.
    answers
        What a person at a terminal said of columns, by the titles of their table.
    counts_persons
        Whether the files are lists of persons, which are counted and not kept.
    today
        Decides who of them is 17; None = by the clock.

    Raises
    ------
    InputError
        Where the mapping cannot be read, or the folder is that of a workbook.
    """
    workbook = workbook_of(folder)
    if workbook is not None:
        raise input_error(
            workbook.name,
            say("is not written into by an import"),
            say("import into another folder, and copy the rows of its tables"),
        )
    spoken = language or office_language(folder) or DEFAULT_LANGUAGE
    told = _mapping(folder, mapping)
    for titles, roles in answers.items():
        told.remember(titles, roles)
    options = ImportOptions(mapping=told, language=spoken)
    if counts_persons:
        day = today or date.today()  # noqa: DTZ011 - as calendars here show it
        return prepare_aggregate(paths, folder, options, day)
    return prepare_import(paths, folder, options)


def _mapping(folder: Path, given: Path | None) -> ColumnMapping:
    remembered = folder / FILE
    mapping = read_mapping(remembered) if remembered.is_file() else ColumnMapping()
    if given is not None:
        told = read_mapping(given)
        told.tables = mapping.tables | told.tables
        told.kelurahan = told.kelurahan or mapping.kelurahan
        if not told.unrecorded_column:
            told.unrecorded_column = mapping.unrecorded_column
            told.unrecorded_values = mapping.unrecorded_values
        mapping = told
    return mapping


def write_import(prepared: PreparedImport) -> None:
    """Write all that an import made.

    Raises
    ------
    InputError
        Where the folder cannot be written; then nothing is.
    """
    remove_abandoned(prepared.folder)
    write_files(prepared.folder, prepared.files)
    for name in prepared.removed:
        (prepared.folder / name).unlink(missing_ok=True)
    record_import(prepared.folder)


__all__ = ["ANSWERS", "Answers", "Question", "prepare_file_import", "write_import"]
