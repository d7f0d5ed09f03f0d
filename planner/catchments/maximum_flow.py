"""Maximum flows and minimum cuts (Ford and Fulkerson 1956), for whole capacities of any size.

SciPy's are quick and count up to 2³¹; beyond that, Dinic's algorithm (1970) in whole numbers of
Python.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.arrays import Bools, Int64s

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SOURCE, SINK = 0, 1
"""The nodes between which all flows are."""

MAX_INT32 = (1 << 31) - 1


Arc = tuple[int, int]
"""Its tail and its head."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A maximum flow.

    Attributes
    ----------
    by_arc
        What flows along each arc.
    reached
        By node, whether it is on the source's side of a minimum cut, with the fewest others.
    """

    by_arc: list[int]
    reached: list[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Arcs from the source to the sink; no two join the same nodes.

    Attributes
    ----------
    tails, heads, capacities
        By arc; capacities are >= 0.
    """

    num_nodes: int
    tails: Int64s
    heads: Int64s
    capacities: Int64s

    @property
    def fits_int32(self) -> bool:
        """Whether no flow is too large for SciPy."""
        return bool(self.capacities[self.tails == SOURCE].sum() <= MAX_INT32)

    def minimum_cut(self) -> Bools:
        """Nodes on the source's side of a minimum cut, the fewest there can be."""
        if not self.fits_int32:
            arcs = list(zip(self.tails.tolist(), self.heads.tolist(), strict=True))
            return np.array(maximum_flow(self.num_nodes, arcs, self.capacities.tolist()).reached)
        from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415

        reached = np.zeros(self.num_nodes, dtype=bool)
        reached[breadth_first_order(self._residual(), SOURCE, return_predecessors=False)] = True
        return reached

    def further_flows(self, nodes: Int64s) -> Int64s:
        """From each of some nodes, what could flow to the sink beside a maximum flow.

        What flows from the source already may take other ways, but gets no less.
        """
        from scipy.sparse.csgraph import maximum_flow as int32_flow  # noqa: PLC0415

        residual = self._residual()
        flows = [int32_flow(residual, node, SINK).flow_value for node in nodes]
        return np.array(flows, dtype=np.int64)

    def _residual(self) -> "csr_array[Any]":
        """Room that a maximum flow leaves on each arc, and to take back what flows."""
        # SciPy is loaded here, since most instances have nothing to cut.
        from scipy.sparse import csr_array  # noqa: PLC0415
        from scipy.sparse.csgraph import maximum_flow as int32_flow  # noqa: PLC0415

        limited = np.minimum(self.capacities, MAX_INT32).astype(np.int32)
        shape = (self.num_nodes, self.num_nodes)
        graph = csr_array((limited, (self.tails, self.heads)), shape=shape)
        residual = csr_array(graph - int32_flow(graph, SOURCE, SINK).flow)
        residual.eliminate_zeros()
        return residual


def maximum_flow(num_nodes: int, arcs: Sequence[Arc], capacities: Sequence[int]) -> Flow:
    """A maximum flow in whole numbers, however large; the same on all machines."""
    # Half-arcs 2k and 2k + 1 are arc k and its reverse.
    heads = [node for tail, head in arcs for node in (head, tail)]
    room = [part for capacity in capacities for part in (capacity, 0)]
    leaving: list[list[int]] = [[] for _ in range(num_nodes)]
    for half in range(len(heads)):
        leaving[heads[half ^ 1]].append(half)
    while (depths := _depths(leaving, heads, room))[SINK] >= 0:
        _saturate(leaving, heads, room, depths)
    return Flow(by_arc=room[1::2], reached=[depth >= 0 for depth in depths])


def _depths(leaving: list[list[int]], heads: list[int], room: list[int]) -> list[int]:
    """Arcs from the source to each node where there is room; -1 = not reached."""
    depths = [-1] * len(leaving)
    depths[SOURCE] = 0
    waiting = deque([SOURCE])
    while waiting:
        node = waiting.popleft()
        for half in leaving[node]:
            if room[half] and depths[heads[half]] < 0:
                depths[heads[half]] = depths[node] + 1
                waiting.append(heads[half])
    return depths


def _saturate(
    leaving: list[list[int]], heads: list[int], room: list[int], depths: list[int]
) -> None:
    """Fill ways that go one deeper with every arc until none has room; changes ``room``."""
    untried = [list(halves) for halves in leaving]
    way: list[int] = []
    node = SOURCE
    while True:
        if node == SINK:
            amount = min(room[half] for half in way)
            for half in way:
                room[half] -= amount
                room[half ^ 1] += amount
            full = next(place for place, half in enumerate(way) if not room[half])
            node = heads[way[full] ^ 1]
            del way[full:]
        elif untried[node]:
            half = untried[node][-1]
            if room[half] and depths[heads[half]] == depths[node] + 1:
                way.append(half)
                node = heads[half]
            else:
                untried[node].pop()
        elif way:
            node = heads[way.pop() ^ 1]
            untried[node].pop()
        else:
            return
