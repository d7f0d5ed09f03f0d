"""From nothing to a plan with its bound: start, generate routes, choose integral ones, improve."""

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
from planner.solvers.columns.generation import ColumnGenerator, Proof
from planner.solvers.columns.incumbent import SAME, Incumbent, max_driving
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import BranchRow, CutRow, VisitRow
from planner.solvers.columns.neighbourhood import LargeNeighbourhoodSearch
from planner.solvers.columns.people_bound import bound_people
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.restricted_master import resolve_overcoverage, solve_restricted_master
from planner.solvers.columns.routes import Column, make_column
from planner.solvers.columns.tree import Tree
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from planner.solvers.greedy import greedy_plan

THREADS = 2
"""Classes are priced at the same time; what is found does not depend on it."""

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
not looked for, and for an LP solution that could be better.
"""


def search(
    instance: Instance, *, seed: int, stopping: StoppingCriterion, options: SolveOptions
) -> SolveReport:
    """As `planner.solvers.columns.columns`."""
    with ThreadPoolExecutor(THREADS) as executor:
        run = _Search(instance, seed, stopping, executor, options)
        run.begin(options)
        if run.day_classes:
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
        self.day_classes = tuple(
            day_class for day_class in group_van_days(instance) if len(day_class.sites)
        )
        self.counts = [day_class.count for day_class in self.day_classes]
        self.expected = np.array([site.expected for site in instance.sites], dtype=np.int64)
        required = frozenset(instance.site_index[site] for site in options.required)
        self.best = Incumbent(instance, self.day_classes, required)
        self.bound: float | None = None if self.day_classes else self.best.value
        self.people_bound = _people_in_reach(self.day_classes, self.expected)
        self.proof: Proof | None = None
        self.with_duals = options.with_duals

    def begin(self, options: SolveOptions) -> None:
        """Take the plan given, or the greedy one if that is better."""
        for plan in (greedy_plan(self.instance), options.start):
            if plan is not None:
                self.best.accept(plan)
        self.known_columns = tuple(self.best.cut_back(options.routes))
        self._tell()

    def accept(self, columns: Sequence[Column]) -> bool:
        """Take the routes as the plan if that makes it better."""
        taken = self.best.accept_columns(columns)
        if taken:
            self._tell()
        return taken

    def _master(self, counts: Sequence[int], remaining: Int64s, missing: Iterable[int]) -> Master:
        master = Master(self.day_classes, counts, remaining)
        master.add_rows(*self._visit_rows(missing))
        return master

    def _visit_rows(self, missing: Iterable[int]) -> list[VisitRow]:
        return [VisitRow(site, self.best.penalty) for site in sorted(missing)]

    # The search.

    def solve(self) -> None:
        """All steps, until the limits or the proof end them."""
        self.pricers = [Pricer.of(day_class) for day_class in self.day_classes]
        self.master = self._master(self.counts, self.expected, self.best.required)
        self.master.add_columns(self.best.columns)
        self.master.add_columns(self.known_columns)
        self._best_response()
        generator = ColumnGenerator(
            master=self.master, pricers=self.pricers, counts=self.counts, executor=self.executor
        )
        generator.converge(
            self._begin_proving_round, proving=False, should_stop=self.clock.should_stop
        )
        self._accept_dive(generator)
        self._tighten(generator)
        self._accept_dive(generator)
        self._choose_columns(CHOICE_SHARE)
        search = LargeNeighbourhoodSearch(
            self.best, self.pricers, self.clock, self.executor, self.seed, self.accept
        )
        self._branch_and_improve(generator, search)
        self._bound_people()
        while not self.is_done() and not search.is_exhausted() and self.clock.begin():
            search.step()

    def _tighten(self, generator: ColumnGenerator) -> None:
        """Prove a bound, and lower it by cuts as long as that is worth it.

        The first cuts are looked for without proofs: most are broken by any good LP solution.
        """
        self.master.solve()
        for _ in range(QUICK_CUTS):
            if (
                self.is_done()
                or self.clock.used(QUICK_CUTS_SHARE)
                or not self.master.separate_cuts()
            ):
                break
            generator.converge(
                self._begin_proving_round, proving=False, should_stop=self._is_past_proving
            )
        for _ in range(CUT_ROUNDS):
            before = self.bound
            to_prove = self._left_to_prove() or max(
                0.0, self.master.solve_value() - self.best.value
            )
            proof = generator.converge(
                self._begin_proving_round,
                proving=True,
                should_stop=self._is_past_proving,
                slack=SLACK * to_prove / sum(self.counts),
                close=CLOSE_ENOUGH * to_prove,
            )
            self._take_proof(proof)
            stalled = before is not None and self._left_to_prove() > (1 - STALLED) * to_prove
            if self.is_done() or stalled or not self.master.separate_cuts():
                break

    def _accept_dive(self, generator: ColumnGenerator) -> None:
        if not self.is_done():
            clock = self.clock
            self._accept_resolved(
                dive(generator, self.day_classes, self.expected, clock.begin, clock.should_stop)
            )

    def _branch_and_improve(
        self, generator: ColumnGenerator, search: LargeNeighbourhoodSearch
    ) -> None:
        """Better plan and bound in turn, the plan for longer the more routes it has."""
        if self.bound is None:
            return
        tree = Tree(
            generator,
            self.bound,
            left_to_prove=self._left_to_prove,
            is_settled=self._is_settled,
            propose=self._accept_resolved,
            dive_for_plans=sum(self.counts) <= FEW,
        )
        looked_at = len(self.master.columns)
        weight = PLAN_FEW if sum(self.counts) <= FEW else PLAN_MANY
        spent_s = {"plan": 0.0, "bound": 0.0}
        while not self.is_done() and not self._is_past_proving() and not tree.is_exhausted():
            begin_s = self.stopping.elapsed_s()
            turn = "plan" if spent_s["plan"] <= weight * spent_s["bound"] else "bound"
            if turn == "plan" and not search.is_exhausted() and self.clock.begin():
                self.master.add_columns(search.step())
            else:
                tree.step(self.clock.begin, self._is_past_proving)
                self._lower_bound(tree.bound)
                if len(self.master.columns) > MORE * looked_at:
                    looked_at = len(self.master.columns)
                    self._choose_columns(CHOICE_SHARE)
            spent_s[turn] += 1.0 if self.clock.counts else self.stopping.elapsed_s() - begin_s

    def _left_to_prove(self) -> float:
        """What the bound is above the plan."""
        return 0.0 if self.bound is None else max(0.0, self.bound - self.best.value)

    def _is_settled(self, bound: float) -> bool:
        """Whether no plan within a bound is better than the best one."""
        return self._round_down(bound) <= self.best.value + SAME * max(1.0, abs(self.best.value))

    def _accept_resolved(self, columns: Sequence[Column]) -> bool:
        return self.accept(resolve_overcoverage(columns, self.day_classes, self.expected))

    def _is_past_proving(self) -> bool:
        """Whether the time that is left is for better plans, no more for proofs."""
        return self.clock.should_stop() or self.clock.used(PROVING)

    def _begin_proving_round(self) -> bool:
        return not self._is_past_proving() and self.clock.begin()

    def is_done(self) -> bool:
        """Whether the gap asked for is reached, or nothing may be begun any more."""
        now = self._gap()
        wanted = self.stopping.limits.gap
        return self.clock.should_stop() or (
            now is not None and now <= (OPTIMAL if wanted is None else max(wanted, OPTIMAL))
        )

    def _best_response(self) -> None:
        """Van-day after van-day the best route for the people left."""
        chosen: list[Column] = []
        remaining = self.expected.copy()
        rows = {row.site: row for row in self._visit_rows(self.best.required)}
        for index, (day_class, pricer) in enumerate(
            zip(self.day_classes, self.pricers, strict=True)
        ):
            for _ in day_class.van_days:
                if self.clock.should_stop():
                    return
                profits = PricedProfits.of(day_class.weight, remaining[day_class.sites])
                for position in np.flatnonzero(np.isin(day_class.sites, list(rows))):
                    profits.charge(
                        int(position), rows[day_class.sites[position]], self.best.penalty
                    )
                routes = pricer.price_heuristically(profits, 0.0)
                columns = [make_column(index, day_class, visits) for _, visits in routes]
                self.master.add_columns(columns)
                if columns:
                    chosen.append(columns[0])
                    for site, people in columns[0].visits:
                        remaining[site] -= people
                        rows.pop(site, None)
        self.accept(resolve_overcoverage(chosen, self.day_classes, self.expected))

    def _take_proof(self, proof: Proof | None) -> None:
        if proof is None:
            return
        if self._lower_bound(proof.bound):
            self.proof = proof

    def _round_down(self, bound: float) -> float:
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

    def _lower_bound(self, bound: float) -> bool:
        bound = self._round_down(bound)
        lower = self.bound is None or bound < self.bound
        if lower:
            self.bound = max(bound, self.best.value)
            self._tell()
        return lower

    def _choose_columns(self, share: float) -> None:
        """Take the best choice among all columns, found in a share of the time left."""
        if not self.is_done():
            self.accept(self._solve_restricted_master(self.master.columns, share))

    def _solve_restricted_master(
        self, columns: Sequence[Column], share: float
    ) -> tuple[Column, ...]:
        known_columns = [
            *columns,
            *(c for c in dict.fromkeys(self.best.columns) if c not in {*columns}),
        ]
        report = solve_restricted_master(
            known_columns,
            self.day_classes,
            self.counts,
            self.expected,
            start=self.best.columns,
            seconds=self.clock.step_limit_s(share, CHOICE_S),
            seed=self.seed,
            rows=[row for row in self.master.rows if not isinstance(row, BranchRow)],
            allow_overcoverage=not any(isinstance(row, CutRow) for row in self.master.rows),
        )
        return resolve_overcoverage(report, self.day_classes, self.expected)

    def _bound_people(self) -> None:
        """Bound the people alone, in a share of the time left, or in some rounds of their own."""
        if self.people_bound <= self.best.score.people or self.stopping.should_stop():
            return
        begin_s, until_s = (
            self.stopping.elapsed_s(),
            self.clock.step_limit_s(PEOPLE_SHARE, math.inf),
        )
        rounds = iter(range(PEOPLE_ROUNDS)) if self.clock.counts else itertools.count()

        def spent(share: float) -> bool:
            elapsed_s = self.stopping.elapsed_s() - begin_s
            return self.stopping.should_stop() or (
                until_s is not None and elapsed_s > share * until_s
            )

        def floor_people(bound: float) -> int:
            return math.floor(bound + ROUNDED * max(1.0, bound))

        bound = bound_people(
            self.instance,
            self.master.columns,
            [row for row in self.master.rows if isinstance(row, CutRow)],
            self.pricers,
            executor=self.executor,
            begin_round=lambda: not spent(1 / 2) and next(rounds, None) is not None,
            should_stop=lambda: spent(1),
            is_settled=lambda bound: floor_people(bound) <= self.best.score.people,
        )
        if bound is not None:
            self.people_bound = min(
                self.people_bound, max(self.best.score.people, floor_people(bound))
            )

    # The outcome.

    def _gap(self) -> float | None:
        return gap(self._true_bound(), self.best.score.objective)

    def _true_bound(self) -> float | None:
        """On plans that miss no more required sites than the best one so far."""
        if self.bound is None:
            return None
        return max(self.bound + self.best.penalty * self.best.missed, self.best.score.objective)

    def _tell(self) -> None:
        self.stopping.tell(
            Progress(
                elapsed_s=self.stopping.elapsed_s(),
                people=self.best.score.people,
                objective=self.best.score.objective,
                bound=self._true_bound(),
            )
        )

    def report(self) -> SolveReport:
        """The plan with its bounds, and its dual information."""
        best = self.best
        result = Result(
            plan=best.plan,
            people=best.score.people,
            objective=best.score.objective,
            bound=self._true_bound(),
            people_bound=self.people_bound,
            status=self._status(),
            seed=self.seed,
            solver="columns",
            solve_s=self.stopping.solve_s(),
        )
        report = SolveReport(result=result, max_required=self._max_required())
        if not self.with_duals or self.proof is None:
            return replace(report, routes=best.plan.routes)
        return dual_information(report, best, self.master, self.pricers, self.proof)

    def _max_required(self) -> int | None:
        """Required sites that a plan can visit: one more would be worth more than the bound."""
        least = self.best.value - self.best.score.objective + self.best.penalty
        least -= max_driving(self.instance)
        proven = self.best.missed == 0 or (self.bound is not None and self.bound < least)
        return len(self.best.required) - self.best.missed if proven else None

    def _status(self) -> Status:
        now, wanted = self._gap(), self.stopping.limits.gap
        if now is not None and now <= OPTIMAL:
            return Status.OPTIMAL
        if now is not None and wanted is not None and now <= wanted:
            return Status.GAP_REACHED
        return self.stopping.status()


def _people_in_reach(day_classes: Sequence[VanDayClass], expected: Int64s) -> int:
    """People at sites where some van can make a stop."""
    sites = np.unique(
        np.concatenate([[], *(day_class.sites for day_class in day_classes)]).astype(np.int64)
    )
    return int(expected[sites].sum())
