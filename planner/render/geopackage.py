"""The plan for QGIS: a GeoPackage whose layers bring their styles along."""

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import geopandas

from planner.analysis.itinerary import Itinerary
from planner.render.geojson import build_geojson
from planner.render.html import fill_template
from planner.render.style import COLOURS

LAYERS = {
    "route": "routes",
    "stop": "stops",
    "depot": "depots",
    "left out": "left_out",
}
"""Name of the layer of each kind of feature."""

SHAPES = {"stops": "circle", "depots": "square", "left_out": "cross2"}
"""Of the marks of a layer; one without is drawn as lines."""

LABELS = {"stops": '"label"', "depots": '"name"', "left_out": '"name"'}
"""Expressions of QGIS."""

VERSION = "1.3"
"""Of GeoPackage; older QGIS warns of newer ones."""

STYLES_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME)
"""


def build_geopackage(itinerary: Itinerary) -> bytes:
    """Routes, stops, depots and places left out, a layer each."""
    features = json.loads(build_geojson(itinerary))["features"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        names = []
        for kind, name in LAYERS.items():
            of_kind = [item for item in features if item["properties"]["kind"] == kind]
            if of_kind:
                layer = geopandas.GeoDataFrame.from_features(of_kind, crs="EPSG:4326")
                layer.to_file(path, layer=name, driver="GPKG", engine="pyogrio", VERSION=VERSION)
                names.append(name)
        horizon = itinerary.horizon
        vans = sorted({vehicle.id for vehicle in horizon.district.vehicles})
        moment = f"{horizon.instance.dates[0]}T00:00:00.000Z"
        _add_styles(path, {name: _style(name, vans) for name in names}, moment)
        return _vacuum_copy(path).read_bytes()


def _add_styles(path: Path, styles: dict[str, str], moment: str) -> None:
    """Put the styles where QGIS looks for them, and one moment wherever the file states one."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(STYLES_TABLE)
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
            " f_geometry_column, styleName, styleQML, useAsDefault, update_time)"
            " VALUES ('', '', ?, 'geom', ?, ?, 1, ?)",
            [(name, name, style, moment) for name, style in styles.items()],
        )
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles')"
        )
        database.execute("UPDATE gpkg_contents SET last_change = ?", [moment])


def _vacuum_copy(path: Path) -> Path:
    """A copy whose header does not count in how many transactions GDAL happened to write."""
    copy = path.with_name("copy.gpkg")
    with closing(sqlite3.connect(path)) as database:
        database.execute("VACUUM INTO ?", [str(copy)])
    return copy


def _style(layer: str, vans: Sequence[str]) -> str:
    """A QGIS style: routes and stops in a colour per van, the rest in black and grey."""
    per_van = layer in {"routes", "stops"}
    colours = {van: COLOURS[index % len(COLOURS)] for index, van in enumerate(vans)}
    if not per_van:
        colours = {"": "#000000" if layer == "depots" else "#777777"}
    return fill_template(
        "style.qml",
        attribute="van" if per_van else "",
        colours=[(value, _rgba(colour)) for value, colour in colours.items()],
        shape=SHAPES.get(layer, ""),
        label=LABELS.get(layer, ""),
    )


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"
