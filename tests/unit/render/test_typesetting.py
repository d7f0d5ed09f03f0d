"""Pages need nothing but what the package brings."""

import re
from datetime import date
from io import BytesIO

import pypdf
import pytest
import typst
from fontTools.ttLib import TTFont

from planner.analysis.itinerary import Itinerary
from planner.render.route_sheets import build_sheets_data
from planner.render.typesetting import (
    FONTS,
    TEMPLATES,
    _compiler,
    _inputs,
    find_missing_glyphs,
    typeset_pdf,
)
from tests.builders.horizons import horizon, result


def test_templates_ask_for_fonts_that_are_shipped() -> None:
    """A font that is missing is only a warning to Typst."""
    asked = re.search(r"#let fonts = \((.*)\)", (TEMPLATES / "paper.typ").read_text("utf-8"))
    assert asked is not None
    shipped = {str(TTFont(path)["name"].getDebugName(1)) for path in FONTS.glob("*.ttf")}
    assert set(re.findall(r'"(.*?)"', asked[1])) == shipped


def test_fonts_have_their_licence_beside_them() -> None:
    """The SIL Open Font License, and every family's name."""
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    for path in FONTS.glob("*.ttf"):
        assert str(TTFont(path)["name"].getDebugName(1)) in licence


def test_a_sheet_is_set_without_a_warning() -> None:
    """Neither fonts nor layout."""
    paper = build_sheets_data(Itinerary(horizon(), result().plan))
    _, warnings = _compiler("sheet.typ").compile_with_warnings(
        format="pdf", sys_inputs=_inputs(paper), pdf_standards="ua-1", timestamp=0
    )
    assert warnings == []


def test_a_template_sees_data_as_text_only() -> None:
    """A key that is missing is our bug, and no data can hide it."""
    with pytest.raises(typst.TypstError, match="dictionary does not contain key"):
        typeset_pdf("letter.typ", {"words": {}}, date(2026, 11, 28))


def test_signs_without_a_glyph_are_found_once() -> None:
    """Cherokee twice; joiners and marks of direction need no glyph."""
    assert find_missing_glyphs("\u13a0b\u13a0\u200d\u200f") == ("\u13a0",)


def test_a_mark_is_drawn_by_the_font_of_its_letter() -> None:
    """An acute accent on a Latin letter, not on an emoji; a Hebrew accent on none."""
    assert find_missing_glyphs("e\u0301") == ()
    assert find_missing_glyphs("😀\u0301") == ("\u0301",)
    assert find_missing_glyphs("a\u0591") == ("\u0591",)


@pytest.mark.parametrize(
    "text",
    ["\u0600", "a\ufff9b", "\ue000", "\U000f0000", "\ufeff", "\U0001f3fd", "1\u20e3", "ꦺ\u0301"],
)
def test_no_sign_breaks_a_tagged_pdf(text: str) -> None:
    """Number signs, annotations, private use, a byte order mark, and marks on what has no place."""
    assert pypdf.PdfReader(BytesIO(_letter_from(text))).pages


def test_what_no_font_has_is_shown_as_missing() -> None:
    """In the name of the office, on a letter."""
    pages = pypdf.PdfReader(BytesIO(_letter_from("Dinas \u13a0"))).pages
    assert "Dinas \ufffd" in pages[0].extract_text()


def _letter_from(office: str) -> bytes:
    letter = {"order": False, "date": "", "head": [], "to": [], "before": [], "visits": []}
    data = {
        "title": "x",
        "language": "id",
        "office": {"government": "", "logo": "", "name": office, "reached": "", "version": ""},
        "signer": {"post": "", "name": "", "nip": "", "blank": ""},
        "words": {"nip": "NIP", "draft": ""},
        "papers": [letter | {"title": "x", "after": []}],
    }
    return typeset_pdf("letter.typ", data, date(2026, 11, 28))
