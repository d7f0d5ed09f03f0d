"""A Folium map as one file, the same for the same content, that has all its scripts inside.

The only file that knows Folium and branca; tried with Folium 0.20 and branca 0.8. Private
to them, but needed: elements are named by their order through ``_id`` and ``_children``, as their
own names are random, and by kind through ``_name``. Folium fills its templates with what it is
given, so every text that goes into an element is escaped here, braces included.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import folium
from branca.element import Element, Figure, MacroElement
from folium.map import CustomPane
from folium.template import Template
from markupsafe import Markup
from xyzservices import TileProvider, providers

from planner.render.escape import map_texts
from planner.render.html import fill_template, read_asset, to_html
from planner.render.javanese_font import build_font_style
from planner.render.parallel_offsets import OffsetLine

LEAFLET = "leaflet-1.9.4"

STREETS: TileProvider = providers["OpenStreetMap"]["Mapnik"]

TILE_HOST = f"https://{urlsplit(str(STREETS.url)).hostname}"

FORBIDS_ZOOM = re.compile(r'<meta name="viewport"[^>]*>')
"""What Folium writes: people who need larger letters could not have them."""

ALLOWS_ZOOM = '<meta name="viewport" content="width=device-width, initial-scale=1">'

FeatureGroup: TypeAlias = folium.FeatureGroup
Layer: TypeAlias = folium.map.Layer
Map: TypeAlias = folium.Map
LatLon = tuple[float, float]
Page = dict[str, Any]
"""What ``assets/page.js`` needs to know of the elements of a map."""


class Border(folium.Polygon):
    """The outline of an area, dotted.

    Parameters
    ----------
    rings
        Of all parts; holes and further parts are told apart by the even-odd rule.
    """

    def __init__(self, rings: Sequence[Sequence[LatLon]]) -> None:
        super().__init__(rings, color="#333", weight=1.6, dash_array="1 4", class_name="kelurahan")
        self.options.update(pane="borders", interactive=False)


class _Drawing(MacroElement):
    """What a function of ``assets/page.js`` draws; named after its class in the page."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = planner.{{ this.function }}(...{{ this.arguments|tojson }})
            .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, function: str, *arguments: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__.lower()
        self.function = function
        self.arguments = arguments


class Pin(_Drawing):
    """A marker made of HTML."""

    def __init__(self, lat: float, lon: float, html: Markup, *, pane: str, popup: str = "") -> None:
        style = {"html": to_html(html), "pane": pane}
        super().__init__("pin", [round(lat, 6), round(lon, 6)], style, to_html(popup))


def list_place(label: str, pin: Pin, layer: Layer, box: str, *, is_stop: bool = True) -> Page:
    """A pin put on its layer; what the search of the page needs of it."""
    layer.add_child(pin)
    return {"label": label, "marker": pin, "layer": layer, "box": box, "is_stop": is_stop}


class ShadedArea(_Drawing):
    """An area in a colour, which tells a text where one points at it.

    Parameters
    ----------
    place
        Rings of the area, or a single point for a circle around it.
    is_estimated
        Whether its border is dashed.
    """

    def __init__(
        self, place: Sequence[object], colour: str, text: str, is_estimated: bool = False
    ) -> None:
        super().__init__("shade", place, colour, to_html(text), is_estimated)


class RouteLine(_Drawing):
    """The line of a route, a part per drive."""

    def __init__(self, lines: Sequence[OffsetLine], colour: str, dash: str) -> None:
        style = {
            "pane": "routes",
            "className": "route",
            "color": colour,
            "weight": 4,
            "dashArray": dash or None,
            "lineCap": "butt",
        }
        points, offsets_px = [line.points for line in lines], [line.offset_px for line in lines]
        super().__init__("line", points, offsets_px, style)


class OriginLine(_Drawing):
    """A straight line to where people come from, wider for more of them."""

    def __init__(self, ends: tuple[LatLon, LatLon], colour: str, people: int) -> None:
        style = {
            "pane": "origins",
            "className": "origin",
            "color": colour,
            "weight": 2 + min(people // 10, 4),
            "opacity": 0.9,
            "dashArray": "2 5",
            "interactive": False,
        }
        super().__init__("line", [ends], [[0, 0]], style)


class Roads(_Drawing):
    """The drawing of all roads, beneath everything."""

    def __init__(self, drawing: Markup, corners: list[list[float]]) -> None:
        super().__init__("roads", to_html(drawing), corners)


class PageScript(MacroElement):
    """Sets the page in motion; ``page`` names elements of the map, its texts become HTML."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        planner.start({{ this._parent.get_name() }}, {{ this.page|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, page: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.page = map_texts(page, to_html)


class _RawMarkup(Element):
    """Markup that is put into the page as it is, never read as a template."""

    _template = Template("{{ this.markup }}")

    def __init__(self, markup: Markup) -> None:
        super().__init__()
        self.markup = to_html(markup)


def new_tile_layer() -> folium.TileLayer:
    """Streets from the network, credited to those whose tiles they are."""
    return folium.TileLayer(STREETS, name="tiles")


def new_map(panes: Mapping[str, int]) -> Map:
    """An empty map.

    Parameters
    ----------
    panes
        What lies above what, as CSS z-index by name.
    """
    chart = Map(tiles=None, zoom_snap=0.25, font_size="15px")
    for name, height in panes.items():
        chart.add_child(CustomPane(name, z_index=height, pointer_events=True))
    return chart


def render_page(
    chart: Map, *, title: str, language: str, panel: Markup, tiles: bool = False
) -> str:
    """The map with its scripts and styles inside, and its panel beside it, as HTML.

    Parameters
    ----------
    tiles
        Whether the page may ask the network for tiles; else it asks nobody for anything.
    """
    figure = chart.get_root()
    assert isinstance(figure, Figure)
    figure.title = to_html(title)
    chart.default_js, chart.default_css = [], []
    head = fill_template(
        "head.html",
        tile_host=TILE_HOST if tiles else "",
        leaflet_style=read_asset(LEAFLET, "leaflet.css"),
        leaflet=read_asset(LEAFLET, "leaflet.js"),
        script=read_asset("page.js"),
    )
    figure.header.add_child(_RawMarkup(head), name="head")
    body = fill_template("body.html", style=read_asset("page.css"), panel=panel)
    figure.html.add_child(_RawMarkup(body), name="body")
    _number(figure)
    page = str(figure.render())
    page = FORBIDS_ZOOM.sub(ALLOWS_ZOOM, page, count=1)
    page = page.replace("<html>", fill_template("html_tag.html", language=language), 1)
    return page.replace("</head>", "".join((build_font_style(page), "</head>")), 1)


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
