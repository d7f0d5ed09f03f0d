"""How many weekends recording everybody takes at least: a covering problem over routes.

Routes of all weekends are mixed; docs/campaign.md has the mathematics.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from math import inf

import numpy as np

from planner.arrays import Float64s
from planner.model import Instance, Site
from planner.solvers.base import num_cores
from planner.solvers.columns.covering_programme import (
    CoveringDuals,
    CoveringProgramme,
    Visits,
)
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.routes import PricedRoute
from planner.solvers.columns.time_bounds import best_by_time, longest_stops_s
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from planner.solvers.columns.weekend_worth import (
    TOLERANCE,
    ToCover,
    WeekendWorth,
    need,
    rank,
    round_up,
)
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.stopping import StoppingCriterion, never

CLOSE = 1e-3
"""A bound this share below the LP solution is not worth another search."""

SMOOTHING = 0.8
"""Share of the prices of the best bound in those at which routes are looked for."""

SPREAD = 6
"""Quick searches in a row for each class of van-days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What recording people takes at least, in weekends like that of the instance.

    Attributes
    ----------
    bound
        Weekends, not rounded: no order of any plans takes fewer. Infinite where people are to be
        recorded whom no van can reach.
    worth
        What proves it: weekends that a person recorded at a site is worth.
    values
        By class of van-days, what no route is worth more than at these prices.
    routes
        Of each class of van-days, worth beginning the next one with.
    settled
        What is proven, as a share of the LP solution over the routes known: 1 where no route is
        missing, less the further its prices may still be off.
    driven
        Van, date and stops of the routes that the LP solution drives, of each class as its first
        van-day drives them.
    """

    bound: float
    worth: WeekendWorth
    values: Mapping[int, float]
    routes: Mapping[int, tuple[Visits, ...]]
    settled: float = 0.0
    driven: tuple[tuple[str, date, Visits], ...] = ()

    @property
    def weekends(self) -> int | None:
        """The bound in whole weekends; None where it is infinite."""
        return None if self.bound == inf else round_up(self.bound)


def cover(
    instance: Instance,
    people: Sequence[ToCover],
    target: int,
    *,
    like: Cover | None = None,
    stopping: StoppingCriterion,
    cores: int | None = None,
    params: SolverParams = DEFAULT_PARAMS,
) -> Cover:
    """What recording so many of some people takes at least.

    Parameters
    ----------
    instance
        One weekend, which all others are like or offer less than.
    target
        How many of them, the cheapest.
    like
        Of a similar problem, to begin with.
    stopping
        Ends the search; what is proven by then holds.
    """
    relaxed = _relaxed(instance)
    with ThreadPoolExecutor(cores or num_cores()) as executor:
        problem = _Problem(relaxed, people, target, executor, params)
        if target <= 0 or problem.programme.coverable < target or not problem.day_classes:
            bound = 0.0 if target <= 0 else inf
            return Cover(bound=bound, worth=WeekendWorth(prices={}, most=0.0), values={}, routes={})
        if like is None:
            problem.programme.add_greedy_routes()
        else:
            problem.programme.add_routes(like.routes)
        return problem.solve(stopping, like)


def route_worth(
    instance: Instance,
    prices: Mapping[str, float],
    params: SolverParams = DEFAULT_PARAMS,
    should_stop: Callable[[], bool] = never,
) -> float:
    """What no plan of a weekend is worth more than, at prices of people; driving costs nothing.

    At sites without a price people are worth as much as anywhere.
    """
    relaxed = _relaxed(instance)
    highest = max(prices.values(), default=0.0)
    y = np.array([prices.get(site.id, highest) for site in relaxed.sites])
    scale = _scale(y)
    return sum(
        day_class.count * _best(Pricer(day_class, params), y * scale, 0.0, should_stop)[1] / scale
        for day_class in group_van_days(relaxed)
    )


def _relaxed(instance: Instance) -> Instance:
    """The instance with driving worth nothing, and stops for however few people."""

    def without_least(site: Site) -> Site:
        return replace(site, weight=1.0, min_people=min(1, site.min_people))

    return replace(instance, worth_s=None, sites=tuple(map(without_least, instance.sites)))


def _scale(y: Float64s) -> float:
    positive = y[y > 0]
    return 1.0 / float(positive.mean()) if len(positive) else 1.0


def _best(
    pricer: Pricer, y: Float64s, above: float, should_stop: Callable[[], bool]
) -> tuple[tuple[PricedRoute, ...], float]:
    """Routes that are worth more than a value, and what no route is worth more than."""
    day_class = pricer.day_class
    profits = PricedProfits.of(y[day_class.sites], day_class.expected)
    result = pricer.price_exactly(profits, above, should_stop)
    return result.routes, max(0.0, min(result.bound, best_by_time(day_class, profits)))


class _Problem:
    """Looks for routes that lower the covering programme, and for what bounds it."""

    def __init__(
        self,
        instance: Instance,
        people: Sequence[ToCover],
        target: int,
        executor: Executor,
        params: SolverParams,
    ) -> None:
        self._instance, self._target, self._executor = instance, target, executor
        self.day_classes: tuple[VanDayClass, ...] = group_van_days(instance)
        self._pricers = [Pricer(day_class, params) for day_class in self.day_classes]
        served = {int(i) for day_class in self.day_classes for i in day_class.sites}
        ids = {instance.sites[site].id for site in served}
        self._covered = [
            replace(group, sites=sites)
            for group in people
            if group.people and (sites := tuple(site for site in group.sites if site in ids))
        ]
        self.programme = CoveringProgramme(instance, self.day_classes, self._covered, target)

    def solve(self, stopping: StoppingCriterion, like: Cover | None) -> Cover:
        """Add routes until none is missing, or the search ends; the best bound proven.

        Routes are looked for at prices between those of the LP solution and those of the best
        bound: the former are far off for long (Ben-Ameur and Neto 2007).
        """
        everything = list(range(len(self.day_classes)))
        productive, smoothing = everything, SMOOTHING
        best = self._prove_by_time()
        centre = best
        if like is not None:
            centre = self._priced_like(like)
        elif stopping.begin_round():
            # Where there is time for no more, prices by time are a proof as good as any.
            _, proven = self._prove(
                self._with_best_routes(best), self.programme.solve(), stopping.is_interrupted
            )
            best = centre = max(best, proven, key=lambda duals: duals.value)
        while stopping.begin_round():
            duals = self.programme.solve()
            if best.value >= duals.value * (1 - CLOSE):
                break
            point = centre.towards(duals, 1 - smoothing)
            productive = self._price_quickly(point, duals, productive)
            if productive:
                continue
            productive = everything
            added, proven = self._prove(point, duals, stopping.is_interrupted)
            if proven.value > best.value:
                centre = best = proven
            elif centre is not best:
                centre = best
            elif not added and smoothing:
                smoothing = 0.0
            elif not added:
                break
        return self._cover(best, self.programme.solve())

    def _price_quickly(
        self, point: CoveringDuals, duals: CoveringDuals, classes: Sequence[int]
    ) -> list[int]:
        """Classes of which a quick search found routes to add.

        A class needs routes to many places: after each search people on its best route count less.
        """
        scale = _scale(point.y)

        def search(number: int) -> list[PricedRoute]:
            day_class, pricer = self.day_classes[number], self._pricers[number]
            price = point.y[day_class.sites] * scale
            above = float(point.u[number]) * scale * (1 + CLOSE)
            routes: list[PricedRoute] = []
            for _ in range(SPREAD):
                profits = PricedProfits.of(price, day_class.expected)
                better = pricer.price_heuristically(profits, above, looks=1)
                if not better:
                    break
                routes += better
                visited = [site for site, _ in better[0][1]]
                price[day_class.positions_of(visited)] /= 2
            return routes

        priced = list(self._executor.map(search, classes))
        return [
            number
            for number, routes in zip(classes, priced, strict=True)
            if self._add_better(number, routes, duals)
        ]

    def _prove(
        self, point: CoveringDuals, duals: CoveringDuals, should_stop: Callable[[], bool]
    ) -> tuple[bool, CoveringDuals]:
        """Whether routes were added, and what these prices prove."""
        scale = _scale(point.y)

        def search(number: int) -> tuple[tuple[PricedRoute, ...], float]:
            above = float(point.u[number]) * scale * (1 + CLOSE / 10)
            return _best(self._pricers[number], point.y * scale, above, should_stop)

        numbers = range(len(self.day_classes))
        priced = list(self._executor.map(search, numbers))
        added = [
            self._add_better(number, routes, duals)
            for number, (routes, _) in zip(numbers, priced, strict=True)
        ]
        return any(added), self._proven(point.y * scale, [bound for _, bound in priced])

    def _prove_by_time(self) -> CoveringDuals:
        """What is proven by the time of stops alone, people priced by the time they take."""
        y = np.zeros(len(self._instance.sites))
        for of in reversed(self.day_classes):
            y[of.sites] = longest_stops_s(of) / of.expected
        values = [
            best_by_time(of, PricedProfits.of(y[of.sites], of.expected)) for of in self.day_classes
        ]
        return self._proven(y, values)

    def _with_best_routes(self, point: CoveringDuals) -> CoveringDuals:
        """The same prices of people, and what the best routes of a quick search are worth."""
        scale = _scale(point.y)

        def search(number: int) -> float:
            day_class = self.day_classes[number]
            profits = PricedProfits.of(point.y[day_class.sites] * scale, day_class.expected)
            routes = self._pricers[number].price_heuristically(profits, 0.0)
            return max((worth for worth, _ in routes), default=0.0) / scale

        values = self._executor.map(search, range(len(self.day_classes)))
        return CoveringDuals(0.0, point.y, np.array([*values]))

    def _priced_like(self, like: Cover) -> CoveringDuals:
        """Prices of a similar problem, to look for routes at; nothing is proven by them."""
        y = np.array([like.worth.prices.get(site.id, 0.0) for site in self._instance.sites])
        u = np.array([like.values.get(number, 0.0) for number in range(len(self.day_classes))])
        return CoveringDuals(0.0, y, u)

    def _proven(self, y: Float64s, values: Sequence[float]) -> CoveringDuals:
        """What no route of each class is worth more than proves, in weekends of worth 1."""
        most = sum(of.count * value for of, value in zip(self.day_classes, values, strict=True))
        if most <= 0:
            return CoveringDuals(0.0, np.zeros_like(y), np.zeros(len(values)))
        needed = need(rank(self._covered, self._by_site(y / most)), self._target)
        return CoveringDuals(needed, y / most, np.array(values) / most)

    def _add_better(self, number: int, routes: Sequence[PricedRoute], duals: CoveringDuals) -> bool:
        """Add routes that better the LP solution; whether there were any."""
        ids = [site.id for site in self._instance.sites]
        added = [
            self.programme.add(number, tuple((ids[site], people) for site, people in visits))
            for _, visits in routes
            if sum(people * duals.y[site] for site, people in visits)
            > duals.u[number] * (1 + TOLERANCE)
        ]
        return any(added)

    def _cover(self, proven: CoveringDuals, duals: CoveringDuals) -> Cover:
        """The answer with what proves it; these prices give a weekend a worth of 1."""
        van_days = {
            (van, day.weekday()): worth
            for of, worth in zip(self.day_classes, proven.u.tolist(), strict=True)
            for van, day in of.dated_vans
        }
        worth = WeekendWorth(prices=self._by_site(proven.y), most=1.0, van_days=van_days)
        return Cover(
            bound=proven.value,
            worth=worth,
            settled=min(1.0, proven.value / duals.value) if duals.value > 0 else 0.0,
            values=dict(enumerate(proven.u.tolist())),
            routes=self.programme.routes(),
            driven=tuple(self.programme.driven()),
        )

    def _by_site(self, y: Float64s) -> dict[str, float]:
        ids = (site.id for site in self._instance.sites)
        return dict(zip(ids, y.tolist(), strict=True))
