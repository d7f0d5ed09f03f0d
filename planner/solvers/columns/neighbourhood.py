"""A few neighbouring routes of the plan are planned anew, the others held, again and again."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import numpy as np

from planner.solvers.columns.clock import Clock
from planner.solvers.columns.generation import Generator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import Visited
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.restricted_master import best_choice, fitted
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


class Improver:
    """Betters the best plan part by part."""

    def __init__(
        self,
        best: Incumbent,
        pricers: Sequence[Pricer],
        clock: Clock,
        executor: Executor,
        seed: int,
        offer: Callable[[Sequence[Column]], bool],
    ) -> None:
        self._best, self._pricers, self._clock = best, pricers, clock
        self._executor, self._seed, self._offer = executor, seed, offer
        self._rng = np.random.default_rng(seed)
        self._stale = 0

    def spent(self) -> bool:
        """Whether so many parts in a row were as good as they can be that more are hopeless."""
        patience = min(STALE, 3 * len(self._best.chosen))
        if self._clock.limited:
            patience *= PATIENCE
        return len(self._best.chosen) < FEWEST or self._stale >= patience

    def step(self) -> tuple[Column, ...]:
        """Plan one part anew; the routes found for it."""
        size = NEARBY[int(self._rng.integers(len(NEARBY)))]
        freed = self._nearby(min(size, len(self._best.chosen) - 1))
        held = [column for i, column in enumerate(self._best.chosen) if i not in freed]
        found = self._anew(held, [self._best.chosen[index] for index in sorted(freed)])
        self._stale = 0 if self._offer((*held, *found)) else self._stale + 1
        return found

    def _nearby(self, size: int) -> set[int]:
        """Indices of a route of the plan and of those that stop nearest to it, or on its date."""
        sites, chosen = self._best.instance.sites, self._best.chosen
        places = [[sites[site].place for site, _ in column.visits] for column in chosen]
        seed = int(self._rng.integers(len(places)))
        drive_s = self._best.instance.drive_s
        away_s = np.array([drive_s[np.ix_(places[seed], other)].mean() for other in places])
        away_s[seed] = -1.0
        away_s *= self._rng.uniform(0.5, 1.5, len(places))
        if self._rng.random() < SAME_DATE:
            days = [self._best.kinds[column.kind].day for column in chosen]
            away_s += [0.0 if day == days[seed] else away_s.max() for day in days]
        return {int(index) for index in np.argsort(away_s, kind="stable")[:size]}

    def _anew(self, held: Sequence[Column], freed: Sequence[Column]) -> tuple[Column, ...]:
        """Routes for the people that those held leave, at best no worse than those freed."""
        kinds = self._best.kinds
        counts = [kind.count for kind in kinds]
        for column in held:
            counts[column.kind] -= 1
        left = self._best.left(held)
        rules = [Visited(site, self._best.penalty) for site in sorted(self._best.missing(held))]
        master = Master(kinds, counts, left)
        master.rule(*rules)
        master.add(freed)
        Generator(
            master=master, pricers=self._pricers, counts=counts, executor=self._executor
        ).better(ROUNDS, self._clock.over)
        found = best_choice(
            master.columns,
            kinds,
            counts,
            left,
            start=freed,
            seconds=self._clock.step_limit_s(CHOICE_SHARE, CHOICE_S),
            seed=self._seed,
            rules=rules,
        )
        return fitted(found, kinds, left)
