"""Travel on the roads of an OpenStreetMap extract."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.district import Speeds
from planner.errors import InputError, input_error
from planner.model import NO_ROAD, Matrix
from planner.travel.cost import NO_WAY, Costs, metres, seconds
from planner.travel.dijkstra import Dijkstra
from planner.travel.earth import Floats
from planner.travel.ends import find_ends
from planner.travel.geometry import Piece, background, line_of
from planner.travel.graph import build_graph, road_costs
from planner.travel.network import Network
from planner.travel.profile import PROFILES, Profile, profile_of
from planner.travel.snap import Snaps, lay_ground, snap
from planner.travel.table import Line, Place, RoadLines, Unreached

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"

NO_PROFILE = -1


@dataclass(frozen=True, kw_only=True)
class _Driver:
    """One class of van on its roads, and the places it gets to."""

    snaps: Snaps
    engine: Dijkstra

    @cached_property
    def number(self) -> Mapping[int, int]:
        """Number of each place it gets to, in the order of its snaps."""
        return {place: number for number, place in enumerate(self.snaps.places.tolist())}


class RoadTravel:
    """Travel on roads. See `planner.travel.table.Travel`.

    Raises
    ------
    InputError
        Where no place lies near any road.
    """

    straight = False
    attribution = ATTRIBUTION

    def __init__(
        self, network: Network, places: Sequence[Place], speeds: Speeds, *, name: str
    ) -> None:
        self._network, self._places, self._speeds = network, tuple(places), speeds
        self._drivers = _drivers(network, self._places, speeds)
        unreached: dict[int, dict[str, Unreached]] = defaultdict(dict)
        for i, place in enumerate(places):
            for van_class in place.classes:
                reason = self._drivers[profile_of(van_class).index].snaps.unreached.get(i)
                if reason is not None:
                    unreached[i][van_class] = reason
        self.unreached: Mapping[int, Mapping[str, Unreached]] = dict(unreached)
        _check_near(self._drivers, name)
        costs, self._profile = self._matrices()
        self.drive_s = _whole(seconds(costs) * speeds.factor, costs)
        self.drive_m = _whole(metres(costs), costs)

    def line(self, origin: int, destination: int) -> Line:
        """The way from one place to another, as it is driven in `drive_s`."""
        return line_of(self._network, self.pieces(origin, destination))

    def pieces(self, origin: int, destination: int) -> tuple[Piece, ...]:
        """Pieces of road from one place to another in the order driven; empty = no way."""
        profile = int(self._profile[origin, destination])
        if profile == NO_PROFILE:
            return ()
        driver = self._drivers[profile]
        i, j = driver.number[origin], driver.number[destination]
        links = driver.engine.links(i, j)
        begin, end = float(driver.snaps.share[i]), float(driver.snaps.share[j])
        return tuple(
            Piece(
                link=link,
                begin=begin if at == 0 else float(link % 2),
                end=end if at == len(links) - 1 else float(1 - link % 2),
            )
            for at, link in enumerate(links)
        )

    def background(self) -> tuple[RoadLines, ...]:
        """All roads around the places, for the map beneath."""
        return background(self._network, self._places)

    def _matrices(self) -> tuple[Costs, Matrix]:
        """Cost of each leg, and index of the profile on whose roads it is driven."""
        shape = (len(self._places), len(self._places))
        costs = np.full(shape, NO_WAY, dtype=np.int64)
        profile = np.full(shape, NO_PROFILE, dtype=np.int32)
        for index, driver in sorted(self._drivers.items()):
            # Larger classes come later: where they get to both ends, the leg is theirs.
            where = np.ix_(driver.snaps.places, driver.snaps.places)
            costs[where], profile[where] = driver.engine.matrix(), index
        return costs, profile


def _drivers(network: Network, places: tuple[Place, ...], speeds: Speeds) -> dict[int, _Driver]:
    """A driver for each profile that some place is meant for, by the profile's index."""
    ground, costs = lay_ground(network, places), road_costs(network, speeds)
    drivers = {}
    for profile in PROFILES:
        meant = [i for i, place in enumerate(places) if _visits(place, profile)]
        if meant:
            graph = build_graph(network, profile.usable, costs)
            where = np.array(meant, dtype=np.intp)
            snaps = snap(ground, where, profile, graph, costs, speeds.snap_m)
            engine = Dijkstra(graph=graph, ends=find_ends(graph, snaps, costs))
            drivers[profile.index] = _Driver(snaps=snaps, engine=engine)
    return drivers


def _visits(place: Place, profile: Profile) -> bool:
    return any(profile_of(van_class) == profile for van_class in place.classes)


def _check_near(drivers: Mapping[int, _Driver], name: str) -> None:
    if drivers and not any(len(driver.snaps.places) for driver in drivers.values()):
        nearest_m = min(
            reason.distance_m
            for driver in drivers.values()
            for reason in driver.snaps.unreached.values()
        )
        raise elsewhere(name, nearest_m)


def elsewhere(name: str, nearest_m: float) -> InputError:
    """The road file is not about the district."""
    return input_error(
        name,
        f"no place is near its roads; the nearest is {nearest_m / 1000:.1f} km away",
        "cut the extract around this district, and look for swapped lat and lon",
    )


def _whole(values: Floats, costs: Costs) -> Matrix:
    rounded = np.where(costs == NO_WAY, NO_ROAD, np.rint(values)).astype(np.int32)
    rounded.flags.writeable = False
    return rounded
