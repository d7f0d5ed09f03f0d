"""Reads a table from a GeoJSON file or a layer of a GeoPackage."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from warnings import catch_warnings

import geopandas
import shapely
from geopandas import GeoDataFrame
from pyogrio import errors
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from planner.errors import Mistake, quote
from planner.i18n.messages import Message, say
from planner.inputs.cell_values import as_decimal
from planner.inputs.findings import Findings, Spot
from planner.inputs.table import NO_TITLES, Table, Titles, is_blank, make_table

POLYGON = "polygon"
"""Column that holds the border of an area."""

WGS_84 = "EPSG:4326"
SAME_PLACE_DEG = 0.001

UNREADABLE = (
    errors.DataLayerError,
    errors.DataSourceError,
    ProjError,
    shapely.errors.GEOSException,
    UnicodeDecodeError,
)
"""What the engines raise on a broken file."""

UNCLOSED = "Non closed ring"
"""In what the engine warns of; it need not be told."""

Record = dict[str, object]


def layers(path: Path) -> tuple[str, ...]:
    """Names of the layers of a GeoPackage.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    with _readable():
        return tuple(map(str, geopandas.list_layers(path)["name"]))


def read_geo(
    name: str, path: Path, layer: str | None, findings: Findings, known: Titles = NO_TITLES
) -> Table:
    """The table in a GeoJSON file, or a layer of a GeoPackage; odd features are noted.

    Geometry becomes the columns ``lat`` and ``lon``, of `areas` the column ``polygon``.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    label = path.name if layer is None else f"{path.name} {layer}"
    with _readable(), catch_warnings(record=True) as caught:
        records, shapes = read_features(path, layer)
    findings.warnings += [
        say("{file}: {warning}", file=label, warning=warning.message)
        for warning in caught
        if UNCLOSED not in str(warning.message)
    ]
    titles = list(records[0]) if records else []
    columns = [POLYGON] if name == "areas" else ["lat", "lon"]
    if any(shapes):
        titles = [*(title for title in titles if title not in columns), *columns]
    for number, (record, shape) in enumerate(zip(records, shapes, strict=True), start=1):
        spot = Spot(source=name, number=number, text=_feature(label, number))
        for what, remedy in _draw(name, record, shape):
            findings.add(spot, what, remedy)
    header = [titles] if records else []
    return make_table(
        name,
        path.name,
        enumerate([*header, *([record.get(title) for title in titles] for record in records)]),
        lambda number, _: _feature(label, number) if number else label,
        known,
    )


@contextmanager
def _readable() -> Iterator[None]:
    """Turns what the engines raise on a broken file into a mistake of the user."""
    try:
        yield
    except UNREADABLE as error:
        # The engine's word for a foreign format speaks of drivers.
        foreign = "not recognized" in str(error)
        broken = isinstance(error, shapely.errors.GEOSException)
        reason = say("neither GeoJSON nor GeoPackage") if foreign else error
        if broken:
            reason = say("a shape is broken")
        what = say("cannot be read ({reason})", reason=reason)
        raise Mistake(what, say("export it again from QGIS")) from None


def _feature(label: str, number: int) -> Message:
    return say("{label} feature {number}", label=label, number=number)


def read_features(
    path: Path, layer: str | None, *, on_invalid: Literal["fix", "ignore"] = "fix"
) -> tuple[list[Record], list[BaseGeometry | None]]:
    """Of every feature its values and its shape in degrees, x = longitude; none where it has none.

    Parameters
    ----------
    on_invalid
        Whether a border whose last point is not its first one is closed or left out.

    Raises
    ------
    Mistake
        Where shapes have no coordinate system, and must have one to be closed.
    """
    frame = geopandas.read_file(path, layer=layer, engine="pyogrio", on_invalid=on_invalid)
    shapes: list[BaseGeometry | None] = [None] * len(frame)
    if isinstance(frame, GeoDataFrame):
        geometry = frame.geometry.force_2d()
        if geometry.crs is not None:
            geometry = geometry.to_crs(WGS_84)
        elif on_invalid == "fix" and geometry.notna().any():
            raise Mistake(
                say("has no coordinate system"), say("export it again from QGIS in EPSG:4326")
            )
        shapes = list(geometry)
        frame = frame.drop(columns=frame.geometry.name)
    cells = frame.astype(object).where(frame.notna(), None)
    cells.columns = cells.columns.map(str)
    return cells.to_dict("records"), shapes


def _draw(
    name: str, record: Record, shape: BaseGeometry | None
) -> Iterator[tuple[Message, Message]]:
    """Write the shape into the record; what is wrong with it, and the remedy."""
    if shape is None or shape.is_empty:
        return
    if name == "areas":
        record[POLYGON] = shape
        return
    if shape.area == 0 and shapely.get_num_coordinates(shape) > 1:
        yield say("is a {kind}", kind=shape.geom_type), say("draw a point or a polygon")
    point = shape.representative_point()
    for column, coordinate in (("lat", point.y), ("lon", point.x)):
        cell = record.get(column)
        if is_blank(cell):
            record[column] = coordinate
        elif _differs(cell, coordinate):
            yield (
                say(
                    "has {column} {written}, but is drawn at '{drawn}'",
                    column=column,
                    written=quote(cell),
                    drawn=f"{coordinate:.6f}",
                ),
                say("delete the column, or move the point"),
            )


def _differs(cell: object, coordinate: float) -> bool:
    try:
        return abs(as_decimal(cell) - coordinate) > SAME_PLACE_DEG
    except Mistake:
        # Told with the other values that cannot be read.
        return False
