"""Layers of the map beneath the routes: unrecorded people per RW, and kelurahan borders."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from shapely import MultiPoint
from shapely.geometry.base import BaseGeometry

from planner.district import Area, District
from planner.i18n.words import Words
from planner.render.folium_page import Border, FeatureGroup, LatLon, Pin, ShadedArea
from planner.render.html import fill_macro
from planner.render.style import class_breaks, class_colour

RwKey = tuple[str, str]
"""Code of the kelurahan, and RW."""


def build_choropleth(district: District, words: Words) -> tuple[FeatureGroup, tuple[int, ...]]:
    """A layer with every RW shaded by its unrecorded people, and the highest count of each shade.

    An RW without a border is a circle.
    """
    counts = _counts(district)
    breaks = class_breaks(list(counts.values()))
    layer = FeatureGroup()
    names = {area.code: area.name for area in district.kelurahan}
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
        layer.add_child(ShadedArea(place, class_colour(count, breaks), text))
    return layer, breaks


def build_kelurahan_layer(district: District) -> FeatureGroup:
    """Borders and names of kelurahan."""
    layer = FeatureGroup()
    for area in district.kelurahan:
        layer.add_child(Border(_rings(area.shape)))
        middle = area.shape.representative_point()
        layer.add_child(Pin(middle.y, middle.x, fill_macro("area_label", area.name), pane="names"))
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
    """Rings of all parts as latitude and longitude to about a metre."""
    parts: list[Any] = getattr(shape, "geoms", [shape])
    return [
        [(round(lat, 5), round(lon, 5)) for lon, lat, *_ in ring.coords]
        for part in parts
        for ring in (part.exterior, *part.interiors)
    ]
