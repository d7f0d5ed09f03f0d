"""The network as one class of van may drive it: states and the arcs between them."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planner.arrays import Float64s, Indices, Int32s, Int64s
from planner.district import Speeds
from planner.travel.cost import Costs, pack_cost
from planner.travel.network import HIGHWAYS, Network
from planner.travel.profile import SPEED_KMH
from planner.travel.turn_restrictions import BannedSequence
from planner.units import HOUR_S, KM_M

LinkSequence = tuple[int, ...]
"""Numbers of links driven one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """States of a drive and the arcs between them.

    A state is a junction, or a junction reached in a way after which some turn is forbidden.

    Attributes
    ----------
    tail, head
        State in which each arc begins and ends.
    link
        Link each arc drives; one link may be several arcs.
        The arcs out of junctions come first, each link once.
    cost
        Cost of each arc, see `planner.travel.cost`.
    """

    num_states: int
    tail: Int32s
    head: Int32s
    link: Int32s
    cost: Costs

    def components(self) -> Int32s:
        """Number of the part each state is in; between all states of a part one can drive."""
        ones = np.ones(len(self.tail), dtype=np.int8)
        shape = (self.num_states, self.num_states)
        graph = csr_array((ones, (self.tail, self.head)), shape=shape)
        return np.asarray(connected_components(graph, connection="strong")[1], dtype=np.int32)


def road_speeds_kmh(network: Network, speeds: Speeds) -> Float64s:
    """Speed on each road: that of its kind, never above the signed limit."""
    by_highway = {**SPEED_KMH, **speeds.by_highway_kmh}
    kinds = np.array([by_highway.get(highway, np.inf) for highway in HIGHWAYS])
    kind_kmh = kinds[network.way_highway[network.way]]
    limit_kmh = network.way_limit_kmh[network.way].astype(np.float64)
    return np.asarray(np.minimum(kind_kmh, limit_kmh), dtype=np.float64)


def road_costs(network: Network, speeds: Speeds) -> Costs:
    """Cost of each road, the same in both directions."""
    time_s = network.length_m / road_speeds_kmh(network, speeds) * (HOUR_S / KM_M)
    return pack_cost(time_s, network.length_m)


def cheapest_arcs(tail: Int32s, head: Int32s, cost: Costs) -> Indices:
    """Indices of arcs by tail, then by head; of parallel ones only the cheapest."""
    order = np.lexsort((cost, head, tail))
    tail, head = tail[order], head[order]
    first = (np.diff(tail, prepend=-1) != 0) | (np.diff(head, prepend=-1) != 0)
    return np.asarray(order[first], dtype=np.intp)


def arc_matrix(tail: Int32s, head: Int32s, cost: Int64s, num_nodes: int) -> csr_array:
    """Arcs, as `cheapest_arcs` puts them in order, as a matrix for SciPy.

    Its indices have 32 bits, as SciPy's searches want them.
    """
    starts = np.searchsorted(tail, np.arange(num_nodes + 1)).astype(np.int32)
    return csr_array((cost.astype(np.float64), head, starts), shape=(num_nodes, num_nodes))


def build_graph(network: Network, bit: int, costs: Costs) -> Graph:
    """The graph of those who may drive links that have a bit, forbidden turns respected."""
    along = np.flatnonzero(network.forward & bit).astype(np.int32)
    against = np.flatnonzero(network.backward & bit).astype(np.int32)
    link = np.concatenate([2 * along, 2 * against + 1])
    tail = np.concatenate([network.tail[along], network.head[against]])
    head = np.concatenate([network.head[along], network.tail[against]])
    allowed = np.zeros(2 * len(network.way), dtype=bool)
    allowed[link] = True
    sequences = [
        sequence
        for sequence in network.sequences()
        if sequence.profiles & bit and allowed[list(sequence.links)].all()
    ]
    if not sequences:
        states = tail, head, link, network.num_junctions
    else:
        banned = {sequence.links for sequence in sequences}
        banned |= set(_u_turn_detours(sequences, tail, head, link, network.num_junctions))
        states = _build_turn_automaton(banned, tail, head, link, network.num_junctions)
    tail, head, link, num_states = states
    return Graph(num_states=num_states, tail=tail, head=head, link=link, cost=costs[link // 2])


def _u_turn_detours(
    sequences: Iterable[BannedSequence],
    tail: Int32s,
    head: Int32s,
    link: Int32s,
    num_junctions: int,
) -> Iterator[LinkSequence]:
    """Turning round on the way over a forbidden turn, or at the next junction, which nobody means.

    Where only turning round is forbidden, one may do so at the next junction.
    """
    arc_of = dict(zip(link.tolist(), range(len(link)), strict=True))
    leaving = OutgoingArcs(tail, num_junctions)
    for sequence in sequences:
        *driven, last = sequence.links
        yield from ((*driven[:size], driven[size - 1] ^ 1) for size in range(2, len(driven) + 1))
        if sequence.is_u_turn or last == driven[0] ^ 1:
            continue
        for passing in leaving[int(head[arc_of[driven[-1]]])].tolist():
            exits = link[leaving[int(head[passing])]]
            back = int(link[passing]) ^ 1
            # At a dead end, turning round is the only way on.
            if back != driven[-1] and back in exits and len(exits) > 1:
                yield (*driven, int(link[passing]), back)


class OutgoingArcs:
    """Indices of the arcs out of each state, in their order."""

    def __init__(self, tail: Int32s, num_states: int) -> None:
        self._order = np.argsort(tail, kind="stable")
        self._starts = np.searchsorted(tail, np.arange(num_states + 1), sorter=self._order)

    def __getitem__(self, state: int) -> Indices:
        return self._order[self._starts[state] : self._starts[state + 1]]


def _build_turn_automaton(
    banned: Set[LinkSequence], tail: Int32s, head: Int32s, link: Int32s, num_junctions: int
) -> tuple[Int32s, Int32s, Int32s, int]:
    """Arcs with states that remember just enough of the way to know which turn is forbidden next.

    The added states are the beginnings of the forbidden sequences, an automaton as in Aho and
    Corasick (1975); all other ways to a junction share the junction itself.
    """
    prefixes = sorted({links[:size] for links in banned for size in range(1, len(links))})
    states = {links: num_junctions + i for i, links in enumerate(prefixes)}
    ends = dict(zip(link.tolist(), head.tolist(), strict=True))
    leaving = OutgoingArcs(tail, num_junctions)

    def after(driven: tuple[int, ...]) -> int:
        known = (states.get(driven[begin:]) for begin in range(len(driven)))
        return next((state for state in known if state is not None), ends[driven[-1]])

    new = [
        (state, after((*links, number)), number)
        for links, state in states.items()
        for number in link[leaving[ends[links[-1]]]].tolist()
        if not any((*links[begin:], number) in banned for begin in range(len(links)))
    ]
    heads = head.copy()
    for arc in np.flatnonzero(np.isin(link, [links[0] for links in prefixes])).tolist():
        heads[arc] = after((int(link[arc]),))
    more = np.array(new, dtype=np.int32).reshape(-1, 3).T
    return (
        np.concatenate([tail, more[0]]),
        np.concatenate([heads, more[1]]),
        np.concatenate([link, more[2]]),
        num_junctions + len(prefixes),
    )
