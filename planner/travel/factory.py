"""Chooses how to travel: on the roads of a file, or along straight lines without one."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from planner.district import Speeds
from planner.i18n.messages import Message
from planner.travel import walking
from planner.travel.dataset_cache import Store
from planner.travel.interface import Place, Travel
from planner.travel.network_report import Survey, survey
from planner.travel.roads import RoadTravel
from planner.travel.routing_dataset import Prepared
from planner.travel.straight import StraightTravel
from planner.travel.walking import Spots

Tell = Callable[[Message, float], None]


def between(
    places: Sequence[Place],
    roads: Path | None,
    speeds: Speeds,
    *,
    cache: Path | None = None,
    tell: Tell | None = None,
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
    return RoadTravel(_prepared(roads, speeds, cache, tell), places)


def prepare(
    roads: Path,
    speeds: Speeds,
    num_places: int,
    *,
    cache: Path | None = None,
    tell: Tell | None = None,
) -> Survey:
    """What a road file holds; afterwards `between` so many places need not read it again.

    Raises
    ------
    InputError
        Where the road file cannot be read or has no roads.
    """
    return survey(_prepared(roads, speeds, cache, tell), num_places)


def nearest_on_foot(
    homes: Spots,
    points: Spots,
    roads: Path,
    *,
    reach_m: float,
    ratio: float,
    cache: Path | None = None,
    tell: Tell | None = None,
) -> NDArray[np.intp]:
    """Index of the point nearest to each home along streets and footways; `NOBODY` beyond reach.

    Parameters
    ----------
    reach_m
        Longest walk, metres.
    ratio
        Metres walked per metre of straight line, where no way is near.

    Raises
    ------
    InputError
        Where the road file cannot be read or has no roads.
    """
    return walking.nearest(_prepared(roads, Speeds(), cache, tell), homes, points, reach_m, ratio)


def _prepared(roads: Path, speeds: Speeds, cache: Path | None, tell: Tell | None) -> Prepared:
    told = tell or (lambda what, share: None)
    return Prepared(roads, speeds, Store(cache, told), told)
