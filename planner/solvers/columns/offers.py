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
        People there are at most; below 0 where no stop is allowed.
    first, value
        ``value[first[i] + q]`` is what recording ``q`` people at site ``i`` is worth, as many of
        them as there are.
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

    def bar(self, position: int) -> None:
        """Allow no stop at the site in that position."""
        self.most[position] = -1

    def worth(self, order: Whole, people: Whole) -> float:
        """What recording so many people at sites is worth, the toll not taken off."""
        return float(self.value[self.first[order] + people].sum())

    def best(self) -> Real:
        """What the best amount at each site is worth, the toll taken off."""
        people = np.arange(len(self.value)) - np.repeat(self.first[:-1], np.diff(self.first))
        return np.maximum.reduceat(self.value - self.toll * people, self.first[:-1])


def gains_of(
    kind: Kind,
    chosen: Whole,
    grid: Grid,
    offer: Offer,
    *,
    limited: bool = False,
    careful: bool = False,
) -> Gains:
    """What stops at chosen sites earn, longer ones only where they earn more.

    Parameters
    ----------
    chosen
        Positions in ``kind.sites``, as of the grid; at least the least people are there.
    limited
        Keep amounts that take no less time than ones worth more: cards may not last for these.
    careful
        Round up, as the grid does.
    """
    least, most = kind.least[chosen], offer.most[chosen]
    counts = most - least + 1
    start = np.cumsum(counts) - counts
    site = np.repeat(np.arange(len(chosen)), counts)
    people = np.arange(len(site)) - start[site] + least[site]
    longer_s = service_s(kind, chosen[site], people) - service_s(kind, chosen[site], least[site])
    cells = (longer_s + (grid.step_s - 1 if careful else 0)) // grid.step_s
    value = offer.value[offer.first[chosen][site] + people] - offer.toll * people
    room = np.zeros(len(chosen), dtype=np.int64)
    owner = np.repeat(np.arange(len(chosen)), np.diff(grid.window_first))
    np.maximum.at(room, owner, grid.closing - grid.opening)
    kept = kernel.rising(site, cells, value, room, limited)
    site = site[kept]
    return Gains(
        first=np.searchsorted(site, np.arange(len(chosen) + 1)),
        people=people[kept],
        cells=cells[kept],
        value=value[kept].astype(np.float32),
    )
