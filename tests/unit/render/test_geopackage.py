"""The plan for QGIS."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import pyogrio

from planner.analysis.itinerary import Itinerary
from planner.plan import Plan
from planner.render.geojson import plan_features
from planner.render.geopackage import COLUMNS, WORDINGS, build_geopackage
from tests.builders.horizons import horizon, itinerary, result


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
    columns = {name for columns in COLUMNS.values() for name in columns}
    assert properties | {*WORDINGS} == columns | {"kind"}


def test_dates_and_times_are_no_texts(tmp_path: Path) -> None:
    """As the file declares them and as pyogrio reads them: 07.50 WIB is 00.50 in world time."""
    path = tmp_path / "plan.gpkg"
    path.write_bytes(build_geopackage(itinerary()))
    info = pyogrio.read_info(path, layer="pemberhentian")
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert kinds["tanggal"] == "OFTDate"
    moments = ("tiba", "persiapan", "mulai", "selesai", "berangkat")
    assert {kinds[name] for name in moments} == {"OFTDateTime"}
    assert kinds["istirahat_mulai"] == kinds["istirahat_selesai"] == "OFTDateTime"
    stop = pyogrio.read_dataframe(path, layer="pemberhentian").iloc[0]
    assert stop["tiba"] == datetime(2026, 11, 28, 0, 50, tzinfo=UTC)
    assert stop["hari_tanggal"] == "Sabtu, 28 November 2026"
    assert stop["jam"] == "08.20–09.30 WIB"
    route = pyogrio.read_dataframe(path, layer="rute").iloc[0]
    assert route["jam"] == "07.40–12.10 WIB"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_is_empty_keeps_layer_columns_and_style(tmp_path: Path) -> None:
    """A plan without routes, of a week in which nothing is left out: as one with all of them."""
    given = horizon()
    nothing = replace(given, district=replace(given.district, depots=()), left_out=())
    told: dict[str, dict[str, object]] = {}
    for name, at in (("full", itinerary()), ("empty", Itinerary(nothing, Plan()))):
        path = tmp_path / f"{name}.gpkg"
        path.write_bytes(build_geopackage(at))
        told[name] = {}
        for layer, kind in pyogrio.list_layers(path):
            info = pyogrio.read_info(path, layer=layer)
            told[name][layer] = kind, [*info["fields"]], [*info["ogr_types"]]
    assert told["full"] == told["empty"]
    assert "layer_styles" in told["empty"]
