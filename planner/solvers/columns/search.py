"""From nothing to a plan with its bound: start, generate routes, choose whole ones, improve."""

import math
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from planner.model import Instance
from planner.plan import Result, Status, gap
from planner.solvers.base import Progress, Study, Watch, Wishes
from planner.solvers.columns.clock import Clock
from planner.solvers.columns.generation import Generator, Proof
from planner.solvers.columns.incumbent import Incumbent, most_driving
from planner.solvers.columns.integer import best_choice, fitted
from planner.solvers.columns.kinds import Kind, Real, Whole, kinds_of
from planner.solvers.columns.master import Master
from planner.solvers.columns.offers import Offer
from planner.solvers.columns.pricing import Column, Pricer, column_of
from planner.solvers.columns.rules import Visited
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

SHARED, MOST_LEARNT = 1e-6, 400
"""Routes of which a mixture drives so much are worth another solve, up to so many."""

NEARBY = (3, 4, 5, 6, 8)
"""So many routes are planned anew at a time."""

STALE = 40
"""Neighbourhoods in a row without a better plan before the search gives up."""

PATIENCE = 5
"""So many times more of them where a time limit ends the search anyway."""


def search(instance: Instance, *, seed: int, watch: Watch, wishes: Wishes) -> Study:
    """As `planner.solvers.columns.columns`."""
    with ThreadPoolExecutor(THREADS) as executor:
        run = _Search(instance, seed, watch, executor, wishes)
        run.begin(wishes)
        if run.kinds:
            run.solve()
        return run.study()


class _Search:
    """The best plan and the best bounds so far, and the steps that better them.

    Bounds are on the objective less the penalties of required sites missed.
    """

    def __init__(
        self, instance: Instance, seed: int, watch: Watch, executor: Executor, wishes: Wishes
    ) -> None:
        self.instance, self.seed, self.watch = instance, seed, watch
        self.clock = Clock(watch)
        self.executor = executor
        self.rng = np.random.default_rng(seed)
        self.kinds = tuple(kind for kind in kinds_of(instance) if len(kind.sites))
        self.counts = [kind.count for kind in self.kinds]
        self.expected = np.array([site.expected for site in instance.sites], dtype=np.int64)
        required = frozenset(instance.site_index[site] for site in wishes.required)
        self.best = Incumbent(instance, self.kinds, required)
        self.bound: float | None = None if self.kinds else self.best.value
        self.people_bound = _visitable(self.kinds, self.expected)
        self.proof: Proof | None = None
        self.learning = wishes.learning

    def begin(self, wishes: Wishes) -> None:
        """Take the plan given, or the greedy one if that is better."""
        for plan in (greedy_plan(self.instance), wishes.start):
            if plan is not None:
                self.best.take(plan)
        self.known = tuple(self.best.cut_back(wishes.routes))
        self._tell()

    def offer(self, columns: Sequence[Column]) -> bool:
        """Take the routes as the plan if that makes it better."""
        taken = self.best.offer(columns)
        if taken:
            self._tell()
        return taken

    def _master(self, counts: Sequence[int], left: Whole, missing: Iterable[int]) -> Master:
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
            master=self.master,
            pricers=self.pricers,
            counts=self.counts,
            executor=self.executor,
        )
        generator.converge(self._generating, proving=False, over=self.clock.over)
        self._choose(self.clock.share_s(0.15, CHOICE_S))
        for _ in range(CUT_ROUNDS):
            before = self.bound
            self._bounded(generator.converge(self._generating, proving=True, over=self._late))
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
        now = self._gap()
        wanted = self.watch.limits.gap
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
        bound = proof.bound + ROUNDED * max(1.0, abs(proof.bound))
        unit = _unit(self.instance)
        if unit is not None:
            # Raised by what sums of doubles, here or in the check, may be off in their last places.
            bound = math.floor(bound / unit) * unit + LAST_PLACES * max(1.0, abs(bound))
        if self.bound is None or bound < self.bound:
            self.proof = proof
            self.bound = max(bound, self.best.value)
            self._tell()

    def _choose(self, seconds: float | None) -> None:
        """The best choice among all columns."""
        if self.done():
            return
        self.master.add(self.best.chosen)
        found = best_choice(
            self.master.columns,
            self.kinds,
            self.counts,
            self.expected,
            start=self.best.chosen,
            seconds=seconds,
            seed=self.seed,
            rules=self._visits(self.best.required),
        )
        self.offer(fitted(found, self.kinds, self.expected))

    def _people(self, generator: Generator) -> None:
        """Bound the people alone, driving and weights left out of account."""
        if self.people_bound <= self.best.worth.people or self.clock.over():
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

        proof = people.converge(lambda: not over() and self.clock.begin(), proving=True, over=over)
        if proof is not None:
            bound = math.floor(proof.bound + ROUNDED * max(1.0, proof.bound))
            self.people_bound = min(self.people_bound, max(self.best.worth.people, bound))

    def _improve(self) -> None:
        """Plan a few neighbouring routes anew, the others held, again and again."""
        stale, patience = 0, min(STALE, 3 * len(self.best.chosen))
        if self.watch.limits.time_limit_s is not None:
            patience *= PATIENCE
        while self.best.chosen and not self.done() and stale < patience:
            if not self.clock.begin():
                break
            size = NEARBY[int(self.rng.integers(len(NEARBY)))]
            freed = self._nearby(min(size, len(self.best.chosen)))
            stale = 0 if self._anew(freed) else stale + 1

    def _nearby(self, size: int) -> set[int]:
        """Indices of a route of the plan and of those that stop nearest to it."""
        sites, chosen = self.instance.sites, self.best.chosen
        places = [[sites[site].place for site, _ in column.visits] for column in chosen]
        seed = int(self.rng.integers(len(places)))
        drive_s = self.instance.drive_s
        away_s = np.array([drive_s[np.ix_(places[seed], other)].mean() for other in places])
        away_s[seed] = -1.0
        away_s *= self.rng.uniform(0.5, 1.5, len(places))
        return {int(index) for index in np.argsort(away_s, kind="stable")[:size]}

    def _anew(self, freed: set[int]) -> bool:
        """Whether the freed routes could be replaced by better ones."""
        held = [column for index, column in enumerate(self.best.chosen) if index not in freed]
        counts = [kind.count for kind in self.kinds]
        for column in held:
            counts[column.kind] -= 1
        left = self.best.left(held)
        missing = self.best.missing(held)
        master = self._master(counts, left, missing)
        start = [self.best.chosen[index] for index in sorted(freed)]
        master.add(start)
        generator = Generator(
            master=master, pricers=self.pricers, counts=counts, executor=self.executor
        )
        rounds = iter(range(8))
        generator.converge(
            lambda: not self.clock.over() and next(rounds, None) is not None,
            proving=False,
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
            rules=self._visits(missing),
        )
        found = fitted(found, self.kinds, left)
        self.master.add(found)
        return self.offer((*held, *found))

    # The outcome.

    def _gap(self) -> float | None:
        return gap(self._true_bound(), self.best.worth.objective)

    def _true_bound(self) -> float | None:
        """On plans that miss no more required sites than the best one so far."""
        if self.bound is None:
            return None
        return max(self.bound + self.best.penalty * self.best.missed, self.best.worth.objective)

    def _tell(self) -> None:
        self.watch.tell(
            Progress(
                elapsed_s=self.watch.elapsed_s(),
                people=self.best.worth.people,
                objective=self.best.worth.objective,
                bound=self._true_bound(),
            )
        )

    def study(self) -> Study:
        """The plan with its bounds, and what was learnt."""
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
            solve_s=self.watch.solve_s(),
        )
        found = Study(result=result, most_required=self._most_required())
        return self._learnt(found) if self.learning else replace(found, routes=best.plan.routes)

    def _learnt(self, study: Study) -> Study:
        if self.proof is None:
            return replace(study, routes=self.best.plan.routes)
        sites, proof = self.instance.sites, self.proof
        shares = self.master.shares()
        order = [index for index in np.argsort(-shares, kind="stable") if shares[index] > SHARED]
        columns = [self.master.columns[index] for index in order[:MOST_LEARNT]]
        missed = self.best.penalty * self.best.missed
        margin = missed + ROUNDED * max(1.0, abs(proof.bound))
        return replace(
            study,
            routes=(*self.best.plan.routes, *self.best.routes_of(columns)),
            site_prices={
                site.id: float(price) for site, price in zip(sites, proof.duals.sites, strict=True)
            },
            van_day_bounds={
                (self.instance.vans[van].id, day): proof.bound + max(0.0, most) + margin
                for kind, most in zip(self.kinds, proof.most, strict=True)
                for van, day in (self.instance.van_days[index] for index in kind.van_days)
            },
            visiting={
                sites[site].id: float(bound) + margin
                for site, bound in enumerate(self._through(proof))
                if bound > -np.inf
            },
        )

    def _through(self, proof: Proof) -> Real:
        """By site, what no plan with a stop there exceeds; infinitely low where no van can stop."""
        best = np.full(len(self.expected), -np.inf)
        for index, (kind, pricer) in enumerate(zip(self.kinds, self.pricers, strict=True)):
            through = pricer.through(self.master.offer(index, proof.duals))
            bounds = proof.bound - max(0.0, proof.most[index]) + through
            best[kind.sites] = np.maximum(best[kind.sites], bounds)
        at_most: Real = np.minimum(best, proof.bound)
        return at_most

    def _most_required(self) -> int | None:
        """Required sites that a plan can visit: one more would be worth more than the bound."""
        least = self.best.value - self.best.worth.objective + self.best.penalty
        least -= most_driving(self.instance)
        proven = self.best.missed == 0 or (self.bound is not None and self.bound < least)
        return len(self.best.required) - self.best.missed if proven else None

    def _status(self) -> Status:
        now, wanted = self._gap(), self.watch.limits.gap
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
