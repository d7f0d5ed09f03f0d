"""HTML, SVG and XML from templates; whatever is put into one is escaped, with no way around it.

The only file that makes markup of a text. Tried with Jinja2 3.1 and MarkupSafe 2.1 to 3.0.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from planner.render.escape import to_line

SPECIAL = re.compile(r"[&<>\"'`{}$\\]")
"""Means something to HTML, to a Jinja template, or inside a JavaScript string or template."""


def to_html(value: object, limit: int = 200) -> Markup:
    """A value as HTML that shows just its text, in elements and in quoted attributes.

    Braces, dollar, backtick and backslash become entities too, so the result passes unchanged
    through Folium's templates and through every kind of JavaScript string. Markup stays.
    """
    if isinstance(value, Markup):
        return value
    return Markup(SPECIAL.sub(lambda char: f"&#{ord(char[0])};", to_line(str(value), limit)))


TEMPLATES = Environment(
    loader=PackageLoader("planner.render"),
    autoescape=True,
    finalize=to_html,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["cut"] = to_html


def fill_template(name: str, /, **values: object) -> Markup:
    """A file of ``templates`` with values in it."""
    return Markup(TEMPLATES.get_template(f"{name}.j2").render(values))


def fill_macro(name: str, /, *values: object) -> Markup:
    """A macro of ``templates/marks.html.j2`` with values in it."""
    return Markup(getattr(TEMPLATES.get_template("marks.html.j2").module, name)(*values))


def read_asset(*path: str) -> Markup:
    """A script or style of this package."""
    return Markup(files("planner.render").joinpath("assets", *path).read_text(encoding="utf-8"))


def encode_base64(data: bytes) -> Markup:
    """Data for a URL."""
    return Markup(b64encode(data).decode("ascii"))


def path_data(lines: Iterable[Iterable[Sequence[float]]]) -> Markup:
    """Path data for SVG in whole units, relative after the start of each line."""
    return Markup("".join(map(_line_data, lines)))


def _line_data(points: Iterable[Sequence[float]]) -> str:
    whole = [(round(x), round(y)) for x, y in points]
    moves = [(x - at_x, y - at_y) for (at_x, at_y), (x, y) in pairwise(whole)]
    numbers = " ".join(f"{dx} {dy}" for dx, dy in moves if dx or dy)
    return f"M{whole[0][0]} {whole[0][1]}l{numbers}".replace(" -", "-") if numbers else ""
