"""What searches for routes learn, so that the next ones need not learn it again."""

from operator import itemgetter

import numpy as np

from planner.arrays import Float32s, Float64s, Int64s
from planner.solvers.columns.amount_ranges import SiteSet


class PricingMemory:
    """What searches for routes of a class learn for the next ones.

    Attributes
    ----------
    remembered
        Per site, the sites it was seen to need to remember, shape ``(n, n)``.
    attractive
        Sites among which a heuristic search looks first.
    thresholds, shared_sets
        Per site, people at which ranges of amounts were seen to need to begin; and sites, given by
        index, for which they do.
    """

    def __init__(self, num_sites: int) -> None:
        self.remembered = np.zeros((num_sites, num_sites), dtype=bool)
        self.attractive = np.zeros(num_sites, dtype=bool)
        self.thresholds: dict[int, set[int]] = {}
        self.shared_sets: dict[SiteSet, None] = {}

    def look(self, chosen: Int64s, looks: Float64s | Float32s, count: int) -> None:
        """Note which of many sites look best."""
        if len(chosen) >= min(count, len(self.attractive)):
            self.attractive[:] = False
            self.attractive[chosen[np.argsort(-looks, kind="stable")[:count]]] = True

    @property
    def size(self) -> int:
        """How much was learnt of routes that are forbidden."""
        return int(self.remembered.sum()) + sum(map(len, self.thresholds.values()))

    def forget_shared_people(self) -> bool:
        """Part amounts no more; whether any were parted."""
        were_parted = bool(self.thresholds)
        self.thresholds.clear()
        self.shared_sets.clear()
        return were_parted

    def remember_cycle(self, sites: Int64s) -> None:
        """Let the sites inside a cycle remember where it began."""
        seen: dict[int, int] = {}
        for position, site in enumerate(sites.tolist()):
            if site in seen:
                self.remembered[sites[seen[site] + 1 : position], site] = True
            seen[site] = position

    def part_amounts(self, people: dict[int, int], limit: int) -> None:
        """Part amounts so that these, which are more than a limit, exclude each other."""
        beyond = sum(people.values()) - limit - 1
        for left, (position, recorded) in zip(
            range(len(people), 0, -1), sorted(people.items(), key=itemgetter(1)), strict=True
        ):
            less = min(beyond // left, recorded - 1)
            beyond -= less
            self.thresholds.setdefault(position, set()).add(recorded - less)
