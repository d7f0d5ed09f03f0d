"""A few neighbouring routes of the plan are planned anew, the others fixed, again and again."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import numpy as np

from planner.solvers.columns.clock import Clock
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import VisitRow
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.restricted_master import resolve_overcoverage, solve_restricted_master
from planner.solvers.columns.routes import Column

NEARBY = (3, 4, 5, 6, 8)
"""So many routes are planned anew at a time."""

FEWEST = 3
"""Plans with fewer routes have no parts."""

SAME_DATE = 0.4
"""So often routes on the same date are planned anew first."""

ROUNDS = 8
"""So often routes are generated for a part of the plan."""

CHOICE_SHARE, CHOICE_S = 0.2, 3.0
"""The share of the time left for one choice among them, and the most seconds."""

STALE = 40
"""Parts planned anew in a row without a better plan before there seems to be nothing left."""

PATIENCE = 5
"""So many times more of them where a time limit ends the search anyway."""


class LargeNeighbourhoodSearch:
    """Betters the best plan part by part."""

    def __init__(
        self,
        best: Incumbent,
        pricers: Sequence[Pricer],
        clock: Clock,
        executor: Executor,
        seed: int,
        accept: Callable[[Sequence[Column]], bool],
    ) -> None:
        self._best, self._pricers, self._clock = best, pricers, clock
        self._executor, self._seed, self._accept = executor, seed, accept
        self._rng = np.random.default_rng(seed)
        self._stale = 0

    def is_exhausted(self) -> bool:
        """Whether so many parts in a row were as good as they can be that more are hopeless."""
        patience = min(STALE, 3 * len(self._best.columns))
        if self._clock.limited:
            patience *= PATIENCE
        return len(self._best.columns) < FEWEST or self._stale >= patience

    def step(self) -> tuple[Column, ...]:
        """Plan one part anew; the routes found for it."""
        size = NEARBY[int(self._rng.integers(len(NEARBY)))]
        freed = self._nearby(min(size, len(self._best.columns) - 1))
        fixed = [column for i, column in enumerate(self._best.columns) if i not in freed]
        found = self._replan(fixed, [self._best.columns[index] for index in sorted(freed)])
        self._stale = 0 if self._accept((*fixed, *found)) else self._stale + 1
        return found

    def _nearby(self, size: int) -> set[int]:
        """Indices of a route of the plan and of those that stop nearest to it, or on its date."""
        sites, columns = self._best.instance.sites, self._best.columns
        places = [[sites[site].place for site, _ in column.visits] for column in columns]
        seed = int(self._rng.integers(len(places)))
        drive_s = self._best.instance.drive_s
        away_s = np.array([drive_s[np.ix_(places[seed], other)].mean() for other in places])
        away_s[seed] = -1.0
        away_s *= self._rng.uniform(0.5, 1.5, len(places))
        if self._rng.random() < SAME_DATE:
            days = [self._best.day_classes[column.class_index].day for column in columns]
            away_s += [0.0 if day == days[seed] else away_s.max() for day in days]
        return {int(index) for index in np.argsort(away_s, kind="stable")[:size]}

    def _replan(self, fixed: Sequence[Column], freed: Sequence[Column]) -> tuple[Column, ...]:
        """Routes for the people that those fixed leave, at best no worse than those freed."""
        day_classes = self._best.day_classes
        counts = [day_class.count for day_class in day_classes]
        for column in fixed:
            counts[column.class_index] -= 1
        remaining = self._best.remaining(fixed)
        rows = [VisitRow(site, self._best.penalty) for site in sorted(self._best.missing(fixed))]
        master = Master(day_classes, counts, remaining)
        master.add_rows(*rows)
        master.add_columns(freed)
        ColumnGenerator(
            master=master, pricers=self._pricers, counts=counts, executor=self._executor
        ).generate(ROUNDS, self._clock.should_stop)
        found = solve_restricted_master(
            master.columns,
            day_classes,
            counts,
            remaining,
            start=freed,
            seconds=self._clock.step_limit_s(CHOICE_SHARE, CHOICE_S),
            seed=self._seed,
            rows=rows,
        )
        return resolve_overcoverage(found, day_classes, remaining)
