"""The plan for geographic programs."""

import json
from itertools import pairwise
from typing import Any

from planner.analysis.itinerary import Itinerary
from planner.render.geojson import build_geojson
from tests.builders.horizons import horizon, result


def features(kind: str) -> list[dict[str, Any]]:
    given = horizon()
    text = build_geojson(Itinerary(given, result().plan))
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return [feature for feature in found if feature["properties"]["kind"] == kind]


def test_routes_are_lines_without_repeated_points() -> None:
    """Each drive begins where the last one ended; the way home ends at the depot."""
    saturday, sunday = features("route")
    assert saturday["geometry"]["type"] == "LineString"
    line = saturday["geometry"]["coordinates"]
    assert line[0] == line[-1] == [110.0, -7.03]
    assert all(a != b for a, b in pairwise(line))
    assert saturday["properties"]["drive_m"] == 15000
    assert sunday["properties"]["people"] == 7


def test_stops_are_points_with_local_times() -> None:
    """The school is the second stop of Saturday."""
    _, school, _ = features("stop")
    assert school["geometry"] == {"type": "Point", "coordinates": [110.01, -7.01]}
    assert school["properties"]["serve"] == "2026-11-28T10:30:00"
    assert school["properties"]["draft"] is True


def test_places_left_out_are_points_with_their_reason() -> None:
    """The office that refused."""
    (refused,) = features("left out")
    assert refused["properties"]["reason"] == "permission refused"
    assert refused["properties"]["detail"] == ""
