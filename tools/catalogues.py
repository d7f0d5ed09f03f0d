"""Catalogues of what people read, kept in step with the code: ``python -m tools.catalogues``.

Babel finds what the code says. A new message is added to ``id.po`` without a translation, for a
person to fill in; one that nothing says any more is dropped. Messages are sorted and bear no line
numbers, so that two people can add to a catalogue at the same time.
"""

import ast
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.extract import extract_python as extract_calls
from babel.messages.pofile import read_po, write_po

from planner.cli.app import ABOUT, load_command
from planner.cli.commands import COMMANDS
from planner.cli.help_pages import help_parts
from planner.i18n.language import LANGUAGES
from planner.inputs.settings import SECTIONS
from planner.inputs.templates import TABLES, sentence

PACKAGE = Path(__file__).parents[1] / "planner"

KEYWORDS = {
    "say": None,
    "words": None,
    "msgid": None,
    "say_n": (1, 2),
    "number_of": (1, 2),
    "column": (2,),
    "optional": (2,),
    "setting": (2,),
}
"""Which arguments of which functions are told to people; None = the first."""


def extract_python(
    file: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """Messages of a Python file; before 3.12 Babel does not look into the holes of f-strings."""
    source = file.read()
    yield from extract_calls(BytesIO(source), keywords, comment_tags, options)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue):
            hole = BytesIO(ast.unparse(node.value).encode())
            yield from extract_calls(hole, keywords, comment_tags, options)


def extract() -> Catalog:
    """A template with all that the code says."""
    catalog = Catalog()
    found = extract_from_dir(
        PACKAGE,
        method_map=[("**.py", extract_python), ("**.j2", "jinja2")],  # type: ignore[list-item]
        keywords=KEYWORDS,
    )
    for _, _, message, _, _ in found:
        catalog.add(message)
    for text in _docstrings():
        catalog.add(text)
    return catalog


def read_catalogue(language: str) -> Catalog:
    """A catalogue as it stands in the package."""
    return read_po(BytesIO(path_of(language).read_bytes()), locale=language)


def path_of(language: str) -> Path:
    """The file of a catalogue."""
    return PACKAGE / "i18n" / "locale" / f"{language}.po"


def update(language: str, template: Catalog) -> bytes:
    """A catalogue with what is new added, and what nothing says any more dropped.

    English has only what the code says in Indonesian. The header stays: Babel's has dates, by
    which two branches would differ; and flags of formats are left out, as versions of Babel do not
    agree on them.
    """
    catalogue, entries = read_catalogue(language), BytesIO()
    if language != "en":
        catalogue.update(template, no_fuzzy_matching=True)
    for message in catalogue:
        message.flags.clear()
    write_po(
        entries,
        catalogue,
        width=0,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    header, _, _ = path_of(language).read_bytes().partition(b"\n\n")
    return header + b"\n\n" + entries.getvalue().strip() + b"\n"


def _docstrings() -> Iterator[str]:
    """What commands and the files of a new folder say of themselves; settings have no comment."""
    for text in (ABOUT, *(load_command(name).help for name in COMMANDS)):
        does, _, more = help_parts(text)
        yield from (does, *more)
    yield from (sentence(model) for model in (*TABLES.values(), *SECTIONS.values()))


if __name__ == "__main__":
    spoken = extract()
    for language in LANGUAGES:
        path_of(language).write_bytes(update(language, spoken))
