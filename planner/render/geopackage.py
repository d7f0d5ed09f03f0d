"""The plan for QGIS: a GeoPackage whose layers bring their styles along."""

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import quoteattr

import geopandas

from planner.horizon import Horizon, LeftOut
from planner.plan import Result
from planner.render.geojson import build_geojson
from planner.render.style import COLOURS

LAYERS = {
    "route": "routes",
    "stop": "stops",
    "depot": "depots",
    "left out": "left_out",
}
"""Name of the layer of each kind of feature."""

VERSION = "1.3"
"""Of GeoPackage; older QGIS warns of newer ones."""

STYLES_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME)
"""


def build_geopackage(horizon: Horizon, result: Result, left_out: Sequence[LeftOut]) -> bytes:
    """Routes, stops, depots and places left out, a layer each."""
    features = json.loads(build_geojson(horizon, result, left_out))["features"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        names = []
        for kind, name in LAYERS.items():
            of_kind = [item for item in features if item["properties"]["kind"] == kind]
            if of_kind:
                layer = geopandas.GeoDataFrame.from_features(of_kind, crs="EPSG:4326")
                layer.to_file(path, layer=name, driver="GPKG", engine="pyogrio", VERSION=VERSION)
                names.append(name)
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


def _style(name: str, vans: Sequence[str]) -> str:
    """A QGIS style: routes and stops in a colour per van, the rest in black and grey."""
    if name in {"routes", "stops"}:
        colours = {van: COLOURS[index % len(COLOURS)] for index, van in enumerate(vans)}
        label = '"van" || "order"' if name == "stops" else ""
        return _qml(name, colours, attribute="van", label=label)
    return _qml(name, {"": "#000000" if name == "depots" else "#777777"}, label='"name"')


def _qml(name: str, colours: dict[str, str], *, attribute: str = "", label: str) -> str:
    symbols = "".join(_symbol(index, name, colour) for index, colour in enumerate(colours.values()))
    categories = "".join(
        f'<category value={quoteattr(value)} label={quoteattr(value)} symbol="{index}"'
        ' render="true"/>'
        for index, value in enumerate(colours)
    )
    kind = "categorizedSymbol" if attribute else "singleSymbol"
    labels = (
        '<labeling type="simple"><settings calloutType="simple"><text-style'
        f' fieldName={quoteattr(label)} isExpression="1" fontSize="9" textColor="0,0,0,255"'
        ' namedStyle="Bold"><text-buffer bufferDraw="1" bufferSize="1"'
        ' bufferColor="255,255,255,255"/></text-style></settings></labeling>'
        if label
        else ""
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.28.0" labelsEnabled="{int(bool(label))}">'
        f'<renderer-v2 type="{kind}" attr="{attribute}" symbollevels="0" enableorderby="0">'
        f"<categories>{categories if attribute else ''}</categories>"
        f"<symbols>{symbols}</symbols></renderer-v2>{labels}</qgis>"
    )


def _symbol(index: int, name: str, colour: str) -> str:
    """A line, or a circle, square or cross with a white edge."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    rgb = f"{red},{green},{blue},255"
    line = {"line_color": rgb, "line_width": "0.8", "line_width_unit": "MM"}
    shape = {"stops": "circle", "depots": "square", "left_out": "cross2"}.get(name, "")
    mark = {
        "name": shape,
        "color": rgb,
        "outline_color": rgb if shape == "cross2" else "255,255,255,255",
        "size": "3" if shape == "cross2" else "4.5",
        "size_unit": "MM",
    }
    is_line = name == "routes"
    options = "".join(
        f'<Option type="QString" name="{key}" value="{value}"/>'
        for key, value in (line if is_line else mark).items()
    )
    kind, layer = ("line", "SimpleLine") if is_line else ("marker", "SimpleMarker")
    return (
        f'<symbol type="{kind}" name="{index}" alpha="1"><layer class="{layer}" enabled="1"'
        f' pass="0" locked="0"><Option type="Map">{options}</Option></layer></symbol>'
    )
