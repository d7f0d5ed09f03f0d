"""Pages set by Typst from a template and plain data, with no fonts but those of this package."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import category

import typst
from fontTools.ttLib import TTFont

from planner.render.escape import map_texts

FOLDER = Path(str(files("planner.render")))
FONTS = FOLDER / "fonts"
TEMPLATES = FOLDER / "templates"

MISSING = "\N{REPLACEMENT CHARACTER}"
INVISIBLE = {"Cf", "Mn", "Zs"}
"""Categories of characters that need no glyph of their own."""

LONG_RUN = re.compile(r"\S{20}(?=\S)")
ZERO_WIDTH_SPACE = "\u200b"

Data = Mapping[str, Any]


class Verbatim(str):
    """What a program reads among the data of a template: an SVG, a link."""

    __slots__ = ()


def typeset_pdf(template: str, data: Data, day: date) -> bytes:
    """A tagged PDF (PDF/UA-1) of a template; the same arguments give the same bytes.

    Parameters
    ----------
    template
        Name of a file in ``templates``, which reads `data` as JSON and never as markup.
    day
        Date of creation that the file states.
    """
    created = datetime.combine(day, time(), tzinfo=UTC)
    compiled = _compiler(template).compile(
        format="pdf", sys_inputs=_inputs(data), pdf_standards="ua-1", timestamp=created
    )
    assert isinstance(compiled, bytes)
    return compiled


def typeset_png(template: str, data: Data, pixels_per_inch: float) -> tuple[bytes, ...]:
    """Each page of a template as a PNG without metadata."""
    compiled = _compiler(template).compile(
        format="png", sys_inputs=_inputs(data), ppi=pixels_per_inch
    )
    return (compiled,) if isinstance(compiled, bytes) else tuple(compiled or ())


def find_missing_glyphs(text: str) -> tuple[str, ...]:
    """Characters that none of the fonts can draw; on paper `MISSING` stands in their place."""
    return tuple(sorted(char for char in set(text) if not _has_glyph(char)))


def _inputs(data: Data) -> dict[str, str]:
    return {"data": json.dumps(map_texts(data, _make_printable), ensure_ascii=False)}


def _make_printable(text: str) -> str:
    """A text with each character that has no glyph replaced, and long words breakable."""
    missing = {ord(char): MISSING for char in set(text) if not _has_glyph(char)}
    shown = text.translate(missing)
    if isinstance(text, Verbatim):
        return shown
    return LONG_RUN.sub(lambda run: run[0] + ZERO_WIDTH_SPACE, shown)


def _has_glyph(char: str) -> bool:
    return ord(char) in _glyphs() or category(char) in INVISIBLE


@cache
def _glyphs() -> frozenset[int]:
    fonts = (TTFont(path, lazy=True) for path in sorted(FONTS.glob("*.ttf")))
    return frozenset(code for font in fonts for code in font.getBestCmap())


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=fonts)
