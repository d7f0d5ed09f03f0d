"""Reads layers of maps: GeoJSON, GeoPackage, Shapefile and KML, and records of JSON."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from html import unescape
from math import isfinite
from pathlib import Path
from warnings import catch_warnings, simplefilter

import geopandas
from shapely.geometry.base import BaseGeometry

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.geo_table import read_features
from planner.inputs.text_encoding import decode_text
from planner.inputs.xlsx_table import MAX_BYTES
from planner.intake.grid import Note, Sheet, SourceFile

_LARGEST = 10**18
_COORDINATES = re.compile(r"<(\w+:)?coordinates>[^<]*</(\w+:)?coordinates>")
_TEXT = re.compile(r">([^<]{10,})<")
_NAMES = ("fid", "OBJECTID", "ogc_fid")


def read_layers(path: Path, name: str) -> SourceFile:
    """Every layer of a map, its geometry in degrees beside the attributes of its features.

    Raises
    ------
    Mistake
        Where it cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        what = say("is larger than {size} MB", size=MAX_BYTES >> 20)
        raise Mistake(what, say("cut the district out of it in QGIS"))
    suffix = path.suffix.casefold()
    if suffix in {".json", ".geojson"}:
        records = _records(path)
        if records is not None:
            return SourceFile(name=name, sheets=[_sheet(name, "", records, ())])
    notes = list(_kml_texts(path)) if suffix == ".kml" else []
    with _readable():
        titles = [str(title) for title in geopandas.list_layers(path)["name"]]
        sheets = [_layer(path, name, title, is_alone=len(titles) == 1) for title in titles]
    return SourceFile(name=name, sheets=sheets, notes=notes)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        with catch_warnings():
            simplefilter("ignore")
            yield
    except Mistake:
        raise
    except Exception:  # GDAL and its readers raise errors of many kinds, which may quote the file.
        raise Mistake(
            say("cannot be read as a map"), say("export it again from QGIS as GeoJSON")
        ) from None


def _layer(path: Path, name: str, title: str, *, is_alone: bool) -> Sheet:
    records, shapes = read_features(path, title, on_invalid="ignore")
    return _sheet(name, "" if is_alone else title, records, [*map(_finite, shapes)])


def _sheet(
    name: str,
    title: str,
    records: Sequence[dict[str, object]],
    shapes: Sequence[BaseGeometry | None],
) -> Sheet:
    titles = list(dict.fromkeys(str(key) for record in records for key in record))
    rows: list[Sequence[object]] = [
        titles,
        *([_scalar(record.get(key)) for key in titles] for record in records),
    ]
    return Sheet(
        file=name,
        title=title,
        rows=rows if records else [],
        is_layer=True,
        shapes=(None, *shapes) if any(shape is not None for shape in shapes) else (),
    )


def _finite(shape: BaseGeometry | None) -> BaseGeometry | None:
    """A shape that lies somewhere; None for one with coordinates that are no numbers."""
    if shape is None or not all(map(isfinite, shape.bounds)):
        return None
    return shape


def _scalar(value: object) -> object:
    """A value as a cell of a table may be: no list, no number that is none."""
    if hasattr(value, "item") and not hasattr(value, "__len__"):
        value = value.item()
    if isinstance(value, float) and not isfinite(value):
        return None
    is_plain = value is None or isinstance(value, bool | float | date)
    is_short = isinstance(value, int) and abs(value) < _LARGEST
    return value if is_plain or is_short else str(value)


def _records(path: Path) -> list[dict[str, object]] | None:
    """Records of plain JSON, as portals give them; None for a map, which has geometry."""
    text, _ = decode_text(path.read_bytes())
    head = text[:2000]
    if re.search(r'"(Feature|FeatureCollection|geometryType|Topology)"', head):
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Mistake(say("is not JSON"), say("download it again")) from None
    records = _find_records(data)
    if records is None:
        raise Mistake(say("holds no table"), say("export it as CSV or GeoJSON"))
    if any("geometry" in record for record in records):
        return None
    return [_attributes(record) for record in records]


def _find_records(data: object, depth: int = 0) -> list[dict[str, object]] | None:
    """The longest list of records there is, of `data`, `features` or another name."""
    if isinstance(data, list) and data and all(isinstance(entry, dict) for entry in data):
        return data
    if not isinstance(data, dict) or depth > 3:
        return None
    lists = [
        rows for value in data.values() if (rows := _find_records(value, depth + 1)) is not None
    ]
    return max(lists, key=len, default=None)


def _attributes(record: dict[str, object]) -> dict[str, object]:
    inner = record.get("attributes", record.get("properties"))
    return inner if isinstance(inner, dict) else record


def _kml_texts(path: Path) -> Iterator[Note]:
    content = _COORDINATES.sub("", decode_text(path.read_bytes())[0])
    if "<!ENTITY" in content:
        raise Mistake(say("cannot be read as a map"), say("export it again from QGIS as GeoJSON"))
    for match in _TEXT.finditer(content):
        yield say("descriptions"), unescape(match[1])
