"""From nothing to a plan with its bound: start, generate routes, choose whole ones, improve."""

import itertools
import math
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from planner.arrays import Int64s
from planner.model import Instance
from planner.plan import Result, Status, gap
from planner.solvers.base import Progress, SolveOptions, SolveReport, StoppingCriterion
from planner.solvers.columns.clock import Clock
from planner.solvers.columns.dive import dive
from planner.solvers.columns.dual_information import ROUNDED, dual_information
from planner.solvers.columns.generation import Generator, Proof
from planner.solvers.columns.incumbent import SAME, Incumbent, most_driving
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import Branch, Cut, Visited
from planner.solvers.columns.neighbourhood import Improver
from planner.solvers.columns.people_bound import most_people
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import Offer
from planner.solvers.columns.restricted_master import best_choice, fitted
from planner.solvers.columns.routes import Column, column_of
from planner.solvers.columns.tree import Tree
from planner.solvers.columns.van_day_classes import Kind, kinds_of
from planner.solvers.greedy import greedy_plan

THREADS = 2
"""Kinds are priced at the same time; what is found does not depend on it."""

OPTIMAL = 1e-6
"""A gap that counts as none."""

LAST_PLACES = 1e-9
"""A bound exceeds what plans can be worth by this share, as sums may."""

FEW, PLAN_FEW, PLAN_MANY = 16, 0.15, 3.0
"""So many van-days are few: branching then lowers the bound soon, so that the plan is bettered for
so many times the time that goes into the bound.
"""

MORE = 1.15
"""A choice among all columns is made again where there are so many times more of them."""

QUICK_CUTS, QUICK_CUTS_SHARE = 4, 0.2
"""So often cuts are added before the first proof, in this share of the time limit."""

CUT_ROUNDS = 12
"""So often cuts are added before the search turns to better plans alone."""

STALLED = 0.04
"""Cuts end when a round of them lowers the bound by a smaller share of what is left to prove."""

PROVING, PEOPLE_SHARE, PEOPLE_ROUNDS = 0.85, 0.7, 10
"""The share of the time limit after which there is no more proof of the objective, and the share of
what is left then to bound people; or the rounds for that.
"""

CHOICE_SHARE, CHOICE_S = 0.05, 5.0
"""The share of the time left for one choice among all columns, and the most seconds."""

SLACK, CLOSE_ENOUGH = 0.02, 0.04
"""Bounds may be higher than need be by these shares of what is left to prove: for routes that are
not looked for, and for a mixture that could be better.
"""


def search(
    instance: Instance, *, seed: int, stopping: StoppingCriterion, options: SolveOptions
) -> SolveReport:
    """As `planner.solvers.columns.columns`."""
    with ThreadPoolExecutor(THREADS) as executor:
        run = _Search(instance, seed, stopping, executor, options)
        run.begin(options)
        if run.kinds:
            run.solve()
        return run.report()


class _Search:
    """The best plan and the best bounds so far, and the steps that better them.

    Bounds are on the objective less the penalties of required sites missed.
    """

    def __init__(
        self,
        instance: Instance,
        seed: int,
        stopping: StoppingCriterion,
        executor: Executor,
        options: SolveOptions,
    ) -> None:
        self.instance, self.seed, self.stopping = instance, seed, stopping
        self.clock = Clock(stopping)
        self.executor = executor
        self.kinds = tuple(kind for kind in kinds_of(instance) if len(kind.sites))
        self.counts = [kind.count for kind in self.kinds]
        self.expected = np.array([site.expected for site in instance.sites], dtype=np.int64)
        required = frozenset(instance.site_index[site] for site in options.required)
        self.best = Incumbent(instance, self.kinds, required)
        self.bound: float | None = None if self.kinds else self.best.value
        self.people_bound = _visitable(self.kinds, self.expected)
        self.proof: Proof | None = None
        self.learning = options.learning

    def begin(self, options: SolveOptions) -> None:
        """Take the plan given, or the greedy one if that is better."""
        for plan in (greedy_plan(self.instance), options.start):
            if plan is not None:
                self.best.take(plan)
        self.known = tuple(self.best.cut_back(options.routes))
        self._tell()

    def offer(self, columns: Sequence[Column]) -> bool:
        """Take the routes as the plan if that makes it better."""
        taken = self.best.offer(columns)
        if taken:
            self._tell()
        return taken

    def _master(self, counts: Sequence[int], left: Int64s, missing: Iterable[int]) -> Master:
        master = Master(self.kinds, counts, left)
        master.rule(*self._visits(missing))
        return master

    def _visits(self, missing: Iterable[int]) -> list[Visited]:
        return [Visited(site, self.best.penalty) for site in sorted(missing)]

    # The search.

    def solve(self) -> None:
        """All steps, until the limits or the proof end them."""
        self.pricers = [Pricer.of(kind) for kind in self.kinds]
        self.master = self._master(self.counts, self.expected, self.best.required)
        self.master.add(self.best.chosen)
        self.master.add(self.known)
        self._best_response()
        generator = Generator(
            master=self.master, pricers=self.pricers, counts=self.counts, executor=self.executor
        )
        generator.converge(self._generating, proving=False, over=self.clock.over)
        self._dive(generator)
        self._tighten(generator)
        self._dive(generator)
        self._choose(CHOICE_SHARE)
        improver = Improver(
            self.best, self.pricers, self.clock, self.executor, self.seed, self.offer
        )
        self._branch(generator, improver)
        self._people()
        while not self.done() and not improver.spent() and self.clock.begin():
            improver.step()

    def _tighten(self, generator: Generator) -> None:
        """Prove a bound, and lower it by cuts as long as that is worth it.

        The first cuts are looked for without proofs: most are broken by any good mixture.
        """
        self.master.solve()
        for _ in range(QUICK_CUTS):
            if self.done() or self.clock.used(QUICK_CUTS_SHARE) or not self.master.cut():
                break
            generator.converge(self._generating, proving=False, over=self._late)
        for _ in range(CUT_ROUNDS):
            before = self.bound
            left = self._left_to_prove() or max(0.0, self.master.value() - self.best.value)
            proof = generator.converge(
                self._generating,
                proving=True,
                over=self._late,
                slack=SLACK * left / sum(self.counts),
                close=CLOSE_ENOUGH * left,
            )
            self._bounded(proof)
            stalled = before is not None and self._left_to_prove() > (1 - STALLED) * left
            if self.done() or stalled or not self.master.cut():
                break

    def _dive(self, generator: Generator) -> None:
        if not self.done():
            clock = self.clock
            self._rounded(dive(generator, self.kinds, self.expected, clock.begin, clock.over))

    def _branch(self, generator: Generator, improver: Improver) -> None:
        """Better plan and bound in turn, the plan for longer the more routes it has."""
        if self.bound is None:
            return
        tree = Tree(
            generator,
            self.bound,
            left=self._left_to_prove,
            settled=self._settled,
            offer=self._rounded,
            dives=sum(self.counts) <= FEW,
        )
        looked_at = len(self.master.columns)
        weight = PLAN_FEW if sum(self.counts) <= FEW else PLAN_MANY
        spent_s = {"plan": 0.0, "bound": 0.0}
        while not self.done() and not self._late() and not tree.whole():
            begin_s = self.stopping.elapsed_s()
            turn = "plan" if spent_s["plan"] <= weight * spent_s["bound"] else "bound"
            if turn == "plan" and not improver.spent() and self.clock.begin():
                self.master.add(improver.step())
            else:
                tree.step(self.clock.begin, self._late)
                self._lower(tree.bound)
                if len(self.master.columns) > MORE * looked_at:
                    looked_at = len(self.master.columns)
                    self._choose(CHOICE_SHARE)
            spent_s[turn] += 1.0 if self.clock.counts else self.stopping.elapsed_s() - begin_s

    def _left_to_prove(self) -> float:
        """What the bound is above the plan."""
        return 0.0 if self.bound is None else max(0.0, self.bound - self.best.value)

    def _settled(self, bound: float) -> bool:
        """Whether no plan within a bound is better than the best one."""
        return self._floored(bound) <= self.best.value + SAME * max(1.0, abs(self.best.value))

    def _rounded(self, columns: Sequence[Column]) -> bool:
        return self.offer(fitted(columns, self.kinds, self.expected))

    def _late(self) -> bool:
        """Whether the time that is left is for better plans, no more for proofs."""
        return self.clock.over() or self.clock.used(PROVING)

    def _generating(self) -> bool:
        return not self._late() and self.clock.begin()

    def done(self) -> bool:
        """Whether the gap asked for is reached, or nothing may be begun any more."""
        now = self._gap()
        wanted = self.stopping.limits.gap
        return self.clock.over() or (
            now is not None and now <= (OPTIMAL if wanted is None else max(wanted, OPTIMAL))
        )

    def _best_response(self) -> None:
        """Van-day after van-day the best route for the people left."""
        chosen: list[Column] = []
        left = self.expected.copy()
        rules = {rule.site: rule for rule in self._visits(self.best.required)}
        for index, (kind, pricer) in enumerate(zip(self.kinds, self.pricers, strict=True)):
            for _ in kind.van_days:
                if self.clock.over():
                    return
                offer = Offer.of(kind.weight, left[kind.sites])
                for position in np.flatnonzero(np.isin(kind.sites, list(rules))):
                    offer.charge(int(position), rules[kind.sites[position]], self.best.penalty)
                routes = pricer.quick(offer, 0.0)
                columns = [column_of(index, kind, visits) for _, visits in routes]
                self.master.add(columns)
                if columns:
                    chosen.append(columns[0])
                    for site, people in columns[0].visits:
                        left[site] -= people
                        rules.pop(site, None)
        self.offer(fitted(chosen, self.kinds, self.expected))

    def _bounded(self, proof: Proof | None) -> None:
        if proof is None:
            return
        if self._lower(proof.bound):
            self.proof = proof

    def _floored(self, bound: float) -> float:
        """A bound a little higher, then down to the next worth that a plan can have."""
        bound += ROUNDED * max(1.0, abs(bound))
        unit = self.best.unit
        if unit is not None:
            # The worth of the plan is what the check adds up to; other sums may be off from it in
            # the last places of doubles.
            bound = math.floor(bound / unit) * unit
            if abs(bound - self.best.value) < unit / 2:
                return self.best.value
            bound += LAST_PLACES * max(1.0, abs(bound))
        return bound

    def _lower(self, bound: float) -> bool:
        bound = self._floored(bound)
        lower = self.bound is None or bound < self.bound
        if lower:
            self.bound = max(bound, self.best.value)
            self._tell()
        return lower

    def _choose(self, share: float) -> None:
        """Take the best choice among all columns, found in a share of the time left."""
        if not self.done():
            self.offer(self._chosen(self.master.columns, share))

    def _chosen(self, columns: Sequence[Column], share: float) -> tuple[Column, ...]:
        known = [*columns, *(c for c in dict.fromkeys(self.best.chosen) if c not in {*columns})]
        found = best_choice(
            known,
            self.kinds,
            self.counts,
            self.expected,
            start=self.best.chosen,
            seconds=self.clock.step_limit_s(share, CHOICE_S),
            seed=self.seed,
            rules=[rule for rule in self.master.rules if not isinstance(rule, Branch)],
            beyond=not any(isinstance(rule, Cut) for rule in self.master.rules),
        )
        return fitted(found, self.kinds, self.expected)

    def _people(self) -> None:
        """Bound the people alone, in a share of the time left, or in some rounds of their own."""
        if self.people_bound <= self.best.worth.people or self.stopping.over():
            return
        begin_s, until_s = (
            self.stopping.elapsed_s(),
            self.clock.step_limit_s(PEOPLE_SHARE, math.inf),
        )
        rounds = iter(range(PEOPLE_ROUNDS)) if self.clock.counts else itertools.count()

        def spent(share: float) -> bool:
            elapsed_s = self.stopping.elapsed_s() - begin_s
            return self.stopping.over() or (until_s is not None and elapsed_s > share * until_s)

        def whole(bound: float) -> int:
            return math.floor(bound + ROUNDED * max(1.0, bound))

        bound = most_people(
            self.instance,
            self.master.columns,
            [rule for rule in self.master.rules if isinstance(rule, Cut)],
            self.pricers,
            executor=self.executor,
            begin=lambda: not spent(1 / 2) and next(rounds, None) is not None,
            over=lambda: spent(1),
            settled=lambda bound: whole(bound) <= self.best.worth.people,
        )
        if bound is not None:
            self.people_bound = min(self.people_bound, max(self.best.worth.people, whole(bound)))

    # The outcome.

    def _gap(self) -> float | None:
        return gap(self._true_bound(), self.best.worth.objective)

    def _true_bound(self) -> float | None:
        """On plans that miss no more required sites than the best one so far."""
        if self.bound is None:
            return None
        return max(self.bound + self.best.penalty * self.best.missed, self.best.worth.objective)

    def _tell(self) -> None:
        self.stopping.tell(
            Progress(
                elapsed_s=self.stopping.elapsed_s(),
                people=self.best.worth.people,
                objective=self.best.worth.objective,
                bound=self._true_bound(),
            )
        )

    def report(self) -> SolveReport:
        """The plan with its bounds, and its dual information."""
        best = self.best
        result = Result(
            plan=best.plan,
            people=best.worth.people,
            objective=best.worth.objective,
            bound=self._true_bound(),
            people_bound=self.people_bound,
            status=self._status(),
            seed=self.seed,
            solver="columns",
            solve_s=self.stopping.solve_s(),
        )
        found = SolveReport(result=result, most_required=self._most_required())
        if not self.learning or self.proof is None:
            return replace(found, routes=best.plan.routes)
        return dual_information(found, best, self.master, self.pricers, self.proof)

    def _most_required(self) -> int | None:
        """Required sites that a plan can visit: one more would be worth more than the bound."""
        least = self.best.value - self.best.worth.objective + self.best.penalty
        least -= most_driving(self.instance)
        proven = self.best.missed == 0 or (self.bound is not None and self.bound < least)
        return len(self.best.required) - self.best.missed if proven else None

    def _status(self) -> Status:
        now, wanted = self._gap(), self.stopping.limits.gap
        if now is not None and now <= OPTIMAL:
            return Status.OPTIMAL
        if now is not None and wanted is not None and now <= wanted:
            return Status.GAP_REACHED
        return self.stopping.status()


def _visitable(kinds: Sequence[Kind], expected: Int64s) -> int:
    """People at sites where some van can make a stop."""
    sites = np.unique(np.concatenate([[], *(kind.sites for kind in kinds)]).astype(np.int64))
    return int(expected[sites].sum())
