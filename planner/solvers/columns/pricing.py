"""Routes that earn most when a person at each site is worth a price, and what none can exceed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from planner.arrays import Bools, Float32s, Float64s, Int64s
from planner.model import NO_ROAD
from planner.solvers.columns import kernel
from planner.solvers.columns.bounds import Bounds, bounds
from planner.solvers.columns.grid import grid_of, service_s
from planner.solvers.columns.label_sets import Found
from planner.solvers.columns.labels import explore
from planner.solvers.columns.profits import Offer, gains_of
from planner.solvers.columns.routes import Route, driven_s, with_amounts
from planner.solvers.columns.van_day_classes import Kind

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
"""Kinds with more sites are quickly searched among so many that looked best at the last look."""

FIRST = 800
"""At the first look, so many are looked at that earn most for each second there."""

NEIGHBOURS = 5
"""So many nearest sites each site remembers from the start."""

TOLLS, AROUND, GOLDEN = 4, 0.1, 0.618
"""So many prices of a card are tried, first so near the last one, as shares of a weight."""


_Looked = tuple[Found, Int64s]
"""Labels, and the sites of their grid as positions in those of the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """What a search found.

    Attributes
    ----------
    routes
        The best first; each earns more than was asked for.
    most
        What no route can exceed, proven whatever the search left out; or what was asked for, if
        that is more.
    """

    routes: tuple[Route, ...]
    most: float


@dataclass(frozen=True, slots=True)
class Pricer:
    """Searches for routes of one kind, and learns what to remember.

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
    toll
        One entry: the price of a card at the last look.
    """

    kind: Kind
    steps_s: tuple[int, ...]
    remembered: Bools = field(repr=False)
    attractive: Bools = field(repr=False)
    cards: int | None
    toll: Float64s = field(repr=False)

    @classmethod
    def of(cls, kind: Kind) -> "Pricer":
        num_sites = len(kind.sites)
        nothing = np.zeros((num_sites, num_sites), dtype=bool)
        attractive = np.zeros(num_sites, dtype=bool)
        return cls(kind, _steps_s(kind), nothing, attractive, _cards(kind), np.full(1, np.nan))

    @property
    def _quick_step_s(self) -> int:
        return min(QUICK_STEP_S, self.steps_s[0])

    def quick(self, offer: Offer, above: float, *, wide: bool = True) -> tuple[Route, ...]:
        """Some of the best routes that earn more than a value, the best first.

        Parameters
        ----------
        wide
            Look at all sites where those that looked best have no such route.
        """
        fits = (offer.most >= self.kind.least) & (offer.best() > 0)
        near = fits & self.attractive
        if not self.attractive.any():
            near[np.argsort(-self._rate(offer), kind="stable")[:FIRST]] = True
            near &= fits
        if self.cards is not None:
            if np.isnan(self.toll[0]):
                self._look_for_toll(offer, np.flatnonzero(near))
            offer = replace(offer, toll=float(self.toll[0]))
            above -= offer.toll * self.cards
        routes = self._quick(offer, above, np.flatnonzero(near))
        if routes or not wide or np.array_equal(near, fits):
            return routes
        return self._quick(offer, above, np.flatnonzero(fits))

    def _look_for_toll(self, offer: Offer, chosen: Int64s) -> None:
        """Note the price of a card that bounds routes best, on the coarsest grid."""
        cards, kind, last = self.cards or 0, self.kind, float(self.toll[0])

        def most(toll: float) -> float:
            tolled = replace(offer, toll=toll)
            return _limits(kind, tolled, chosen, self.steps_s[0]).best + toll * cards

        dearest = float(kind.weight.max(initial=0.0))
        low, high = 0.0, dearest
        if not np.isnan(last):
            low, high = max(0.0, last - AROUND * dearest), min(dearest, last + AROUND * dearest)
        toll = _lowest(most, low, high, TOLLS)
        self.toll[0] = 0.0 if most(0.0) <= most(toll) else toll

    def _rate(self, offer: Offer) -> Float64s:
        """What each site earns for a second there, everyone recorded."""
        people = offer.most * self.kind.seconds_per_person / self.kind.van.kits
        rate: Float64s = offer.best() / (self.kind.hands_s + people + 1)
        return rate

    def _look(self, chosen: Int64s, looks: Float64s | Float32s) -> None:
        """Note which of many sites look best."""
        if len(chosen) >= min(WIDE, len(self.attractive)):
            self.attractive[:] = False
            self.attractive[chosen[np.argsort(-looks, kind="stable")[:WIDE]]] = True

    def _quick(self, offer: Offer, above: float, chosen: Int64s) -> tuple[Route, ...]:
        kind = self.kind
        for step_s in self.steps_s[:ROUTES_FROM]:
            limits = _limits(kind, offer, chosen, step_s)
            if limits.best <= above:
                return ()
            through = limits.through()
            self._look(chosen, through)
            order = np.argsort(-through, kind="stable")[:QUICK_SITES]
            chosen = np.sort(chosen[order[through[order] > above]])
        limits = _limits(kind, offer, chosen, self.steps_s[: ROUTES_FROM + 1][-1])
        found = explore(
            limits,
            np.ones((len(chosen), len(chosen)), dtype=bool),
            threshold=max(above, QUICK_SHARE * limits.best),
            most_stops=most_stops(kind, len(chosen)),
            beam=QUICK_BEAM,
        )
        return self._routes(offer, chosen, found, above, self._quick_step_s)

    def through(self, offer: Offer) -> Float64s:
        """What no route through each site of the kind exceeds; infinitely low where none is."""
        kind = self.kind
        chosen = np.flatnonzero(offer.most >= kind.least)
        limits = _limits(kind, offer, chosen, self.steps_s[: ROUTES_FROM + 1][-1])
        most = np.full(len(kind.sites), -np.inf)
        found = limits.through()
        most[chosen] = np.where(found > kernel.NONE / 2, found + _rounding(kind, limits), -np.inf)
        return most

    def thorough(
        self, offer: Offer, above: float, over: Callable[[], bool] = lambda: False
    ) -> Priced:
        """Routes that earn more than a value, or the proof that there is hardly any.

        Grids become finer until a route is found or there can be none.

        Parameters
        ----------
        over
            Asked now and then whether to end; what is proven by then holds.
        """
        kind = self.kind
        # A site worth nothing stays: a stop there may shorten a drive, where roads allow that.
        chosen = np.flatnonzero(offer.most >= kind.least)
        tolls, most, looked = 0.0, np.inf, self.cards is None
        routes: tuple[Route, ...] = ()
        if self.cards is not None and not np.isnan(self.toll[0]):
            offer = replace(offer, toll=float(self.toll[0]))
            tolls = offer.toll * self.cards
        level = 0
        while level < len(self.steps_s):
            step_s = self.steps_s[level]
            limits = _limits(kind, offer, chosen, step_s)
            rounding = _rounding(kind, limits, tolls)
            most = min(most, max(above, limits.best + tolls) + rounding)
            if limits.best + tolls <= above or over():
                break
            if not looked:
                # Only where the last price of a card proves too little is another looked for.
                self._look_for_toll(offer, chosen)
                offer, looked = replace(offer, toll=float(self.toll[0])), True
                tolls = offer.toll * (self.cards or 0)
                continue
            through = limits.through()
            self._look(chosen, through)
            chosen = chosen[through + tolls > above]
            level += 1
            if level <= min(ROUTES_FROM, len(self.steps_s) - 1):
                continue
            (found, among), whole = self._explored(offer, chosen, step_s, above, tolls, over)
            if whole:
                most = min(most, found.best + rounding)
            sought = above if whole else above - tolls
            routes = self._routes(offer, among, found, sought, self._quick_step_s, MOST_AFTER_ALL)
            if whole and not routes:
                routes = self._routes(offer, among, found, sought)
            if not whole or found.best <= above or any(r[0] > above for r in routes):
                break
        return Priced(routes=routes, most=most)

    def _explored(
        self,
        offer: Offer,
        chosen: Int64s,
        step_s: int,
        above: float,
        tolls: float,
        over: Callable[[], bool],
    ) -> tuple[_Looked, bool]:
        """All labels that may earn more, the best of them without a cycle; whether all is so.

        Where there are too many the threshold is far off, and any good routes will do.
        """
        kind = self.kind
        limits = self._limits(offer, chosen, step_s)
        near = np.argsort(limits.grid.hop[:-1], axis=0, kind="stable")[:NEIGHBOURS]
        for site, neighbours in enumerate(near.T):
            self.remembered[chosen[site], chosen[neighbours]] = True
        while True:
            found = explore(
                limits,
                self.remembered[np.ix_(chosen, chosen)],
                threshold=above,
                most_stops=most_stops(kind, len(chosen)),
                over=over,
            )
            if not found.whole:
                return self._promising(offer, chosen, step_s, above - tolls, over), False
            cycles = [route for route in found.routes(MOST_ROUTES, above) if route.has_cycle()]
            if not cycles or over():
                return (found, chosen), True
            before = int(self.remembered.sum())
            for route in cycles:
                self._remember(chosen[list(route.sites)])
            if int(self.remembered.sum()) == before:
                return (found, chosen), True

    def _promising(
        self, offer: Offer, chosen: Int64s, step_s: int, above: float, over: Callable[[], bool]
    ) -> _Looked:
        """The most promising labels among the most promising sites."""
        through = _limits(self.kind, offer, chosen, step_s).through()
        chosen = np.sort(chosen[np.argsort(-through, kind="stable")[:PROMISING]])
        found = explore(
            _limits(self.kind, offer, chosen, step_s),
            self.remembered[np.ix_(chosen, chosen)],
            threshold=above,
            most_stops=most_stops(self.kind, len(chosen)),
            beam=QUICK_BEAM,
            over=over,
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
        offer: Offer,
        chosen: Int64s,
        found: Found,
        above: float,
        step_s: int = 1,
        most: int = MOST_ROUTES,
    ) -> tuple[Route, ...]:
        # Labels that count cards know amounts for which they suffice.
        counted = found.bounds.dear is not None
        routes = (
            with_amounts(
                self.kind,
                offer,
                chosen[list(order.sites)],
                step_s,
                most=np.array(order.people) if counted else None,
            )
            for order in dict.fromkeys(found.routes(most, above))
            if not order.has_cycle()
        )
        better = [route for route in routes if route is not None and route[0] > above]
        return tuple(sorted(better, key=self._order))

    def _order(self, route: Route) -> tuple[float, int]:
        """What earns most first; of equal routes, the shortest drive."""
        order = np.searchsorted(self.kind.sites, [site for site, _ in route[1]])
        return -round(route[0], 9), driven_s(self.kind, order)

    def _limits(self, offer: Offer, chosen: Int64s, step_s: int) -> Bounds:
        """Bounds of routes, without the toll; where cards count, those with it beside."""
        if self.cards is None:
            return _limits(self.kind, offer, chosen, step_s)
        dear = _limits(self.kind, offer, chosen, step_s, limited=True)
        cheap = _limits(self.kind, replace(offer, toll=0.0), chosen, step_s, limited=True)
        return replace(cheap, dear=dear, toll=offer.toll, cards=self.cards)


def most_stops(kind: Kind, num_sites: int) -> int:
    """The most stops of a route of a kind among so many sites."""
    limit = kind.van.max_stops
    return num_sites if limit is None else min(limit, num_sites)


def _limits(
    kind: Kind, offer: Offer, chosen: Int64s, step_s: int, *, limited: bool = False
) -> Bounds:
    """Bounds of routes among chosen sites, on a grid of that step."""
    grid = grid_of(kind, chosen, step_s)
    gains = gains_of(kind, chosen, grid, offer, limited=limited)
    return bounds(grid, gains, most_stops(kind, len(chosen)))


def _steps_s(kind: Kind) -> tuple[int, ...]:
    """Steps of the grids, so that the coarsest still tells stops apart."""
    drive_s = kind.instance.drive_s[np.ix_(kind.place, kind.place)].astype(np.int64)
    drive_s[drive_s == NO_ROAD] = kind.length_s
    np.fill_diagonal(drive_s, kind.length_s)
    least_s = kind.hands_s + service_s(kind, np.arange(len(kind.sites)), kind.least)
    quickest_s = int((drive_s + least_s).min(initial=kind.length_s))
    step_s = min(quickest_s // CELLS_A_STOP, kind.length_s // LEAST_CELLS)
    steps_s = [max(step_s, kind.length_s // MOST_CELLS, 1)]
    while steps_s[-1] > 1:
        steps_s.append(max(1, steps_s[-1] // FINER))
    return tuple(steps_s)


def _cards(kind: Kind) -> int | None:
    """Cards on board, if a shift is long enough to use them up."""
    cards = kind.van.max_people
    quickest_s = int(kind.seconds_per_person.min(initial=kind.length_s))
    at_most = kind.length_s * kind.van.kits // quickest_s if quickest_s else None
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


def _rounding(kind: Kind, limits: Bounds, tolls: float = 0.0) -> float:
    """More than rounding to single precision can take off the value of a route.

    Each sum is off by at most half a unit in the last place of its size, and no partial sum is
    larger than what the stops earn, cost, and take away where they earn less than nothing.
    """
    stops = limits.longest
    lost = float(np.max(-limits.gains.value, initial=0.0))
    size = max(0.0, limits.best) + tolls + 2 * (kind.length_s * kind.per_s + stops * lost)
    return (4 * stops + 8) * 2.0**-24 * size
