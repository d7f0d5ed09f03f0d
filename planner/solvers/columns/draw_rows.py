"""How many of a group come to a site: no more than the stops there record, each on its own.

Half a route with a stop at a site lets half of each group come there, and other routes may not
make up for it with what they record elsewhere. Linear programmes forget that where they count the
people of all groups together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.catchments import PERSON
from planner.model import Instance
from planner.solvers.columns.catchment_flow import OWN, CatchmentFlow

DrawPrices = Mapping[str, Mapping[str, float]]
"""By site and group, what one more person of the group at the site is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRows:
    """Rows of a programme for the people recorded at sites.

    Attributes
    ----------
    people
        By site, the row of the people recorded there.
    draws
        By site, of the groups that come there: number of the draw, its row, and its people.
    """

    people: dict[int, int]
    draws: dict[int, list[tuple[int, int, float]]]

    def coefficients(self, site: int, people: int) -> Iterator[tuple[int, float]]:
        """What a stop for so many people counts, by row."""
        yield self.people[site], float(people)
        for _, row, draw in self.draws.get(site, ()):
            yield row, -min(draw, float(people))


def worth_of_stops(flow: CatchmentFlow, draw_prices: Float64s, max_people: Int64s) -> Float64s:
    """What a stop is worth for whom it lets come: by site, for 0 people up to the most there.

    Parameters
    ----------
    draw_prices
        By draw of the flow, what one more of the group at the site is worth, >= 0.
    """
    first = np.concatenate([[0], np.cumsum(max_people + 1)]).astype(np.int64)
    worth = np.zeros(first[-1])
    for draw in np.flatnonzero(draw_prices > 0).tolist():
        site = int(flow.site[draw])
        people = np.arange(first[site + 1] - first[site])
        come = np.minimum(people, flow.draw[draw] / PERSON)
        worth[first[site] : first[site + 1]] += draw_prices[draw] * come
    return worth


def worth_of_groups(flow: CatchmentFlow, prices: Float64s, draw_prices: Float64s) -> Float64s:
    """By group, what its people cost at most: each costs the price of a site less that of the draw.

    The dearest sites take their people first, as the greedy algorithm of Edmonds (1970) does.
    """
    cost = np.maximum(0.0, prices[flow.site] - draw_prices)
    order = np.lexsort((-cost, flow.group))
    apart = flow.group * (int(flow.draw.max(initial=0)) + 1)
    largest = np.maximum.accumulate(flow.draw[order] + apart[order])
    more = np.diff(largest - apart[order], prepend=0)
    more[flow.first] = flow.draw[order][flow.first]
    by_group: Float64s = np.add.reduceat(more * cost[order], flow.first) / PERSON
    return by_group


def name_draws(instance: Instance, flow: CatchmentFlow, draw_prices: Float64s) -> DrawPrices:
    """Prices of draws by the names of an instance; those of 0 are left out."""
    named: dict[str, dict[str, float]] = {}
    for draw in np.flatnonzero(draw_prices > 0).tolist():
        of_site = named.setdefault(instance.sites[flow.site[draw]].id, {})
        for name in flow.names[flow.group[draw]]:
            of_site[name] = float(draw_prices[draw])
    return named


def number_draws(instance: Instance, flow: CatchmentFlow, named: DrawPrices) -> Float64s:
    """Prices by draw, those of several groups on average; 0 where people are recorded already."""
    prices = np.zeros(len(flow.draw))
    for draw, group in enumerate(flow.group.tolist()):
        site = instance.sites[flow.site[draw]]
        of_site = named.get(site.id)
        if of_site and flow.draw[draw] and not site.recorded:
            people = {OWN: PERSON * site.expected, **site.draws}
            total = sum(people[name] * of_site.get(name, 0.0) for name in flow.names[group])
            prices[draw] = total / flow.draw[draw]
    return prices
