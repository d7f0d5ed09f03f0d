"""Text that users wrote, made harmless for the place it is shown in.

Pages, papers, calendars and tracks take `to_line`, tables for programs `to_cell`, terminals
`to_terminal`, data that stay as they are `to_data`. HTML and XML escape lines once more
(`planner.render.html`), papers replace what no font has (`planner.render.typesetting`).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

ELLIPSIS = "…"

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands visibly where a character cannot be shown."""

BIDI_CONTROLS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Turn the direction of what follows, outside the text they stand in too."""

_SEPARATORS = ";|\t\r\n"
"""End a cell for a reader that does not take the comma for the separator."""

_INVISIBLE = (
    r'["\s\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f'
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""May stand before a formula, and so may the quotes of a cell."""

_FORMULA = re.compile(
    rf"(?:^(?=[\t\r])|(?:^|(?<=[{_SEPARATORS}]))(?={_INVISIBLE}*[-=+@\uff1d\uff0b\uff0d\uff20]))"
)
"""Where a cell begins that spreadsheet programs run, for readers of all separators."""


def is_no_character(char: str) -> bool:
    """Whether it is half of a character, or has a number that no character will ever have."""
    number = ord(char)
    is_surrogate = 0xD800 <= number <= 0xDFFF
    return is_surrogate or number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF


def to_data(text: str) -> str:
    """Text as it is, in which nothing stands that cannot be written as UTF-8 and read again."""
    return "".join(REPLACEMENT if is_no_character(char) else char for char in text)


def to_line(text: str, limit: int = 200) -> str:
    """Text on one line without control characters, cut with an ellipsis that can be seen."""
    spaced = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in to_data(text).translate(BIDI_CONTROLS)
    )
    line = " ".join(spaced.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS


def to_terminal(text: str) -> str:
    r"""Text on one line of a terminal: what would move, hide or turn signs is shown as ``\x1b``."""
    return "".join(
        char.encode("unicode_escape").decode("ascii") if _disturbs(char) else char for char in text
    )


def _disturbs(char: str) -> bool:
    is_control = unicodedata.category(char) in {"Cc", "Zl", "Zp"}
    return is_control or ord(char) in BIDI_CONTROLS or is_no_character(char)


def map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Data with each text in it changed, however deep in mappings and lists."""
    match value:
        case str():
            return change(value)
        case Mapping():
            return {key: map_texts(item, change) for key, item in value.items()}
        case list() | tuple():
            return [map_texts(item, change) for item in value]
        case _:
            return value


def to_cell(text: str) -> str:
    """Text as a cell that no spreadsheet program takes for a formula, whatever parts its cells."""
    return _FORMULA.sub("'", to_data(text))
