"""Chooses how to travel: on the roads of a file, or along straight lines without one."""

from collections.abc import Sequence
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from planner.district import Speeds
from planner.geo import Walks
from planner.travel.interface import (
    LatLons,
    NetworkReport,
    OpenRoads,
    Place,
    StageListener,
    Travel,
    ignore_stage,
)
from planner.travel.roads import OsmRoads
from planner.travel.straight_line import StraightLineTravel, straight_walks


def make_travel(
    places: Sequence[Place],
    roads: Path | None,
    speeds: Speeds,
    *,
    cache: Path | None = None,
    on_stage: StageListener = ignore_stage,
    open_roads: OpenRoads = OsmRoads,
) -> Travel:
    """Travel between places, on roads where a file is given.

    Parameters
    ----------
    roads
        OpenStreetMap extract in PBF.
    cache
        Folder in which prepared roads are kept, or None.
    on_stage
        Hears what is being done and the share of it that is done.
    open_roads
        The road engine.

    Raises
    ------
    InputError
        Where the road file cannot be read, has no roads, or lies elsewhere.
    """
    if roads is None or not places:
        return StraightLineTravel(places, speeds)
    return open_roads(roads, speeds, cache, on_stage).travel(places)


def prepare_roads(
    roads: Path,
    speeds: Speeds,
    num_places: int,
    *,
    cache: Path | None = None,
    on_stage: StageListener = ignore_stage,
    open_roads: OpenRoads = OsmRoads,
) -> NetworkReport:
    """What a road file holds; afterwards `make_travel` for so many places need not read it again.

    Raises
    ------
    InputError
        Where the road file cannot be read or has no roads.
    """
    return open_roads(roads, speeds, cache, on_stage).report(num_places)


def find_walks(
    homes: LatLons,
    points: LatLons,
    roads: Path | None,
    *,
    reach_m: float,
    ratio: float,
    cache: Path | None = None,
    on_stage: StageListener = ignore_stage,
    open_roads: OpenRoads = OsmRoads,
) -> Walks:
    """Walks from each home to all points within reach.

    See `planner.travel.interface.RoadEngine.walks`; without a road file people walk in straight
    lines.

    Raises
    ------
    InputError
        Where the road file cannot be read or has no roads.
    """
    if roads is None:
        return straight_walks(homes, points, reach_m, ratio)
    return open_roads(roads, Speeds(), cache, on_stage).walks(homes, points, reach_m, ratio)


def find_places_along_streets(
    areas: Sequence[tuple[BaseGeometry, int]],
    roads: Path,
    *,
    cache: Path | None = None,
    on_stage: StageListener = ignore_stage,
) -> list[LatLons]:
    """For each area so many places along its streets; none where it has no streets.

    Raises
    ------
    InputError
        Where the road file cannot be read or has no roads.
    """
    return OsmRoads(roads, Speeds(), cache, on_stage).places_along_streets(areas)
