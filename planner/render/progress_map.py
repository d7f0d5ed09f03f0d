"""The map of progress: people left in each kelurahan, in one HTML file that needs no internet."""

from collections.abc import Mapping, Sequence
from itertools import starmap

from shapely import MultiPoint, get_coordinates

from planner.analysis.progress import ELSEWHERE, AreaProgress, Progress
from planner.district import Area, District
from planner.i18n.words import Words
from planner.render.folium_page import (
    Border,
    FeatureGroup,
    Page,
    PageScript,
    Pin,
    ShadedArea,
    new_map,
    render_page,
)
from planner.render.html import fill_macro, fill_template
from planner.render.map_layers import area_rings
from planner.render.plan_map import PANES, page_words
from planner.render.progress_page import format_share
from planner.render.progress_tables import area_name
from planner.render.style import RAMP, class_breaks, class_colour


def draw_progress(district: District, progress: Progress) -> str:
    """People left by kelurahan on a map, with both shares behind each; as HTML.

    A kelurahan without a border is a circle amid its rows.
    """
    words, areas = district.office.words, [a for a in progress.areas if a.code != ELSEWHERE]
    breaks = class_breaks([area.left for area in areas])
    borders = {area.code: area for area in district.kelurahan}
    layer, lines = FeatureGroup(), FeatureGroup()
    spots = area_spots(district)
    places = [
        _draw_area(area, borders.get(area.code), spots, (layer, lines), breaks, words)
        for area in areas
        if area.code in spots
    ]
    chart = new_map(PANES)
    chart.add_child(layer)
    chart.add_child(lines)
    page = {
        "places": places,
        "routes": [],
        "lines": [],
        "bounds": area_bounds(district, spots),
        "layers": {"choropleth": layer, "kelurahan": lines},
        "attribution": "",
        "words": page_words(words),
    }
    chart.add_child(PageScript(page))
    day = words.letter_date(progress.day)
    title = words("Progress of recording, {day}", day=day)
    return render_page(
        chart,
        title=f"{district.office.name} · {title}",
        language=words.language,
        panel=fill_template(
            "progress_panel.html",
            words=words,
            office=district.office.name,
            title=title,
            facts=_facts(progress.total, words),
            ramp=list(zip(RAMP, [1, *(high + 1 for high in breaks)], breaks, strict=False)),
        ),
    )


def _draw_area(
    area: AreaProgress,
    border: Area | None,
    spots: Mapping[str, tuple[float, float]],
    layers: tuple[FeatureGroup, FeatureGroup],
    breaks: tuple[int, ...],
    words: Words,
) -> Page:
    """Shade and name a kelurahan; what the search needs."""
    shades, names = layers
    name, spot = area_name(area, words), spots[area.code]
    facts = _facts(area, words)
    text = f"{name}: " + ", ".join(starmap("{} {}".format, facts))
    rings: Sequence[object] = area_rings(border.shape) if border else spot
    shades.add_child(ShadedArea(rings, class_colour(area.left, breaks), text))
    if border:
        names.add_child(Border(area_rings(border.shape)))
    popup = fill_macro("popup", name, facts)
    pin = Pin(*spot, fill_macro("area_label", name), pane="names", popup=popup)
    names.add_child(pin)
    label = f"{name} · {words.number(area.left)}"
    return {"label": label, "marker": pin, "layer": names, "box": "kelurahan", "is_stop": True}


def _facts(area: AreaProgress, words: Words) -> list[tuple[str, str]]:
    facts = [(words("Left"), words.number(area.left))]
    facts.append((words("Recorded by vans"), words.number(area.by_vans)))
    if area.eligible is not None:
        facts.append((words("Wajib KTP"), words.number(area.eligible)))
        facts.append((words("Official"), format_share(area.official, words)))
        facts.append((words("Of the reachable"), format_share(area.of_reachable, words)))
    facts.append((words("Recorded, not printed"), words.number(area.not_printed)))
    facts.append((words("Stops"), words.number(area.visits)))
    return facts


def area_spots(district: District) -> dict[str, tuple[float, float]]:
    """Latitude and longitude inside each kelurahan."""
    homes: dict[str, list[tuple[float, float]]] = {}
    for home in district.neighbourhoods:
        homes.setdefault(home.code, []).append((home.lat, home.lon))
    middles = {code: MultiPoint(points).centroid for code, points in homes.items()}
    spots = {code: (middle.x, middle.y) for code, middle in middles.items()}
    for area in district.kelurahan:
        inside = area.shape.representative_point()
        spots[area.code] = (inside.y, inside.x)
    return spots


def area_bounds(district: District, spots: Mapping[str, tuple[float, float]]) -> list[list[float]]:
    """South-west and north-east of all kelurahan, or of their spots where there are no borders."""
    shapes = [get_coordinates(area.shape) for area in district.kelurahan]
    points = [(lat, lon) for shape in shapes for lon, lat in shape.tolist()] or [*spots.values()]
    lats, lons = zip(*points, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]
