"""Roads as paths of a drawing."""

import re

from shapely import box, linestrings

from planner.render.road_paths import (
    MINOR_ROAD_STYLE,
    ROAD_STYLES,
    Basemap,
    RoadClass,
    draw_basemap,
)

BOUNDS = (-7.005, 109.99, -6.995, 110.01)


def road(highway: str, *points: tuple[float, float]) -> RoadClass:
    """A class of one road, through longitudes and latitudes."""
    colour, width = ROAD_STYLES.get(highway, MINOR_ROAD_STYLE)
    return RoadClass(lines=linestrings([points]), colour=colour, width=width)


def test_roads_are_one_clipped_path_per_class() -> None:
    """A street of 200 km is cut to the 2 km in view."""
    roads = (
        road("residential", (109.0, -7.0), (111.0, -7.0)),
        road("primary", (110.0, -7.01), (110.0, -6.99)),
        road("trunk", (110.0, -8.0), (110.0, -8.1)),
    )
    drawing = draw_basemap(Basemap(water=box(120, -7, 121, -6), roads=roads), BOUNDS)
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
    assert re.findall(r' d="(.*?)"', drawing) == [
        f"M0 {round(height / 2)}l{width} 0",
        f"M{round(width / 2)} {height}l0-{height}",
    ]
    assert re.findall(r' class="(m\w+)"', drawing) == ["minor", "major"]


def test_water_lies_beneath_the_roads_with_its_islands_left_out() -> None:
    """A lake wider than the drawing, with one island: two rings of the same path."""
    lake = box(109, -8, 111, -6) - box(109.999, -7.001, 110.001, -6.999)
    roads = (road("primary", (109.0, -7.0), (111.0, -7.0)),)
    drawing = draw_basemap(Basemap(water=lake, roads=roads), BOUNDS)
    assert re.findall(r' class="(\w+)"', drawing) == ["roads", "water", "major"]
    assert re.findall(r' d="(.*?)"', drawing)[0].count("M") == 2
