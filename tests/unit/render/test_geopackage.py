"""The plan for QGIS."""

import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import pyogrio

from planner.analysis.itinerary import Itinerary
from planner.render.geojson import plan_features
from planner.render.geopackage import COLUMNS, build_geopackage
from tests.builders.horizons import horizon, result


def test_the_geopackage_brings_its_styles(tmp_path: Path) -> None:
    """Four layers, each with one default style of symbols and columns that are there."""
    given = horizon()
    path = tmp_path / "plan.gpkg"
    path.write_bytes(build_geopackage(Itinerary(given, result().plan)))
    with sqlite3.connect(path) as database:
        rows = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML FROM layer_styles"
            " WHERE useAsDefault ORDER BY id"
        ).fetchall()
        drawn = database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        assert {(name, column) for name, column, _ in rows} == {*drawn}
    database.close()
    assert [name for name, *_ in rows] == ["rute", "pemberhentian", "pangkalan", "tidak_dikunjungi"]
    for name, _, text in rows:
        layer = geopandas.read_file(path, layer=name)
        style = ElementTree.fromstring(text)
        renderer = style.find("renderer-v2")
        assert renderer is not None
        symbols = {symbol.get("name"): symbol for symbol in renderer.iter("symbol")}
        shapes = {"Point": "marker", "LineString": "line"}
        assert {symbol.get("type") for symbol in symbols.values()} == {
            shapes[kind] for kind in layer.geom_type
        }
        if renderer.get("type") == "categorizedSymbol":
            categories = {
                item.get("value"): item.get("symbol") for item in renderer.iter("category")
            }
            assert {*layer[renderer.get("attr")]} <= {*categories}
            assert {*categories.values()} == {*symbols}
        else:
            assert [*symbols] == ["0"]
        for label in style.iter("text-style"):
            columns = re.findall('"([^"]+)"', str(label.get("fieldName")))
            assert columns
            assert {*columns} <= {*layer.columns}


def test_every_layer_states_the_version_of_the_plan(tmp_path: Path) -> None:
    """GDAL reads the third one of the week as the description of routes and places."""
    path = tmp_path / "plan.gpkg"
    path.write_bytes(build_geopackage(Itinerary(horizon(), result().plan, 3)))
    layers = [name for name, _ in pyogrio.list_layers(path)]
    descriptions = {
        pyogrio.read_info(path, layer=name)["layer_metadata"]["DESCRIPTION"] for name in layers
    }
    assert descriptions == {"2026-W48, versi 3"}


def test_columns_and_states_are_in_the_offices_language(tmp_path: Path) -> None:
    """Indonesian and English; every property has a name."""
    reasons = {
        "id": ("tidak_dikunjungi", "alasan", "izin ditolak"),
        "en": ("left_out", "reason", "permission refused"),
    }
    for language, (layer, column, reason) in reasons.items():
        given = horizon(language=language)
        path = tmp_path / f"{language}.gpkg"
        path.write_bytes(build_geopackage(Itinerary(given, result().plan)))
        assert [*geopandas.read_file(path, layer=layer)[column]] == [reason]
    properties = {
        name
        for item in plan_features(Itinerary(horizon(), result().plan))
        for name in item["properties"]
    }
    assert properties == {*COLUMNS, "kind"}
