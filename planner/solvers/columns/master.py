"""Which share of each known route the best mixture of routes drives, and what people are worth.

The linear relaxation over routes of Dantzig and Wolfe, restricted to routes found so far and
tightened by cuts that whole routes keep.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from planner.arrays import Float64s, Int64s
from planner.solvers.columns.master_rows import Branch, Cut, Rule
from planner.solvers.columns.profits import Offer
from planner.solvers.columns.routes import Column
from planner.solvers.columns.van_day_classes import Kind

BROKEN = 0.02
"""A cut is worth adding if a mixture exceeds it by so much."""

MARGIN = 0.05
"""Van-days are priced by this share above routes without a stop that they must make."""

PARTS = 4
"""Cuts are looked for that let so many routes share a site, less one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duals:
    """What one more person at each site, van-day of each kind and unit of each rule is worth.

    Attributes
    ----------
    value
        Of the best mixture; not a bound before all routes are known.
    """

    sites: Float64s
    kinds: Float64s
    rules: Float64s
    value: float

    def towards(self, other: "Duals", share: float) -> "Duals":
        """These, moved towards others by a share of the way; new rules from nothing."""
        rules = np.append(self.rules, np.zeros(len(other.rules) - len(self.rules)))
        return Duals(
            sites=self.sites + share * (other.sites - self.sites),
            kinds=self.kinds + share * (other.kinds - self.kinds),
            rules=rules + share * (other.rules - rules),
            value=self.value,
        )


class Master:
    """The linear programme over all routes added; solving it again starts where it ended.

    Attributes
    ----------
    columns, rules
        All added, in order.

    Parameters
    ----------
    counts
        Routes of each kind there may be.
    left
        People that may be recorded at each site.
    """

    def __init__(self, kinds: Sequence[Kind], counts: Sequence[int], left: Int64s) -> None:
        self.columns: list[Column] = []
        self.rules: list[Rule] = []
        self._all_kinds, self._counts, self._left = kinds, counts, left
        self._solved: Float64s = np.zeros(0)
        self._barred: dict[tuple[int, int], int] = {}
        self._kept: set[int] = set()
        self._held: Counter[Column] = Counter()
        self._whole = False
        self._taken = np.zeros(len(left), dtype=np.int64)
        self._begin()

    def _begin(self) -> None:
        """An empty programme: no columns, no rules."""
        self._known: set[Column] = set()
        self._index: dict[Rule, int] = {}
        self._rules_on: dict[tuple[int, int], list[int]] = {}
        self._counted: list[list[float]] = []
        self._stopping: dict[tuple[int, int], list[int]] = {}
        self._of_kind: list[list[int]] = [[] for _ in self._counts]
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._infinity = self._solver.infinity()
        self._objective = self._solver.Objective()
        self._objective.SetMaximization()
        self._sites = [self._row(people) for people in self._left]
        self._kinds = [self._row(count) for count in self._counts]
        self._rows: list[pywraplp.Constraint] = []
        self._penalties: list[float] = []
        self._shares: list[pywraplp.Variable] = []
        self._fewer: list[pywraplp.Variable] = []
        sites = self._all_kinds[0].instance.sites
        for site, row in zip(sites, self._sites, strict=True):
            # Until there are cuts a route may record fewer people than its column says: that
            # keeps what people are worth within their weight, and so from jumping about.
            fewer = self._solver.NumVar(0.0, 0.0 if self._whole else self._infinity, "")
            row.SetCoefficient(fewer, -1.0)
            self._objective.SetCoefficient(fewer, -site.weight)
            self._fewer.append(fewer)

    def _afresh(self) -> None:
        """The same programme, forgetting where the simplex ended."""
        columns, rules, kept = self.columns, self.rules, self._kept
        self.columns, self.rules, self._kept = [], [], set()
        self._begin()
        self.rule(*rules)
        self.add(columns)
        for index in self._kept - kept:
            self._rows[index].SetUb(self._infinity)
        self._kept = kept

    def _row(self, limit: float) -> pywraplp.Constraint:
        return self._solver.Constraint(-self._infinity, float(limit))

    def add(self, columns: Iterable[Column]) -> int:
        """Take in those columns not yet known; how many these are."""
        before = len(self.columns)
        for column in columns:
            if column in self._known:
                continue
            self._known.add(column)
            self._of_kind[column.kind].append(len(self.columns))
            for site, _ in column.visits:
                self._stopping.setdefault((column.kind, site), []).append(len(self.columns))
            self.columns.append(column)
            held = float(self._held[column])
            share = self._solver.NumVar(held, held or self._room(column), "")
            self._shares.append(share)
            self._objective.SetCoefficient(share, column.value)
            self._kinds[column.kind].SetCoefficient(share, 1.0)
            for site, people in column.visits:
                self._sites[site].SetCoefficient(share, float(people))
                for index in self._rules_on.get((column.kind, site), ()):
                    self._rows[index].SetCoefficient(share, self._counted[index][people])
        return len(self.columns) - before

    def cut(self) -> int:
        """Add cuts that the mixture last solved breaks; how many these are."""
        stops: dict[int, list[tuple[int, float]]] = {}
        for column, share in zip(self.columns, self.shares(), strict=True):
            if share > 1e-9:
                for site, people in column.visits:
                    stops.setdefault(site, []).append((people, float(share)))
        found = [
            cut
            for site, routes in sorted(stops.items())
            if (cut := _broken_cut(site, int(self._left[site]), routes)) is not None
        ]
        self.rule(*found)
        return len(found)

    def rule(self, *rules: Rule) -> None:
        """Let the mixture keep rules."""
        if not self._whole and any(isinstance(rule, Cut) for rule in rules):
            self._whole = True
            for fewer in self._fewer:
                fewer.SetUb(0.0)
        for rule in rules:
            row = self._row(rule.limit)
            if rule.penalty is not None:
                beyond = self._solver.NumVar(0.0, self._infinity, "")
                row.SetCoefficient(beyond, -1.0)
                self._objective.SetCoefficient(beyond, -rule.penalty)
            if isinstance(rule, Branch):
                self._kept.add(len(self.rules))
            self._index[rule] = len(self.rules)
            self.rules.append(rule)
            self._rows.append(row)
            self._penalties.append(np.inf if rule.penalty is None else rule.penalty)
            expected = self._all_kinds[0].instance.sites[rule.site].expected
            self._counted.append([float(c) for c in rule.shares(np.arange(expected + 1))])
            for kind in range(len(self._counts)) if rule.kinds is None else rule.kinds:
                self._rules_on.setdefault((kind, rule.site), []).append(len(self.rules) - 1)
                for index in self._stopping.get((kind, rule.site), ()):
                    people = dict(self.columns[index].visits)[rule.site]
                    row.SetCoefficient(self._shares[index], self._counted[-1][people])

    def branch(self, branches: Iterable[Branch]) -> None:
        """Let the mixture keep these branches, and no others."""
        branches = tuple(branches)
        before, self._barred = self._barred, {}
        for branch in branches:
            for kind in branch.kinds if branch.bars else ():
                known = self._barred.get((kind, branch.site), branch.people)
                self._barred[kind, branch.site] = min(known, branch.people)
        wanted = [branch for branch in branches if not branch.bars]
        self.rule(*(branch for branch in wanted if branch not in self._index))
        kept = {self._index[branch] for branch in wanted}
        for index in self._kept - kept:
            self._rows[index].SetUb(self._infinity)
        for index in kept - self._kept:
            self._rows[index].SetUb(self.rules[index].limit)
        self._kept = kept
        for stop in before.keys() | self._barred.keys():
            if before.get(stop) != self._barred.get(stop):
                for index in self._stopping.get(stop, ()):
                    self._shares[index].SetUb(self._room(self.columns[index]))

    def hold(self, columns: Sequence[Column]) -> None:
        """Let the mixture drive these whole, beside others for the people that they leave."""
        self._held = Counter(columns)
        self._taken[:] = 0
        for column in columns:
            for site, people in column.visits:
                self._taken[site] += people
        for column, share in zip(self.columns, self._shares, strict=True):
            held = float(self._held[column])
            share.SetBounds(held, held or self._room(column))

    def _room(self, column: Column) -> float:
        """How much of a column may be driven."""
        barred = any(
            people >= self._barred.get((column.kind, site), math.inf)
            for site, people in column.visits
        )
        fits = all(people <= self._left[s] - self._taken[s] for s, people in column.visits)
        return self._infinity if fits and not barred else 0.0

    def value(self) -> float:
        """What the best mixture of the known routes is worth."""
        status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            # From where it ended the simplex may get lost; it does not from the beginning.
            self._afresh()
            status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise RuntimeError(f"the linear programme over routes ended with status {status}")
        return float(self._objective.Value())

    def solve(self) -> Duals:
        """The worth of people, van-days and rules in the best mixture of the known routes."""
        value = self.value()
        self._solved = np.array([share.solution_value() for share in self._shares])
        duals = Duals(
            sites=_prices(self._sites),
            kinds=_prices(self._kinds),
            rules=np.minimum(_prices(self._rows), self._penalties),
            value=value,
        )
        for index in sorted(self._kept):
            self._lower(index, duals)
        return duals

    def _lower(self, index: int, duals: Duals) -> None:
        """Take off the price of a stop that all routes of a kind must make what it need not be.

        Such a price and that of the van-day may rise together without end: the value stays. But
        routes that stop there again and again would look the better for it.
        """
        branch, price = self.rules[index], float(duals.rules[index])
        if price <= 0 or not isinstance(branch, Branch) or not self._by_all(branch):
            return
        (kind,) = branch.kinds
        others = (
            self.reduced(self.columns[index], duals)
            for index in self._of_kind[kind]
            if dict(self.columns[index].visits).get(branch.site, -1) < branch.people
        )
        least = max([0.0, *(float(duals.kinds[kind]) + reduced for reduced in others)])
        less = min(price, float(duals.kinds[kind]) - MARGIN * least - least)
        if less > 0:
            duals.rules[index] -= less
            duals.kinds[kind] -= less

    def _by_all(self, branch: Branch) -> bool:
        """Whether all routes of the one kind of a branch must stop at its site."""
        counts = sum(self._counts[kind] for kind in branch.kinds)
        return branch.at_least and len(branch.kinds) == 1 and branch.stops == counts

    def shares(self) -> Float64s:
        """How much of each column the mixture last solved drives; none of those added since."""
        return np.append(self._solved, np.zeros(len(self.columns) - len(self._solved)))

    def offer(self, kind: int, duals: Duals) -> Offer:
        """What people are worth to routes of a kind, beyond what they cost at these duals."""
        sites = self._all_kinds[kind].sites
        left = (self._left - self._taken)[sites]
        offer = Offer.of(self._all_kinds[kind].weight - duals.sites[sites], left)
        # Rules younger than the duals have no price yet.
        for rule, price in zip(self.rules, duals.rules, strict=False):
            if price > 0 and _applies(rule, kind):
                position = int(np.searchsorted(sites, rule.site))
                if position < len(sites) and sites[position] == rule.site:
                    offer.charge(position, rule, price)
        for (index, site), people in self._barred.items():
            if index == kind and site in sites:
                offer.bar(int(np.searchsorted(sites, site)), people)
        return offer

    def bound(self, duals: Duals, most: Iterable[float]) -> float:
        """What no plan exceeds, if no route of each kind earns more than ``most`` at the offers.

        The dual bound of Lagrange: it holds for any duals that are not negative, and exceed no
        penalty.
        """
        limits = np.array([rule.limit for rule in self.rules], dtype=np.float64)
        rules = np.append(duals.rules, np.zeros(len(limits) - len(duals.rules)))
        routes = sum(
            count * max(0.0, value) for count, value in zip(self._counts, most, strict=True)
        )
        return float(duals.sites @ self._left + rules @ limits + routes)

    def reduced(self, column: Column, duals: Duals) -> float:
        """What a column earns beyond what its people and its van-day cost."""
        value = column.value - float(duals.kinds[column.kind])
        for site, people in column.visits:
            value -= people * float(duals.sites[site])
            for index in self._rules_on.get((column.kind, site), ()):
                # Rules younger than the duals have no price yet.
                price = duals.rules[index] if index < len(duals.rules) else 0.0
                value -= self._counted[index][people] * price
        return value


def _applies(rule: Rule, kind: int) -> bool:
    return rule.kinds is None or kind in rule.kinds


def _prices(rows: Sequence[pywraplp.Constraint]) -> Float64s:
    return np.maximum(0.0, np.array([row.dual_value() for row in rows], dtype=np.float64))


def _broken_cut(site: int, expected: int, routes: Sequence[tuple[int, float]]) -> Cut | None:
    """The cut that routes, given by people and share, break most; None if hardly any."""
    people = np.array([amount for amount, _ in routes])
    shares = np.array([share for _, share in routes])
    widths = np.arange(expected // PARTS + 1, expected)
    widths = widths[expected % widths > 0]
    if not len(widths):
        return None
    rest = expected % widths
    whole, part = np.divmod(people[:, None], widths)
    counted = whole + np.maximum(0, part - rest) / (widths - rest)
    excess = shares @ counted - expected // widths
    best = int(np.argmax(excess))
    return Cut(site, expected, int(widths[best])) if excess[best] > BROKEN else None
