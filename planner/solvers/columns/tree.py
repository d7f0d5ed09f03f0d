"""Branch and price: of two rules one holds for every plan, so the bounds of both bound all plans.

A rule says how many routes of some kinds stop at a site, or record many people there. Nodes with
the highest bound come first; only where a plan is near children follow their parents.
"""

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.solvers.columns.dive import WHOLE
from planner.solvers.columns.generation import Generator
from planner.solvers.columns.routes import Column
from planner.solvers.columns.rules import Branch

CANDIDATES = 8
"""So many ways to branch are tried on the routes known, the most divided ones."""

SLACK, CLOSE_ENOUGH = 0.05, 0.08
"""As for the root: shares of what is left to prove by which bounds may be higher than need be."""

DIVE_EVERY = 8
"""After so many nodes divided, not on a way down, a plan is looked for in the mixture of one."""

DRIVEN = 0.5
"""Routes of which a mixture drives more are shown as a plan."""

MISSED = 5.0
"""A stop that must be made but is missed costs so many times what is left to prove: with less than
once a node could look better than it is, and with much more routes with cycles through it would.
"""

CUT_DEPTH = 3
"""So far down cuts are looked for."""


@dataclass(order=True, slots=True)
class Node:
    """Plans that keep some branches; the highest bound comes first.

    Attributes
    ----------
    own
        Whether the bound is its own; else it is that of its parent.
    """

    rank: float
    number: int
    branches: tuple[Branch, ...] = field(compare=False)
    own: bool = field(default=False, compare=False)

    @property
    def bound(self) -> float:
        """None of these plans exceeds it."""
        return -self.rank


class Tree:
    """Divides all plans by the stops they make until none can be better than the best known.

    Parameters
    ----------
    generator
        Its master knows routes that make up a good mixture.
    bound
        No plan exceeds it.
    left
        Answers how far the best bound is above the best plan.
    settled
        Answers whether a bound shows that there is no better plan.
    offer
        Is shown routes that may make a better plan.
    dive
        Looks for a better plan in the mixture that keeps branches.
    """

    def __init__(
        self,
        generator: Generator,
        bound: float,
        *,
        left: Callable[[], float],
        settled: Callable[[float], bool],
        offer: Callable[[tuple[Column, ...]], bool],
        dive: Callable[[tuple[Branch, ...]], None],
    ) -> None:
        self._generator, self._master = generator, generator.master
        self._left, self._settled, self._offer = left, settled, offer
        self._dive, self._num_divided = dive, 0
        self._open = [Node(-bound, 0, ())]
        self._child: Node | None = None
        self._floor = -math.inf
        self._descending = True
        self._number = 0

    @property
    def bound(self) -> float:
        """No plan exceeds it."""
        waiting = [*self._open, *([self._child] if self._child is not None else [])]
        return max([self._floor, *(node.bound for node in waiting)])

    def whole(self) -> bool:
        """Whether no plan is left to look for."""
        return self._child is None and not (self._open and not self._settled(self._open[0].bound))

    def step(self, begin: Callable[[], bool], over: Callable[[], bool]) -> None:
        """Look at one node: divide it, or bound it.

        On a way down to a plan nodes get no bound of their own, and what they leave beside them is
        bounded later. Else a node is bounded first, and divided once no other has a higher bound.
        """
        node = self._child or heapq.heappop(self._open)
        self._child = None
        self._master.branch(node.branches)
        if self._descending and node.branches:
            self._generator.converge(begin, proving=False, over=over)
        if self._descending and self._settled(self._master.value()):
            self._descending = False
        if not ((self._descending or node.own) and self._divide(node)):
            self._descending = False
            self._bound(node, begin, over)
        self._master.branch(())

    def _bound(self, node: Node, begin: Callable[[], bool], over: Callable[[], bool]) -> None:
        """Give a node its own bound; a close one, if it has one and cannot be divided."""
        left = 0.0 if node.own else self._left()
        proof = self._generator.converge(
            begin,
            proving=True,
            over=over,
            settled=self._settled,
            slack=SLACK * left / sum(self._generator.counts),
            close=CLOSE_ENOUGH * left,
        )
        bound = node.bound if proof is None else min(node.bound, proof.bound)
        if self._settled(bound):
            self._floor = max(self._floor, bound)
        elif over():
            heapq.heappush(self._open, Node(-bound, node.number, node.branches, node.own))
        elif node.own:
            # Only orders are mixed, or stops missed in part: branching comes no nearer.
            self._floor = max(self._floor, bound)
        else:
            self._noted(Node(-bound, node.number, node.branches, own=True))

    def _noted(self, node: Node) -> None:
        """Keep a node for later, or go down from it where all stops are whole: a plan is near."""
        self._master.solve()
        mixture = self._mixture()
        self._offer(tuple(column for column, share in mixture if share > DRIVEN))
        self._descending = not self._divided(node, mixture, _any)
        if not (self._descending and self._divide(node)):
            self._descending = False
            heapq.heappush(self._open, node)

    def _divide(self, node: Node) -> bool:
        """Whether a node has children; they are noted with its bound."""
        value = self._master.solve().value
        if len(node.branches) < CUT_DEPTH:
            self._master.cut()
        mixture = self._mixture()
        self._offer(tuple(column for column, share in mixture if share > DRIVEN))
        pairs = self._pairs(node, mixture)
        if not pairs:
            return False
        if not self._descending:
            self._num_divided += 1
            if self._num_divided % DIVE_EVERY == 0:
                self._dive(node.branches)
        for branch in self._best(node, pairs, value):
            self._number += 1
            child = Node(node.rank, self._number, (*node.branches, branch))
            if self._descending and self._child is None:
                self._child = child
            else:
                heapq.heappush(self._open, child)
        return True

    def _best(
        self, node: Node, pairs: Sequence[tuple[Branch, Branch]], value: float
    ) -> Sequence[Branch]:
        """The pair that lowers both mixtures of the routes known most, the higher mixture first.

        A fall below the best plan is as good as one down to it.
        """
        least = 1e-6 * abs(value)
        most = max(self._left(), least)
        best: tuple[float, Sequence[Branch]] = (-1.0, ())
        for pair in pairs:
            values = []
            for branch in pair:
                self._master.branch((*node.branches, branch))
                values.append(self._master.value())
            falls = [min(max(value - after, least), most) for after in values]
            if falls[0] * falls[1] > best[0]:
                best = falls[0] * falls[1], pair if values[0] > values[1] else pair[::-1]
        return best[1]

    def _mixture(self) -> list[tuple[Column, float]]:
        shares = self._master.shares()
        driven = np.flatnonzero(shares > WHOLE)
        driven = driven[np.argsort(-shares[driven], kind="stable")]
        return [(self._master.columns[index], float(shares[index])) for index in driven]

    def _pairs(
        self, node: Node, mixture: Sequence[tuple[Column, float]]
    ) -> list[tuple[Branch, Branch]]:
        """Ways to branch: at most so many stops, or one more; where all are whole, by people."""
        pairs = self._divided(node, mixture, _any)
        if pairs:
            return pairs
        amounts: dict[int, set[int]] = {}
        for column, _ in mixture:
            for site, people in column.visits:
                amounts.setdefault(site, set()).add(people)
        return self._divided(node, mixture, lambda site: sorted(amounts[site])[1:])

    def _divided(
        self,
        node: Node,
        mixture: Sequence[tuple[Column, float]],
        least: Callable[[int], Sequence[int]],
    ) -> list[tuple[Branch, Branch]]:
        """Ways to branch by stops for some least numbers of people, the most divided first."""
        kinds = frozenset(range(len(self._generator.counts)))
        stops: dict[tuple[frozenset[int], int, int], float] = {}
        for column, share in mixture:
            for site, recorded in column.visits:
                for people in least(site):
                    if recorded >= people:
                        for group in {frozenset([column.kind]), kinds}:
                            key = group, site, people
                            stops[key] = stops.get(key, 0.0) + share
        known = {(b.kinds, b.site, b.people, b.stops) for b in node.branches if b.at_least}
        missed = MISSED * self._left()
        divided = sorted(
            (abs(number % 1 - 0.5), sorted(key[0]), *key[1:], math.floor(number), key[0])
            for key, number in stops.items()
            if WHOLE < number % 1 < 1 - WHOLE and (*key, math.ceil(number)) not in known
        )
        return [
            (
                Branch(site, group, whole, at_least=False, people=people),
                Branch(site, group, whole + 1, at_least=True, people=people, penalty=missed),
            )
            for _, _, site, people, whole, group in divided[:CANDIDATES]
        ]


def _any(site: int) -> Sequence[int]:
    """Every stop counts, however few people it records."""
    del site
    return (0,)
