"""Tables drawn in QGIS."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.inputs.findings import Findings
from planner.inputs.geo_table import layers, read_geo
from planner.inputs.table import Table
from tests.builders.folders import problems_of

SQUARE = [[[110.0, -7.0], [110.1, -7.0], [110.1, -6.9], [110.0, -6.9], [110.0, -7.0]]]


def read(path: Path, geometry: object, findings: Findings, **properties: Any) -> Table:
    """A file with one feature, as the table points."""
    feature = {"type": "Feature", "properties": {"id": "P1"} | properties, "geometry": geometry}
    file = path / "points.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    return read_geo("points", file, None, findings)


def test_a_point_gives_its_coordinates(tmp_path: Path) -> None:
    """Longitude comes first in GeoJSON."""
    table = read(tmp_path, {"type": "Point", "coordinates": [110.0, -7.0]}, Findings())
    assert table.rows[0].cells == {"id": "P1", "lat": -7.0, "lon": 110.0}


def test_a_polygon_gives_a_point_inside(tmp_path: Path) -> None:
    """The hall's outline instead of a dot."""
    table = read(tmp_path, {"type": "Polygon", "coordinates": SQUARE}, Findings())
    assert table.rows[0].cells["lat"] == pytest.approx(-6.95)


def test_a_border_that_is_not_closed_is_closed(tmp_path: Path) -> None:
    """Its last point is not its first one; nobody needs to hear of it."""
    findings = Findings()
    table = read(tmp_path, {"type": "Polygon", "coordinates": [SQUARE[0][:-1]]}, findings)
    assert table.rows[0].cells["lat"] == pytest.approx(-6.95)
    assert findings.warnings == []


def test_a_line_is_no_place(tmp_path: Path) -> None:
    """Nobody knows where along it a van should stand."""
    findings = Findings()
    read(tmp_path, {"type": "LineString", "coordinates": SQUARE[0][:2]}, findings)
    assert problems_of(findings) == [
        "points.geojson feature 1: is a LineString; draw a point or a polygon"
    ]


def test_columns_must_agree_with_the_drawing(tmp_path: Path) -> None:
    """A tenth of a degree apart; a column of the same place is fine."""
    findings = Findings()
    drawn = {"type": "Point", "coordinates": [110.0, -7.0]}
    read(tmp_path, drawn, findings, lat=-7.0)
    assert problems_of(findings) == []
    read(tmp_path, drawn, findings, lat=-7.1)
    (problem,) = problems_of(findings)
    assert "has lat '-7.1', but is drawn at '-7.000000'" in problem


def test_a_feature_without_geometry_has_no_coordinates(tmp_path: Path) -> None:
    """Columns count then."""
    table = read(tmp_path, None, Findings(), lat=-7.0, lon=110.0)
    assert table.rows[0].cells == {"id": "P1", "lat": -7.0, "lon": 110.0}


def test_layers_of_a_file_are_listed(tmp_path: Path) -> None:
    """GeoJSON has one, of the name of its file."""
    read(tmp_path, None, Findings())
    assert layers(tmp_path / "points.geojson") == ("points",)
