"""Maps of kelurahan, shaded by a count: their layers, and the page around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shapely import MultiPoint, get_coordinates

from planner.district import District
from planner.render.folium_page import (
    Border,
    FeatureGroup,
    Page,
    Pin,
    ShadedArea,
    list_place,
    render_page,
)
from planner.render.html import fill_macro, fill_template
from planner.render.map_layers import area_rings
from planner.render.plan_map import compose_map
from planner.render.style import class_ramp


@dataclass(slots=True)
class AreaMap:
    """A map that kelurahan are added to; one without a border is a circle amid its rows."""

    district: District
    places: list[Page] = field(default_factory=list)
    shades: FeatureGroup = field(default_factory=FeatureGroup)
    names: FeatureGroup = field(default_factory=FeatureGroup)
    spots: Mapping[str, tuple[float, float]] = field(init=False)

    def __post_init__(self) -> None:
        self.spots = area_spots(self.district)

    def add(
        self, code: str, name: str, *, colour: str, text: str, label: str, popup: str = ""
    ) -> ShadedArea:
        """Shade and name a kelurahan.

        Parameters
        ----------
        text
            Shown where a pointer rests on it.
        label
            By which the search finds it.
        """
        borders = (area for area in self.district.kelurahan if area.code == code)
        border = next(borders, None)
        spot = self.spots[code]
        rings = area_rings(border.shape) if border else []
        shade = ShadedArea(rings or spot, colour, text)
        self.shades.add_child(shade)
        if border:
            self.names.add_child(Border(rings))
        pin = Pin(*spot, fill_macro("area_label", name), pane="names", popup=popup)
        self.places.append(list_place(label, pin, self.names, "kelurahan"))
        return shade

    def draw(
        self, template: str, title: str, breaks: Sequence[int], more: Page, **values: object
    ) -> str:
        """The map as HTML.

        Parameters
        ----------
        template
            Of the panel beside it, which ``values`` fill.
        breaks
            The largest count of each colour.
        more
            What else the script of the page needs.
        """
        office = self.district.office
        bounds = area_bounds(self.district, self.spots)
        page = {"places": self.places, "routes": [], "lines": [], "bounds": bounds, **more}
        layers = {"choropleth": self.shades, "kelurahan": self.names}
        panel = fill_template(
            template,
            words=office.words,
            office=office.name,
            title=title,
            ramp=class_ramp(breaks),
            **values,
        )
        return render_page(
            compose_map(layers, page, office.words),
            title=f"{office.name} · {title}",
            language=office.words.language,
            panel=panel,
        )


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
