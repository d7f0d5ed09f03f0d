"""The plan for QGIS: a GeoPackage whose layers bring their styles along."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import geopandas
import pandas
from shapely.geometry import shape

from planner.analysis.itinerary import Itinerary
from planner.district import HOURS_EAST
from planner.i18n.messages import msgid
from planner.i18n.words import Words
from planner.render.geojson import Feature, plan_features
from planner.render.hours_text import format_service_hours
from planner.render.html import fill_template
from planner.render.style import COLOURS

LAYERS = {
    "route": msgid("routes"),
    "stop": msgid("stops"),
    "depot": msgid("depots"),
    "left out": msgid("left_out"),
}
"""Name of the layer of each kind of feature."""

TEXT, DATE, MOMENT, WHOLE, FLAG = "str", "date", "datetime64[ms, UTC]", "Int64", "boolean"

COLUMNS: dict[str, dict[str, str]] = {
    "route": {
        msgid("van"): TEXT,
        msgid("date"): DATE,
        msgid("long_date"): TEXT,
        msgid("hours"): TEXT,
        msgid("leave"): MOMENT,
        msgid("return"): MOMENT,
        msgid("stops"): WHOLE,
        msgid("people"): WHOLE,
        msgid("drive_m"): WHOLE,
        msgid("drive_s"): WHOLE,
        msgid("straight_line_estimate"): FLAG,
    },
    "stop": {
        msgid("van"): TEXT,
        msgid("date"): DATE,
        msgid("long_date"): TEXT,
        msgid("hours"): TEXT,
        msgid("order"): WHOLE,
        msgid("label"): TEXT,
        msgid("site"): TEXT,
        msgid("name"): TEXT,
        msgid("address"): TEXT,
        msgid("contact"): TEXT,
        msgid("arrive"): MOMENT,
        msgid("setup"): MOMENT,
        msgid("serve"): MOMENT,
        msgid("packup"): MOMENT,
        msgid("depart"): MOMENT,
        msgid("break_start"): MOMENT,
        msgid("break_end"): MOMENT,
        msgid("people"): WHOLE,
        msgid("permission"): TEXT,
        msgid("draft"): FLAG,
    },
    "depot": {msgid("depot"): TEXT, msgid("name"): TEXT},
    "left out": {
        msgid("site"): TEXT,
        msgid("name"): TEXT,
        msgid("reason"): TEXT,
        msgid("detail"): TEXT,
        msgid("expected"): WHOLE,
    },
}
"""Columns of each kind of feature with their types, by which the office's language names them."""

WORDINGS = ("long_date", "hours")
"""Columns in which date and times stand as the office says them; moments are in world time."""

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
    """Routes, stops, depots and places left out, a layer each, in the office's language.

    A layer without features is there with its columns and its style.
    """
    words = itinerary.horizon.district.office.words
    features = [
        {**item, "properties": item["properties"] | wording}
        for item, wording in zip(
            plan_features(itinerary), chain(_wordings(itinerary, words), repeat({})), strict=False
        )
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        styles = {}
        vans = sorted({route.van_id for route in itinerary.plan.routes})
        for kind, layer_name in LAYERS.items():
            of_kind = [item for item in features if item["properties"]["kind"] == kind]
            name = words(layer_name)
            _layer(kind, of_kind, words).to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                geometry_type="LineString" if kind == "route" else "Point",
                VERSION=VERSION,
            )
            styles[name] = _style(kind, vans, words)
        moment = f"{itinerary.horizon.first_date}T00:00:00.000Z"
        _complete(path, styles, moment, itinerary.version_line, words)
        return _vacuum_copy(path).read_bytes()


def _wordings(itinerary: Itinerary, words: Words) -> Iterator[dict[str, str]]:
    """Date and hours in words, of each route, then of each stop."""
    for route in itinerary.routes:
        hours = words.hours(route.leave_s, route.return_s)
        yield dict(zip(WORDINGS, (words.long_date(route.date), hours), strict=True))
    for at in itinerary.all_stops():
        told = words.long_date(at.route.date), format_service_hours(at, words)
        yield dict(zip(WORDINGS, told, strict=True))


def _layer(kind: str, features: Sequence[Feature], words: Words) -> geopandas.GeoDataFrame:
    """Features of a kind with typed columns and states in the office's language."""
    columns = {
        words(name): pandas.Series(
            [_value(name, item["properties"][name], words) for item in features],
            dtype=object if dtype in {TEXT, DATE} else dtype,
        )
        for name, dtype in COLUMNS[kind].items()
    }
    shapes = [shape(item["geometry"]) for item in features]
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


def _value(name: str, value: Any, words: Words) -> Any:
    if name in STATES:
        return words(value)
    if isinstance(value, str) and MOMENT in {columns.get(name) for columns in COLUMNS.values()}:
        return datetime.fromisoformat(value) - timedelta(hours=HOURS_EAST[words.timezone])
    return words.translate(value)


def _complete(
    path: Path, styles: dict[str, str], moment: str, description: str, words: Words
) -> None:
    """Put styles where QGIS looks for them; state one moment and one version for all layers.

    geopandas writes dates as text; here their columns are said to be dates.
    """
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
        database.execute(
            "UPDATE gpkg_contents SET last_change = ?, description = ?", [moment, description]
        )
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table'",
            [f'"{words("date")}" TEXT', f'"{words("date")}" DATE'],
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
