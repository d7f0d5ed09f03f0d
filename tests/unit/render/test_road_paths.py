"""Roads as paths of a drawing."""

import re

from planner.render.road_paths import draw_roads
from planner.travel.interface import RoadLines


def test_roads_are_one_clipped_path_per_class() -> None:
    """A street of 200 km is cut to the 2 km in view."""
    roads = [
        RoadLines(highway="residential", lines=(((-7.0, 109.0), (-7.0, 111.0)),)),
        RoadLines(highway="primary", lines=(((-7.01, 110.0), (-6.99, 110.0)),)),
        RoadLines(highway="trunk", lines=(((-8.0, 110.0), (-8.1, 110.0)),)),
    ]
    drawing = draw_roads(roads, (-7.005, 109.99, -6.995, 110.01))
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
    assert re.findall(r' d="(.*?)"', drawing) == [
        f"M0 {round(height / 2)}l{width} 0",
        f"M{round(width / 2)} {height}l0-{height}",
    ]
    assert re.findall(r' class="(m\w+)"', drawing) == ["minor", "major"]
