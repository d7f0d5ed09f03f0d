"""Help pages in the language of the person who asks; each begins with an example."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from planner.cli.language import translate, words
from planner.i18n.messages import Message, say

WIDEST = 96
"""Columns of a page; a terminal may have fewer."""

WIDEST_NAME = 28
"""Columns of names; what a longer one means begins on the next line."""

GAP = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An argument or option on a page.

    Attributes
    ----------
    name
        As it is typed: ``--week WEEK`` or ``FOLDER``.
    text
        What it means.
    default
        What it is without a word; empty where that goes without saying.
    """

    name: str
    text: str
    is_required: bool = False
    default: str = ""

    def lines(self) -> tuple[str, str]:
        """Its name, and what it means with what is required or assumed."""
        sentences = [words()(self.text)]
        if self.is_required:
            sentences.append(translate(say("Required.")))
        if self.default:
            sentences.append(translate(say("Default: {default}.", default=self.default)))
        return self.name, " ".join(sentences)


def help_parts(text: str) -> tuple[str, str, list[str]]:
    """What a command does, the example, and what else to know, of ``does: example.`` and more."""
    first, *more = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    does, _, example = first.partition(": ")
    return f"{does}.", example.removesuffix("."), more


def build_page(
    path: str,
    text: str,
    *,
    arguments: Sequence[Entry],
    options: Sequence[Entry],
    commands: Mapping[str, str],
) -> str:
    """The page of a command.

    Parameters
    ----------
    path
        The words before its arguments, such as ``planner plan``.
    text
        As `help_parts` reads it.
    commands
        What each command does that may follow, by name; empty where none may.
    """
    does, example, more = help_parts(text)
    places = [each.name if each.is_required else f"[{each.name}]" for each in arguments]
    follows = [translate(say("COMMAND"))] if commands else places
    usage = " ".join([path, f"[{translate(say('OPTIONS'))}]", *follows])
    lines = [
        translate(say("Example: {example}", example=example)),
        *(line for part in (does, *more) for line in ("", *_wrap(words()(part)))),
        "",
        translate(say("Usage: {usage}", usage=usage)),
        *_section(say("Arguments"), [each.lines() for each in arguments]),
        *_section(say("Options"), [each.lines() for each in options]),
        *_section(say("Commands"), [(name, translate(does)) for name, does in commands.items()]),
    ]
    return "\n".join(lines)


def _section(title: Message, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Lines under a title: names at the left, what they mean at the right."""
    if not rows:
        return
    yield from ("", f"{translate(title)}:")
    column = min(WIDEST_NAME, max(len(name) for name, _ in rows)) + 2 * len(GAP)
    for name, text in rows:
        first, *more = _wrap(text, column)
        if len(name) > WIDEST_NAME:
            yield f"{GAP}{name}"
            yield " " * column + first
        else:
            yield f"{GAP}{name}".ljust(column) + first
        yield from (" " * column + line for line in more)


def _wrap(text: str, indent: int = 0) -> list[str]:
    return wrap(text, _width() - indent, break_on_hyphens=False)


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size().columns) - 1
