"""Chooses how to travel: on the roads of a file, or along straight lines without one."""

from collections.abc import Callable, Sequence
from pathlib import Path

from planner.arrays import Indices
from planner.district import Speeds
from planner.i18n.messages import Message
from planner.travel import walking
from planner.travel.dataset_cache import DatasetCache
from planner.travel.interface import Place, Travel
from planner.travel.network_report import NetworkReport, make_network_report
from planner.travel.roads import RoadTravel
from planner.travel.routing_dataset import RoutingDataset
from planner.travel.straight_line import StraightLineTravel
from planner.travel.walking import LatLons

Progress = Callable[[Message, float], None]


def make_travel(
    places: Sequence[Place],
    roads: Path | None,
    speeds: Speeds,
    *,
    cache: Path | None = None,
    tell: Progress | None = None,
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
        return StraightLineTravel(places, speeds)
    return RoadTravel(_open_dataset(roads, speeds, cache, tell), places)


def prepare_roads(
    roads: Path,
    speeds: Speeds,
    num_places: int,
    *,
    cache: Path | None = None,
    tell: Progress | None = None,
) -> NetworkReport:
    """What a road file holds; afterwards `make_travel` so many places need not read it again.

    Raises
    ------
    InputError
        Where the road file cannot be read or has no roads.
    """
    return make_network_report(_open_dataset(roads, speeds, cache, tell), num_places)


def nearest_on_foot(
    homes: LatLons,
    points: LatLons,
    roads: Path | None,
    *,
    reach_m: float,
    ratio: float,
    cache: Path | None = None,
    tell: Progress | None = None,
) -> Indices:
    """Index of the point nearest to each home on foot, `planner.geo.NO_POINT` beyond reach.

    Parameters
    ----------
    roads
        OpenStreetMap extract with the streets and footways, or None.
    reach_m
        Longest walk, metres.
    ratio
        Metres walked per metre of straight line, where no way is near.

    Raises
    ------
    InputError
        Where the road file cannot be read or has no roads.
    """
    if roads is None:
        return walking.nearest_points_in_line(homes, points, reach_m / ratio)
    return walking.nearest_points_on_foot(
        _open_dataset(roads, Speeds(), cache, tell), homes, points, reach_m, ratio
    )


def _open_dataset(
    roads: Path, speeds: Speeds, cache: Path | None, tell: Progress | None
) -> RoutingDataset:
    told = tell or (lambda what, share: None)
    return RoutingDataset(roads, speeds, DatasetCache(cache, told), told)
