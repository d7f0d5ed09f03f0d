"""Routes are priced, and the LP optimum of them found, in turn, until no route is missing."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from math import inf, isfinite

from planner.solvers.columns.master import Duals, Master
from planner.solvers.columns.pricing import Pricer, PricingResult
from planner.solvers.columns.routes import Column, PricedRoute, make_column
from planner.solvers.columns.time_bounds import best_by_time
from planner.solvers.stopping import never

EPSILON = 2e-6
"""Classes are proven to earn no more than their dual and this share of it."""

CLOSE = 1e-6
"""A bound above the LP solution by no more than this share is not worth another search."""


NEARER = 0.5
"""A bound that may be above the LP solution by this share of what it was is worth a search."""

LITTLE = 0.03
"""A round that raises the LP solution by no more than this share of what is to gain is the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Why no plan exceeds a bound.

    Attributes
    ----------
    duals, route_bounds
        What things are worth, and what no route of each class can earn beyond that.
    """

    bound: float
    duals: Duals
    route_bounds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGenerator:
    """A master and the pricers of its classes.

    Classes without routes in the master are not priced.

    Attributes
    ----------
    is_over
        Answers whether the time is over, so that not even one more class is priced.
    is_fine
        Whether heuristic searches are fine, as in `Pricer.price_heuristically`.
    """

    master: Master
    pricers: Sequence[Pricer]
    executor: Executor
    is_over: Callable[[], bool] = never
    is_fine: bool = False

    def converge(
        self,
        begin_round: Callable[[], bool],
        *,
        proving: bool,
        should_stop: Callable[[], bool] = never,
        is_settled: Callable[[float], bool] = lambda bound: False,
        slack: float = 0.0,
        close: float = 0.0,
        looks: int = 2,
    ) -> Proof | None:
        """Add columns until the searches find none; the best bound proven, if any.

        Parameters
        ----------
        begin_round
            Asked before every round whether there is one more.
        proving
            Search exactly where heuristic searches find nothing.
        should_stop
            Asked now and then by thorough searches whether to end.
        is_settled
            Answers whether a bound is low enough.
        slack
            Each van-day may earn so much more than its dual before more routes are looked for.
        close
            A bound above the LP solution by no more is not worth another search; nor are heuristic
            searches of many classes that better it by no more.
        looks
            Of heuristic searches, as in `Pricer.price_heuristically`.
        """
        centre: Duals | None = None
        best: Proof | None = None
        smoothing, batch = self.master.params.smoothing, self.master.params.batch
        productive = self._priced_classes()
        last: Sequence[int] = ()
        sweep, before = 0, -inf
        while begin_round():
            duals = self.master.solve()
            if sweep <= 0:
                # Where heuristic searches take several batches and bring little, others bring more.
                if len(productive) > batch and duals.value - before < close:
                    productive = []
                sweep, before = len(productive), duals.value
            sweep -= batch
            point = duals if centre is None else centre.towards(duals, 1 - smoothing)
            centre = point
            # Some at a time: routes of all for the same prices would want the same sites. Classes
            # for which nothing was found the last time are looked at again at the end.
            now, later = productive[:batch], productive[batch:]
            productive = [*later, *self._price_heuristically(duals, point, now, looks)]
            if productive:
                continue
            productive = self._priced_classes()
            if proving:
                # Where columns were missing the last time, more may be; a bound needs all classes.
                added, route_bounds = self._price_exactly(last, duals, point, slack, should_stop)
                if not added or self._is_worth_a_proof(best, duals, point, route_bounds):
                    others = [index for index in productive if index not in last]
                    new, more = self._price_exactly(others, duals, point, slack, should_stop)
                    added += new
                    best = self._proof(point, route_bounds | more, best)
                    ends = not isfinite(best.bound) or is_settled(best.bound)
                    if ends or self._is_close(best, duals, close):
                        break
                if added:
                    productive = last = added
                    continue
            if smoothing == 0.0 or self._is_close(best, duals, close):
                break
            # What was missing at the smoothed duals may be found at those of the LP itself.
            smoothing, centre = 0.0, duals
        if proving and best is None:
            # However late it is, a look at the coarsest grid proves something.
            duals = self.master.solve()
            _, route_bounds = self._price_exactly(
                self._priced_classes(), duals, duals, slack, should_stop
            )
            best = self._proof(duals, route_bounds)
        return best if best is not None and isfinite(best.bound) else None

    def generate(
        self, rounds: int, should_stop: Callable[[], bool], *, known: float | None = None
    ) -> None:
        """Add columns in a few rounds, without a proof.

        Parameters
        ----------
        known
            What a plan from the LP solution is worth at least. The rounds end before, if one after
            the first brought little of what the LP solution is above that.
        """
        rounds_left = iter(range(rounds))
        values: list[float] = []

        def begin_round() -> bool:
            if should_stop() or next(rounds_left, None) is None:
                return False
            if known is None:
                return True
            values.append(self.master.solve_value())
            return not _has_stalled(values, known)

        self.converge(begin_round, proving=False, looks=1)

    def near_columns(
        self, duals: Duals, loss: float, should_stop: Callable[[], bool]
    ) -> list[Column]:
        """Columns that lose no more than so much at some duals: of each class some of the best.

        None of those classes that are not searched any more where it should stop.
        """
        classes = self._priced_classes()
        searched = self._search_exactly(classes, duals, -loss, should_stop)
        return [
            column
            for index, priced in zip(classes, searched, strict=True)
            for column in self._columns(index, priced.routes)
        ]

    def bound_by_time(self) -> float:
        """What no plan exceeds, by the time of stops alone: far off, but at once."""
        duals = self.master.solve()
        earned = (
            best_by_time(pricer.day_class, self.master.pricing_profits(index, duals))
            for index, pricer in enumerate(self.pricers)
        )
        return self.master.bound(duals, earned)

    def _is_close(self, best: Proof | None, duals: Duals, close: float) -> bool:
        if best is None:
            return False
        return best.bound - duals.value <= max(close, CLOSE * abs(best.bound))

    def _is_worth_a_proof(
        self, best: Proof | None, duals: Duals, point: Duals, route_bounds: Mapping[int, float]
    ) -> bool:
        """Whether a bound seems to be much nearer to the LP solution than the one known."""
        if best is None:
            return True
        expected = [
            route_bounds.get(index, float(dual)) for index, dual in enumerate(point.classes)
        ]
        nearer = self.master.bound(point, expected) - duals.value
        return nearer < NEARER * (best.bound - duals.value)

    def _proof(
        self, duals: Duals, route_bounds: Mapping[int, float], before: Proof | None = None
    ) -> Proof:
        """The better of a proof and the one before; classes without any routes earn nothing."""
        earned = tuple(route_bounds.get(index, 0.0) for index in range(len(self.master.counts)))
        proof = Proof(bound=self.master.bound(duals, earned), duals=duals, route_bounds=earned)
        return proof if before is None or proof.bound < before.bound else before

    def _priced_classes(self) -> list[int]:
        return self.master.open_classes()

    def _price_heuristically(
        self, duals: Duals, point: Duals, classes: Sequence[int], looks: int
    ) -> list[int]:
        """Classes of which a heuristic search found columns to add."""

        def search(index: int) -> list[Column]:
            if self.is_over():
                return []
            profits, pricer = self.master.pricing_profits(index, point), self.pricers[index]
            above = float(point.classes[index])
            routes = pricer.price_heuristically(profits, above, looks=looks, fine=self.is_fine)
            return self._columns(index, routes)

        columns = list(self.executor.map(search, classes))
        return [index for index, new in zip(classes, columns, strict=True) if self._add(duals, new)]

    def _price_exactly(
        self,
        classes: Sequence[int],
        duals: Duals,
        point: Duals,
        slack: float,
        should_stop: Callable[[], bool],
    ) -> tuple[list[int], dict[int, float]]:
        """Classes of which columns were added, and what no route of each class exceeds."""
        slack = max(slack, EPSILON * float(point.classes.max(initial=0.0)))
        added, route_bounds = [], {}
        searched = self._search_exactly(classes, point, slack, should_stop)
        for index, priced in zip(classes, searched, strict=True):
            route_bounds[index] = priced.bound
            if self._add(duals, self._columns(index, priced.routes)):
                added.append(index)
        return added, route_bounds

    def _search_exactly(
        self,
        classes: Sequence[int],
        point: Duals,
        slack: float,
        should_stop: Callable[[], bool],
    ) -> list[PricingResult]:
        """Of each class what an exact search finds that earns so much more than its dual."""

        def search(index: int) -> PricingResult:
            if self.is_over():
                return PricingResult(routes=(), bound=inf)
            profits, above = self.master.pricing_profits(index, point), float(point.classes[index])
            return self.pricers[index].price_exactly(profits, above + slack, should_stop)

        return list(self.executor.map(search, classes))

    def _columns(self, index: int, routes: Sequence[PricedRoute]) -> list[Column]:
        """Routes of a class as columns."""
        day_class = self.pricers[index].day_class
        return [make_column(index, day_class, visits) for _, visits in routes]

    def _add(self, duals: Duals, columns: Sequence[Column]) -> int:
        """Add columns that better the LP solution, and how many these are."""
        least = self.master.params.min_reduced_profit
        better = [c for c in columns if self.master.reduced_profit(c, duals) > least]
        return self.master.add_columns(better)


def _has_stalled(values: Sequence[float], known: float) -> bool:
    """Whether the last of more than one round brought little of what a plan may gain."""
    if len(values) <= 2:
        return False
    little = max(LITTLE * (values[-1] - known), CLOSE * abs(values[-1]))
    return values[-1] - values[-2] <= little
