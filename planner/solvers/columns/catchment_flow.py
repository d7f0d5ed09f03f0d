"""Maximum flows from groups of people to the sites that they would come to.

Everyone of a group who would come to a site also comes to those that draw more of it. So a group
is cut into rings: whom only its first site draws, whom its first two draw, and so on. People
recorded can be different persons if and only if they flow from the rings to the sites; a minimum
cut is a set of sites that record more than there are. All in thousandths of a person.

`planner.catchments` answers the same for the check, which knows no solver. A search asks many
thousand times: here one network answers many questions, each solved from where the last one ended.
"""

from collections.abc import Iterator

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow

from planner.arrays import Bools, Int64s
from planner.catchments import PERSON
from planner.model import Instance

UNLIMITED = 10**13
"""More than flows anywhere."""

SOURCE, SINK = 0, 1

SiteSet = tuple[tuple[int, ...], int]
"""Indices of sites, ascending, and how many people they record together at most."""


class CatchmentFlow:
    """Flows of an instance.

    Attributes
    ----------
    site, draw, group
        Of all draws, group after group, the largest of a group first. The own people of a site are
        a group, too.
    first
        Where each group begins.
    """

    def __init__(self, instance: Instance) -> None:
        groups: dict[object, list[tuple[int, int]]] = {}
        for site, given in enumerate(instance.sites):
            groups[site] = [(-PERSON * given.expected, site)]
            for group, draw in given.draws.items():
                groups.setdefault(group, []).append((-draw, site))
        draws = [draw for of_group in groups.values() for draw in sorted(of_group)]
        sizes = np.array([len(of_group) for of_group in groups.values()], dtype=np.int64)
        self.draw: Int64s = np.array([-draw for draw, _ in draws], dtype=np.int64)
        self.site: Int64s = np.array([site for _, site in draws], dtype=np.int64)
        self.group: Int64s = np.repeat(np.arange(len(sizes)), sizes)
        self.first: Int64s = np.cumsum(sizes) - sizes
        self._num_sites = len(instance.sites)
        self._nodes = SINK + 1 + len(draws) + np.arange(self._num_sites)

    def capacity(self, sites: Int64s) -> int:
        """How many people sites record together at most."""
        chosen = np.zeros(self._num_sites, dtype=np.bool_)
        chosen[sites] = True
        return int(np.maximum.reduceat(self.draw * chosen[self.site], self.first).sum()) // PERSON

    def headroom(self, people: Int64s, sites: Int64s) -> Int64s:
        """How many more people each site may record alone, beside those recorded everywhere."""
        flow, sinks = self._flow(people)
        total = PERSON * int(people.sum())
        more = np.empty(len(sites), dtype=np.int64)
        for number, site in enumerate(sites.tolist()):
            flow.set_arc_capacity(int(sinks[site]), UNLIMITED)
            more[number] = (_maximum(flow) - total) // PERSON
            flow.set_arc_capacity(int(sinks[site]), PERSON * int(people[site]))
        return more

    def broken_sets(self, people: Int64s) -> list[SiteSet]:
        """Sets that record more than there are, those exceeded most for each site first."""
        flow, _ = self._flow(people)
        if _maximum(flow) == PERSON * people.sum():
            return []
        broken = [(sites, self.capacity(np.array(sites))) for sites in self._parts(self._cut(flow))]

        def excess(broken_set: SiteSet) -> float:
            sites, capacity = broken_set
            return (int(people[list(sites)].sum()) - capacity) / len(sites)

        return sorted((s for s in broken if excess(s) > 0), key=excess, reverse=True)

    def _flow(self, people: Int64s) -> tuple[SimpleMaxFlow, Int64s]:
        """The network, and the arcs from sites to the sink, in the order of the sites."""
        entries = SINK + 1 + np.arange(len(self.draw))
        is_inner = np.append(self.group[1:] == self.group[:-1], False)
        rings = self.draw - np.append(self.draw[1:], 0) * is_inner
        inner = np.flatnonzero(is_inner)
        tails = [np.full(len(entries), SOURCE), entries[inner + 1], entries, self._nodes]
        heads = [entries, entries[inner], self._nodes[self.site], np.full(self._num_sites, SINK)]
        capacities = [rings, np.full(len(inner) + len(entries), UNLIMITED), PERSON * people]
        flow = SimpleMaxFlow()
        arcs = flow.add_arcs_with_capacity(
            np.concatenate(tails), np.concatenate(heads), np.concatenate(capacities)
        )
        return flow, arcs[-self._num_sites :]

    def _cut(self, flow: SimpleMaxFlow) -> Bools:
        """Whether each site is on the sink's side of the minimum cut."""
        nodes = np.array(flow.get_sink_side_min_cut(), dtype=np.int64)
        chosen = np.zeros(self._num_sites, dtype=np.bool_)
        chosen[nodes[nodes >= self._nodes[0]] - self._nodes[0]] = True
        return chosen

    def _parts(self, chosen: Bools) -> Iterator[tuple[int, ...]]:
        """Sites that share groups, those of each part together."""
        label = np.arange(self._num_sites)
        site = self.site[chosen[self.site]]
        group = self.group[chosen[self.site]]
        while True:
            lowest = np.full(len(self.first), self._num_sites)
            np.minimum.at(lowest, group, label[site])
            before = label.copy()
            np.minimum.at(label, site, lowest[group])
            if np.array_equal(before, label):
                break
        for part in np.unique(label[chosen]):
            yield tuple(np.flatnonzero(chosen & (label == part)).tolist())


def _maximum(flow: SimpleMaxFlow) -> int:
    """The maximum flow from source to sink; solves for it."""
    if flow.solve(SOURCE, SINK) != flow.OPTIMAL:
        raise RuntimeError("there is no maximum flow")
    return int(flow.optimal_flow())
