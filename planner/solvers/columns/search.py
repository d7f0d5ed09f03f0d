"""From nothing to a plan with its bound: start, generate routes, choose whole ones, improve."""

import math
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from planner.check import score
from planner.model import Instance
from planner.plan import Plan, Result, Route, Status, gap
from planner.solvers.base import Progress, Watch
from planner.solvers.columns.clock import Clock
from planner.solvers.columns.generation import Generator
from planner.solvers.columns.integer import best_choice, fitted
from planner.solvers.columns.kinds import Kind, Whole, kinds_of
from planner.solvers.columns.master import Master
from planner.solvers.columns.offers import Offer
from planner.solvers.columns.pricing import Column, Pricer, column_of
from planner.solvers.schedule import timed
from planner.solvers.start import greedy_plan

THREADS = 2
"""Kinds are priced at the same time; what is found does not depend on it."""

OPTIMAL = 1e-6
"""A gap that counts as none."""

ROUNDED = 1e-7
"""Bounds are raised by this share: more than sums of doubles can be off."""

LAST_PLACES = 1e-9

CUT_ROUNDS = 12
"""So often cuts are added before the search turns to better plans alone."""

STALLED = 2e-4
"""Cuts end when a round of them lowers the bound by a smaller share."""

PROVING = 0.6
"""The share of the time limit after which no routes are generated for the proof."""

CHOICE_S = 5.0
"""Most seconds for one choice among the columns."""

NEARBY = (3, 4, 5, 6, 8)
"""So many routes are planned anew at a time."""

STALE = 40
"""Neighbourhoods in a row without a better plan before the search gives up."""

PATIENCE = 5
"""So many times more of them where a time limit ends the search anyway."""


def search(instance: Instance, *, seed: int, watch: Watch, start: Plan | None) -> Result:
    """As `planner.solvers.columns.columns`."""
    with ThreadPoolExecutor(THREADS) as executor:
        run = _Search(instance, seed, watch, executor)
        run.begin(start)
        if run.kinds:
            run.solve()
        return run.result()


class _Search:
    """The best plan and the best bounds so far, and the steps that better them."""

    def __init__(self, instance: Instance, seed: int, watch: Watch, executor: Executor) -> None:
        self.instance, self.seed, self.watch = instance, seed, watch
        self.clock = Clock(watch)
        self.executor = executor
        self.rng = np.random.default_rng(seed)
        self.kinds = tuple(kind for kind in kinds_of(instance) if len(kind.sites))
        self.counts = [kind.count for kind in self.kinds]
        self.expected = np.array([site.expected for site in instance.sites], dtype=np.int64)
        self.plan, self.objective, self.people = Plan(), 0.0, 0
        self.chosen: tuple[Column, ...] = ()
        self.bound: float | None = None if self.kinds else 0.0
        self.people_bound = _visitable(self.kinds, self.expected)

    # The plan.

    def begin(self, start: Plan | None) -> None:
        """Take the plan given, or the greedy one if that is better."""
        for plan in (greedy_plan(self.instance), start):
            if plan is not None:
                self._take(plan)
        self.chosen = self._columns_of(self.plan)
        self._tell()

    def _take(self, plan: Plan) -> bool:
        worth = score(self.instance, plan)
        if worth.objective <= self.objective + 1e-9:
            return False
        self.plan, self.objective, self.people = plan, worth.objective, worth.people
        return True

    def _columns_of(self, plan: Plan) -> tuple[Column, ...]:
        kind_of = {index: k for k, kind in enumerate(self.kinds) for index in kind.van_days}
        indices = {van_day: index for index, van_day in enumerate(self.instance.van_days)}
        site_index = self.instance.site_index
        columns = []
        for route in plan.routes:
            kind = kind_of[indices[self.instance.van_index[route.van_id], route.date]]
            visits = tuple((site_index[stop.site_id], stop.people) for stop in route.stops)
            if visits:
                columns.append(column_of(kind, self.kinds[kind], visits))
        return tuple(columns)

    def offer(self, columns: Sequence[Column]) -> bool:
        """Take the routes as the plan if that makes it better."""
        value = sum(column.value for column in columns)
        if value <= self.objective + 1e-9 or not self._take(self._timed(columns)):
            return False
        self.chosen = tuple(columns)
        self._tell()
        return True

    def _timed(self, columns: Sequence[Column]) -> Plan:
        routes: list[Route] = []
        for index, kind in enumerate(self.kinds):
            of_kind = [column for column in columns if column.kind == index]
            for van_day, column in zip(kind.van_days, of_kind, strict=False):
                van_index, day = self.instance.van_days[van_day]
                route = timed(self.instance, van_index, day, column.visits)
                if route is None:
                    raise RuntimeError(f"a priced route cannot be timed: {column}")
                routes.append(route)
        order = {van.id: index for index, van in enumerate(self.instance.vans)}
        return Plan(routes=tuple(sorted(routes, key=lambda r: (r.date, order[r.van_id]))))

    def left(self, columns: Sequence[Column]) -> Whole:
        """People that routes leave at each site."""
        left = self.expected.copy()
        for column in columns:
            for site, people in column.visits:
                left[site] -= people
        return left

    # The search.

    def solve(self) -> None:
        """All steps, until the limits or the proof end them."""
        self.pricers = [Pricer.of(kind) for kind in self.kinds]
        self.master = Master(self.kinds, self.counts, self.expected)
        self.master.add(self.chosen)
        self._best_response()
        generator = Generator(
            master=self.master,
            pricers=self.pricers,
            counts=self.counts,
            executor=self.executor,
        )
        generator.converge(self._generating, proof=False, over=self.clock.over)
        self._choose(self.clock.share_s(0.15, CHOICE_S))
        for _ in range(CUT_ROUNDS):
            before = self.bound
            self._bounded(generator.converge(self._generating, proof=True, over=self._late))
            self._choose(self.clock.share_s(0.15, CHOICE_S))
            stalled = (
                before is not None
                and self.bound is not None
                and (before - self.bound < STALLED * abs(before))
            )
            if self.done() or stalled or not self.master.cut():
                break
        self._people(generator)
        if not self.done():
            self._choose(self.clock.share_s(0.3, CHOICE_S))
        self._improve()

    def _late(self) -> bool:
        """Whether the time that is left is for better plans, no more for proofs."""
        return self.clock.over() or self.clock.used(PROVING)

    def _generating(self) -> bool:
        return not self._late() and self.clock.begin()

    def done(self) -> bool:
        """Whether the gap asked for is reached, or nothing may be begun any more."""
        now = gap(self.bound, self.objective)
        wanted = self.watch.limits.gap
        return self.clock.over() or (
            now is not None and now <= (OPTIMAL if wanted is None else max(wanted, OPTIMAL))
        )

    def _best_response(self) -> None:
        """Van-day after van-day the best route for the people left."""
        chosen: list[Column] = []
        left = self.expected.copy()
        for index, (kind, pricer) in enumerate(zip(self.kinds, self.pricers, strict=True)):
            for _ in kind.van_days:
                if self.clock.over():
                    return
                routes = pricer.quick(Offer.of(kind.weight, left[kind.sites]), 0.0)
                columns = [column_of(index, kind, visits) for _, visits in routes]
                self.master.add(columns)
                if columns:
                    chosen.append(columns[0])
                    for site, people in columns[0].visits:
                        left[site] -= people
        self.offer(fitted(chosen, self.kinds, self.expected))

    def _bounded(self, bound: float | None) -> None:
        if bound is None:
            return
        bound += ROUNDED * max(1.0, abs(bound))
        unit = _unit(self.instance)
        if unit is not None:
            # Raised by what sums of doubles, here or in the check, may be off in their last places.
            bound = math.floor(bound / unit) * unit + LAST_PLACES * max(1.0, abs(bound))
        if self.bound is None or bound < self.bound:
            self.bound = max(bound, self.objective)
            self._tell()

    def _choose(self, seconds: float | None) -> None:
        """The best choice among all columns."""
        if self.done():
            return
        self.master.add(self.chosen)
        found = best_choice(
            self.master.columns,
            self.kinds,
            self.counts,
            self.expected,
            start=self.chosen,
            seconds=seconds,
            seed=self.seed,
        )
        self.offer(fitted(found, self.kinds, self.expected))

    def _people(self, generator: Generator) -> None:
        """Bound the people alone, driving and weights left out of account."""
        if self.people_bound <= self.people or self.clock.over():
            return
        sites = tuple(replace(site, weight=1.0) for site in self.instance.sites)
        bare = replace(self.instance, worth_s=None, sites=sites)
        kinds = tuple(kind for kind in kinds_of(bare) if len(kind.sites))
        master = Master(kinds, self.counts, self.expected)
        master.add(column_of(c.kind, kinds[c.kind], c.visits) for c in self.master.columns)
        people = Generator(
            master=master,
            pricers=[Pricer.of(kind) for kind in kinds],
            counts=self.counts,
            executor=self.executor,
        )
        until_s = self.clock.share_s(0.15, math.inf)
        end_s = math.inf if until_s is None else self.watch.elapsed_s() + until_s

        def over() -> bool:
            return self.clock.over() or self.watch.elapsed_s() > end_s

        bound = people.converge(lambda: not over() and self.clock.begin(), proof=True, over=over)
        if bound is not None:
            bound += ROUNDED * max(1.0, bound)
            self.people_bound = min(self.people_bound, max(self.people, math.floor(bound)))

    def _improve(self) -> None:
        """Plan a few neighbouring routes anew, the others held, again and again."""
        stale, patience = 0, min(STALE, 3 * len(self.chosen))
        if self.watch.limits.time_limit_s is not None:
            patience *= PATIENCE
        while self.chosen and not self.done() and stale < patience:
            if not self.clock.begin():
                break
            size = NEARBY[int(self.rng.integers(len(NEARBY)))]
            freed = self._nearby(min(size, len(self.chosen)))
            stale = 0 if self._anew(freed) else stale + 1

    def _nearby(self, size: int) -> set[int]:
        """Indices of a route of the plan and of those that stop nearest to it."""
        places = [
            [self.instance.sites[site].place for site, _ in column.visits] for column in self.chosen
        ]
        seed = int(self.rng.integers(len(places)))
        drive_s = self.instance.drive_s
        away_s = np.array([drive_s[np.ix_(places[seed], other)].mean() for other in places])
        away_s[seed] = -1.0
        away_s *= self.rng.uniform(0.5, 1.5, len(places))
        return {int(index) for index in np.argsort(away_s, kind="stable")[:size]}

    def _anew(self, freed: set[int]) -> bool:
        """Whether the freed routes could be replaced by better ones."""
        held = [column for index, column in enumerate(self.chosen) if index not in freed]
        counts = [kind.count for kind in self.kinds]
        for column in held:
            counts[column.kind] -= 1
        left = self.left(held)
        master = Master(self.kinds, counts, left)
        start = [self.chosen[index] for index in sorted(freed)]
        master.add(start)
        generator = Generator(
            master=master, pricers=self.pricers, counts=counts, executor=self.executor
        )
        rounds = iter(range(8))
        generator.converge(
            lambda: not self.clock.over() and next(rounds, None) is not None,
            proof=False,
            over=self.clock.over,
        )
        found = best_choice(
            master.columns,
            self.kinds,
            counts,
            left,
            start=start,
            seconds=self.clock.share_s(0.2, 3.0),
            seed=self.seed,
        )
        found = fitted(found, self.kinds, left)
        self.master.add(found)
        return self.offer((*held, *found))

    # The outcome.

    def _tell(self) -> None:
        self.watch.tell(
            Progress(
                elapsed_s=self.watch.elapsed_s(),
                people=self.people,
                objective=self.objective,
                bound=self.bound,
            )
        )

    def result(self) -> Result:
        """The plan with its bounds."""
        return Result(
            plan=self.plan,
            people=self.people,
            objective=self.objective,
            bound=self.bound,
            people_bound=self.people_bound,
            status=self._status(),
            seed=self.seed,
            solver="columns",
            solve_s=self.watch.solve_s(),
        )

    def _status(self) -> Status:
        now, wanted = gap(self.bound, self.objective), self.watch.limits.gap
        if now is not None and now <= OPTIMAL:
            return Status.OPTIMAL
        if now is not None and wanted is not None and now <= wanted:
            return Status.GAP_REACHED
        return self.watch.status()


def _unit(instance: Instance) -> float | None:
    """A number of which every objective is a whole multiple; None if none is known."""
    worth_s = 1.0 if instance.worth_s is None else float(instance.worth_s)
    whole = worth_s.is_integer() and all(
        (site.weight * worth_s).is_integer() for site in instance.sites
    )
    return 1.0 / worth_s if whole else None


def _visitable(kinds: Sequence[Kind], expected: Whole) -> int:
    """People at sites where some van can make a stop."""
    sites = np.unique(np.concatenate([[], *(kind.sites for kind in kinds)]).astype(np.int64))
    return int(expected[sites].sum())
