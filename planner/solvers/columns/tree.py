"""Branch and price: of two rules one holds for every plan, so the bounds of both bound all plans.

A rule says how many routes of some kinds stop at a site, or record many people there. Nodes with
the highest bound come first. Now and then the search goes down to a plan, and keeps nothing else.
"""

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.solvers.columns.generation import Generator
from planner.solvers.columns.master_rows import Branch
from planner.solvers.columns.routes import Column

CANDIDATES = 8
"""So many ways to branch are tried on the routes known, the most divided ones."""

SLACK, CLOSE_ENOUGH = 0.05, 0.08
"""As for the root: shares of what is left to prove by which bounds may be higher than need be."""

DIVE_EVERY = 2
"""From one in so many nodes divided the search goes down to a plan, and does not keep the way."""

LEVELS, ROUNDS, FEW_CANDIDATES = 16, 3, 4
"""It goes down so far at most; at each level with so many rounds of routes and ways to branch."""

WHOLE = 1e-4
"""So near a whole number counts as whole."""

DRIVEN = 0.5
"""Routes of which a mixture drives more are shown as a plan."""

MISSED = 5.0
"""A stop that must be made but is missed costs so many times what is left to prove: with less than
once a node could look better than it is, and with much more routes with cycles through it would.
"""

CUT_DEPTH = 3
"""So far down cuts are looked for."""


Branches = tuple[Branch, ...]

Mixture = Sequence[tuple[Column, float]]
"""Columns and the shares of them that are driven, most of them first."""

Stops = tuple[frozenset[int], int, int]
"""Of some kinds, at a site, for so many people or more."""


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
    branches: Branches = field(compare=False)
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
    dives
        Whether to go down for plans now and then.
    """

    def __init__(
        self,
        generator: Generator,
        bound: float,
        *,
        left: Callable[[], float],
        settled: Callable[[float], bool],
        offer: Callable[[tuple[Column, ...]], bool],
        dives: bool,
    ) -> None:
        self._generator, self._master = generator, generator.master
        self._left, self._settled, self._offer = left, settled, offer
        self._dives, self._num_divided = dives, 0
        self._open = [Node(-bound, 0, (), own=True)]
        self._floor = -math.inf
        self._number = 0
        self._all = frozenset(range(len(generator.counts)))

    @property
    def bound(self) -> float:
        """No plan exceeds it."""
        return max(self._floor, self._open[0].bound if self._open else -math.inf)

    def whole(self) -> bool:
        """Whether no plan is left to look for."""
        return not (self._open and not self._settled(self._open[0].bound))

    def step(self, begin: Callable[[], bool], over: Callable[[], bool]) -> None:
        """Take the node with the highest bound: divide it if that is its own, else bound it."""
        node = heapq.heappop(self._open)
        self._master.branch(node.branches)
        if not (node.own and self._divide(node, begin, over)):
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
            # Branching comes no nearer: only orders are mixed, or which stops go together on the
            # van-days of one kind, or a stop that must be made is missed in part.
            self._floor = max(self._floor, bound)
        else:
            heapq.heappush(self._open, Node(-bound, node.number, node.branches, own=True))
            self._master.solve()
            if self._dives and not _divided(self._shown(), self._all):
                # With all stops whole a plan is near.
                self._descend(node.branches, begin, over)

    def _divide(self, node: Node, begin: Callable[[], bool], over: Callable[[], bool]) -> bool:
        """Whether a node has children; they are noted with its bound."""
        value = self._master.solve().value
        if len(node.branches) < CUT_DEPTH:
            self._master.cut()
        pairs = self._pairs(node.branches, self._shown())
        if not pairs:
            return False
        for branch in self._best(node.branches, pairs, value):
            self._number += 1
            child = Node(node.rank, self._number, (*node.branches, branch))
            heapq.heappush(self._open, child)
        if self._dives and self._num_divided % DIVE_EVERY == 0:
            self._descend(node.branches, begin, over)
        self._num_divided += 1
        return True

    def _descend(
        self, branches: Branches, begin: Callable[[], bool], over: Callable[[], bool]
    ) -> None:
        """Go down to a plan by the better one of two children each time; nothing is kept of it."""
        for _ in range(LEVELS):
            if not begin():
                break
            self._master.branch(branches)
            self._generator.better(ROUNDS, over)
            value = self._master.solve().value
            pairs = self._pairs(branches, self._shown())
            if self._settled(value) or not pairs:
                break
            branches = (*branches, self._best(branches, pairs[:FEW_CANDIDATES], value)[0])

    def _best(
        self, branches: Branches, pairs: Sequence[tuple[Branch, Branch]], value: float
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
                self._master.branch((*branches, branch))
                values.append(self._master.value())
            falls = [min(max(value - after, least), most) for after in values]
            if falls[0] * falls[1] > best[0]:
                best = falls[0] * falls[1], pair if values[0] > values[1] else pair[::-1]
        return best[1]

    def _shown(self) -> Mixture:
        """The mixture last solved; what it drives most is offered as a plan."""
        shares = self._master.shares()
        driven = np.flatnonzero(shares > WHOLE)
        driven = driven[np.argsort(-shares[driven], kind="stable")]
        mixture = [(self._master.columns[index], float(shares[index])) for index in driven]
        self._offer(tuple(column for column, share in mixture if share > DRIVEN))
        return mixture

    def _pairs(self, branches: Branches, mixture: Mixture) -> list[tuple[Branch, Branch]]:
        """Ways to branch: at most so many stops, or one more; where all are whole, by people."""
        known = {(b.kinds, b.site, b.people, b.stops) for b in branches if b.at_least}
        missed = MISSED * self._left()
        divided = _divided(mixture, self._all) or _divided(mixture, self._all, by_people=True)
        new = [
            (kinds, site, people, math.floor(number))
            for (kinds, site, people), number in divided
            if (kinds, site, people, math.ceil(number)) not in known
        ]
        return [
            (
                Branch(site, kinds, whole, at_least=False, people=people),
                Branch(site, kinds, whole + 1, at_least=True, people=people, penalty=missed),
            )
            for kinds, site, people, whole in new[:CANDIDATES]
        ]


def _divided(
    mixture: Mixture, kinds: frozenset[int], *, by_people: bool = False
) -> list[tuple[Stops, float]]:
    """Stops of which the mixture makes no whole number, the most divided first.

    Parameters
    ----------
    kinds
        All; stops are counted of each kind, and of all.
    by_people
        Count stops for each number of people or more that the mixture records, not all alike.
    """
    amounts: dict[int, set[int]] = {}
    for column, _ in mixture:
        for site, people in column.visits:
            amounts.setdefault(site, set()).add(people if by_people else 0)
    numbers: dict[Stops, float] = {}
    for column, share in mixture:
        for group in {frozenset([column.kind]), kinds}:
            for site, recorded in column.visits:
                for people in (number for number in amounts[site] if number <= recorded):
                    stops = group, site, people
                    numbers[stops] = numbers.get(stops, 0.0) + share
    divided = [
        (stops, number) for stops, number in numbers.items() if WHOLE < number % 1 < 1 - WHOLE
    ]
    return sorted(divided, key=lambda d: (abs(d[1] % 1 - 0.5), sorted(d[0][0]), *d[0][1:]))
