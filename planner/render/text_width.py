"""How many lines a text takes in a cell, in whatever similar font a program draws it."""

from collections.abc import Mapping
from functools import cache
from math import ceil

from fontTools.ttLib import TTFont

from planner.render.typesetting import FONTS

OTHER = 2.0
"""Digits as wide as a character that the font does not have, such as an emoji."""

RESERVE = 1.08
"""Fonts differ in how wide their letters are beside their digits."""


def count_lines(text: str, width: float) -> int:
    """Lines of a text that breaks between words, and within one that is too long.

    Parameters
    ----------
    width
        Of the cell, in digits.
    """
    lines, room = 1, width
    for word in text.split(" "):
        needed = _width(word) * RESERVE
        if needed > room and room < width:
            lines, room = lines + 1, width
        lines += max(0, ceil(needed / width) - 1)
        room -= min(needed, width) + RESERVE
    return lines


def _width(text: str) -> float:
    widths = _char_widths()
    return sum(widths.get(ord(char), OTHER) for char in text)


@cache
def _char_widths() -> Mapping[int, float]:
    """Widths of bold letters by their codes, in digits."""
    with TTFont(FONTS / "NotoSans-Bold.ttf", lazy=True) as font:
        advances, glyphs = font["hmtx"], font.getBestCmap()
        digit = advances[glyphs[ord("0")]][0]
        return {code: advances[glyph][0] / digit for code, glyph in glyphs.items()}
