"""Text that users wrote, made harmless for the place it is shown in."""

import re
import unicodedata

ELLIPSIS = "…"

MARKUP = re.compile(r"[&<>\"'`{}$\\]")
"""Means something to HTML, to a Jinja template, or inside a JavaScript string or template."""

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


def to_html(text: str, limit: int = 200) -> str:
    """Text as HTML that shows just that text, in elements and in quoted attributes.

    Braces, dollar, backtick and backslash become entities too, so the result passes unchanged
    through a Jinja template and through every kind of JavaScript string.
    """
    return MARKUP.sub(lambda char: f"&#{ord(char[0])};", to_line(text, limit))


def to_cell(text: str) -> str:
    """Text as a cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
