"""Writes the copy of a workbook that shows its problems at their cells."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planner import inputs
from planner.errors import InputError, Mistake
from planner.i18n.language import DEFAULT_LANGUAGE, folder_of, workbook_language, workbook_of
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.intake.read_source import nik_findings, read_source
from planner.store.atomic import write_files

ENDINGS = {"id": "diperiksa", "en": "checked"}
"""Of the name of the copy, by language."""


@contextmanager
def marking_problems(folder: Path) -> Iterator[None]:
    """Write a copy of the district's workbook where reading it shows problems of cells.

    Raises
    ------
    InputError
        As reading did; it names the copy as well.
    """
    try:
        yield
    except InputError as error:
        workbook = workbook_of(folder_of(folder))
        if workbook is not None and error.marks:
            _write(workbook, error)
        raise


def _write(workbook: Path, error: InputError) -> None:
    language = workbook_language(workbook) or DEFAULT_LANGUAGE
    words = Words(language=language)
    name = f"{workbook.stem}-{ENDINGS[language]}{workbook.suffix}"
    with suppress(Mistake, OSError):
        # A copy would spread what must not be in the workbook at all.
        if any(nik_findings(read_source(workbook), workbook)):
            return
    content = inputs.build_marked_copy(workbook, error.marks, words.translate, "planner")
    # Where it cannot be written, the problems are told all the same.
    with suppress(InputError):
        write_files(workbook.parent, {name: content})
        told = say(
            "{file} is a copy with these problems at their cells; correct them in {workbook}",
            file=name,
            workbook=workbook.name,
        )
        error.messages = (*error.messages, told)
