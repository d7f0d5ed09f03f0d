"""Routes that earn most when a person at each site is worth a price, and what none can exceed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from planner.arrays import Bools, Float32s, Float64s, Int64s
from planner.model import NO_ROAD
from planner.solvers.columns import kernel
from planner.solvers.columns.bounds import CompletionBounds, bound_completions
from planner.solvers.columns.grid import grid_of, service_s
from planner.solvers.columns.label_sets import LabelSet
from planner.solvers.columns.labels import search_labels
from planner.solvers.columns.profits import PricedProfits, service_options
from planner.solvers.columns.routes import PricedRoute, optimize_amounts, route_drive_s
from planner.solvers.columns.van_day_classes import VanDayClass

CELLS_A_STOP, LEAST_CELLS, MOST_CELLS = 10, 100, 600
"""The coarsest grid has so many cells for the quickest stop, but not fewer or more in a shift."""

FINER = 4
"""Each grid has so many times more cells than the one before, down to seconds."""

ROUTES_FROM = 2
"""The first grid on which routes are looked for; those before only choose sites."""

QUICK_SITES, QUICK_BEAM, QUICK_SHARE = 60, 200, 0.5
"""How many sites and labels a quick search goes on with, and the share of the most that it asks."""

MOST_ROUTES, MOST_AFTER_ALL = 8, 24
"""So many routes are taken from one quick search, and from a thorough one."""

QUICK_STEP_S = 4
"""Amounts of routes found by a quick search are the best on a careful grid of this step."""

PROMISING = 240
"""Where a thorough search finds too many labels, it goes on with so many sites."""

WIDE = 300
"""Classes with more sites are quickly searched among so many that looked best at the last look."""

FIRST = 800
"""At the first look, so many are looked at that earn most for each second there."""

NEIGHBOURS = 5
"""So many nearest sites each site remembers from the start."""

TOLLS, AROUND, GOLDEN = 4, 0.1, 0.618
"""So many prices of a card are tried, first so near the last one, as shares of a weight."""


_Looked = tuple[LabelSet, Int64s]
"""Labels, and the sites of their grid as positions in those of the class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingResult:
    """What a search found.

    Attributes
    ----------
    routes
        The best first; each earns more than was asked for.
    bound
        What no route can exceed, proven whatever the search left out; or what was asked for, if
        that is more.
    """

    routes: tuple[PricedRoute, ...]
    bound: float


@dataclass(frozen=True, slots=True)
class Pricer:
    """Searches for routes of one class, and learns what to remember.

    Attributes
    ----------
    steps_s
        Of the grids, the coarsest first, the last of one second.
    remembered
        Per site, the sites it was seen to need to remember.
    attractive
        Sites among which a quick search looks first.
    cards
        On board; None where a shift is too short to use them up.
    card_multiplier
        One entry: the price of a card at the last look.
    """

    day_class: VanDayClass
    steps_s: tuple[int, ...]
    remembered: Bools = field(repr=False)
    attractive: Bools = field(repr=False)
    cards: int | None
    card_multiplier: Float64s = field(repr=False)

    @classmethod
    def of(cls, day_class: VanDayClass) -> "Pricer":
        num_sites = len(day_class.sites)
        nothing = np.zeros((num_sites, num_sites), dtype=bool)
        attractive = np.zeros(num_sites, dtype=bool)
        return cls(
            day_class,
            _steps_s(day_class),
            nothing,
            attractive,
            _cards(day_class),
            np.full(1, np.nan),
        )

    @property
    def _quick_step_s(self) -> int:
        return min(QUICK_STEP_S, self.steps_s[0])

    def price_heuristically(
        self, profits: PricedProfits, above: float, *, wide: bool = True
    ) -> tuple[PricedRoute, ...]:
        """Some of the best routes that earn more than a value, the best first.

        Parameters
        ----------
        wide
            Look at all sites where those that looked best have no such route.
        """
        fits = (profits.max_people >= self.day_class.least_people) & (profits.best() > 0)
        near = fits & self.attractive
        if not self.attractive.any():
            near[np.argsort(-self._rate(profits), kind="stable")[:FIRST]] = True
            near &= fits
        if self.cards is not None:
            if np.isnan(self.card_multiplier[0]):
                self._search_card_multiplier(profits, np.flatnonzero(near))
            profits = replace(profits, card_multiplier=float(self.card_multiplier[0]))
            above -= profits.card_multiplier * self.cards
        routes = self._quick(profits, above, np.flatnonzero(near))
        if routes or not wide or np.array_equal(near, fits):
            return routes
        return self._quick(profits, above, np.flatnonzero(fits))

    def _search_card_multiplier(self, profits: PricedProfits, chosen: Int64s) -> None:
        """Note the price of a card that bounds routes best, on the coarsest grid."""
        cards, day_class, last = self.cards or 0, self.day_class, float(self.card_multiplier[0])

        def most(card_multiplier: float) -> float:
            multiplied = replace(profits, card_multiplier=card_multiplier)
            return (
                _bounds(day_class, multiplied, chosen, self.steps_s[0]).best
                + card_multiplier * cards
            )

        dearest = float(day_class.weight.max(initial=0.0))
        low, high = 0.0, dearest
        if not np.isnan(last):
            low, high = max(0.0, last - AROUND * dearest), min(dearest, last + AROUND * dearest)
        card_multiplier = _lowest(most, low, high, TOLLS)
        self.card_multiplier[0] = 0.0 if most(0.0) <= most(card_multiplier) else card_multiplier

    def _rate(self, profits: PricedProfits) -> Float64s:
        """What each site earns for a second there, everyone recorded."""
        people = profits.max_people * self.day_class.seconds_per_person / self.day_class.van.kits
        rate: Float64s = profits.best() / (self.day_class.handling_s + people + 1)
        return rate

    def _look(self, chosen: Int64s, looks: Float64s | Float32s) -> None:
        """Note which of many sites look best."""
        if len(chosen) >= min(WIDE, len(self.attractive)):
            self.attractive[:] = False
            self.attractive[chosen[np.argsort(-looks, kind="stable")[:WIDE]]] = True

    def _quick(
        self, profits: PricedProfits, above: float, chosen: Int64s
    ) -> tuple[PricedRoute, ...]:
        day_class = self.day_class
        for step_s in self.steps_s[:ROUTES_FROM]:
            bounds = _bounds(day_class, profits, chosen, step_s)
            if bounds.best <= above:
                return ()
            best_through_site = bounds.best_through_site()
            self._look(chosen, best_through_site)
            order = np.argsort(-best_through_site, kind="stable")[:QUICK_SITES]
            chosen = np.sort(chosen[order[best_through_site[order] > above]])
        bounds = _bounds(day_class, profits, chosen, self.steps_s[: ROUTES_FROM + 1][-1])
        found = search_labels(
            bounds,
            np.ones((len(chosen), len(chosen)), dtype=bool),
            threshold=max(above, QUICK_SHARE * bounds.best),
            max_stops=max_num_stops(day_class, len(chosen)),
            beam=QUICK_BEAM,
        )
        return self._routes(profits, chosen, found, above, self._quick_step_s)

    def best_through_site(self, profits: PricedProfits) -> Float64s:
        """What no route through each site of the class exceeds; infinitely low where none is."""
        day_class = self.day_class
        chosen = np.flatnonzero(profits.max_people >= day_class.least_people)
        bounds = _bounds(day_class, profits, chosen, self.steps_s[: ROUTES_FROM + 1][-1])
        most = np.full(len(day_class.sites), -np.inf)
        found = bounds.best_through_site()
        most[chosen] = np.where(
            found > kernel.IMPOSSIBLE / 2, found + _rounding(day_class, bounds), -np.inf
        )
        return most

    def price_exactly(
        self, profits: PricedProfits, above: float, should_stop: Callable[[], bool] = lambda: False
    ) -> PricingResult:
        """Routes that earn more than a value, or the proof that there is hardly any.

        Grids become finer until a route is found or there can be none.

        Parameters
        ----------
        over
            Asked now and then whether to end; what is proven by then holds.
        """
        day_class = self.day_class
        # A site worth nothing stays: a stop there may shorten a drive, where roads allow that.
        chosen = np.flatnonzero(profits.max_people >= day_class.least_people)
        multiplier_total, bound, looked = 0.0, np.inf, self.cards is None
        routes: tuple[PricedRoute, ...] = ()
        if self.cards is not None and not np.isnan(self.card_multiplier[0]):
            profits = replace(profits, card_multiplier=float(self.card_multiplier[0]))
            multiplier_total = profits.card_multiplier * self.cards
        level = 0
        while level < len(self.steps_s):
            step_s = self.steps_s[level]
            bounds = _bounds(day_class, profits, chosen, step_s)
            rounding = _rounding(day_class, bounds, multiplier_total)
            bound = min(bound, max(above, bounds.best + multiplier_total) + rounding)
            if bounds.best + multiplier_total <= above or should_stop():
                break
            if not looked:
                # Only where the last price of a card proves too little is another looked for.
                self._search_card_multiplier(profits, chosen)
                profits, looked = (
                    replace(profits, card_multiplier=float(self.card_multiplier[0])),
                    True,
                )
                multiplier_total = profits.card_multiplier * (self.cards or 0)
                continue
            best_through_site = bounds.best_through_site()
            self._look(chosen, best_through_site)
            chosen = chosen[best_through_site + multiplier_total > above]
            level += 1
            if level <= min(ROUTES_FROM, len(self.steps_s) - 1):
                continue
            (found, among), is_complete = self._explored(
                profits, chosen, step_s, above, multiplier_total, should_stop
            )
            if is_complete:
                bound = min(bound, found.best + rounding)
            sought = above if is_complete else above - multiplier_total
            routes = self._routes(profits, among, found, sought, self._quick_step_s, MOST_AFTER_ALL)
            if is_complete and not routes:
                routes = self._routes(profits, among, found, sought)
            if not is_complete or found.best <= above or any(r[0] > above for r in routes):
                break
        return PricingResult(routes=routes, bound=bound)

    def _explored(
        self,
        profits: PricedProfits,
        chosen: Int64s,
        step_s: int,
        above: float,
        multiplier_total: float,
        should_stop: Callable[[], bool],
    ) -> tuple[_Looked, bool]:
        """All labels that may earn more, the best of them without a cycle; whether all is so.

        Where there are too many the threshold is far off, and any good routes will do.
        """
        day_class = self.day_class
        bounds = self._bounds(profits, chosen, step_s)
        near = np.argsort(bounds.grid.travel[:-1], axis=0, kind="stable")[:NEIGHBOURS]
        for site, neighbours in enumerate(near.T):
            self.remembered[chosen[site], chosen[neighbours]] = True
        while True:
            found = search_labels(
                bounds,
                self.remembered[np.ix_(chosen, chosen)],
                threshold=above,
                max_stops=max_num_stops(day_class, len(chosen)),
                should_stop=should_stop,
            )
            if not found.is_complete:
                return self._promising(
                    profits, chosen, step_s, above - multiplier_total, should_stop
                ), False
            cycles = [route for route in found.routes(MOST_ROUTES, above) if route.has_cycle()]
            if not cycles or should_stop():
                return (found, chosen), True
            before = int(self.remembered.sum())
            for route in cycles:
                self._remember(chosen[list(route.sites)])
            if int(self.remembered.sum()) == before:
                return (found, chosen), True

    def _promising(
        self,
        profits: PricedProfits,
        chosen: Int64s,
        step_s: int,
        above: float,
        should_stop: Callable[[], bool],
    ) -> _Looked:
        """The most promising labels among the most promising sites."""
        best_through_site = _bounds(self.day_class, profits, chosen, step_s).best_through_site()
        chosen = np.sort(chosen[np.argsort(-best_through_site, kind="stable")[:PROMISING]])
        found = search_labels(
            _bounds(self.day_class, profits, chosen, step_s),
            self.remembered[np.ix_(chosen, chosen)],
            threshold=above,
            max_stops=max_num_stops(self.day_class, len(chosen)),
            beam=QUICK_BEAM,
            should_stop=should_stop,
        )
        return found, chosen

    def _remember(self, sites: Int64s) -> None:
        """Let the sites inside a cycle remember where it began."""
        seen: dict[int, int] = {}
        for position, site in enumerate(sites.tolist()):
            if site in seen:
                self.remembered[sites[seen[site] + 1 : position], site] = True
            seen[site] = position

    def _routes(
        self,
        profits: PricedProfits,
        chosen: Int64s,
        found: LabelSet,
        above: float,
        step_s: int = 1,
        most: int = MOST_ROUTES,
    ) -> tuple[PricedRoute, ...]:
        # Labels that count cards know amounts for which they suffice.
        counted = found.bounds.with_multiplier is not None
        routes = (
            optimize_amounts(
                self.day_class,
                profits,
                chosen[list(order.sites)],
                step_s,
                max_people=np.array(order.people) if counted else None,
            )
            for order in dict.fromkeys(found.routes(most, above))
            if not order.has_cycle()
        )
        better = [route for route in routes if route is not None and route[0] > above]
        return tuple(sorted(better, key=self._order))

    def _order(self, route: PricedRoute) -> tuple[float, int]:
        """What earns most first; of equal routes, the shortest drive."""
        order = np.searchsorted(self.day_class.sites, [site for site, _ in route[1]])
        return -round(route[0], 9), route_drive_s(self.day_class, order)

    def _bounds(self, profits: PricedProfits, chosen: Int64s, step_s: int) -> CompletionBounds:
        """Bounds of routes, without the card multiplier; where cards count, also with it."""
        if self.cards is None:
            return _bounds(self.day_class, profits, chosen, step_s)
        with_multiplier = _bounds(self.day_class, profits, chosen, step_s, limited=True)
        without_multiplier = _bounds(
            self.day_class, replace(profits, card_multiplier=0.0), chosen, step_s, limited=True
        )
        return replace(
            without_multiplier,
            with_multiplier=with_multiplier,
            card_multiplier=profits.card_multiplier,
            cards=self.cards,
        )


def max_num_stops(day_class: VanDayClass, num_sites: int) -> int:
    """The most stops of a route of a class among so many sites."""
    limit = day_class.van.max_stops
    return num_sites if limit is None else min(limit, num_sites)


def _bounds(
    day_class: VanDayClass,
    profits: PricedProfits,
    chosen: Int64s,
    step_s: int,
    *,
    limited: bool = False,
) -> CompletionBounds:
    """Bounds of routes among chosen sites, on a grid of that step."""
    grid = grid_of(day_class, chosen, step_s)
    services = service_options(day_class, chosen, grid, profits, limited=limited)
    return bound_completions(grid, services, max_num_stops(day_class, len(chosen)))


def _steps_s(day_class: VanDayClass) -> tuple[int, ...]:
    """Steps of the grids, so that the coarsest still tells stops apart."""
    drive_s = day_class.instance.drive_s[np.ix_(day_class.place, day_class.place)].astype(np.int64)
    drive_s[drive_s == NO_ROAD] = day_class.length_s
    np.fill_diagonal(drive_s, day_class.length_s)
    least_s = day_class.handling_s + service_s(
        day_class, np.arange(len(day_class.sites)), day_class.least_people
    )
    quickest_s = int((drive_s + least_s).min(initial=day_class.length_s))
    step_s = min(quickest_s // CELLS_A_STOP, day_class.length_s // LEAST_CELLS)
    steps_s = [max(step_s, day_class.length_s // MOST_CELLS, 1)]
    while steps_s[-1] > 1:
        steps_s.append(max(1, steps_s[-1] // FINER))
    return tuple(steps_s)


def _cards(day_class: VanDayClass) -> int | None:
    """Cards on board, if a shift is long enough to use them up."""
    cards = day_class.van.max_people
    quickest_s = int(day_class.seconds_per_person.min(initial=day_class.length_s))
    at_most = day_class.length_s * day_class.van.kits // quickest_s if quickest_s else None
    return None if cards is None or (at_most is not None and at_most <= cards) else cards


def _lowest(function: Callable[[float], float], low: float, high: float, tries: int) -> float:
    """Where a convex function is about lowest, by golden section."""
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = function(left), function(right)
    for _ in range(tries - 2):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = function(right)
    return left if at_left <= at_right else right


def _rounding(
    day_class: VanDayClass, bounds: CompletionBounds, multiplier_total: float = 0.0
) -> float:
    """More than rounding to single precision can take off the value of a route.

    Each sum is off by at most half a unit in the last place of its size, and no partial sum is
    larger than what the stops earn, cost, and take away where they earn less than nothing.
    """
    stops = bounds.max_stops
    lost = float(np.max(-bounds.services.value, initial=0.0))
    size = (
        max(0.0, bounds.best)
        + multiplier_total
        + 2 * (day_class.length_s * day_class.cost_per_s + stops * lost)
    )
    return (4 * stops + 8) * 2.0**-24 * size
