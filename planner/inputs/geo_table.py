"""Reads a table from a GeoJSON file or a layer of a GeoPackage."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from warnings import catch_warnings

import numpy as np
import pyogrio
import shapely
from pyogrio import errors
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from planner.i18n.messages import Message, say
from planner.inputs.findings import Findings, Mistake, Spot, quote
from planner.inputs.table import Table, is_blank, make_table
from planner.inputs.values import as_decimal

POLYGON = "polygon"
"""Column that holds the border of an area."""

WGS_84 = CRS.from_epsg(4326)
SAME_PLACE_DEG = 0.001

UNREADABLE = (
    errors.CRSError,
    errors.DataLayerError,
    errors.DataSourceError,
    errors.FeatureError,
    errors.FieldError,
    errors.GeometryError,
    ProjError,
    shapely.errors.GEOSException,
    UnicodeDecodeError,
)
"""What the engines raise on a broken file."""

Record = dict[str, object]


def reason(error: Exception) -> str:
    """Why a file could not be read; the engine's word for a foreign format speaks of drivers."""
    text = str(error)
    return "neither GeoJSON nor GeoPackage" if "not recognized" in text else text


def layers(path: Path) -> tuple[str, ...]:
    """Names of the layers of a GeoPackage; raises one of `UNREADABLE`."""
    return tuple(str(layer) for layer, _ in pyogrio.list_layers(path))


def read_geo(name: str, path: Path, layer: str | None, findings: Findings) -> Table | None:
    """The table in a GeoJSON file, or a layer of a GeoPackage; None where it cannot be read.

    Geometry becomes the columns ``lat`` and ``lon``, of `areas` the column ``polygon``.
    """
    label = path.name if layer is None else f"{path.name} {layer}"
    try:
        with catch_warnings(record=True) as caught:
            titles, records, shapes = _features(path, layer)
    except UNREADABLE as error:
        spot = Spot(source=name, text=label)
        findings.add(
            spot,
            say("cannot be read ({reason})", reason=reason(error)),
            say("export it again from QGIS"),
        )
        return None
    except Mistake as mistake:
        findings.add(Spot(source=name, text=label), mistake.what, mistake.remedy)
        return None
    findings.warnings += [
        say("{file}: {warning}", file=label, warning=warning.message) for warning in caught
    ]
    drawn = [POLYGON] if name == "areas" else ["lat", "lon"]
    if any(shapes):
        titles = [*(title for title in titles if title not in drawn), *drawn]
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
        findings,
    )


def _feature(label: str, number: int) -> Message:
    return say("{label} feature {number}", label=label, number=number)


def _features(
    path: Path, layer: str | None
) -> tuple[list[str], list[Record], list[BaseGeometry | None]]:
    """Columns, and for every feature its values and its shape in degrees, x = longitude."""
    meta, fids, geometry, fields = pyogrio.raw.read(path, layer=layer, return_fids=True)
    titles = [str(title) for title in meta["fields"]]
    columns = [field.tolist() for field in fields]
    records = [
        {title: column[index] for title, column in zip(titles, columns, strict=True)}
        for index in range(len(fids))
    ]
    if geometry is None:
        return titles, records, [None] * len(fids)
    return titles, records, _wgs84(geometry, meta["crs"])


def _wgs84(geometry: Any, crs: str | None) -> list[BaseGeometry | None]:
    shapes = shapely.force_2d(shapely.from_wkb(geometry))
    if crs is None and any(shapes):
        raise Mistake(
            say("has no coordinate system"), say("export it again from QGIS in EPSG:4326")
        )
    if crs is not None and CRS.from_user_input(crs) != WGS_84:
        transformer = Transformer.from_crs(crs, WGS_84, always_xy=True)
        shapes = shapely.transform(
            shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
        )
    return list(shapes)


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
    for column, drawn in (("lat", point.y), ("lon", point.x)):
        written = record.get(column)
        if is_blank(written):
            record[column] = drawn
        elif _differs(written, drawn):
            yield (
                say(
                    "has {column} {written}, but is drawn at '{drawn}'",
                    column=column,
                    written=quote(written),
                    drawn=f"{drawn:.6f}",
                ),
                say("delete the column, or move the point"),
            )


def _differs(written: object, drawn: float) -> bool:
    try:
        return abs(as_decimal(written) - drawn) > SAME_PLACE_DEG
    except Mistake:
        # Told with the other values that cannot be read.
        return False
