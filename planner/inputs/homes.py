"""Where people live whose row gives no coordinates: inside the narrowest border there is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, islice
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from planner.i18n.messages import say
from planner.inputs.findings import Findings, Spot
from planner.inputs.rows import AreaRow, PopulationRow, RtRow
from planner.inputs.validate import RowEntry

SPOTS = 40
"""At most so many places stand for the people of a whole kelurahan."""

PEOPLE_AT_A_SPOT = 5

RowKey = tuple[str, str | None]
"""Code of a kelurahan, and RW or None for all of it."""

FEW = 4
"""Rows that a problem names."""

# The plastic number spreads a sequence of points evenly over a square (Roberts 2018, R2).
_STEP = np.array([0.7548776662466927, 0.5698402909980532])


def borders_of(areas: Sequence[RowEntry[AreaRow]]) -> Mapping[RowKey, BaseGeometry]:
    """Border of each RW and kelurahan that has one."""
    return {(entry.row.code, entry.row.rw): entry.row.shape for entry in areas}


def note_homeless(
    homes: Sequence[RowEntry[RtRow]],
    areas: Sequence[RowEntry[AreaRow]] | None,
    findings: Findings,
) -> None:
    """Note rows of which nobody knows where their people live, all in one problem.

    Parameters
    ----------
    areas
        None = their borders are not to be looked at.
    """
    borders = None if areas is None else borders_of(areas)
    homeless = []
    for entry in homes:
        row = entry.row
        if (row.lat is None) != (row.lon is None):
            fault = say("only one of lat and lon is given")
            findings.add(entry.spot("lat"), fault, say("give both"))
        elif row.lat is None and borders is not None and _border(row, borders) is None:
            homeless.append(entry)
    if homeless:
        names = Counter(entry.row.kelurahan for entry in homeless)
        rows = ", ".join(entry.spot().text for entry in homeless[:FEW])
        findings.add(
            Spot(source="rt", number=homeless[0].number, text=homeless[0].table.label),
            say(
                "rows without lat and lon: {count} ({rows}), in {names}",
                count=len(homeless),
                rows=rows + (", ..." if len(homeless) > FEW else ""),
                names=", ".join(f"{name} ({count})" for name, count in names.items()),
            ),
            say(
                "give both, or put the borders of these kelurahan into areas.geojson: people are"
                " then placed along their streets"
            ),
        )


def place_homes(
    homes: Sequence[RtRow],
    areas: Sequence[RowEntry[AreaRow]],
    population: Sequence[PopulationRow] = (),
) -> Iterator[dict[str, Any]]:
    """Where each row without coordinates lies, and whether and how that is estimated.

    In the middle of its RW, else where the people of its kelurahan live, else spread over it; a
    row of a whole kelurahan at several spots. Nothing for a row with coordinates.
    """
    borders = borders_of(areas)
    counts: Counter[str] = Counter()
    for row in homes:
        if _is_spread(row, borders):
            counts[row.code] += _num_spots(row)
    populated = {code: _people_in(borders[code, None], population) for code in counts}
    spread = {
        code: iter(spread_by(populated[code], n) or spread_over(borders[code, None], n))
        for code, n in counts.items()
    }
    for row in homes:
        if row.lat is not None:
            yield {}
        elif _is_spread(row, borders):
            spots = tuple(islice(spread[row.code], _num_spots(row)))
            lat, lon = spots[0]
            yield {
                "lat": lat,
                "lon": lon,
                "is_estimated": True,
                "is_populated": bool(populated[row.code]),
                "spots": spots if len(spots) > 1 else (),
            }
        else:
            point = borders[row.code, row.rw].representative_point()
            yield {"lat": point.y, "lon": point.x}


def _num_spots(row: RtRow) -> int:
    """Several where a row counts all of a kelurahan, by its people."""
    if row.rw or row.rt or row.dusun:
        return 1
    return min(SPOTS, max(1, row.unrecorded // PEOPLE_AT_A_SPOT))


def _people_in(shape: BaseGeometry, population: Sequence[PopulationRow]) -> list[PopulationRow]:
    if not population:
        return []
    lon, lat = [row.lon for row in population], [row.lat for row in population]
    inside = compress(population, shapely.contains_xy(shape, lon, lat))
    return [row for row in inside if row.people]


def spread_by(population: Sequence[PopulationRow], count: int) -> list[tuple[float, float]]:
    """So many of the spots of a population, latitude and longitude, equal people apart."""
    if not population:
        return []
    along = np.cumsum([row.people for row in population])
    spots = np.searchsorted(along, (np.arange(count) + 0.5) / count * along[-1])
    return [(population[spot].lat, population[spot].lon) for spot in spots.tolist()]


def spread_over(shape: BaseGeometry, count: int) -> list[tuple[float, float]]:
    """So many points, latitude and longitude, that lie evenly in a shape."""
    west, south, east, north = shape.bounds
    shapely.prepare(shape)
    points = np.zeros((0, 2))
    size = 2 * count
    while len(points) < count:
        steps = (0.5 + np.outer(np.arange(1, size + 1), _STEP)) % 1
        steps = steps * [east - west, north - south] + [west, south]
        points = steps[shapely.contains_xy(shape, steps)]
        size *= 2
    return [(float(lat), float(lon)) for lon, lat in points[:count]]


def _is_spread(row: RtRow, borders: Mapping[RowKey, BaseGeometry]) -> bool:
    return row.lat is None and (row.code, row.rw) not in borders


def _border(row: RtRow, borders: Mapping[RowKey, BaseGeometry]) -> BaseGeometry | None:
    return borders.get((row.code, row.rw)) or borders.get((row.code, None))


def join_exclaves(entries: Sequence[RowEntry[AreaRow]]) -> tuple[RowEntry[AreaRow], ...]:
    """One row for each area that is drawn in several parts of one name, apart from each other."""
    parts = defaultdict(list)
    for entry in entries:
        parts[entry.row.code, entry.row.rw, entry.row.name.casefold()].append(entry)
    joined = []
    for first, *others in parts.values():
        shape = first.row.shape
        for other in others:
            if shape.intersection(other.row.shape).area > 0:
                joined.append(other)
            else:
                shape = shape.union(other.row.shape)
        joined.append(
            RowEntry(
                row=first.row.model_copy(update={"shape": shape}),
                number=first.number,
                table=first.table,
            )
        )
    return tuple(sorted(joined, key=lambda entry: entry.number))
