"""The plan for QGIS: a GeoPackage whose layers bring their styles along."""

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import geopandas

from planner.analysis.itinerary import Itinerary
from planner.i18n.messages import msgid
from planner.i18n.words import Words
from planner.render.geojson import Feature, plan_features
from planner.render.html import fill_template
from planner.render.letterhead import version_line
from planner.render.style import COLOURS

LAYERS = {
    "route": msgid("routes"),
    "stop": msgid("stops"),
    "depot": msgid("depots"),
    "left out": msgid("left_out"),
}
"""Name of the layer of each kind of feature."""

COLUMNS = (
    msgid("van"),
    msgid("date"),
    msgid("leave"),
    msgid("return"),
    msgid("stops"),
    msgid("people"),
    msgid("drive_m"),
    msgid("drive_s"),
    msgid("straight_line_estimate"),
    msgid("order"),
    msgid("label"),
    msgid("site"),
    msgid("name"),
    msgid("address"),
    msgid("contact"),
    msgid("arrive"),
    msgid("setup"),
    msgid("serve"),
    msgid("packup"),
    msgid("depart"),
    msgid("break_start"),
    msgid("break_end"),
    msgid("permission"),
    msgid("draft"),
    msgid("depot"),
    msgid("reason"),
    msgid("detail"),
    msgid("expected"),
)
"""Properties of all kinds of feature, by which the office's language names the columns."""

STATES = ("permission", "reason")
"""Properties whose values are words of the planner."""

SHAPES = {"stop": "circle", "depot": "square", "left out": "cross2"}
"""Of the marks of a layer; one without is drawn as lines."""

LABELS = {"stop": "label", "depot": "name", "left out": "name"}
"""Properties that stand beside the marks."""

VERSION = "1.3"
"""Of GeoPackage; older QGIS warns of newer ones."""

STYLES_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME)
"""


def build_geopackage(itinerary: Itinerary) -> bytes:
    """Routes, stops, depots and places left out, a layer each, in the office's language."""
    features = plan_features(itinerary)
    words = itinerary.horizon.district.office.words
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        styles = {}
        vans = sorted({route.van_id for route in itinerary.plan.routes})
        for kind, layer_name in LAYERS.items():
            of_kind = [item for item in features if item["properties"]["kind"] == kind]
            if of_kind:
                name = words(layer_name)
                of_kind = [_in_language(item, words) for item in of_kind]
                layer = geopandas.GeoDataFrame.from_features(of_kind, crs="EPSG:4326")
                layer.to_file(path, layer=name, driver="GPKG", engine="pyogrio", VERSION=VERSION)
                styles[name] = _style(kind, vans, words)
        moment = f"{itinerary.horizon.instance.dates[0]}T00:00:00.000Z"
        _add_styles(path, styles, moment)
        _describe(path, moment, version_line(itinerary))
        return _vacuum_copy(path).read_bytes()


def _in_language(feature: Feature, words: Words) -> Feature:
    """A feature whose properties have the names and states of the office's language."""
    properties = {
        words(name): words(value) if name in STATES else words.translate(value)
        for name, value in feature["properties"].items()
        if name != "kind"
    }
    return feature | {"properties": properties}


def _add_styles(path: Path, styles: dict[str, str], moment: str) -> None:
    """Put the styles where QGIS looks for them."""
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


def _describe(path: Path, moment: str, description: str) -> None:
    """State one moment and the version of the plan for all layers."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "UPDATE gpkg_contents SET last_change = ?, description = ?", [moment, description]
        )


def _vacuum_copy(path: Path) -> Path:
    """A copy whose header does not count in how many transactions GDAL happened to write."""
    copy = path.with_name("copy.gpkg")
    with closing(sqlite3.connect(path)) as database:
        database.execute("VACUUM INTO ?", [str(copy)])
    return copy


def _style(kind: str, vans: Sequence[str], words: Words) -> str:
    """A QGIS style: routes and stops in a colour per van, the rest in black and grey."""
    per_van = kind in {"route", "stop"}
    colours = {van: COLOURS[index % len(COLOURS)] for index, van in enumerate(vans)}
    if not per_van:
        colours = {"": "#000000" if kind == "depot" else "#777777"}
    return fill_template(
        "style.qml",
        attribute=words("van") if per_van else "",
        colours=[(value, _rgba(colour)) for value, colour in colours.items()],
        shape=SHAPES.get(kind, ""),
        label=f'"{words(LABELS[kind])}"' if kind in LABELS else "",
    )


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"
