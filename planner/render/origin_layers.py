"""Layers of the map of a plan: from which RW people come to its stops, and who has none."""

from collections import defaultdict
from collections.abc import Mapping

from shapely import MultiPoint

from planner.analysis.itinerary import Itinerary
from planner.analysis.origins import RwKey, uncovered_by_rw
from planner.district import District, part_name
from planner.horizon import Horizon
from planner.i18n.words import Words
from planner.render.folium_page import FeatureGroup, LatLon, OriginLine, Pin
from planner.render.html import fill_macro
from planner.render.style import style_route

Origins = Mapping[str, Mapping[RwKey, int]]
"""People recorded at each site, by its id, of each RW."""


def build_origin_layer(itinerary: Itinerary, origins: Origins) -> FeatureGroup:
    """A line from each place with a stop to each RW from which people come; wide where many do."""
    layer = FeatureGroup()
    centres = rw_centres(itinerary.horizon.district)
    stops = {at.venue.id: at for at in reversed([*itinerary.all_stops()])}
    for site_id, counts in origins.items():
        for rw, people in counts.items():
            at = stops[site_id]
            ends = ((round(at.venue.lat, 5), round(at.venue.lon, 5)), centres[rw])
            colour = style_route(itinerary.plan, at.route).colour
            layer.add_child(OriginLine(ends, colour, people))
    return layer


def build_uncovered_layer(horizon: Horizon, words: Words) -> FeatureGroup:
    """How many people of each RW have no place within reach."""
    layer = FeatureGroup()
    centres = rw_centres(horizon.district)
    for rw in uncovered_by_rw(horizon):
        count = words.number(rw.people)
        rows = [(words("Without a place within walking distance"), count)]
        popup = fill_macro("popup", f"{part_name(rw.rw)} {rw.kelurahan}".lstrip(), rows)
        mark = fill_macro("uncovered", count)
        layer.add_child(Pin(*centres[rw.code, rw.rw], mark, pane="uncovered", popup=popup))
    return layer


def format_origins(district: District, counts: Mapping[RwKey, int], words: Words) -> str:
    """RW with their people, most first."""
    return ", ".join(
        f"{part_name(rw)} {district.kelurahan_name(code)}".lstrip() + f": {words.number(people)}"
        for (code, rw), people in counts.items()
    )


def rw_centres(district: District) -> Mapping[RwKey, LatLon]:
    """Latitude and longitude amid the neighbourhoods of each RW."""
    homes = defaultdict(list)
    for home in district.neighbourhoods:
        homes[home.code, home.rw].append((home.lat, home.lon))
    middles = {rw: MultiPoint(spots).centroid for rw, spots in homes.items()}
    return {rw: (round(middle.x, 5), round(middle.y, 5)) for rw, middle in middles.items()}
