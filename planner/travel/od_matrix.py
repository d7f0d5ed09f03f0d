"""The legs between all places: their costs, and on the roads of which class each is driven."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isinf

import numpy as np

from planner.arrays import Int32s
from planner.errors import InputError, input_error
from planner.i18n.messages import say
from planner.travel.cost import NO_PATH, Costs
from planner.travel.dataset_cache import Arrays, add_prefix, arrays_of, digest_of, select_prefix
from planner.travel.interface import Place, Unreached, UnreachedCause
from planner.travel.profile import PROFILES, profile_of
from planner.travel.routing_dataset import RoutingDataset
from planner.travel.snap import SnappedPlaces, snap_places
from planner.travel.snap_index import build_snap_index
from planner.units import KM_M

NO_PROFILE = -1


@dataclass(frozen=True, kw_only=True)
class ODMatrix:
    """Where places lie on the roads, and what drives between them cost.

    Attributes
    ----------
    snaps
        Where places lie on the roads of each profile that some place is meant for, by its index.
    costs
        Cost of each leg, `planner.travel.cost.NO_PATH` where none leads.
    """

    snaps: Mapping[int, SnappedPlaces]
    costs: Costs

    def arrays(self) -> Arrays:
        """All arrays by name."""
        arrays = {"costs": self.costs}
        for index, snaps in self.snaps.items():
            arrays |= add_prefix(str(index), arrays_of(snaps))
        return arrays

    @classmethod
    def of(cls, arrays: Arrays) -> "ODMatrix":
        """The legs of such arrays."""
        snaps = {
            profile.index: SnappedPlaces(**own)
            for profile in PROFILES
            if (own := select_prefix(str(profile.index), arrays))
        }
        return cls(snaps=snaps, costs=arrays["costs"])

    def profiles(self) -> Int32s:
        """Index of the profile on whose roads each leg is driven, or `NO_PROFILE`."""
        indices = np.full(self.costs.shape, NO_PROFILE, dtype=np.int32)
        for index, snaps in sorted(self.snaps.items()):
            # Larger classes come later: where they get to both ends, the leg is theirs.
            indices[np.ix_(snaps.places, snaps.places)] = index
        return indices

    def unreached(self, places: Sequence[Place]) -> dict[int, dict[str, Unreached]]:
        """By index of the place, then by class of van: what keeps that class from it."""
        unreached = defaultdict[int, dict[str, Unreached]](dict)
        for i, place in enumerate(places):
            for van_class in place.classes:
                lost = self.snaps[profile_of(van_class).index].unreached
                if i in lost:
                    unreached[i][van_class] = lost[i]
        return dict(unreached)


def build_od_matrix(dataset: RoutingDataset, places: Sequence[Place]) -> ODMatrix:
    """The legs between places on a road file, kept for the next run.

    Raises
    ------
    InputError
        Where no place lies near any road.
    """
    spots = [(place.lat, place.lon, place.classes, place.is_depot) for place in places]
    key = digest_of(dataset.key, dataset.speeds, spots)
    return ODMatrix.of(
        dataset.cache.get_or_make("legs", key, lambda: _make(dataset, places).arrays())
    )


def _make(dataset: RoutingDataset, places: Sequence[Place]) -> ODMatrix:
    lat, lon = (np.array([getattr(place, axis) for place in places]) for axis in ("lat", "lon"))
    snap_index = build_snap_index(dataset.network, lat, lon)
    snaps = {}
    for profile in PROFILES:
        meant = [i for i, place in enumerate(places) if profile in map(profile_of, place.classes)]
        if meant:
            snaps[profile.index] = snap_places(
                snap_index,
                np.array(meant, dtype=np.intp),
                np.array([i for i in meant if places[i].is_depot], dtype=np.intp),
                profile,
                dataset.graph,
                dataset.costs,
                dataset.speeds.snap_m,
            )
    if snaps and not any(len(snapped.places) for snapped in snaps.values()):
        reasons = [reason for snapped in snaps.values() for reason in snapped.unreached.values()]
        if all(reason.cause is UnreachedCause.TOO_FAR for reason in reasons):
            raise _elsewhere(dataset.path.name, min(reason.distance_m for reason in reasons))
    costs = np.full((len(places), len(places)), NO_PATH, dtype=np.int64)
    for index, snapped in sorted(snaps.items()):
        search = dataset.path_search(PROFILES[index], snapped)
        costs[np.ix_(snapped.places, snapped.places)] = search.matrix()
    return ODMatrix(snaps=snaps, costs=costs)


def _elsewhere(name: str, nearest_m: float) -> InputError:
    if isinf(nearest_m):
        return input_error(
            name,
            say("has no road that these vans can use in both directions"),
            say("cut the extract around the district again, with its roads"),
        )
    return input_error(
        name,
        say(
            "no place is near its roads; the nearest road is {km:.1f} km away", km=nearest_m / KM_M
        ),
        say("cut the extract around this district, and check for swapped lat and lon"),
    )
