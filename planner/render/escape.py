"""Text that users wrote, made harmless for the place it is shown in."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

ELLIPSIS = "…"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is run by spreadsheet programs."""

BIDI_CONTROLS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Turn the direction of what follows, outside the text they stand in too."""


def to_line(text: str, limit: int = 200) -> str:
    """Text on one line without control characters, cut with an ellipsis that can be seen."""
    spaced = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in text.translate(BIDI_CONTROLS)
    )
    line = " ".join(spaced.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS


def to_terminal(text: str) -> str:
    r"""Text on one line of a terminal: what would move, hide or turn signs is shown as ``\x1b``."""
    return "".join(
        char.encode("unicode_escape").decode("ascii") if _disturbs(char) else char for char in text
    )


def _disturbs(char: str) -> bool:
    return (
        unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or ord(char) in BIDI_CONTROLS
        or is_noncharacter(char)
    )


def is_noncharacter(char: str) -> bool:
    """Whether Unicode promises that no character will ever have this number."""
    number = ord(char)
    return number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF


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
    """Text as a cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
