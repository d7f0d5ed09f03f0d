"""Sea, lakes and wide rivers of an OpenStreetMap extract, to be drawn beneath maps."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from shapely import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from planner.arrays import Float64s
from planner.geo import DEGREE_M, BoundingBox
from planner.travel.dataset_cache import Arrays, DatasetCache

WATER_KEYS = ("natural", "waterway")

AREA_TAGS = (("natural", "water"), ("waterway", "riverbank"), ("waterway", "dock"))
"""Areas of water; lines such as streams are not drawn."""

COAST_TAG = ("natural", "coastline")

DRAWN_TO_DEGREES = 2 / DEGREE_M
"""Shores may be off by so much, which is not seen on any map in use."""

BESIDE_DEGREES = 0.1 / DEGREE_M
"""So far beside a coastline it is certain on which side of it a point lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Water:
    """What an extract says of water, in longitude and latitude.

    Attributes
    ----------
    areas
        Lakes, basins and rivers with two banks.
    coast
        Lines with land on their left and sea on their right, as OpenStreetMap has them.
    """

    areas: BaseGeometry
    coast: BaseGeometry

    def inside(self, box: BoundingBox) -> BaseGeometry:
        """All water in a box, with the sea; empty where there is none."""
        bounds = (box.west, box.south, box.east, box.north)
        seen = shapely.clip_by_rect(self.areas, *bounds)
        coast = _prolong(shapely.clip_by_rect(self.coast, *bounds), shapely.box(*bounds))
        return shapely.union_all([seen, *_sea(coast, shapely.box(*bounds))])


def read_water(path: Path, cache: DatasetCache, key: str) -> Water:
    """The water of an extract.

    Parameters
    ----------
    key
        Of the file, under which it is kept.
    """

    def make() -> Arrays:
        water = _read(path)
        shapes = {"areas": water.areas, "coast": water.coast}
        return {name: np.frombuffer(shape.wkb, np.uint8) for name, shape in shapes.items()}

    arrays = cache.get_or_make("water", key, make)
    shapes = {name: shapely.from_wkb(array.tobytes()) for name, array in arrays.items()}
    return Water(**shapes)


def is_water(tags: Any) -> bool:
    """Whether tags of a way or relation are those of water or of a coast."""
    return any(_has(tags, tag) for tag in (*AREA_TAGS, COAST_TAG))


def _has(tags: Any, tag: tuple[str, str]) -> bool:
    return bool(tags.get(tag[0]) == tag[1])


def _read(path: Path) -> Water:
    wkb = osmium.geom.WKBFactory()
    areas: list[Any] = []
    coast: list[Any] = []
    tags = osmium.filter.TagFilter(*AREA_TAGS, COAST_TAG)
    processor: Any = osmium.FileProcessor(str(path))
    for entity in processor.with_areas(osmium.filter.TagFilter(*AREA_TAGS)).with_filter(tags):
        is_coast = _has(entity.tags, COAST_TAG)
        # What is cut at the border of the extract has no shape.
        try:
            if entity.is_way() and is_coast:
                coast.append(shapely.from_wkb(wkb.create_linestring(entity)))
            elif entity.is_area() and not is_coast:
                areas.append(shapely.from_wkb(wkb.create_multipolygon(entity)))
        except (RuntimeError, osmium.InvalidLocationError):
            continue
    return Water(areas=MultiPolygon(_polygons(areas)), coast=MultiLineString(_simple(coast)))


def _simple(shapes: Iterable[Any]) -> list[Any]:
    return [shape for shape in shapely.simplify([*shapes], DRAWN_TO_DEGREES) if not shape.is_empty]


def _polygons(areas: Iterable[Any]) -> list[Any]:
    parts = shapely.get_parts(shapely.make_valid(_simple(areas)))
    return [part for part in parts if part.geom_type == "Polygon"]


def _prolong(coast: BaseGeometry, box: BaseGeometry) -> BaseGeometry:
    """A coast whose ends in a box, where an extract is cut, go on as it runs to the border."""
    size = np.hypot(*np.subtract(box.bounds[2:], box.bounds[:2]))
    lines = [*shapely.get_parts(shapely.line_merge(coast))]
    for line in lines[:]:
        middle = line.interpolate(0.5, normalized=True)
        for end in (shapely.get_point(line, 0), shapely.get_point(line, -1)):
            distance = end.distance(middle)
            if not line.is_closed and distance and box.contains_properly(end):
                x, y = (end.x - middle.x) / distance * size, (end.y - middle.y) / distance * size
                ray = shapely.LineString([end, (end.x + x, end.y + y)])
                lines.append(_forwards(shapely.intersection(ray, box), end, line))
    return MultiLineString(lines)


def _forwards(ray: BaseGeometry, end: BaseGeometry, line: BaseGeometry) -> BaseGeometry:
    """A line from an end of a coast, in the direction of the coast."""
    return ray if end.equals(shapely.get_point(line, -1)) else shapely.reverse(ray)


def _sea(coast: BaseGeometry, box: BaseGeometry) -> list[BaseGeometry]:
    """The parts of a box that lie on the right of a coastline, and nowhere on the left of one."""
    points, line = shapely.get_coordinates(shapely.get_parts(coast), return_index=True)
    along = np.diff(points, axis=0)
    on_line = (line[1:] == line[:-1]) & along.any(axis=1)
    begin, along = points[:-1][on_line], along[on_line]
    right = np.column_stack([along[:, 1], -along[:, 0]])
    beside = right / np.hypot(*along.T)[:, None] * BESIDE_DEGREES
    parts = shapely.get_parts(shapely.polygonize([shapely.union_all([box.boundary, coast])]))
    tree = shapely.STRtree(parts)

    def parts_with(spots: Float64s) -> set[int]:
        return {*tree.query(shapely.points(spots), "within")[1].tolist()}

    middle = begin + along / 2
    return [parts[part] for part in parts_with(middle + beside) - parts_with(middle - beside)]
