"""People that may be recorded beside those of the routes of a plan, or of a part of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.catchments import PERSON
from planner.model import Instance
from planner.solvers.columns.catchment_flow import CatchmentFlow, SiteSet
from planner.solvers.columns.draw_rows import SiteRows, worth_of_groups, worth_of_stops
from planner.solvers.columns.routes import Column
from planner.solvers.columns.set_prices import PricedSet, price_sets
from planner.solvers.programme import Programme
from planner.solvers.schedule import Visit


class RemainingPeople:
    """What routes taken so far leave of the people of an instance.

    Attributes
    ----------
    recorded
        People by site, of the routes taken and of stops that are not decided any more.
    most
        People by site that may be recorded there alone, those recorded included.
    flow
        Of those who may come to more than one site; None where nobody may.
    """

    def __init__(self, instance: Instance) -> None:
        sites = instance.sites
        self.recorded: Int64s = np.array([site.recorded for site in sites], dtype=np.int64)
        self.most: Int64s = self.recorded + np.array(
            [site.max_people for site in sites], dtype=np.int64
        )
        self._before = self.recorded.copy()
        self.flow = CatchmentFlow(instance) if instance.catchments.are_shared else None

    def without(self, columns: Iterable[Column]) -> "RemainingPeople":
        """What is left where more routes are taken."""
        other = object.__new__(RemainingPeople)
        other.most, other.flow = self.most, self.flow
        other._before, other.recorded = self._before, self.recorded.copy()
        for column in columns:
            other.take(column)
        return other

    def take(self, column: Column, times: int = 1) -> None:
        """Take the people of a route; a negative number of times gives them back."""
        for site, people in column.visits:
            self.recorded[site] += times * people

    @property
    def are_shared(self) -> bool:
        """Whether people may come to more than one site."""
        return self.flow is not None

    @property
    def are_untouched(self) -> bool:
        """Whether no route taken records any."""
        return bool((self.recorded == self._before).all())

    def at(self, sites: Int64s) -> Int64s:
        """How many more people each of some sites may record alone."""
        if self.flow is None:
            return self.most[sites] - self.recorded[sites]
        return self.flow.headroom(self.recorded, sites)

    @property
    def shared(self) -> "RemainingPeople | None":
        """These people where sites share some of them."""
        return self if self.are_shared else None

    def shared_limit(self, sites: Collection[int]) -> int:
        """How many more people some sites may record in all."""
        chosen = np.array(sorted(sites), dtype=np.int64)
        most = self.most[chosen].sum() if self.flow is None else self.flow.capacity(chosen)
        return int(most - self.recorded[chosen].sum())

    def everywhere(self) -> Int64s:
        """How many more people each site may record alone."""
        return self.at(np.arange(len(self.most)))

    def fits(self, column: Column) -> bool:
        """Whether the people of a route remain."""
        return self.broken_set(column.visits) is None

    def broken_set(self, visits: Sequence[Visit]) -> SiteSet | None:
        """Sites at which visits record more people than remain, and how many do."""
        for site, people in visits:
            if people > self.most[site] - self.recorded[site]:
                return (site,), int(self.most[site] - self.recorded[site])
        if self.flow is None:
            return None
        total = self.recorded.copy()
        for site, people in visits:
            total[site] += people
        for sites, capacity in self.flow.broken_sets(total):
            return sites, capacity - int(self.recorded[list(sites)].sum())
        return None

    def priced_sets(self, prices: Float64s) -> list[PricedSet]:
        """As `price_sets`; capacities are what remains of them. Where nobody is shared, sites."""
        if self.flow is None:
            remaining = self.everywhere()
            return [
                PricedSet(sites=(site,), capacity=int(remaining[site]), price=float(prices[site]))
                for site in np.flatnonzero(prices > 0).tolist()
            ]
        return [
            replace(part, capacity=part.capacity - int(self.recorded[list(part.sites)].sum()))
            for part in price_sets(self.flow, prices)
        ]

    def crowded_sets(self, recorded: Float64s, most: int) -> dict[tuple[int, ...], int]:
        """Sets as of `CatchmentFlow.crowded_sets`, and what remains for them."""
        if self.flow is None:
            return {}
        sets = sorted(self.flow.crowded_sets(self.recorded + recorded, most))
        return {sites: self.shared_limit(sites) for sites in sets}

    def worth(self, prices: Float64s, draw_prices: Float64s | None = None) -> float:
        """No people that may be recorded together cost more at these prices, all >= 0.

        What stops are worth for whom they let come, see `worth_of_stops`, is taken off.

        Parameters
        ----------
        prices, draw_prices
            Of a person, by site; and by draw, see `worth_of_stops`, None = 0.
        """
        flow = self.flow
        if flow is None:
            return float(prices @ self.everywhere())
        by_sets = np.zeros(len(prices))
        for part in self.priced_sets(prices):
            by_sets[flow.part[part.sites[0]]] += part.price * part.capacity
        if draw_prices is None or not draw_prices.any():
            return float(by_sets.sum())
        by_groups = np.zeros(len(prices))
        of_groups = worth_of_groups(flow, prices, draw_prices)
        np.add.at(by_groups, flow.part[flow.site[flow.first]], of_groups)
        np.add.at(by_groups, flow.part, -prices * self.recorded)
        return float(np.minimum(by_sets, by_groups).sum())

    def worth_of_stops(self, draw_prices: Float64s) -> Float64s:
        """As `worth_of_stops`, for all people there are; nothing where nobody is shared."""
        if self.flow is None:
            return np.zeros(int(self.most.sum()) + len(self.most))
        return worth_of_stops(self.flow, draw_prices, self.most)

    def add_site_rows(
        self, programme: Programme, sites: Iterable[int], *, by_stops: bool = True
    ) -> SiteRows:
        """Rows of a programme that hold for people recorded at sites.

        Where people are shared, variables are how many of each group come to each of its sites:
        they flow there from rings of falling willingness. At a site where none is recorded yet
        no more come than its stops let come.

        Parameters
        ----------
        by_stops
            Whether that last rule binds already.
        """
        if self.flow is None:
            room = self.everywhere()
            rows = {site: programme.add_row(upper=float(room[site])) for site in sites}
            return SiteRows(people=rows, draws={})
        # Those whom the routes taken record come from the same groups.
        counted = {*sites, *np.flatnonzero(self.recorded).tolist()}
        rows = {
            site: programme.add_row(upper=-float(self.recorded[site])) for site in sorted(counted)
        }
        flow, draws = self.flow, dict[int, list[tuple[int, int, float]]]()
        for begin, end in pairwise([*flow.first.tolist(), len(flow.site)]):
            terms: list[tuple[int, float]] = []
            for number in range(end - 1, begin - 1, -1):
                site, draw = int(flow.site[number]), float(flow.draw[number]) / PERSON
                row = rows.get(site)
                if row is None or not draw:
                    continue
                coming = programme.add_variable(upper=draw)
                programme.set_coefficient(row, coming, -1.0)
                terms.append((coming, 1.0))
                if len(terms) > 1:
                    programme.add_row(terms, upper=draw)
                if flow.is_shared[site] and not self.recorded[site]:
                    draw_row = programme.add_row([(coming, 1.0)], upper=0.0 if by_stops else inf)
                    draws.setdefault(site, []).append((number, draw_row, draw))
        return SiteRows(people=rows, draws=draws)
