"""A Folium map as one file, the same for the same content, that has all its scripts inside."""

from collections import OrderedDict
from collections.abc import Sequence
from importlib.resources import files

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from planner.render.escape import to_html
from planner.render.javanese_font import embed_javanese_font
from planner.render.parallel_offsets import OffsetLine

LEAFLET = "leaflet-1.9.4"

POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    " script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src {images}\">"
)

REFERRER = '<meta name="referrer" content="strict-origin-when-cross-origin">'
"""Servers of tiles want to know who asks; they learn the origin and no more."""


class Raw(Element):
    """Markup that is put into the page as it is, never read as a template."""

    _template = Template("{{ this.markup }}")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup = markup


class _Script(MacroElement):
    """An element of the map that is a piece of script.

    Parameters
    ----------
    kind
        Begins its name in the page.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = kind


class Pin(_Script):
    """A marker made of HTML; see ``planner.pin`` in ``assets/page.js``."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = planner.pin(
            {{ this.location|tojson }}, {{ this.style|tojson }}, {{ this.popup|tojson }}
        ).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, lat: float, lon: float, html: str, *, popup: str = "", pane: str) -> None:
        super().__init__("pin")
        self.location = [round(lat, 6), round(lon, 6)]
        self.style = {"html": html, "pane": pane}
        self.popup = popup


class ShadedArea(_Script):
    """An area in a colour, which tells a text where one points at it.

    Parameters
    ----------
    place
        Rings of the area, or a single point for a circle around it.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        planner.shade({{ this.place|tojson }}, {{ this.colour|tojson }}, {{ this.html|tojson }})
            .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, place: Sequence[object], colour: str, html: str) -> None:
        super().__init__("shade")
        self.place = place
        self.colour = colour
        self.html = html


class RouteLine(_Script):
    """The line of a route, a part per drive."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = planner.line(
            {{ this.points|tojson }}, {{ this.offset_px|tojson }}, {{ this.style|tojson }}
        ).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, offset_lines: Sequence[OffsetLine], colour: str, dash: str) -> None:
        super().__init__("line")
        self.points = [line.points for line in offset_lines]
        self.offset_px = [line.offset_px for line in offset_lines]
        self.style = {
            "pane": "routes",
            "className": "route",
            "color": colour,
            "weight": 4,
            "dashArray": dash or None,
            "lineCap": "butt",
        }


class Roads(_Script):
    """The drawing of all roads, beneath everything."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        planner.roads({{ this.drawing|tojson }}, {{ this.corners|tojson }}).addTo(
            {{ this._parent.get_name() }}
        );
        {% endmacro %}
        """
    )

    def __init__(self, drawing: str, corners: list[list[float]]) -> None:
        super().__init__("roads")
        self.drawing = drawing
        self.corners = corners


class PageScript(_Script):
    """Sets the page in motion; ``page`` names elements of the map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        planner.start({{ this._parent.get_name() }}, {{ this.page|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, page: dict[str, object]) -> None:
        super().__init__("start")
        self.page = page


def render_page(
    chart: folium.Map, *, title: str, language: str, around: str, tile_host: str = ""
) -> str:
    """The map with its scripts and styles inside, and other markup beside it, as HTML.

    Parameters
    ----------
    tile_host
        The only host that the page may ask for images; empty = it asks nobody for anything.
    """
    figure = chart.get_root()
    assert isinstance(figure, Figure)
    figure.title = to_html(title)
    chart.default_js, chart.default_css = [], []
    policy = POLICY.format(images=f"data: {tile_host}".rstrip()) + (REFERRER if tile_host else "")
    figure.header.add_child(Raw(policy), name="policy")
    figure.header.add_child(Raw(f"<style>{_asset(LEAFLET, 'leaflet.css')}</style>"), name="style")
    figure.header.add_child(
        Raw(f"<script>{_asset(LEAFLET, 'leaflet.js')}</script>"), name="leaflet"
    )
    figure.header.add_child(Raw(f"<script>{_asset('page.js')}</script>"), name="behaviour")
    # Folium puts rules of its own for the map and the page in between; ours come last.
    figure.html.add_child(Raw(f"<style>{_asset('page.css')}</style>{around}"), name="around")
    _number(figure)
    page = str(figure.render()).replace("<html>", f'<html lang="{language}">', 1)
    return page.replace("</head>", f"{embed_javanese_font(page)}</head>", 1)


def _number(figure: Figure) -> None:
    """Name elements by their order in the page: Folium's own names are random."""
    waiting: list[Element] = [figure]
    for number, element in enumerate(waiting):
        element._id = f"{number:x}"
        waiting.extend(element._children.values())
    for element in waiting[1:]:
        element._children = OrderedDict(
            (child.get_name(), child) for child in element._children.values()
        )


def _asset(*path: str) -> str:
    return files("planner.render").joinpath("assets", *path).read_text(encoding="utf-8")
