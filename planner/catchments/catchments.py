"""Who may come to which sites, and how many the sites can record together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.arrays import Bools, Float64s, Int64s
from planner.catchments.allocation import PERSON, Allocation, allocate
from planner.catchments.maximum_flow import SINK, SOURCE, Network

ROUNDING = 1e-6
"""By so many thousandths a sum of parts of people may be off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenSet:
    """Sites that record more people together than would come to them.

    Attributes
    ----------
    sites
        Indices, ascending; without any one of them the others are not broken.
    capacity
        People who would come to them.
    excess
        People recorded beyond that, > 0; whole where all amounts are.
    """

    sites: tuple[int, ...]
    capacity: int
    excess: float


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Draws of groups that several sites share, by group, then from the smallest draw up.

    Attributes
    ----------
    site, group, draw
        By pair; groups are numbered, draws are in thousandths.
    """

    site: Int64s
    group: Int64s
    draw: Int64s

    @property
    def are_largest(self) -> Bools:
        """Whether each is the largest draw of its group."""
        return np.append(self.group[1:] != self.group[:-1], np.ones(min(1, len(self.group)), bool))

    def of(self, sites: Bools) -> "_Pairs":
        """Those of some sites."""
        return self.chosen(sites[self.site])

    def chosen(self, pairs: Bools) -> "_Pairs":
        """Some of them."""
        return _Pairs(self.site[pairs], self.group[pairs], self.draw[pairs])


@dataclass(frozen=True, kw_only=True)
class Catchments:
    """Who may come to which sites; all by index of the site.

    Attributes
    ----------
    expected
        Whole people who come to this site or to none.
    draws
        Of groups by their names, the most of each that would come, in thousandths of a person.
    recorded
        Whole people who are recorded there already, by stops that are not decided any more.
    """

    expected: Sequence[int]
    draws: Sequence[Mapping[str, int]]
    recorded: Sequence[int]

    @cached_property
    def are_shared(self) -> bool:
        """Whether people of any group may come to more than one site."""
        return len(self._pairs.site) > 0

    def capacity(self, sites: Iterable[int]) -> int:
        """Whole people that the stops at these sites can record in all."""
        return int(self._thousandths(self._mask(sites))) // PERSON

    def broken_set(self, people: Int64s | Float64s) -> BrokenSet | None:
        """The smallest of the broken sets, or None where all people can be different persons."""
        return next(iter(self.broken_sets(people)), None)

    def broken_sets(self, people: Int64s | Float64s) -> tuple[BrokenSet, ...]:
        """Sets of sites with more people than would come to them, which share none; smallest first.

        Parameters
        ----------
        people
            By site; parts of a person are counted in thousandths, rounded down.

        Returns
        -------
            None if and only if all people can be different persons.
        """
        counted = np.floor(np.asarray(people, dtype=float) * PERSON + ROUNDING).astype(np.int64)
        cut = self._cut(counted - self._own)
        parts = _components(len(cut), self._pairs.of(cut))
        broken = [self._shrink(cut & (parts == part), counted) for part in np.unique(parts[cut])]
        return tuple(sorted(broken, key=lambda found: (len(found.sites), found.sites)))

    def headroom(self, people: Int64s, site: int) -> int:
        """How many more people a site may record beside those recorded everywhere.

        Parameters
        ----------
        people
            By site; they break no set.
        """
        alone = int((self._own[site] + self._drawn[site]) // PERSON - people[site])
        if not self._drawn[site]:
            return alone
        asked = people * PERSON - self._own
        # More than all whom the site draws, so that it always is on the source's side.
        asked[site] = self._drawn[site] + 1
        cut = self._cut(asked)
        return min(alone, (self._thousandths(cut) - int(people[cut].sum()) * PERSON) // PERSON)

    def headrooms(self, people: Int64s) -> Int64s:
        """`headroom` of each site; of two sites that share people not both may use theirs up."""
        asked = people * PERSON - self._own
        # Only groups whose people are recorded somewhere may be too few for a site.
        busy = np.isin(self._pairs.group, self._pairs.of(asked > 0).group)
        pairs = self._pairs.chosen(busy)
        sites = np.unique(pairs.site)
        network = _network(sites, np.maximum(asked[sites], 0), pairs)
        headrooms = (self._drawn - asked) // PERSON
        if network.fits_int32:
            free = self._drawn - np.minimum(asked, 0)
            np.subtract.at(free, pairs.site, pairs.draw)
            more = network.further_flows(SINK + 1 + np.arange(len(sites)))
            headrooms[sites] = (free[sites] + more) // PERSON
        else:
            headrooms[sites] = [self.headroom(people, int(site)) for site in sites]
        return headrooms

    def allocate(self, people: Int64s) -> Allocation:
        """The most even of all ways in which those recorded can be different persons.

        The greatest share taken of a group's largest draw, or of a site's own people, is as small
        as it can be, then the next greatest, and so on; rounded to whole people by largest
        remainder, of equal ones by the group's name, own people last.

        Parameters
        ----------
        people
            By site, in all; those recorded already are added.

        Raises
        ------
        ValueError
            Where the people break a set.
        """
        counted = people + np.array(self.recorded, dtype=np.int64)
        return allocate(counted.tolist(), self.expected, self.draws)

    @cached_property
    def _grouped(self) -> tuple[Int64s, _Pairs]:
        """Whom only one site draws, in thousandths by site, and the draws that are shared."""
        number: dict[str, int] = {}
        rows = np.array(
            [
                (number.setdefault(group, len(number)), draw, site)
                for site, draws in enumerate(self.draws)
                for group, draw in draws.items()
            ],
            dtype=np.int64,
        ).reshape(-1, 3)
        group, draw, site = rows[np.lexsort(rows.T[::-1])].T
        lone = (np.bincount(group) == 1)[group] if len(group) else np.zeros(0, dtype=bool)
        drawn = np.zeros(len(self.expected), dtype=np.int64)
        np.add.at(drawn, site[lone], draw[lone])
        return drawn, _Pairs(site[~lone], group[~lone], draw[~lone])

    @property
    def _pairs(self) -> _Pairs:
        return self._grouped[1]

    @cached_property
    def _own(self) -> Int64s:
        """Thousandths of people whom no other site draws, less those recorded already."""
        whole = np.array(self.expected, dtype=np.int64) - np.array(self.recorded, dtype=np.int64)
        return whole * PERSON + self._grouped[0]

    @cached_property
    def _drawn(self) -> Int64s:
        """Thousandths of people whom other sites draw too."""
        drawn = np.zeros(len(self.expected), dtype=np.int64)
        np.add.at(drawn, self._pairs.site, self._pairs.draw)
        return drawn

    def _mask(self, sites: Iterable[int]) -> Bools:
        mask = np.zeros(len(self.expected), dtype=bool)
        mask[list(sites)] = True
        return mask

    def _thousandths(self, sites: Bools) -> int:
        """All who would come to these sites, less those recorded already."""
        pairs = self._pairs.of(sites)
        return int(self._own[sites].sum() + pairs.draw[pairs.are_largest].sum())

    def _cut(self, asked: Int64s) -> Bools:
        """The sites that ask for most thousandths beyond what groups give them; fewest of such."""
        asked, pairs = self._contested(asked)
        sites = np.flatnonzero(asked > 0)
        if not len(pairs.site):
            return self._mask(sites)
        reached = _network(sites, asked[sites], pairs).minimum_cut()
        return self._mask(sites[reached[SINK + 1 : SINK + 1 + len(sites)]])

    def _contested(self, asked: Int64s) -> tuple[Int64s, _Pairs]:
        """What sites ask for beyond draws that no other site asks for, and the other draws.

        All cuts are as much smaller without the former, so the smallest stays the same.
        """
        pairs, asked = self._pairs.of(asked > 0), asked.copy()
        while (lone := np.bincount(pairs.group)[pairs.group] == 1).any():
            np.subtract.at(asked, pairs.site[lone], pairs.draw[lone])
            pairs = pairs.chosen(~lone & (asked[pairs.site] > 0))
        return asked, pairs

    def _shrink(self, sites: Bools, counted: Int64s) -> BrokenSet:
        """A broken set of some of these sites, which is not broken without any one of them."""
        while (smaller := self._without_one(sites, counted)) is not None:
            sites = smaller
        return BrokenSet(
            sites=tuple(np.flatnonzero(sites).tolist()),
            capacity=self._thousandths(sites) // PERSON,
            excess=self._excess(sites, counted) / PERSON,
        )

    def _without_one(self, sites: Bools, counted: Int64s) -> Bools | None:
        """The sites without the one that records least, of those without which they are broken."""
        for site in sorted(np.flatnonzero(sites), key=lambda site: int(counted[site])):
            others = sites.copy()
            others[site] = False
            if self._excess(others, counted) > 0:
                return others
        return None

    def _excess(self, sites: Bools, counted: Int64s) -> int:
        """Thousandths recorded beyond the whole people who would come."""
        return int(counted[sites].sum()) - self._thousandths(sites) // PERSON * PERSON


def _network(sites: Int64s, asked: Int64s, pairs: _Pairs) -> Network:
    """What some sites ask for flows from the source to them, and from their groups to the sink.

    From a site it flows to its place among the draws of each of its groups, on to ever larger
    draws, and from the largest to the sink. So sites that draw no more of a group than one of
    them get no more than its draw. Nodes after the sink are the sites in their order.
    """
    site = SINK + 1 + np.arange(len(sites))
    pair = SINK + 1 + len(sites) + np.arange(len(pairs.site))
    of_pair = site[np.searchsorted(sites, pairs.site)]
    return Network(
        num_nodes=SINK + 1 + len(sites) + len(pair),
        tails=np.concatenate([np.full(len(sites), SOURCE), of_pair, pair]),
        heads=np.concatenate([site, pair, np.where(pairs.are_largest, SINK, pair + 1)]),
        capacities=np.concatenate([asked, pairs.draw, pairs.draw]),
    )


def _components(num_sites: int, pairs: _Pairs) -> Int64s:
    """By site, the lowest index of those joined to it by groups that they share."""
    parent = list(range(num_sites))

    def root(site: int) -> int:
        while parent[site] != site:
            parent[site] = site = parent[parent[site]]
        return site

    sites, same = pairs.site.tolist(), (~pairs.are_largest).tolist()
    for position, joined in enumerate(same):
        if joined:
            first, second = sorted((root(sites[position]), root(sites[position + 1])))
            parent[second] = first
    return np.array([root(site) for site in range(num_sites)], dtype=np.int64)
