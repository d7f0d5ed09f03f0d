"""Layers of the map beneath the routes: unrecorded people per RW, and kelurahan borders."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import folium
from shapely import MultiPoint
from shapely.geometry.base import BaseGeometry

from planner.district import Area, District
from planner.i18n.words import Words
from planner.render.escape import to_html
from planner.render.page import Pin, ShadedArea
from planner.render.style import class_breaks, class_colour

RwKey = tuple[str, str]
"""Code of the kelurahan, and RW."""

LatLon = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choropleth:
    """Unrecorded people per RW.

    Attributes
    ----------
    limits
        Highest count of each class of the ramp.
    """

    layer: folium.FeatureGroup
    breaks: tuple[int, ...]


def build_choropleth(district: District, words: Words) -> Choropleth:
    """A layer with every RW shaded by its unrecorded people; a circle where it has no border."""
    counts = _counts(district)
    breaks = class_breaks(list(counts.values()))
    layer = folium.FeatureGroup(name="choropleth")
    names = {area.code: area.name for area in district.areas if area.rw is None}
    borders = {_key(area): area for area in district.areas if area.rw is not None}
    for key in sorted({*counts, *borders}):
        count = counts.get(key, 0)
        text = words(
            "RW {rw} {name}: {count} unrecorded",
            rw=key[1],
            name=names.get(key[0], key[0]),
            count=words.number(count),
        )
        place = _rings(borders[key].shape) if key in borders else _centre(district, key)
        layer.add_child(ShadedArea(place, class_colour(count, breaks), to_html(text)))
    return Choropleth(layer=layer, breaks=breaks)


def build_kelurahan_layer(district: District) -> folium.FeatureGroup:
    """Borders and names of kelurahan."""
    layer = folium.FeatureGroup(name="kelurahan")
    for area in district.areas:
        if area.rw is not None:
            continue
        border = folium.Polygon(
            _rings(area.shape), color="#333", weight=1.6, dash_array="1 4", class_name="kelurahan"
        )
        border.options.update(pane="borders", interactive=False)
        layer.add_child(border)
        middle = area.shape.representative_point()
        label = f'<span class="area-label">{to_html(area.name)}</span>'
        layer.add_child(Pin(middle.y, middle.x, label, pane="names"))
    return layer


def _counts(district: District) -> Mapping[RwKey, int]:
    counts: defaultdict[RwKey, int] = defaultdict(int)
    for home in district.neighbourhoods:
        counts[home.code, home.rw] += home.backlog
    return counts


def _key(area: Area) -> RwKey:
    return area.code.split("/")[0], area.rw or ""


def _centre(district: District, key: RwKey) -> LatLon:
    homes = [home for home in district.neighbourhoods if (home.code, home.rw) == key]
    middle = MultiPoint([(home.lon, home.lat) for home in homes]).centroid
    return round(middle.y, 5), round(middle.x, 5)


def _rings(shape: BaseGeometry) -> list[list[LatLon]]:
    """Rings of all parts as latitude and longitude to about a metre.

    Folium takes one flat list; holes and further parts are told apart by the even-odd rule.
    """
    parts: list[Any] = getattr(shape, "geoms", [shape])
    return [
        [(round(lat, 5), round(lon, 5)) for lon, lat, *_ in ring.coords]
        for part in parts
        for ring in (part.exterior, *part.interiors)
    ]
