"""Branch and price: of two rules one holds for every plan, so the bounds of both bound all plans.

A rule says how many routes of some kinds stop at a site. Nodes with the highest bound come first,
but a child is looked at right after its parent, as long as it can hold a better plan.
"""

import heapq
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from planner.solvers.columns.dive import PENALTY, WHOLE
from planner.solvers.columns.generation import Generator
from planner.solvers.columns.routes import Column
from planner.solvers.columns.rules import Branch

CANDIDATES = 8
"""So many ways to branch are tried on the routes known, the most divided ones."""

SLACK, CLOSE_ENOUGH = 0.05, 0.08
"""As for the root: shares of what is left to prove by which bounds may be higher than need be."""

DIVE_EVERY = 4
"""After so many nodes divided, a plan is looked for in the mixture of one."""

PLUNGE = 0.5
"""Once a node is settled, a child is looked at next only if its mixture is worth no less than the
bound by this share of what is left to prove.
"""

CUT_DEPTH = 3
"""So far down cuts are looked for."""


@dataclass(order=True, slots=True)
class Node:
    """Plans that keep some branches; the highest bound comes first."""

    rank: float
    number: int
    branches: tuple[Branch, ...] = field(compare=False)

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
        self._dive, self._divided = dive, 0
        self._open = [Node(-bound, 0, ())]
        self._child: Node | None = None
        self._floor = -math.inf
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
        """Look at one node: bound it, and divide it unless it is settled.

        On the first way down nodes get no bound of their own: it is there for a plan, and what it
        leaves beside it is bounded later.
        """
        node, child = self._child or heapq.heappop(self._open), self._floor == -math.inf
        self._child = None
        self._master.branch(node.branches)
        if child:
            self._generator.converge(begin, proving=False, over=over)
        quick = not node.branches or (child and not self._settled(self._master.solve().value))
        if not (quick and self._divide(node, node.bound)):
            bound = self._bounded(node, begin, over)
            if self._settled(bound):
                self._floor = max(self._floor, bound)
            elif over():
                heapq.heappush(self._open, Node(-bound, node.number, node.branches))
            elif not self._divide(node, bound):
                # Only orders and amounts are mixed: this is as near as branching comes.
                self._floor = max(self._floor, bound)
        self._master.branch(())

    def _bounded(self, node: Node, begin: Callable[[], bool], over: Callable[[], bool]) -> float:
        proof = self._generator.converge(
            begin,
            proving=True,
            over=over,
            settled=self._settled,
            slack=SLACK * self._left() / sum(self._generator.counts),
            close=CLOSE_ENOUGH * self._left(),
        )
        return node.bound if proof is None else min(node.bound, proof.bound)

    def _divide(self, node: Node, bound: float) -> bool:
        """Whether a node has children; they are noted with its bound."""
        value = self._master.solve().value
        if len(node.branches) < CUT_DEPTH:
            self._master.cut()
        mixture = self._mixture()
        self._offer(tuple(column for column, share in mixture if share > 0.5))
        pairs = self._pairs(mixture)
        if not pairs:
            return False
        self._divided += 1
        if self._divided % DIVE_EVERY == 0:
            self._dive(node.branches)
        children = []
        for pair in pairs:
            values = []
            for branch in pair:
                self._master.branch((*node.branches, branch))
                values.append(self._master.solve().value)
            falls = [max(value - after, 1e-6 * abs(value)) for after in values]
            children.append((falls[0] * falls[1], pair, values))
        _, pair, values = max(children, key=lambda child: child[0])
        order = (0, 1) if values[0] > values[1] else (1, 0)
        near = values[order[0]] >= max(bound, self.bound) - PLUNGE * self._left()
        near |= self._floor == -math.inf
        for position in order:
            self._number += 1
            child = Node(-bound, self._number, (*node.branches, pair[position]))
            if near and self._child is None:
                self._child = child
            else:
                heapq.heappush(self._open, child)
        return True

    def _mixture(self) -> list[tuple[Column, float]]:
        shares = self._master.shares()
        driven = np.flatnonzero(shares > WHOLE)
        driven = driven[np.argsort(-shares[driven], kind="stable")]
        return [(self._master.columns[index], float(shares[index])) for index in driven]

    def _pairs(self, mixture: Iterable[tuple[Column, float]]) -> list[tuple[Branch, Branch]]:
        """Ways to branch: at most so many stops, or one more."""
        kinds = frozenset(range(len(self._generator.counts)))
        stops: dict[tuple[frozenset[int], int], float] = {}
        best = 0.0
        for column, share in mixture:
            best = max(best, column.value)
            for site, _ in column.visits:
                for group in {frozenset([column.kind]), kinds}:
                    stops[group, site] = stops.get((group, site), 0.0) + share
        divided = sorted(
            (abs(number % 1 - 0.5), sorted(group), site, math.floor(number), group)
            for (group, site), number in stops.items()
            if WHOLE < number % 1 < 1 - WHOLE
        )
        return [
            (
                Branch(site, group, whole, at_least=False),
                Branch(site, group, whole + 1, at_least=True, penalty=PENALTY * best),
            )
            for _, _, site, whole, group in divided[:CANDIDATES]
        ]
