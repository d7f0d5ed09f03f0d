"""What people at each site are worth to a route, by how many of them it records."""

from dataclasses import dataclass, field

import numpy as np

from planner.solvers.columns import kernel
from planner.solvers.columns.grid import Gains, Grid, service_s
from planner.solvers.columns.kinds import Kind, Real, Whole
from planner.solvers.columns.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What recording people is worth at each site of a kind; entries as in ``kind.sites``.

    Attributes
    ----------
    most
        People there are at most.
    first, value
        ``value[first[i] + q]`` is what recording ``q`` people at site ``i`` is worth, 0 to
        ``most[i]`` of them.
    toll
        What is taken off the value of every person: the worth of a card.
    """

    most: Whole
    first: Whole = field(repr=False)
    value: Real = field(repr=False)
    toll: float = 0.0

    @classmethod
    def of(cls, price: Real, most: Whole) -> "Offer":
        """Every person at a site is worth the same."""
        first = np.concatenate([[0], np.cumsum(most + 1)])
        site = np.repeat(np.arange(len(most)), most + 1)
        people = np.arange(first[-1]) - first[site]
        return cls(most=most, first=first, value=price[site] * people)

    def charge(self, position: int, rule: Rule, price: float) -> None:
        """Take off what the shares of a rule at the site in that position cost."""
        values = self.value[self.first[position] : self.first[position + 1]]
        values -= price * rule.shares(np.arange(len(values)))

    def worth(self, order: Whole, people: Whole) -> float:
        """What recording so many people at sites is worth, the toll not taken off."""
        return float(self.value[self.first[order] + people].sum())

    def best(self) -> Real:
        """What the best amount at each site is worth, the toll taken off."""
        people = np.arange(len(self.value)) - np.repeat(self.first[:-1], self.most + 1)
        return np.maximum.reduceat(self.value - self.toll * people, self.first[:-1])


def gains_of(kind: Kind, chosen: Whole, grid: Grid, offer: Offer) -> Gains:
    """What stops at chosen sites earn, longer ones only where they earn more.

    Parameters
    ----------
    chosen
        Positions in ``kind.sites``, as of the grid; at least the least people are there.
    """
    least, most = kind.least[chosen], offer.most[chosen]
    counts = most - least + 1
    start = np.cumsum(counts) - counts
    site = np.repeat(np.arange(len(chosen)), counts)
    people = np.arange(len(site)) - start[site] + least[site]
    longer_s = service_s(kind, chosen[site], people) - service_s(kind, chosen[site], least[site])
    cells = longer_s // grid.step_s
    value = offer.value[offer.first[chosen][site] + people] - offer.toll * people
    room = np.zeros(len(chosen), dtype=np.int64)
    owner = np.repeat(np.arange(len(chosen)), np.diff(grid.window_first))
    np.maximum.at(room, owner, grid.closing - grid.opening)
    kept = kernel.rising(site, cells, value, room)
    site = site[kept]
    return Gains(
        first=np.searchsorted(site, np.arange(len(chosen) + 1)),
        people=people[kept],
        cells=cells[kept],
        value=value[kept].astype(np.float32),
    )
