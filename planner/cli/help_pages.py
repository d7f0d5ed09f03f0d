"""Help pages in the language of the person who asks; each begins with an example."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from planner.cli.language import translate, words
from planner.i18n.messages import Message, say

WIDEST = 96
"""Columns of a page; a terminal may have fewer."""

WIDEST_NAME = 28
"""Columns of names; what a longer one means begins on the next line."""

GAP = "  "


Rows = Sequence[tuple[str, str]]
"""What is typed, such as ``--week WEEK``, and what it means."""


def help_parts(text: str) -> tuple[str, str, list[str]]:
    """What a command does, the example, and what else to know, of ``does: example.`` and more."""
    first, *more = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    does, _, example = first.partition(": ")
    return f"{does}.", example.removesuffix("."), more


def build_page(usage: str, text: str, sections: Mapping[Message, Rows]) -> str:
    """The page of a command.

    Parameters
    ----------
    usage
        How it is typed, such as ``planner plan [OPTIONS] FOLDER``.
    text
        As `help_parts` reads it.
    sections
        By their titles; one without rows is left out.
    """
    does, example, more = help_parts(text)
    lines = [
        translate(say("Example: {example}", example=example)),
        *(line for part in (does, *more) for line in ("", *_wrap(words()(part)))),
        "",
        translate(say("Usage: {usage}", usage=usage)),
        *(line for title, rows in sections.items() if rows for line in _section(title, rows)),
    ]
    return "\n".join(lines)


def _section(title: Message, rows: Rows) -> Iterator[str]:
    """Lines under a title: names at the left, what they mean at the right."""
    yield from ("", f"{translate(title)}:")
    column = min(WIDEST_NAME, max(len(name) for name, _ in rows)) + 2 * len(GAP)
    for name, text in rows:
        start = f"{GAP}{name}"
        if len(name) > WIDEST_NAME:
            yield start
            start = ""
        yield from _wrap(text, start.ljust(column), " " * column)


def _wrap(text: str, first: str = "", others: str = "") -> list[str]:
    """Lines of a text, the first and the others after an indent; options stay whole."""
    width = max(1, min(WIDEST, shutil.get_terminal_size().columns) - 1)
    return wrap(text, width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)
