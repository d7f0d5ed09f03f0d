"""People that may be recorded beside those of the routes of a plan, or of a part of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from planner.arrays import Float64s, Int64s
from planner.catchments import PERSON
from planner.model import Instance
from planner.solvers.columns.catchment_flow import CatchmentFlow, SiteSet
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
    """

    def __init__(self, instance: Instance) -> None:
        sites = instance.sites
        self.recorded: Int64s = np.array([site.recorded for site in sites], dtype=np.int64)
        self._max_people = self.recorded + np.array(
            [site.max_people for site in sites], dtype=np.int64
        )
        self._before = self.recorded.copy()
        self._flow = CatchmentFlow(instance) if instance.catchments.are_shared else None

    def without(self, columns: Iterable[Column]) -> "RemainingPeople":
        """What is left where more routes are taken."""
        other = object.__new__(RemainingPeople)
        other._max_people, other._flow = self._max_people, self._flow
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
        return self._flow is not None

    @property
    def are_untouched(self) -> bool:
        """Whether no route taken records any."""
        return bool((self.recorded == self._before).all())

    def at(self, sites: Int64s) -> Int64s:
        """How many more people each of some sites may record alone."""
        if self._flow is None:
            return self._max_people[sites] - self.recorded[sites]
        return self._flow.headroom(self.recorded, sites)

    @property
    def shared(self) -> "RemainingPeople | None":
        """These people where sites share some of them."""
        return self if self.are_shared else None

    def shared_limit(self, sites: Collection[int]) -> int:
        """How many more people some sites may record in all."""
        chosen = np.array(sorted(sites), dtype=np.int64)
        most = self._max_people[chosen].sum() if self._flow is None else self._flow.capacity(chosen)
        return int(most - self.recorded[chosen].sum())

    def everywhere(self) -> Int64s:
        """How many more people each site may record alone."""
        return self.at(np.arange(len(self._max_people)))

    def fits(self, column: Column) -> bool:
        """Whether the people of a route remain."""
        return self.broken_set(column.visits) is None

    def broken_set(self, visits: Sequence[Visit]) -> SiteSet | None:
        """Sites at which visits record more people than remain, and how many do."""
        for site, people in visits:
            if people > self._max_people[site] - self.recorded[site]:
                return (site,), int(self._max_people[site] - self.recorded[site])
        if self._flow is None:
            return None
        total = self.recorded.copy()
        for site, people in visits:
            total[site] += people
        for sites, capacity in self._flow.broken_sets(total):
            return sites, capacity - int(self.recorded[list(sites)].sum())
        return None

    def priced_sets(self, prices: Float64s) -> list[PricedSet]:
        """As `price_sets`; capacities are what remains of them. Where nobody is shared, sites."""
        if self._flow is None:
            remaining = self.everywhere()
            return [
                PricedSet(sites=(site,), capacity=int(remaining[site]), price=float(prices[site]))
                for site in np.flatnonzero(prices > 0).tolist()
            ]
        return [
            replace(part, capacity=part.capacity - int(self.recorded[list(part.sites)].sum()))
            for part in price_sets(self._flow, prices)
        ]

    def crowded_sets(self, recorded: Float64s, most: int) -> dict[tuple[int, ...], int]:
        """Sets as of `CatchmentFlow.crowded_sets`, and what remains for them."""
        if self._flow is None:
            return {}
        sets = sorted(self._flow.crowded_sets(self.recorded + recorded, most))
        return {sites: self.shared_limit(sites) for sites in sets}

    def worth(self, prices: Float64s) -> float:
        """No people that may be recorded together cost more at these prices by site, >= 0."""
        if self._flow is None:
            return float(prices @ self.everywhere())
        return sum(part.price * part.capacity for part in self.priced_sets(prices))

    def add_site_rows(self, programme: Programme, sites: Iterable[int]) -> dict[int, int]:
        """Rows of a programme that hold for people recorded at sites; their numbers by site.

        Where people are shared, variables are how many of each group come to each of its sites:
        they flow there from rings of falling willingness.
        """
        if self._flow is None:
            room = self.everywhere()
            return {site: programme.add_row(upper=float(room[site])) for site in sites}
        rows = {site: programme.add_row(upper=-float(self.recorded[site])) for site in sites}
        flow = self._flow
        for begin, end in pairwise([*flow.first.tolist(), len(flow.site)]):
            terms: list[tuple[int, float]] = []
            for number in range(end - 1, begin - 1, -1):
                row = rows.get(int(flow.site[number]))
                draw = float(flow.draw[number]) / PERSON
                if row is None or not draw:
                    continue
                coming = programme.add_variable(upper=draw)
                programme.set_coefficient(row, coming, -1.0)
                terms.append((coming, 1.0))
                if len(terms) > 1:
                    programme.add_row(terms, upper=draw)
        return rows
