"""Routes are priced, and the best mixture of them found, in turn, until no route is missing."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from planner.solvers.columns.master import Duals, Master
from planner.solvers.columns.pricing import Priced, Pricer
from planner.solvers.columns.routes import Column, column_of

SMOOTHING = 0.5
"""Offers move from one round to the next by this share of the way (Wentges)."""

BETTER = 1e-4
"""A column is worth taking in if it earns more than this."""

EPSILON = 2e-6
"""Kinds are proven to earn no more than their dual and this share of it."""

CLOSE = 1e-6
"""A bound above the mixture by no more than this share is not worth another search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Why no plan exceeds a bound.

    Attributes
    ----------
    duals, most
        What things are worth, and what no route of each kind can earn beyond that.
    """

    bound: float
    duals: Duals
    most: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A master and the pricers of its kinds.

    Attributes
    ----------
    counts
        Routes of each kind; kinds without any are not priced.
    """

    master: Master
    pricers: Sequence[Pricer]
    counts: Sequence[int]
    executor: Executor

    def converge(
        self,
        begin: Callable[[], bool],
        *,
        proving: bool,
        over: Callable[[], bool],
        settled: Callable[[float], bool] = lambda bound: False,
        slack: float = 0.0,
        close: float = 0.0,
    ) -> Proof | None:
        """Add columns until the searches find none; the best bound proven, if any.

        Parameters
        ----------
        begin
            Asked before every round whether there is one more.
        proving
            Search thoroughly where the quick search finds nothing.
        over
            Asked now and then by thorough searches whether to end.
        settled
            Answers whether a bound is low enough.
        slack
            Each van-day may earn so much more than its dual before more routes are looked for.
        close
            A bound above the mixture by no more is not worth another search.
        """
        centre: Duals | None = None
        best: Proof | None = None
        smoothing = SMOOTHING
        fertile = self._priced_kinds()
        last: Sequence[int] = ()
        while begin():
            duals = self.master.solve()
            point = duals if centre is None else centre.towards(duals, 1 - smoothing)
            centre = point
            # Kinds for which nothing was found the last time are looked at again at the end.
            fertile = self._quick(duals, point, fertile)
            if fertile:
                continue
            fertile = self._priced_kinds()
            if proving:
                # Where columns were missing the last time, more may be.
                added, most = self._thorough(last, duals, point, slack, over)
                if not added:
                    others = [kind for kind in fertile if kind not in last]
                    added, more = self._thorough(others, duals, point, slack, over)
                    best = self._proof(point, most | more, best)
                    if settled(best.bound) or self._close(best, duals, close):
                        break
                if added:
                    fertile = last = added
                    continue
            if smoothing == 0.0 or self._close(best, duals, close):
                break
            # What was missing at the smoothed offers may be found at those of the mixture itself.
            smoothing, centre = 0.0, duals
        if proving and best is None:
            # However late it is, a look at the coarsest grid proves something.
            duals = self.master.solve()
            _, most = self._thorough(self._priced_kinds(), duals, duals, slack, over)
            best = self._proof(duals, most)
        return best

    def better(self, rounds: int, over: Callable[[], bool]) -> None:
        """Add columns in a few rounds, without a proof."""
        left = iter(range(rounds))
        self.converge(lambda: not over() and next(left, None) is not None, proving=False, over=over)

    def _close(self, best: Proof | None, duals: Duals, close: float) -> bool:
        if best is None:
            return False
        return best.bound - duals.value <= max(close, CLOSE * abs(best.bound))

    def _proof(self, duals: Duals, most: Mapping[int, float], before: Proof | None = None) -> Proof:
        """The better of a proof and the one before; kinds without any routes earn nothing."""
        earned = tuple(most.get(kind, 0.0) for kind in range(len(self.counts)))
        proof = Proof(bound=self.master.bound(duals, earned), duals=duals, most=earned)
        return proof if before is None or proof.bound < before.bound else before

    def _priced_kinds(self) -> list[int]:
        return [kind for kind, count in enumerate(self.counts) if count]

    def _quick(self, duals: Duals, point: Duals, kinds: Sequence[int]) -> list[int]:
        """Kinds of which a quick search found columns to add."""

        def search(kind: int) -> list[Column]:
            offer = self.master.offer(kind, point)
            routes = self.pricers[kind].quick(offer, float(point.kinds[kind]), wide=False)
            return [column_of(kind, self.pricers[kind].kind, visits) for _, visits in routes]

        found = list(self.executor.map(search, kinds))
        return [
            kind for kind, columns in zip(kinds, found, strict=True) if self._add(duals, columns)
        ]

    def _thorough(
        self,
        kinds: Sequence[int],
        duals: Duals,
        point: Duals,
        slack: float,
        over: Callable[[], bool],
    ) -> tuple[list[int], dict[int, float]]:
        """Kinds of which columns were added, and what no route of each kind exceeds."""
        slack = max(slack, EPSILON * float(point.kinds.max(initial=0.0)))

        def search(kind: int) -> Priced:
            offer = self.master.offer(kind, point)
            return self.pricers[kind].thorough(offer, float(point.kinds[kind]) + slack, over)

        added, most = [], {}
        for kind, priced in zip(kinds, list(self.executor.map(search, kinds)), strict=True):
            of_kind, most[kind] = self.pricers[kind].kind, priced.most
            if self._add(duals, [column_of(kind, of_kind, visits) for _, visits in priced.routes]):
                added.append(kind)
        return added, most

    def _add(self, duals: Duals, columns: Sequence[Column]) -> int:
        return self.master.add(
            column for column in columns if self.master.reduced(column, duals) > BETTER
        )
