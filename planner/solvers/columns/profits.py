"""What people at each site are worth to a route, by how many of them it records."""

from dataclasses import dataclass, field

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.solvers.columns.compiled import compiled
from planner.solvers.columns.grid import Gains, Grid
from planner.solvers.columns.master_rows import Rule
from planner.solvers.columns.van_day_classes import Kind


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

    most: Int64s
    first: Int64s = field(repr=False)
    value: Float64s = field(repr=False)
    toll: float = 0.0

    @classmethod
    def of(cls, price: Float64s, most: Int64s) -> "Offer":
        """Every person at a site is worth the same."""
        first = np.concatenate([[0], np.cumsum(most + 1)])
        site = np.repeat(np.arange(len(most)), most + 1)
        people = np.arange(first[-1]) - first[site]
        return cls(most=most, first=first, value=price[site] * people)

    def charge(self, position: int, rule: Rule, price: float) -> None:
        """Take off what the shares of a rule at the site in that position cost."""
        values = self.value[self.first[position] : self.first[position + 1]]
        values -= price * rule.shares(np.arange(len(values)))

    def bar(self, position: int, people: int) -> None:
        """Allow no stop for so many people at the site in that position."""
        self.most[position] = min(self.most[position], people - 1)

    def worth(self, order: Int64s, people: Int64s) -> float:
        """What recording so many people at sites is worth, the toll not taken off."""
        return float(self.value[self.first[order] + people].sum())

    def best(self) -> Float64s:
        """What the best amount at each site is worth, the toll taken off."""
        people = np.arange(len(self.value)) - np.repeat(self.first[:-1], np.diff(self.first))
        return np.maximum.reduceat(self.value - self.toll * people, self.first[:-1])


def gains_of(
    kind: Kind,
    chosen: Int64s,
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
    return _gains(
        chosen,
        kind.least,
        offer.most,
        offer.first,
        offer.value,
        offer.toll,
        kind.seconds_per_person,
        kind.van.kits,
        grid.step_s,
        grid.window_first,
        grid.opening,
        grid.closing,
        limited,
        careful,
    )


@compiled
def _gains(
    chosen: Int64s,
    least: Int64s,
    most: Int64s,
    first: Int64s,
    value: Float64s,
    toll: float,
    seconds_per_person: Int64s,
    kits: int,
    step_s: int,
    window_first: Int64s,
    opening: Int64s,
    closing: Int64s,
    limited: bool,
    careful: bool,
) -> Gains:
    """Amounts worth more than all that take no longer, if they fit into the hours of a site.

    The first of each site is kept in any case, or the best that takes as long.
    """
    up = step_s - 1 if careful else 0
    room = 0
    for position in chosen:
        room += most[position] - least[position] + 1
    people, cells = np.empty(room, np.int64), np.empty(room, np.int64)
    worth = np.empty(room, np.float64)
    begins = np.zeros(len(chosen) + 1, np.int64)
    count = 0
    for site in range(len(chosen)):
        position = chosen[site]
        begins[site] = count
        each, fewest = seconds_per_person[position], least[position]
        least_s = (fewest * each + kits - 1) // kits
        longest = 0
        for window in range(window_first[site], window_first[site + 1]):
            longest = max(longest, closing[window] - opening[window])
        for number in range(fewest, most[position] + 1):
            longer = ((number * each + kits - 1) // kits - least_s + up) // step_s
            earned = value[first[position] + number] - toll * number
            if count > begins[site]:
                if earned <= worth[count - 1] or longer > longest:
                    continue
                if not limited and longer == cells[count - 1]:
                    count -= 1
            people[count], cells[count], worth[count] = number, longer, earned
            count += 1
    begins[len(chosen)] = count
    return Gains(begins, people[:count], cells[:count], worth[:count].astype(np.float32))
