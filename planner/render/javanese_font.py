"""Javanese script for a page: few computers have a font for it, so the page brings its own."""

import re
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from planner.render.html import encode_base64, fill_template
from planner.render.typesetting import FONTS

FAMILY = "Page Javanese"
"""Comes first wherever ``page.css`` names fonts: a system's own would draw boxes instead."""

FIRST, LAST = "\ua980", "\ua9df"

_WRITTEN = re.compile(rf"[{FIRST}-{LAST}]|\\u(a9[89a-d][0-9a-f])")
"""A Javanese character in a page, or how JSON in it writes one."""


def build_font_style(page: str) -> str:
    """A style with a font of the Javanese characters of a page; empty where it has none."""
    chars = {chr(int(found[1], 16)) if found[1] else found[0] for found in _WRITTEN.finditer(page)}
    if not chars:
        return ""
    font = TTFont(FONTS / "NotoSansJavanese-Regular.ttf", recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=["*"]))
    subsetter.populate(text="".join(sorted(chars)))
    subsetter.subset(font)
    data = BytesIO()
    font.save(data)
    return fill_template("font.html", family=FAMILY, data=encode_base64(data.getvalue()))
