"""Improves a plan by planning a few neighbouring routes again, the others fixed, many times."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from math import inf

import numpy as np

from planner.solvers.columns.dive import dive
from planner.solvers.columns.freed_routes import FreedRoutes
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.restricted_master import RestrictedMaster
from planner.solvers.columns.routes import Column
from planner.solvers.stopping import Limits, StoppingCriterion


class LargeNeighbourhoodSearch:
    """Improves the best plan part by part."""

    def __init__(
        self,
        best: Incumbent,
        generator: ColumnGenerator,
        stopping: StoppingCriterion,
        seed: int,
        accept: Callable[[Sequence[Column]], bool],
    ) -> None:
        self._best, self._generator, self._stopping = best, generator, stopping
        self._seed, self._accept = seed, accept
        self._params = best.params.neighbourhood
        self._rng = np.random.default_rng(seed)
        self._freed = FreedRoutes(best, self._rng)
        self._stale = 0

    def follow(self, master: Master) -> None:
        """Let the LP solution of a master, and its columns, guide the search from now on."""
        self._freed.follow(master)
        self._stale = 0

    def is_exhausted(self, most: float = inf) -> bool:
        """Whether so many parts in a row were as good as they can be that more are hopeless.

        Parameters
        ----------
        most
            So many are enough in any case.
        """
        params, num_routes = self._params, len(self._best.columns)
        patience = min(params.patience, params.patience_per_route * num_routes)
        if self._stopping.limits.time_limit_s is not None:
            patience *= params.patience_with_time
        return num_routes < params.min_routes or self._stale >= min(patience, most)

    def step(self) -> tuple[Column, ...]:
        """Plan one part again; the routes found for it."""
        sizes = self._params.sizes
        num_routes = len(self._best.columns)
        most_more = round(self._params.growth * num_routes)
        size = sizes[int(self._rng.integers(len(sizes)))] + min(self._stale, most_more)
        freed = self._freed.choose(min(size, num_routes - 1))
        fixed = [column for i, column in enumerate(self._best.columns) if i not in freed]
        new_columns = self._replan(fixed, [self._best.columns[index] for index in sorted(freed)])
        self._stale += 1
        if self._accept((*fixed, *new_columns)):
            self.plan_has_changed()
        return new_columns

    def plan_has_changed(self) -> None:
        """Begin anew with parts that brought nothing."""
        self._stale = 0
        self._freed.plan_has_changed()

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
        fitting = (
            column
            for column in self._freed.known_columns
            if counts[column.class_index] and remaining.fits(column)
        )
        master.add_columns(islice(fitting, params.known_per_route * len(freed)))
        generator = replace(self._generator, master=master, is_fine=True)
        worth = sum(column.value for column in freed)
        generator.generate(params.rounds, self._stopping.should_stop, known=worth)
        # Routes of an LP solution seldom go together; those on the way down to a plan do.
        stopping = StoppingCriterion(Limits(), self._stopping.should_stop)
        dive(generator, best, remaining, stopping, params.dive_rounds)
        most_s = min(params.choice_s, params.choice_share * self._stopping.elapsed_s())
        restricted = RestrictedMaster(
            master.columns, best.day_classes, counts, remaining, rows=master.rows
        )
        choice = restricted.choose(
            start=freed,
            max_nodes=best.params.master.choice_nodes,
            time_limit_s=self._stopping.step_limit_s(params.choice_share, most_s),
            seed=self._seed,
            separate=False,
        )
        return best.resolve(choice.columns, remaining)
