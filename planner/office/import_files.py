"""Takes tables of other programs into a district folder, whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from planner.errors import InputError, Mistake, input_error
from planner.i18n.language import (
    DEFAULT_LANGUAGE,
    SETTINGS,
    SUFFIX,
    folder_of,
    office_language,
    workbook_of,
)
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.inputs import build_workbook_template
from planner.inputs.xlsx_table import Workbook, open_workbook, parse_workbook
from planner.intake.column_mapping import FILE, ColumnMapping, read_mapping
from planner.intake.importing import prepare_aggregate, prepare_import
from planner.intake.prepare import ImportOptions, PreparedImport, Question
from planner.intake.read_source import CLOSE_IT, UNOPENED
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
    """What an import of files would write into a folder, or into the workbook beside it.

    Parameters
    ----------
    folder
        Of a district, or its workbook; either is made where it is missing.
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
        Where the mapping or the workbook cannot be read, or the district has a planner.toml too.
    """
    spoken = language or office_language(folder) or DEFAULT_LANGUAGE
    folder, workbook = _target(folder, spoken)
    prepared = PreparedImport(folder=folder, workbook=workbook)
    told = _mapping(folder, mapping)
    for titles, roles in answers.items():
        told.remember(titles, roles)
    options = ImportOptions(mapping=told, language=spoken)
    if counts_persons:
        day = today or date.today()  # noqa: DTZ011 - as calendars here show it
        return prepare_aggregate(paths, prepared, options, day)
    return prepare_import(paths, prepared, options)


def _target(target: Path, language: str) -> tuple[Path, Workbook | None]:
    """Folder and workbook of a district; a file of that ending that is missing is a new one."""
    is_workbook = target.suffix.casefold() == SUFFIX and not target.is_dir()
    if is_workbook and not target.exists():
        target = target.with_suffix(SUFFIX)
    folder = folder_of(target)
    path = workbook_of(folder)
    if path is None and is_workbook:
        if target.exists():
            raise input_error(
                str(target),
                say("is not the workbook of a district"),
                say("write one with `planner init --workbook`, and import into it"),
            )
        folder, path = target.with_suffix(""), target
    if path is None:
        return folder, None
    if (folder / SETTINGS).exists():
        what = say("and {file} are both of the district", file=f"{folder.name}/{SETTINGS}")
        raise input_error(path.name, what, say("keep one of them"))
    try:
        if path.exists():
            return folder, open_workbook(path)
        words = Words(language=language)
        return folder, parse_workbook(path, build_workbook_template(folder.name, words, language))
    except (Mistake, OSError) as error:
        told = error if isinstance(error, Mistake) else Mistake(UNOPENED, CLOSE_IT)
        raise InputError([told.at(path.name)]) from None


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
