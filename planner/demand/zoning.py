"""In which neighbourhoods the pupils live who are counted there as well as at their school."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from scipy.spatial import KDTree

from planner.arrays import Float64s, Indices
from planner.district import District
from planner.geo import LocalProjection

_FIRST_HOMES = 64
"""Nearest homes looked at before a school asks for twice as many."""


def zone_pupils(district: District) -> Mapping[int, Counter[str]]:
    """Pupils among the unrecorded of each neighbourhood: by its index, then by id of their school.

    Nobody counts where they live, so they are taken to live as zoning admits them, by distance:
    of all homes and schools the nearest pair comes first, and a school takes who is unrecorded
    there until its pupils or the unrecorded run out. Where the district knows, that is so.
    """
    homes = district.neighbourhoods
    if district.pupils_at_home is not None:
        known = district.pupils_at_home
        return {index: Counter(known.get(home.id, {})) for index, home in enumerate(homes)}
    schools = [venue for venue in district.venues if venue.counted_in_rt]
    if not homes or not schools:
        return {}
    lat, lon = (np.array([getattr(home, name) for home in homes]) for name in ("lat", "lon"))
    frame = LocalProjection.around(lat, lon)
    tree = KDTree(frame.xy(lat, lon))
    spots = frame.xy(np.array([s.lat for s in schools]), np.array([s.lon for s in schools]))
    nearby = [_HomesByDistance(tree, spot) for spot in spots]
    backlog = [home.backlog for home in homes]
    num_unrecorded = sum(backlog)
    pupils = [school.counted_in_rt for school in schools]
    queue = [(near.distance_m(0), index, 0) for index, near in enumerate(nearby)]
    heapify(queue)
    zoned: defaultdict[int, Counter[str]] = defaultdict(Counter)
    while queue and num_unrecorded:
        _, index, rank = heappop(queue)
        home = nearby[index].home(rank)
        taken = min(pupils[index], backlog[home])
        if taken:
            zoned[home][schools[index].id] = taken
            pupils[index] -= taken
            backlog[home] -= taken
            num_unrecorded -= taken
        if pupils[index] and rank + 1 < len(homes):
            heappush(queue, (nearby[index].distance_m(rank + 1), index, rank + 1))
    return zoned


@dataclass(slots=True)
class _HomesByDistance:
    """Homes around a spot, the nearest first, looked up as far as they are asked for."""

    tree: KDTree
    spot: Float64s
    metres: Float64s = field(default_factory=lambda: np.empty(0))
    homes: Indices = field(default_factory=lambda: np.empty(0, dtype=np.intp))

    def distance_m(self, rank: int) -> float:
        """Metres in a straight line."""
        self._look_up(rank)
        return float(self.metres[rank])

    def home(self, rank: int) -> int:
        """Index of the home."""
        self._look_up(rank)
        return int(self.homes[rank])

    def _look_up(self, rank: int) -> None:
        if rank < len(self.homes):
            return
        count = min(self.tree.n, max(_FIRST_HOMES, 2 * rank))
        answer = self.tree.query(self.spot, k=np.arange(1, count + 1))
        metres, homes = map(np.asarray, answer)
        order = np.lexsort((homes, metres))
        self.metres, self.homes = metres[order], homes[order]
