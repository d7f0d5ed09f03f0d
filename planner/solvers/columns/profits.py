"""What people at each site are worth to a route, by how many of them it records."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.jit import jit_finite
from planner.solvers.columns.amount_ranges import AmountRanges, SharedPeople
from planner.solvers.columns.grid import Grid, ServiceOptions
from planner.solvers.columns.master_rows import MasterRow
from planner.solvers.columns.van_day_classes import VanDayClass


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedProfits:
    """What recording people is worth at each site of a class; entries as in ``day_class.sites``.

    Attributes
    ----------
    max_people
        People there are at most; below 0 where no stop is allowed.
    first, value
        ``value[first[i] + q]`` is what recording ``q`` people at site ``i`` is worth, as many of
        them as there are.
    card_multiplier
        What is taken off the value of every person: the worth of a card.
    shared
        How many people sites that share some may record together; None where nobody is shared.
    """

    max_people: Int64s
    first: Int64s = field(repr=False)
    value: Float64s = field(repr=False)
    card_multiplier: float = 0.0
    shared: SharedPeople | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        price: Float64s,
        people: Int64s,
        charges: Iterable[tuple[int, MasterRow, float]] = (),
        ceilings: Iterable[tuple[int, int]] = (),
        shared: SharedPeople | None = None,
        stops: tuple[Int64s, Float64s] | None = None,
    ) -> "PricedProfits":
        """Every person at a site is worth the same, less what rows of the master charge.

        Parameters
        ----------
        people
            That there are at each site.
        charges
            Position of a site, a row, and its price.
        ceilings
            Position of a site, and the people that no stop there may reach.
        shared
            As the attribute.
        stops
            What stops are worth beside their people, and before it where those of each site begin:
            from 0 people up.
        """
        first = np.concatenate([[0], np.cumsum(people + 1)])
        site = np.repeat(np.arange(len(people)), people + 1)
        value = price[site] * (np.arange(first[-1]) - first[site])
        for position, row, row_price in charges:
            values = value[first[position] : first[position + 1]]
            values -= row_price * row.coefficients(np.arange(len(values)))
        if stops is not None:
            begin, worth = stops
            value += worth[np.arange(first[-1]) + (begin - first[:-1])[site]]
        max_people = people.copy()
        for position, ceiling in ceilings:
            max_people[position] = min(max_people[position], ceiling - 1)
        return cls(max_people=max_people, first=first, value=value, shared=shared)

    def ranges(self, day_class: VanDayClass, chosen: Int64s) -> AmountRanges:
        """One range of amounts for each of some sites, given by position."""
        return AmountRanges(chosen, day_class.least_people[chosen], self.max_people[chosen])

    def worth(self, order: Int64s, people: Int64s) -> float:
        """What recording so many people at sites is worth, the card multiplier not taken off."""
        return float(self.value[self.first[order] + people].sum())

    def best(self) -> Float64s:
        """What the best amount at each site is worth, the card multiplier taken off."""
        people = np.arange(len(self.value)) - np.repeat(self.first[:-1], np.diff(self.first))
        return np.maximum.reduceat(self.value - self.card_multiplier * people, self.first[:-1])


def service_options(
    day_class: VanDayClass,
    ranges: AmountRanges,
    grid: Grid,
    profits: PricedProfits,
    *,
    limited: bool = False,
    careful: bool = False,
) -> ServiceOptions:
    """What stops earn, longer ones only where they earn more.

    Parameters
    ----------
    ranges
        Of the stops of the grid; none is empty.
    limited
        Keep amounts that take no less time than ones worth more: cards may not last for these.
    careful
        Round up, as the grid does.
    """
    return make_service_options(
        *ranges,
        profits.first,
        profits.value,
        profits.card_multiplier,
        day_class.seconds_per_person,
        day_class.min_service_s,
        day_class.van.kits,
        grid.step_s,
        grid.window_first,
        grid.opening,
        grid.closing,
        limited,
        careful,
    )


@jit_finite
def make_service_options(
    chosen: Int64s,
    least_people: Int64s,
    most_people: Int64s,
    first: Int64s,
    value: Float64s,
    card_multiplier: float,
    seconds_per_person: Int64s,
    min_service_s: Int64s,
    kits: int,
    step_s: int,
    window_first: Int64s,
    opening: Int64s,
    closing: Int64s,
    limited: bool,
    careful: bool,
) -> ServiceOptions:
    """Amounts worth more than all that take no longer, if they fit into the hours of a site.

    The first of each site is kept in any case, or the best that takes as long.
    """
    up = step_s - 1 if careful else 0
    room = 0
    for site in range(len(chosen)):
        room += most_people[site] - least_people[site] + 1
    people, cells = np.empty(room, np.int64), np.empty(room, np.int64)
    worth = np.empty(room, np.float64)
    begins = np.zeros(len(chosen) + 1, np.int64)
    count = 0
    for site in range(len(chosen)):
        position = chosen[site]
        begins[site] = count
        seconds_each, fewest = seconds_per_person[position], least_people[site]
        shortest_s = min_service_s[position]
        least_s = max(shortest_s, (fewest * seconds_each + kits - 1) // kits)
        longest = 0
        for window in range(window_first[site], window_first[site + 1]):
            longest = max(longest, closing[window] - opening[window])
        for number in range(fewest, most_people[site] + 1):
            needed_s = max(shortest_s, (number * seconds_each + kits - 1) // kits)
            longer = (needed_s - least_s + up) // step_s
            earned = value[first[position] + number] - card_multiplier * number
            if count > begins[site]:
                if earned <= worth[count - 1] or longer > longest:
                    continue
                if not limited and longer == cells[count - 1]:
                    count -= 1
            people[count], cells[count], worth[count] = number, longer, earned
            count += 1
    begins[len(chosen)] = count
    return ServiceOptions(begins, people[:count], cells[:count], worth[:count].astype(np.float32))
