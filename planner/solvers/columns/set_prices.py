"""Prices of sets of sites that share people, from prices of the sites."""

from dataclasses import dataclass

import numpy as np

from planner.arrays import Float64s
from planner.catchments import PERSON
from planner.solvers.columns.catchment_flow import CatchmentFlow


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedSet:
    """Sites that record together no more people than their capacity, and what one costs.

    Attributes
    ----------
    sites
        Indices, ascending.
    """

    sites: tuple[int, ...]
    capacity: int
    price: float


def price_sets(flow: CatchmentFlow, prices: Float64s) -> list[PricedSet]:
    """Sets with a price each, so that a person at a site costs what the sets with it do together.

    The sites are taken in the order of falling prices, as the greedy algorithm of Edmonds (1970)
    takes them. Those taken fall into parts that share no one. Each part is a set; its price is what
    its last site costs more than the one that it is joined by.

    Parameters
    ----------
    prices
        By site, >= 0.
    """
    order = np.argsort(-prices, kind="stable")
    parts = _Parts(flow)
    for site in order[prices[order] > 0].tolist():
        parts.add(site, float(prices[site]))
    for part in list(parts.sites):
        parts.end(part, 0.0)
    return parts.priced


class _Parts:
    """Sites taken so far, in parts that share no one; a part is known by its last site.

    Attributes
    ----------
    sites
        Of each part.
    priced
        The parts that were joined by other sites.
    """

    def __init__(self, flow: CatchmentFlow) -> None:
        self.sites: dict[int, list[int]] = {}
        self.priced: list[PricedSet] = []
        self._people: dict[int, int] = {}
        self._price: dict[int, float] = {}
        self._part_at: dict[int, int] = {}
        self._largest: dict[int, int] = {}
        self._drawer: dict[int, int] = {}
        self._draws: dict[int, list[tuple[int, int]]] = {}
        draws = zip(flow.site.tolist(), flow.group.tolist(), flow.draw.tolist(), strict=True)
        for site, group, draw in draws:
            self._draws.setdefault(site, []).append((group, draw))

    def add(self, site: int, price: float) -> None:
        """Take a site: the parts that it shares someone with become one with it."""
        sites, people = [site], 0
        for group, draw in self._draws[site]:
            people += max(0, draw - self._largest.get(group, 0))
            self._largest[group] = max(draw, self._largest.get(group, 0))
            drawer = self._drawer.setdefault(group, site)
            if drawer != site and (part := self._part_at[drawer]) != site:
                self.end(part, price)
                people += self._people[part]
                joined = self.sites.pop(part)
                self._part_at |= dict.fromkeys(joined, site)
                sites += joined
        self._part_at[site] = site
        self.sites[site], self._people[site], self._price[site] = sites, people, price

    def end(self, part: int, price: float) -> None:
        """Note what a part costs more than a price."""
        if self._price[part] > price:
            self.priced.append(
                PricedSet(
                    sites=tuple(sorted(self.sites[part])),
                    capacity=self._people[part] // PERSON,
                    price=self._price[part] - price,
                )
            )
