"""Chooses how to travel: on the roads of a file, or along straight lines without one."""

from collections.abc import Callable, Sequence
from pathlib import Path

from planner.district import Speeds
from planner.travel.prepared import Prepared
from planner.travel.roads import RoadTravel
from planner.travel.store import Store
from planner.travel.straight import StraightTravel
from planner.travel.table import Place, Travel


def between(
    places: Sequence[Place],
    roads: Path | None,
    speeds: Speeds,
    *,
    cache: Path | None = None,
    tell: Callable[[str, float], None] | None = None,
) -> Travel:
    """Travel between places, on roads where a file is given.

    Parameters
    ----------
    roads
        OpenStreetMap extract in PBF.
    cache
        Folder in which prepared roads are kept, or None.
    tell
        Is called with what is being done and the share of it that is done.

    Raises
    ------
    InputError
        Where the road file cannot be read, has no roads, or lies elsewhere.
    """
    if roads is None or not places:
        return StraightTravel(places, speeds)
    told = tell or (lambda what, share: None)
    return RoadTravel(Prepared(roads, speeds, Store(cache, told), told), places)
