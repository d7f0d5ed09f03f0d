"""Improves a plan by planning a few neighbouring routes again, the others fixed, many times."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import numpy as np

from planner.solvers.columns.dive import dive
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.restricted_master import solve_restricted_master
from planner.solvers.columns.routes import Column
from planner.solvers.stopping import Limits, StoppingCriterion


class LargeNeighbourhoodSearch:
    """Improves the best plan part by part."""

    def __init__(
        self,
        best: Incumbent,
        pricers: Sequence[Pricer],
        stopping: StoppingCriterion,
        executor: Executor,
        seed: int,
        accept: Callable[[Sequence[Column]], bool],
    ) -> None:
        self._best, self._pricers, self._stopping = best, pricers, stopping
        self._executor, self._seed, self._accept = executor, seed, accept
        self._params = best.params.neighbourhood
        self._rng = np.random.default_rng(seed)
        self._stale = 0

    def is_exhausted(self) -> bool:
        """Whether so many parts in a row were as good as they can be that more are hopeless."""
        params, num_routes = self._params, len(self._best.columns)
        patience = min(params.patience, params.patience_per_route * num_routes)
        if self._stopping.limits.time_limit_s is not None:
            patience *= params.patience_with_time
        return num_routes < params.min_routes or self._stale >= patience

    def step(self) -> tuple[Column, ...]:
        """Plan one part again; the routes found for it."""
        sizes = self._params.sizes
        size = sizes[int(self._rng.integers(len(sizes)))] + self._stale // self._params.growth
        freed = self._nearby(min(size, len(self._best.columns) - 1))
        fixed = [column for i, column in enumerate(self._best.columns) if i not in freed]
        new_columns = self._replan(fixed, [self._best.columns[index] for index in sorted(freed)])
        self._stale = 0 if self._accept((*fixed, *new_columns)) else self._stale + 1
        return new_columns

    def _nearby(self, size: int) -> set[int]:
        """Indices of a route of the plan and of those that stop nearest to it, or on its date."""
        sites, columns = self._best.instance.sites, self._best.columns
        places = [[sites[site].place for site, _ in column.visits] for column in columns]
        seed = int(self._rng.integers(len(places)))
        drive_s = self._best.instance.drive_s
        away_s = np.array([drive_s[np.ix_(places[seed], other)].mean() for other in places])
        away_s[seed] = -1.0
        away_s *= self._rng.uniform(0.5, 1.5, len(places))
        if self._rng.random() < self._params.same_date_share:
            days = [self._best.day_classes[column.class_index].day for column in columns]
            away_s += [0.0 if day == days[seed] else away_s.max() for day in days]
        return {int(index) for index in np.argsort(away_s, kind="stable")[:size]}

    def _replan(self, fixed: Sequence[Column], freed: Sequence[Column]) -> tuple[Column, ...]:
        """Routes for the people that those fixed leave, at best no worse than those freed."""
        best, params = self._best, self._params
        counts = [day_class.count for day_class in best.day_classes]
        for column in fixed:
            counts[column.class_index] -= 1
        remaining = best.remaining(fixed)
        master = best.new_master(counts, remaining, best.missing(fixed))
        if remaining.are_shared:
            master.limit_draws()
        master.add_columns(freed)
        generator = ColumnGenerator(
            master=master,
            pricers=self._pricers,
            executor=self._executor,
            is_over=self._stopping.is_interrupted,
        )
        generator.generate(params.rounds, self._stopping.should_stop)
        # Routes of an LP solution seldom go together; those on the way down to a plan do.
        stopping = StoppingCriterion(Limits(), self._stopping.should_stop)
        dive(generator, best, remaining, stopping, params.dive_rounds)
        choice = solve_restricted_master(
            master.columns,
            best.day_classes,
            counts,
            remaining,
            start=freed,
            max_nodes=best.params.master.choice_nodes,
            time_limit_s=self._stopping.step_limit_s(params.choice_share, params.choice_s),
            seed=self._seed,
            rows=master.rows,
        )
        return best.resolve(choice.columns, remaining)
