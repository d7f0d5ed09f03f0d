"""Takes tables of other programs into a district folder, whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from planner.i18n.language import DEFAULT_LANGUAGE, office_language
from planner.intake.column_mapping import FILE, ColumnMapping, read_mapping
from planner.intake.prepare import ImportOptions, PreparedImport, prepare_import
from planner.store.atomic import remove_abandoned, write_files


def prepare_file_import(
    paths: Sequence[Path],
    folder: Path,
    *,
    mapping: Path | None = None,
    language: str | None = None,
) -> PreparedImport:
    """What an import of files would write into a folder.

    Parameters
    ----------
    mapping
        File that says what columns hold; what the folder remembers counts besides.
    language
        ``id`` or ``en``; None = that of the folder, else Indonesian.

    Raises
    ------
    InputError
        Where the mapping cannot be read.
    """
    spoken = language or office_language(folder) or DEFAULT_LANGUAGE
    options = ImportOptions(mapping=_mapping(folder, mapping), language=spoken)
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
