"""Whether places lie where the district is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from planner.geo import LocalProjection
from planner.i18n.messages import Message, say
from planner.inputs.findings import Findings, Spot
from planner.inputs.homes import note_homeless
from planner.inputs.rows import AreaRow
from planner.inputs.stray_places import stray_warnings
from planner.inputs.validate import RowEntry, ValidRows
from planner.units import KM_M

INDONESIA_LAT = (-11.5, 6.5)
INDONESIA_LON = (94.0, 141.5)

STRAY_M = 2 * KM_M
DEPOT_STRAY_M = 50 * KM_M


def check_places(rows: ValidRows, findings: Findings) -> None:
    """Note coordinates outside Indonesia, swapped, missing, or far from the district's areas."""
    for area in rows.areas:
        middle = area.row.shape.representative_point()
        _is_in_indonesia(area.spot("shape"), middle.y, middle.x, findings)
    # What hangs on borders is looked at when they have no faults of their own.
    areas = None if findings.has_problem("areas") else rows.areas
    note_homeless(rows.rt, areas, findings)
    homes = [entry for entry in rows.rt if entry.row.lat is not None and entry.row.lon is not None]
    _check_near((*homes, *rows.venues), areas, STRAY_M, findings)
    _check_near(rows.depots, areas, DEPOT_STRAY_M, findings)
    findings.warnings += stray_warnings(rows, areas)


def _is_in_indonesia(spot: Spot, lat: float, lon: float, findings: Findings) -> bool:
    """Whether a place can be in Indonesia; else that is noted."""
    if _between(lat, INDONESIA_LAT) and _between(lon, INDONESIA_LON):
        return True
    if _between(lon, INDONESIA_LAT) and _between(lat, INDONESIA_LON):
        findings.add(spot, say("{pair} look swapped", pair=_pair(lat, lon)), say("swap them"))
    else:
        findings.add(
            spot,
            say("{pair} are not in Indonesia", pair=_pair(lat, lon)),
            say("use degrees with a decimal point or comma, such as -6.1754 and 106.8272"),
        )
    return False


def _pair(lat: float, lon: float) -> Message:
    # As text: the user looks for what is in the table, whatever the language's decimal sign.
    return say("lat '{lat}' and lon '{lon}'", lat=f"{lat:.9g}", lon=f"{lon:.9g}")


def _between(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _check_near(
    all_entries: Sequence[RowEntry[Any]],
    areas: Sequence[RowEntry[AreaRow]] | None,
    tolerance_m: int,
    findings: Findings,
) -> None:
    """Note entries outside Indonesia, and of the others those far from all areas."""
    entries = [
        entry
        for entry in all_entries
        if _is_in_indonesia(entry.spot("lat"), entry.row.lat, entry.row.lon, findings)
    ]
    if not entries or not areas:
        return
    flat = LocalProjection(lat=entries[0].row.lat, lon=entries[0].row.lon)
    places = [shapely.Point(entry.row.lon, entry.row.lat) for entry in entries]
    near = STRtree(_metric([entry.row.shape for entry in areas], flat)).query(
        _metric(places, flat), predicate="dwithin", distance=tolerance_m
    )
    near_indices = set(near[0].tolist())
    for index, entry in enumerate(entries):
        if index not in near_indices:
            findings.add(
                entry.spot("lat"),
                say(
                    "{pair} are more than {km} km from all areas",
                    pair=_pair(entry.row.lat, entry.row.lon),
                    km=tolerance_m // KM_M,
                ),
                say("correct the coordinates"),
            )


def _metric(shapes: Sequence[BaseGeometry], flat: LocalProjection) -> NDArray[np.object_]:
    """Shapes in metres."""
    degrees = np.array(shapes, dtype=object)
    return np.asarray(shapely.transform(degrees, lambda xy: flat.xy(xy[:, 1], xy[:, 0])))
