"""Tables as files: CSV, XLSX and GeoJSON with the same bytes on every run."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from shapely import MultiPolygon
from shapely.geometry.polygon import orient

from kota_maker.areas import Shape
from kota_maker.ground import Xy, degrees
from kota_maker.venues import Row

OLD_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a table kept by hand, by column."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_csv(path: Path, rows: Sequence[Row], *, comment: str, delimiter: str = ",") -> None:
    """Write a table beneath a comment line."""
    text = io.StringIO()
    text.write(f"# {comment}\n")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def write_xlsx(path: Path, title: str, rows: Sequence[Row], *, numbers: Sequence[str]) -> None:
    """Write a table as one sheet, header frozen; columns ``numbers`` hold numbers, others text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(
            [float(value) if name in numbers else value or None for name, value in row.items()]
        )
    sheet.freeze_panes = "C2"
    for number, name in enumerate(rows[0], start=1):
        width = max(len(name), *(len(row[name]) for row in rows))
        sheet.column_dimensions[get_column_letter(number)].width = min(width + 2, 40)
    saved = io.BytesIO()
    book.save(saved)
    path.write_bytes(_timeless(saved.getvalue()))


def _timeless(xlsx: bytes) -> bytes:
    """The same workbook without the time it was saved at."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-11-23T01:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, OLD_ZIP_DATE), content)
    return result.getvalue()


def write_geojson(path: Path, features: Sequence[tuple[Mapping[str, str | None], Shape]]) -> None:
    """Write polygons with their properties, a feature a line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": dict(row), "geometry": _geometry(shape)},
            ensure_ascii=False,
        )
        for row, shape in features
    ]
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _geometry(shape: Shape) -> dict[str, object]:
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    rings = [
        [_ring(ring.coords) for ring in (p.exterior, *p.interiors)] for p in map(orient, parts)
    ]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def _ring(corners: Sequence[Xy]) -> list[list[float]]:
    """Longitude and latitude of each corner, to a decimetre."""
    places = (degrees((corner[0], corner[1])) for corner in corners)
    return [[round(lon, 6), round(lat, 6)] for lat, lon in places]
