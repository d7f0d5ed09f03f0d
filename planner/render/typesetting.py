"""Pages set by Typst from a template and plain data, with no fonts but those of this package."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import category

import typst
from fontTools.ttLib import TTFont

from planner.errors import input_error
from planner.i18n.messages import say
from planner.render.escape import REPLACEMENT, map_texts

FOLDER = Path(str(files("planner.render")))
FONTS = FOLDER / "fonts"
TEMPLATES = FOLDER / "templates"

EMOJI = "NotoEmoji"

FAMILIES = ("NotoSans", "NotoSansJavanese", EMOJI)
"""In the order in which ``templates/paper.typ`` asks them for a character."""

REFUSED_FORMATS = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb\ufeff"
    "\U000110bd\U000110cd\U00013430-\U0001343f]"
)
"""Format characters that can be seen all the same, or that PDF/UA refuses."""

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
    with _naming_a_damaged_logo():
        compiled = _compiler(template).compile(
            format="pdf", sys_inputs=_inputs(data), pdf_standards="ua-1", timestamp=created
        )
    assert isinstance(compiled, bytes)
    return compiled


def typeset_png(template: str, data: Data, pixels_per_inch: float) -> tuple[bytes, ...]:
    """Each page of a template as a PNG without metadata."""
    with _naming_a_damaged_logo():
        compiled = _compiler(template).compile(
            format="png", sys_inputs=_inputs(data), ppi=pixels_per_inch
        )
    return (compiled,) if isinstance(compiled, bytes) else tuple(compiled or ())


@contextmanager
def _naming_a_damaged_logo() -> Iterator[None]:
    """The logo is the only picture that the package does not draw itself."""
    try:
        yield
    except typst.TypstError as error:
        if "failed to process image" not in str(error):
            raise
        raise input_error(
            "planner.toml [office] logo",
            say("is a damaged picture"),
            say("save it again as PNG or JPEG"),
        ) from None


def find_missing_glyphs(text: str) -> tuple[str, ...]:
    """Characters that no font can draw where they stand; papers have `REPLACEMENT` in place."""
    drawn = zip(text, _drawable(text), strict=True)
    return tuple(sorted({char for char, shown in drawn if shown == REPLACEMENT != char}))


def _inputs(data: Data) -> dict[str, str]:
    return {"data": json.dumps(map_texts(data, _make_printable), ensure_ascii=False)}


def _make_printable(text: str) -> str:
    """A text with each character that has no glyph replaced, and long words breakable."""
    shown = text if text.isascii() and text.isprintable() else "".join(_drawable(text))
    if isinstance(text, Verbatim):
        return shown
    return LONG_RUN.sub(lambda run: run[0] + ZERO_WIDTH_SPACE, shown)


def _drawable(text: str) -> Iterator[str]:
    """Each character, `REPLACEMENT`, or nothing for one that would join emoji into one sign."""
    font: str | None = None
    for char in text:
        is_mark = category(char).startswith("M")
        if _is_invisible(char):
            yield "" if font == EMOJI else char
        elif is_mark and font is not None:
            yield char if ord(char) in _glyphs()[font] else REPLACEMENT
        else:
            font = _first_font_with(char)
            yield REPLACEMENT if font is None else char


def _is_invisible(char: str) -> bool:
    """Whether a character needs no glyph, such as those that join or part others."""
    is_format = category(char) == "Cf" and not REFUSED_FORMATS.match(char)
    return is_format or category(char) == "Zs" or "\ufe00" <= char <= "\ufe0f"


@cache
def _first_font_with(char: str) -> str | None:
    """The family of fonts that draws a character, and the marks on it."""
    able = (family for family, codes in _glyphs().items() if ord(char) in codes)
    return None if REFUSED_FORMATS.match(char) else next(able, None)


@cache
def _glyphs() -> Mapping[str, frozenset[int]]:
    """Characters of each family of fonts that all its styles have, in the order of use."""
    return {
        family: frozenset.intersection(*map(_codes, FONTS.glob(f"{family}-*.ttf")))
        for family in FAMILIES
    }


def _codes(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=fonts)
