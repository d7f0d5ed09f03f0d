"""Branch and price: every plan keeps one of two rows, so the bounds of both bound all plans.

A row says how many routes of some classes stop at a site, or record many people there. Nodes with
the highest bound come first. Now and then the search goes down to a plan, and keeps nothing else.
"""

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.master_rows import BranchRow
from planner.solvers.columns.routes import Column
from planner.solvers.params import BranchingParams

INTEGRAL = 1e-4
"""So near an integer counts as integral."""

Branches = tuple[BranchRow, ...]

LpSolution = Sequence[tuple[Column, float]]
"""Columns and the shares of them that are driven, most of them first."""

StopCount = tuple[frozenset[int], int, int]
"""Of some classes, at a site, for so many people or more."""


@dataclass(order=True, slots=True)
class Node:
    """Plans that keep some branches; the highest bound comes first.

    Attributes
    ----------
    has_own_bound
        Whether the bound is its own; else it is that of its parent.
    """

    rank: float
    number: int
    branches: Branches = field(compare=False)
    has_own_bound: bool = field(default=False, compare=False)

    @property
    def bound(self) -> float:
        """None of these plans exceeds it."""
        return -self.rank


class Tree:
    """Divides all plans by the stops they make until none can be better than the best known.

    Parameters
    ----------
    generator
        Its master knows routes that make up a good LP solution.
    bound
        No plan exceeds it.
    begin_round, should_stop
        As in `ColumnGenerator.converge`.
    left_to_prove, tolerance
        Answer how far the best bound is above the best plan, and what bounds may be too high, as
        `Outcome.tolerance`.
    is_settled
        Answers whether a bound shows that there is no better plan.
    propose
        Is shown routes that may make a better plan.
    dive_for_plans
        Whether to go down for plans now and then.
    """

    def __init__(
        self,
        generator: ColumnGenerator,
        bound: float,
        *,
        begin_round: Callable[[], bool],
        should_stop: Callable[[], bool],
        left_to_prove: Callable[[], float],
        tolerance: Callable[[float], float],
        is_settled: Callable[[float], bool],
        propose: Callable[[tuple[Column, ...]], bool],
        dive_for_plans: bool,
        params: BranchingParams,
    ) -> None:
        self._generator, self._master = generator, generator.master
        self._begin_round, self._should_stop = begin_round, should_stop
        self._left_to_prove, self._tolerance = left_to_prove, tolerance
        self._is_settled, self._propose = is_settled, propose
        self._dive_for_plans, self._num_divided = dive_for_plans, 0
        self._dive_every = params.dive_every
        self._params = params
        self._proposed: set[tuple[Column, ...]] = set()
        self._open_nodes = [Node(-bound, 0, (), has_own_bound=True)]
        self._floor = -math.inf
        self._number = 0
        self._all_classes = frozenset(range(len(generator.master.counts)))

    @property
    def bound(self) -> float:
        """No plan exceeds it."""
        return max(self._floor, self._open_nodes[0].bound if self._open_nodes else -math.inf)

    def is_exhausted(self) -> bool:
        """Whether no plan is left to look for."""
        return not (self._open_nodes and not self._is_settled(self._open_nodes[0].bound))

    def step(self) -> None:
        """Take the node with the highest bound: divide it if that is its own, else bound it."""
        node = heapq.heappop(self._open_nodes)
        self._master.set_branches(node.branches)
        if not (node.has_own_bound and self._branch(node)):
            # Where nothing is left to divide, routes may still record fewer people than they say.
            if node.has_own_bound and self._master.forbid_overcoverage():
                node.has_own_bound = False
            self._bound_node(node)
        self._master.set_branches(())

    def _bound_node(self, node: Node) -> None:
        """Give a node its own bound; a close one, if it has one and cannot be divided."""
        slack, close = (
            0.0 if node.has_own_bound else self._tolerance(share)
            for share in (self._params.slack, self._params.close)
        )
        proof = self._generator.converge(
            self._begin_round,
            proving=True,
            should_stop=self._should_stop,
            is_settled=self._is_settled,
            slack=slack / sum(self._master.counts),
            close=close,
        )
        bound = node.bound if proof is None else min(node.bound, proof.bound)
        if self._is_settled(bound):
            self._floor = max(self._floor, bound)
        elif self._should_stop():
            self._push(node, bound, has_own_bound=node.has_own_bound)
        elif node.has_own_bound:
            # Branching comes no nearer: only orders are mixed, or which stops go together on the
            # van-days of one class, or a stop that must be made is missed in part.
            self._floor = max(self._floor, bound)
        else:
            self._push(node, bound, has_own_bound=True)
            self._master.solve()
            if self._dive_for_plans and not self._fractional_stops(self._lp_solution()):
                # With all stops integral a plan is near.
                self._dive(node.branches)

    def _push(self, node: Node, bound: float, *, has_own_bound: bool) -> None:
        new = Node(-bound, node.number, node.branches, has_own_bound)
        heapq.heappush(self._open_nodes, new)

    def _branch(self, node: Node) -> bool:
        """Whether a node has children; they are noted with its bound."""
        value = self._master.solve().value
        if len(node.branches) < self._params.cut_depth:
            self._master.separate_cuts()
        pairs = self._branching_candidates(node.branches, self._lp_solution())
        if not pairs:
            return False
        for branch in self._strongly_branch(node.branches, pairs, value):
            self._number += 1
            child = Node(node.rank, self._number, (*node.branches, branch))
            heapq.heappush(self._open_nodes, child)
        if self._dive_for_plans and self._num_divided % self._dive_every == 0:
            before = self._left_to_prove()
            self._dive(node.branches)
            if self._left_to_prove() == before:
                self._dive_every *= 2
        self._num_divided += 1
        return True

    def _dive(self, branches: Branches) -> None:
        """Go down to a plan by the better one of two children each time; nothing is kept of it."""
        for _ in range(self._params.dive_levels):
            if not self._begin_round():
                break
            self._master.set_branches(branches)
            self._generator.generate(self._params.dive_rounds, self._should_stop)
            value = self._master.solve().value
            pairs = self._branching_candidates(branches, self._lp_solution())
            if self._is_settled(value) or not pairs:
                break
            candidates = pairs[: self._params.dive_candidates]
            branches = (*branches, self._strongly_branch(branches, candidates, value)[0])

    def _strongly_branch(
        self, branches: Branches, pairs: Sequence[tuple[BranchRow, BranchRow]], value: float
    ) -> Sequence[BranchRow]:
        """The pair that lowers both LP values most, the child with the higher value first.

        A fall below the best plan is as good as one down to it.
        """
        least = 1e-6 * abs(value)
        most = max(self._left_to_prove(), least)
        best: tuple[float, Sequence[BranchRow]] = (-1.0, ())
        for pair in pairs:
            values = []
            for branch in pair:
                self._master.set_branches((*branches, branch))
                values.append(self._master.solve_value())
            falls = [min(max(value - after, least), most) for after in values]
            if falls[0] * falls[1] > best[0]:
                best = falls[0] * falls[1], pair if values[0] > values[1] else pair[::-1]
        return best[1]

    def _lp_solution(self) -> LpSolution:
        """Columns of the last LP solution by value; those above a half are proposed as a plan."""
        values = self._master.values()
        driven = np.flatnonzero(values > INTEGRAL)
        driven = driven[np.argsort(-values[driven], kind="stable")]
        lp_solution = [(self._master.columns[index], float(values[index])) for index in driven]
        least = self._params.proposed_value
        routes = tuple(column for column, value in lp_solution if value > least)
        if routes not in self._proposed:
            self._proposed.add(routes)
            self._propose(routes)
        return lp_solution

    def _branching_candidates(
        self, branches: Branches, lp_solution: LpSolution
    ) -> list[tuple[BranchRow, BranchRow]]:
        """Ways to branch: at most so many stops, or one more; any stops, or for many people."""
        at_least = {(b.classes, b.site, b.people, b.stops) for b in branches if b.at_least}
        missed = self._params.missed * self._left_to_prove()
        fractional = self._fractional_stops(lp_solution)
        fractional += self._fractional_stops(lp_solution, by_people=True)
        fractional.sort(key=lambda stops: abs(stops[1] % 1 - 0.5))
        new = [
            (classes, site, people, math.floor(count))
            for (classes, site, people), count in fractional
            if (classes, site, people, math.ceil(count)) not in at_least
        ]
        return [
            (
                BranchRow(site, classes, stops, at_least=False, people=people),
                BranchRow(site, classes, stops + 1, at_least=True, people=people, penalty=missed),
            )
            for classes, site, people, stops in new[: self._params.candidates]
        ]

    def _fractional_stops(
        self, lp_solution: LpSolution, *, by_people: bool = False
    ) -> list[tuple[StopCount, float]]:
        """Stops that the LP solution makes a fractional number of times, the most fractional first.

        Stops are counted of each class, and of all.

        Parameters
        ----------
        by_people
            Count stops for half-way between any two numbers of people recorded or more, not all
            alike: that parts them evenly.
        """
        amounts: dict[int, set[int]] = {}
        for column, _ in lp_solution:
            for site, people in column.visits:
                amounts.setdefault(site, set()).add(people)
        thresholds = {
            site: [(low + high + 1) // 2 for low, high in pairwise(sorted(recorded))]
            if by_people
            else [0]
            for site, recorded in amounts.items()
        }
        numbers: dict[StopCount, float] = {}
        for column, value in lp_solution:
            for group in {frozenset([column.class_index]), self._all_classes}:
                for site, recorded in column.visits:
                    for people in (least for least in thresholds[site] if least <= recorded):
                        stops = group, site, people
                        numbers[stops] = numbers.get(stops, 0.0) + value
        fractional = [
            (stops, count)
            for stops, count in numbers.items()
            if INTEGRAL < count % 1 < 1 - INTEGRAL
        ]
        return sorted(fractional, key=lambda d: (abs(d[1] % 1 - 0.5), sorted(d[0][0]), *d[0][1:]))
