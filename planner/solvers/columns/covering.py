"""How many weekends recording everybody takes at least: a covering problem over routes.

Routes of all weekends are mixed; docs/campaign.md has the mathematics.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil, inf

import numpy as np

from planner.arrays import Float64s
from planner.model import Instance, Site
from planner.solvers.base import num_cores
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.routes import PricedRoute
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.programme import Programme
from planner.solvers.stopping import StoppingCriterion, never

TOLERANCE = 1e-6
"""Bounds are lowered by this share, for sums in doubles."""

CLOSE = 1e-3
"""A bound this share below the LP solution is not worth another search."""

SMOOTHING = 0.5
"""Share of the prices before that the next ones keep (Wentges 1997)."""

Visits = tuple[tuple[str, int], ...]
"""Ids of sites and the people recorded there, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCover:
    """People who are to be recorded, all at any of some sites.

    Attributes
    ----------
    sites
        Ids; those that the instance does not have are left out.
    """

    people: int
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What recording people takes at least, in weekends like that of the instance.

    Attributes
    ----------
    bound
        Weekends, not rounded: no order of any plans takes fewer. Infinite where people are to be
        recorded whom no van can reach.
    prices
        By site, weekends that a person recorded there is worth.
    need
        What those to be recorded are worth at these prices, at least.
    routes
        Of each class of van-days, worth beginning the next one with.
    """

    bound: float
    prices: Mapping[str, float]
    need: float
    routes: Mapping[int, tuple[Visits, ...]]

    @property
    def weekends(self) -> int | None:
        """The bound in whole weekends; None where it is infinite."""
        return None if self.bound == inf else round_up(self.bound)


def round_up(weekends: float) -> int:
    """The least whole number that is not proven to be too small."""
    return max(0, ceil(weekends * (1 - TOLERANCE) - TOLERANCE))


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
        if target <= 0:
            return problem.answer(0.0, np.zeros(len(relaxed.sites)), 0.0)
        if problem.coverable < target or not problem.day_classes:
            return problem.answer(inf, np.zeros(len(relaxed.sites)), 0.0)
        if like is not None:
            problem.begin_like(like)
        return problem.solve(stopping)


def route_worth(
    instance: Instance,
    prices: Mapping[str, float],
    params: SolverParams = DEFAULT_PARAMS,
    should_stop: Callable[[], bool] = never,
) -> float:
    """What no plan of a weekend is worth more than, at prices of people; driving costs nothing."""
    relaxed = _relaxed(instance)
    y = np.array([prices.get(site.id, 0.0) for site in relaxed.sites])
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
    return result.routes, max(0.0, result.bound)


class _Problem:
    """The covering programme over the routes known so far.

    minimise W, routes of class k driven <= n_k W, people of a group recorded <= the group, people
    recorded at a site <= those of the routes there, all recorded >= target.
    """

    def __init__(
        self,
        instance: Instance,
        people: Sequence[ToCover],
        target: int,
        executor: Executor,
        params: SolverParams,
    ) -> None:
        self.instance, self.target, self._executor = instance, target, executor
        self.day_classes: tuple[VanDayClass, ...] = group_van_days(instance)
        self._pricers = [Pricer(day_class, params) for day_class in self.day_classes]
        served = {int(i) for day_class in self.day_classes for i in day_class.sites}
        self._groups = [*_merged(instance, people, served)]
        self.coverable = sum(number for number, _ in self._groups)
        self._visits: list[dict[Visits, None]] = [{} for _ in self.day_classes]
        if self.day_classes:
            self._build()

    def _build(self) -> None:
        self._programme = programme = Programme()
        self._weekends = programme.add_variable(-1.0)
        counts = [day_class.count for day_class in self.day_classes]
        # One person costs at most a van-day of the scarcest class.
        missing = programme.add_variable(-1.01 / min(counts))
        self._class_rows = [
            programme.add_row([(self._weekends, -float(count))], upper=0.0) for count in counts
        ]
        self._site_rows = [programme.add_row(upper=0.0) for _ in self.instance.sites]
        total = programme.add_row([(missing, -1.0)], upper=-float(self.target))
        for number, sites in self._groups:
            row = programme.add_row(upper=float(number))
            for site in sites:
                recorded = programme.add_variable()
                for of, coefficient in ((row, 1.0), (self._site_rows[site], 1.0), (total, -1.0)):
                    programme.set_coefficient(of, recorded, coefficient)

    def begin_like(self, like: Cover) -> None:
        """Take in routes of a similar problem, with no more people than there are here."""
        index = self.instance.site_index
        for number, routes in like.routes.items():
            if number >= len(self.day_classes):
                continue
            here = set(self.day_classes[number].sites.tolist())
            for visits in routes:
                if all(index.get(site_id) in here for site_id, _ in visits):
                    self._add(number, visits)

    def _add(self, number: int, visits: Visits) -> bool:
        """Take in a route, if it is new; stops where nobody is left record nobody."""
        sites = self.instance.sites
        index = self.instance.site_index
        fitting = tuple(
            (site_id, min(people, sites[index[site_id]].max_people)) for site_id, people in visits
        )
        if fitting in self._visits[number] or not any(people for _, people in fitting):
            return False
        self._visits[number][fitting] = None
        driven = self._programme.add_variable()
        self._programme.set_coefficient(self._class_rows[number], driven, 1.0)
        for site_id, people in fitting:
            row = self._site_rows[index[site_id]]
            self._programme.set_coefficient(row, driven, -float(people))
        return True

    def solve(self, stopping: StoppingCriterion) -> Cover:
        """Add routes until none is missing, or the search ends; the best bound proven."""
        best: Cover | None = None
        centre: Float64s | None = None
        productive, smoothing = list(range(len(self.day_classes))), SMOOTHING
        while stopping.begin_round():
            value, y, u = self._solve_lp()
            if best is not None and best.bound >= value * (1 - CLOSE):
                break
            point = y if centre is None else smoothing * centre + (1 - smoothing) * y
            centre = point
            productive = self._price_quickly(point, y, u, productive)
            if productive:
                continue
            productive = list(range(len(self.day_classes)))
            added, proven = self._prove(point, y, u, stopping.is_interrupted)
            if best is None or proven.bound > best.bound:
                best = proven
            if not added:
                if smoothing == 0.0:
                    break
                smoothing, centre = 0.0, y
        if best is None:
            _, y, u = self._solve_lp()
            _, best = self._prove(y, y, u, stopping.is_interrupted)
        return replace(best, routes=self._routes())

    def _solve_lp(self) -> tuple[float, Float64s, Float64s]:
        """Weekends, and prices of people at sites and of van-days."""
        value = self._programme.maximise()
        if value is None:
            raise RuntimeError("the linear programme over routes has no optimum")
        y = np.maximum(0.0, self._programme.duals(self._site_rows))
        return -value, y, np.maximum(0.0, self._programme.duals(self._class_rows))

    def _price_quickly(
        self, point: Float64s, y: Float64s, u: Float64s, classes: Sequence[int]
    ) -> list[int]:
        """Classes of which a quick search found routes to add."""
        scale = _scale(point)

        def search(number: int) -> tuple[PricedRoute, ...]:
            day_class = self.day_classes[number]
            profits = PricedProfits.of(point[day_class.sites] * scale, day_class.expected)
            above = float(u[number]) * scale * (1 + CLOSE)
            return self._pricers[number].price_heuristically(profits, above, wide=False)

        priced = list(self._executor.map(search, classes))
        return [
            number
            for number, routes in zip(classes, priced, strict=True)
            if self._add_better(number, routes, y, u)
        ]

    def _prove(
        self, point: Float64s, y: Float64s, u: Float64s, should_stop: Callable[[], bool]
    ) -> tuple[bool, Cover]:
        """Whether routes were added, and what these prices prove."""
        scale = _scale(point)

        def search(number: int) -> tuple[tuple[PricedRoute, ...], float]:
            above = float(u[number]) * scale * (1 + CLOSE / 10)
            return _best(self._pricers[number], point * scale, above, should_stop)

        numbers = range(len(self.day_classes))
        priced = list(self._executor.map(search, numbers))
        added = [
            self._add_better(number, routes, y, u)
            for number, (routes, _) in zip(numbers, priced, strict=True)
        ]
        most = sum(
            day_class.count * bound / scale
            for day_class, (_, bound) in zip(self.day_classes, priced, strict=True)
        )
        need = self.need(point)
        return any(added), self.answer(need / most if most else 0.0, point, need)

    def _add_better(
        self, number: int, routes: Sequence[PricedRoute], y: Float64s, u: Float64s
    ) -> bool:
        """Add routes that better the LP solution; whether there were any."""
        ids = [site.id for site in self.instance.sites]
        added = [
            self._add(number, tuple((ids[site], people) for site, people in visits))
            for _, visits in routes
            if sum(people * y[site] for site, people in visits) > u[number] * (1 + TOLERANCE)
        ]
        return any(added)

    def need(self, y: Float64s) -> float:
        """What the cheapest people are worth who reach the target, each where it is cheapest."""
        left, need = float(self.target), 0.0
        for price, number in sorted(
            (min(float(y[site]) for site in sites), number) for number, sites in self._groups
        ):
            taken = min(left, number)
            need, left = need + taken * price, left - taken
        return need

    def answer(self, bound: float, y: Float64s, need: float) -> Cover:
        """A bound with the prices that prove it."""
        prices = {
            site.id: price for site, price in zip(self.instance.sites, y.tolist(), strict=True)
        }
        return Cover(bound=bound, prices=prices, need=need, routes=self._routes())

    def _routes(self) -> Mapping[int, tuple[Visits, ...]]:
        return {number: tuple(visits) for number, visits in enumerate(self._visits)}


def _merged(
    instance: Instance, people: Sequence[ToCover], served: set[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """People by the sites that they may be recorded at; those without any are left out."""
    merged: dict[tuple[int, ...], int] = {}
    for group in people:
        sites = {instance.site_index.get(site_id, -1) for site_id in group.sites} & served
        if sites and group.people > 0:
            key = tuple(sorted(sites))
            merged[key] = merged.get(key, 0) + group.people
    for key, number in merged.items():
        yield number, key
