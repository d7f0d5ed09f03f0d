"""Borders of kelurahan and RW of a map, put beside those that the folder has."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from planner.errors import Mistake
from planner.i18n.messages import say
from planner.inputs.table import as_title
from planner.intake.cells import KELURAHAN, as_label, dotted, parse_code, parse_part
from planner.intake.folder_table import geopackage_of
from planner.intake.grid import Sheet
from planner.intake.header import Header
from planner.intake.reasons import Reason, unit_reason
from planner.intake.titles import Role, meaning_of

FILE = "areas.geojson"

Feature = dict[str, Any]


def has_borders(sheet: Sheet, header: Header) -> bool:
    """Whether a layer has polygons with codes of kelurahan."""
    roles = {meaning_of(title).role for title in header.titles}
    return Role.CODE in roles and any(
        border is not None and border.area > 0 for border in sheet.shapes
    )


def read_borders(sheet: Sheet, header: Header) -> Iterator[tuple[int, Feature | Reason]]:
    """The border in each row, or why it has none."""
    roles: dict[Role, list[int]] = {}
    for position, title in enumerate(header.titles):
        roles.setdefault(meaning_of(title).role, []).append(position)
    named = [p for p, t in enumerate(header.titles) if as_title(t) in {"nama", "name", "namobj"}]
    for index in range(header.last + 1, len(sheet.rows)):
        yield index, _border(sheet, index, roles, named)


def _border(
    sheet: Sheet, index: int, roles: dict[Role, list[int]], named: Sequence[int]
) -> Feature | Reason:
    cells, border = sheet.rows[index], sheet.shapes[index]
    codes = [parse_code(cells[position]) for position in roles[Role.CODE]]
    code = max((code for code in codes if isinstance(code, str)), key=len, default="")
    if len(code) != KELURAHAN:
        position = roles[Role.CODE][0]
        return unit_reason("not-a-code", as_label(cells[position]), position)
    shape_of_area = shapely.Polygon() if border is None else valid_border(border)
    if shape_of_area.area == 0:
        what, remedy = say("has no border"), say("draw a polygon")
        return Reason(code="no-border", what=what, remedy=remedy)
    rw = [parse_part(cells[position]) for position in roles.get(Role.RW, ())]
    names = (*roles.get(Role.KELURAHAN, ()), *named, *roles.get(Role.AREA, ()))
    labels = {
        "code": dotted(code),
        "name": next((as_label(cells[position]) for position in names), "") or dotted(code),
        "rw": next((part for part in rw if isinstance(part, str)), None),
        "kecamatan": "".join(as_label(cells[p]) for p in roles.get(Role.KECAMATAN, ())[:1]),
    }
    return {
        "type": "Feature",
        "properties": {key: value for key, value in labels.items() if value},
        "geometry": mapping(shape_of_area),
    }


def valid_border(border: BaseGeometry) -> BaseGeometry:
    """A border that does not cross itself; what is not an area is left out."""
    if border.is_valid:
        return border
    try:
        repaired = shapely.make_valid(border)
    except shapely.errors.GEOSException:
        return shapely.Polygon()
    parts = [part for part in shapely.get_parts(repaired) if part.area > 0]
    return shapely.unary_union(parts)


def merge_borders(folder: Path, features: Sequence[Feature]) -> tuple[bytes, int, Path | None]:
    """The folder's file with borders added that it lacks, how many are new, and what it replaces.

    Raises
    ------
    Mistake
        Where the borders of the folder cannot be read.
    """
    path = folder / FILE
    replaced = None if path.is_file() else geopackage_of(folder, "areas")
    try:
        collection = _collection(replaced or path)
        existing = {_key(feature) for feature in collection["features"]}
    except _BROKEN:
        file = (replaced or path).name
        raise Mistake(say("{file} cannot be read", file=file), say("correct it first")) from None
    new = []
    for feature in features:
        if _key(feature) not in existing:
            existing.add(_key(feature))
            new.append(feature)
    collection["features"] += new
    return json.dumps(collection, ensure_ascii=False).encode(), len(new), replaced


_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def _collection(path: Path) -> dict[str, Any]:
    """The content of a GeoJSON, or of the only layer of a GeoPackage; empty where there is none."""
    if not path.is_file():
        return {"type": "FeatureCollection", "features": []}
    text = path.read_text(encoding="utf-8-sig") if path.suffix == ".geojson" else ""
    if not text:
        # Loaded here, as most folders have no GeoPackage.
        import geopandas  # noqa: PLC0415

        text = geopandas.read_file(path).to_crs(4326).to_json(drop_id=True)
    collection: dict[str, Any] = json.loads(text)
    return collection


def _folder_features(folder: Path) -> list[Feature]:
    """Borders that the folder has; none where they cannot be read, which `check` tells."""
    try:
        path = folder / FILE
        source = path if path.is_file() else geopackage_of(folder, "areas")
        return list(_collection(source or path)["features"])
    except (*_BROKEN, Mistake):
        return []


def folder_shapes(folder: Path) -> list[BaseGeometry]:
    """Borders that the folder has."""
    try:
        return [shape(feature["geometry"]) for feature in _folder_features(folder)]
    except _BROKEN:
        return []


def border_names(folder: Path) -> list[tuple[str, str]]:
    """Name and code of each kelurahan whose border the folder has."""
    try:
        return [_name_and_code(feature["properties"]) for feature in _folder_features(folder)]
    except _BROKEN:
        return []


def _name_and_code(properties: dict[str, Any]) -> tuple[str, str]:
    cells = {as_title(key): str(value) for key, value in properties.items() if value}
    return cells.get("name", cells.get("nama", "")), cells.get("code", cells.get("kode", ""))


def _key(feature: Feature) -> tuple[str, str]:
    properties = {as_title(key): value for key, value in (feature["properties"] or {}).items()}
    code = properties.get("code") or properties.get("kode") or ""
    return str(code).replace(".", ""), str(properties.get("rw") or "")
