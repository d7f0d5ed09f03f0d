"""Which routes of a plan to plan anew together: neighbours, or those in the way of a better one."""

from collections.abc import Callable, Sequence

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.routes import Column
from planner.solvers.params import NeighbourhoodParams

LEAST_LOSS = 1e-6
"""What any route may lose."""


class FreedRoutes:
    """Chooses routes of the best plan to free.

    An LP solution knows what is wrong with a plan: its routes that the LP does not drive lose, and
    those it drives instead stand for better ones (as in RINS of Danna, Rothberg and Le Pape 2005).

    Attributes
    ----------
    known_columns
        Of the master looked at, those that lose least first; none before.
    """

    def __init__(self, best: Incumbent, rng: np.random.Generator) -> None:
        self._best, self._rng = best, rng
        self._loss: Callable[[Column], float] = lambda column: 0.0
        self._driven: dict[Column, float] = {}
        self._tried: set[Column] = set()
        self.known_columns: tuple[Column, ...] = ()

    @property
    def _params(self) -> NeighbourhoodParams:
        return self._best.params.neighbourhood

    def follow(self, master: Master) -> None:
        """Look at the LP solution of a master from now on."""
        duals = master.solve()
        self._loss = lambda column: max(0.0, -master.reduced_profit(column, duals))
        values = zip(master.columns, master.values().tolist(), strict=True)
        self._driven = {column: value for column, value in values if value > self._params.driven}
        self.known_columns = tuple(sorted(master.columns, key=self._loss))

    def plan_has_changed(self) -> None:
        """Let routes that brought nothing be tried once more."""
        self._tried.clear()

    def choose(self, size: int) -> set[int]:
        """Indices of about so many routes of the plan, sometimes more."""
        freed = self._in_the_way() if self._rng.random() < self._params.guided_share else []
        most = min(max(size, *self._params.sizes), len(self._best.columns) - 1)
        freed = freed[:most]
        others = [index for index in self._nearby().tolist() if index not in freed]
        return {*freed, *others[: max(0, size - len(freed))]}

    def _in_the_way(self) -> list[int]:
        """Routes in the way of one that the LP drives and the plan does not, most so first.

        The more these lose, the more likely.
        """
        routes = self._best.columns
        left_out = self._tried.union(routes)
        columns = [column for column in self._driven if column not in left_out]
        if not columns:
            self._tried.clear()
            return []
        losses = [self._loss(route) for route in routes]
        in_the_way = self._shared_people(columns, losses)
        lost = [sum(losses[index] for index in shared) for shared in in_the_way]
        values = np.array([self._driven[column] for column in columns])
        weights = np.sqrt(values) * (np.array(lost) + LEAST_LOSS) ** self._params.loss_power
        number = int(self._rng.choice(len(columns), p=weights / weights.sum()))
        self._tried.add(columns[number])
        shared = in_the_way[number]
        return sorted(shared, key=lambda index: -shared[index])

    def _shared_people(
        self, columns: Sequence[Column], losses: Sequence[float]
    ) -> list[dict[int, float]]:
        """Of each column the routes that record people at its sites, and how many.

        Where all van-days of its class are taken, one of their routes is in its way altogether.
        """
        recorded: dict[int, list[tuple[int, int]]] = {}
        of_class: dict[int, list[int]] = {}
        for index, route in enumerate(self._best.columns):
            of_class.setdefault(route.class_index, []).append(index)
            for site, people in route.visits:
                recorded.setdefault(site, []).append((index, people))
        in_the_way = []
        for column in columns:
            shared: dict[int, float] = {}
            for site, _ in column.visits:
                for index, people in recorded.get(site, ()):
                    shared[index] = shared.get(index, 0) + people
            van_days = of_class.get(column.class_index, [])
            if len(van_days) == self._best.day_classes[column.class_index].count:
                own = max(van_days, key=lambda index: (shared.get(index, 0), losses[index]))
                shared[own] = np.inf
            in_the_way.append(shared)
        return in_the_way

    def _nearby(self) -> Int64s:
        """All routes, from a drawn one on those that stop nearest to it, or on its date, first."""
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
        return np.argsort(away_s, kind="stable")
