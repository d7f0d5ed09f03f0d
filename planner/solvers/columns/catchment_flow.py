"""Maximum flows from groups of people to the sites that they would come to.

Everyone of a group who would come to a site also comes to those that draw more of it. So a group
is cut into rings: whom only its first site draws, whom its first two draw, and so on. People
recorded can be different persons if and only if they flow from the rings to the sites; a minimum
cut is a set of sites that record more than there are. All in thousandths of a person.

`planner.catchments` answers the same for the check, which knows no solver. A search asks many
thousand times: here a network has only the sites that matter, and answers many questions.
"""

from operator import itemgetter

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow

from planner.arrays import Bools, Float64s, Int64s
from planner.catchments import PERSON
from planner.model import Instance

UNLIMITED = 10**13
"""More than flows anywhere."""

SOURCE, SINK = 0, 1

OWN = ""
"""In place of a name, the group of those who come to one site only."""

SiteSet = tuple[tuple[int, ...], int]
"""Indices of sites, ascending, and how many people they record together at most."""


class CatchmentFlow:
    """Flows of an instance.

    Attributes
    ----------
    site, draw, group
        Of all draws, group after group, the largest of a group first. The own people of a site are
        a group, too. Groups that come to the same sites in the same order of draws are one, as
        their largest draws anywhere add up.
    names
        Of each group, the groups of the instance that it is made of.
    first
        Where each group begins.
    part
        Per site, the lowest of those that it shares people with, if over others.
    is_shared
        Per site, whether it shares people with others.
    """

    def __init__(self, instance: Instance) -> None:
        groups: dict[object, list[tuple[int, int]]] = {}
        for site, given in enumerate(instance.sites):
            groups[site] = [(-PERSON * given.expected, site)]
            for name, draw in given.draws.items():
                groups.setdefault(name, []).append((-draw, site))
        alike: dict[tuple[int, ...], list[object]] = {}
        for group, of_group in groups.items():
            alike.setdefault(tuple(site for _, site in sorted(of_group)), []).append(group)
        draws = [
            -sum(draw for group in merged for draw, other in groups[group] if other == site)
            for sites, merged in alike.items()
            for site in sites
        ]
        sizes = np.array([len(sites) for sites in alike], dtype=np.int64)
        self.names = tuple(
            tuple(group if isinstance(group, str) else OWN for group in merged)
            for merged in alike.values()
        )
        self.draw: Int64s = np.array(draws, dtype=np.int64)
        self.site: Int64s = np.array([site for sites in alike for site in sites], dtype=np.int64)
        self.group: Int64s = np.repeat(np.arange(len(sizes)), sizes)
        self.first: Int64s = np.cumsum(sizes) - sizes
        self._num_sites = len(instance.sites)
        self._alone: Int64s = np.zeros(self._num_sites, dtype=np.int64)
        np.add.at(self._alone, self.site, self.draw)
        self.part: Int64s = self._parts(np.ones(self._num_sites, dtype=np.bool_))
        self.is_shared: Bools = np.bincount(self.part, minlength=self._num_sites)[self.part] > 1

    def capacity(self, sites: Int64s) -> int:
        """How many people sites record together at most."""
        chosen = np.zeros(self._num_sites, dtype=np.bool_)
        chosen[sites] = True
        return int(np.maximum.reduceat(self.draw * chosen[self.site], self.first).sum()) // PERSON

    def headroom(self, people: Int64s, sites: Int64s) -> Int64s:
        """How many more people each site may record alone, beside those recorded everywhere."""
        more, missing = self._alone[sites], 0
        # All may come to a site whose groups are not recorded elsewhere.
        is_touched = np.zeros(len(self.first), dtype=np.bool_)
        is_touched[self.group[people[self.site] > 0]] = True
        is_near = np.zeros(self._num_sites, dtype=np.bool_)
        is_near[self.site[is_touched[self.group]]] = True
        # What sites of one part record leaves the others as they are, unless it is too much.
        for part in np.unique(self.part[people > 0]):
            asked = np.flatnonzero((self.part[sites] == part) & is_near[sites])
            counted = np.flatnonzero((self.part == part) & (people > 0))
            chosen = np.union1d(counted, sites[asked])
            flow, sinks = self._flow(people, chosen)
            recorded = PERSON * int(people[chosen].sum())
            lacking = recorded - _maximum(flow)
            missing += lacking
            for number, site in zip(asked, np.searchsorted(chosen, sites[asked]), strict=True):
                sink = int(sinks[site])
                flow.set_arc_capacity(sink, UNLIMITED)
                more[number] = _maximum(flow) - recorded + lacking
                flow.set_arc_capacity(sink, PERSON * int(people[chosen[site]]))
        return (more - missing) // PERSON

    def broken_sets(self, people: Int64s) -> list[SiteSet]:
        """Sets that record more than there are, those exceeded most for each site first."""
        counted = np.flatnonzero(people)
        if not len(counted):
            return []
        flow, _ = self._flow(people, counted)
        if _maximum(flow) == PERSON * people.sum():
            return []
        nodes = np.array(flow.get_sink_side_min_cut(), dtype=np.int64) - (SINK + 1)
        is_cut = np.zeros(self._num_sites, dtype=np.bool_)
        is_cut[counted[nodes[(nodes >= 0) & (nodes < len(counted))]]] = True
        part = self._parts(is_cut)
        broken = []
        for number in np.unique(part[is_cut]):
            sites = np.flatnonzero(is_cut & (part == number))
            capacity = self.capacity(sites)
            if (beyond := int(people[sites].sum()) - capacity) > 0:
                broken.append((beyond / len(sites), (tuple(sites.tolist()), capacity)))
        return [broken_set for _, broken_set in sorted(broken, key=itemgetter(0), reverse=True)]

    def crowded_sets(self, recorded: Float64s, most: int) -> set[tuple[int, ...]]:
        """Sets of up to so many sites that share people and record about as many as there are.

        They grow from each site, each time by the one that leaves least to be recorded.

        Parameters
        ----------
        recorded
            People by site.
        """
        sets = set()
        is_busy = recorded > 0
        for first in np.flatnonzero(is_busy).tolist():
            largest = np.zeros(len(self.first), dtype=np.int64)
            sites = [first]
            while len(sites) < most:
                members = self.site == sites[-1]
                np.maximum.at(largest, self.group[members], self.draw[members])
                more = np.zeros(self._num_sites, dtype=np.int64)
                np.add.at(more, self.site, np.maximum(0, self.draw - largest[self.group]))
                nearby = is_busy & (more < self._alone)
                nearby[sites] = False
                if not nearby.any():
                    break
                room = np.where(nearby, more - PERSON * recorded, np.inf)
                sites.append(int(np.argmin(room)))
                sets.add(tuple(sorted(sites)))
        return sets

    def _flow(self, people: Int64s, chosen: Int64s) -> tuple[SimpleMaxFlow, Int64s]:
        """The network of some sites, and their arcs to the sink."""
        rank = np.full(self._num_sites, -1)
        rank[chosen] = np.arange(len(chosen))
        kept = np.flatnonzero(rank[self.site] >= 0)
        site, draw, group = rank[self.site[kept]], self.draw[kept], self.group[kept]
        nodes = SINK + 1 + np.arange(len(chosen))
        entries = SINK + 1 + len(chosen) + np.arange(len(kept))
        inner = np.flatnonzero(np.diff(group) == 0)
        rings = draw.copy()
        rings[inner] -= draw[inner + 1]
        tails = [np.full(len(kept), SOURCE), entries[inner + 1], entries, nodes]
        heads = [entries, entries[inner], nodes[site], np.full(len(nodes), SINK)]
        capacities = [rings, np.full(len(inner) + len(kept), UNLIMITED), PERSON * people[chosen]]
        flow = SimpleMaxFlow()
        arcs = flow.add_arcs_with_capacity(
            np.concatenate(tails), np.concatenate(heads), np.concatenate(capacities)
        )
        return flow, arcs[-len(chosen) :]

    def _parts(self, chosen: Bools) -> Int64s:
        """Of each chosen site the lowest one of those that share groups, if over others."""
        label = np.arange(self._num_sites)
        site = self.site[chosen[self.site]]
        group = self.group[chosen[self.site]]
        while True:
            lowest = np.full(len(self.first), self._num_sites)
            np.minimum.at(lowest, group, label[site])
            before = label.copy()
            np.minimum.at(label, site, lowest[group])
            if np.array_equal(before, label):
                return label


def _maximum(flow: SimpleMaxFlow) -> int:
    """The maximum flow from source to sink; solves for it."""
    if flow.solve(SOURCE, SINK) != flow.OPTIMAL:
        raise RuntimeError("there is no maximum flow")
    return int(flow.optimal_flow())
