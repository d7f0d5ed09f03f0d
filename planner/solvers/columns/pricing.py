"""Routes that earn most when a person at each site is worth a price, and what none can exceed."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from planner.arrays import Bools, Float32s, Float64s, Int64s
from planner.solvers.columns import kernel
from planner.solvers.columns.amount_ranges import AmountRanges
from planner.solvers.columns.bounds import (
    CompletionBounds,
    best_by_quickest_drives,
    bound_routes,
    quickest_drives,
    rounding_margin,
)
from planner.solvers.columns.cards import (
    CardMultiplier,
    CardRoutes,
    best_card_multiplier,
    binding_cards,
)
from planner.solvers.columns.exclusions import exclude, exclude_revisits
from planner.solvers.columns.grid import Grid, grid_steps_s
from planner.solvers.columns.kernel import Exclusions
from planner.solvers.columns.label_sets import LabelSet
from planner.solvers.columns.labels import search_labels
from planner.solvers.columns.pricing_memory import PricingMemory
from planner.solvers.columns.profits import PricedProfits, service_options
from planner.solvers.columns.route_building import RouteBuilder
from planner.solvers.columns.routes import PricedRoute, optimize_amounts, route_drive_s
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.stopping import never

QUICKEST_MARGIN = 1e-4
"""More than single precision can be off, as a share of what routes earn."""


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


class Pricer:
    """Searches for routes of one class.

    Attributes
    ----------
    steps_s
        Of the grids, the coarsest first, the last of one second.
    cards
        On board; None where a shift is too short to use them up.
    careful_step_s
        Of the grid on which heuristic searches fit amounts.
    """

    def __init__(self, day_class: VanDayClass, params: SolverParams = DEFAULT_PARAMS) -> None:
        self.day_class, self.params = day_class, params
        self.memory = PricingMemory(len(day_class.sites))
        self.steps_s = grid_steps_s(day_class, params.grid)
        self.cards = binding_cards(day_class)
        self._builder = RouteBuilder(day_class, self.memory, params.pricing, self.cards)
        highest = float(day_class.weight.max(initial=0.0))
        self._multiplier = CardMultiplier(params.pricing.multiplier_range * highest, highest)
        self._quickest_drives: Grid | None = None
        self.careful_step_s = min(params.grid.careful_step_s, self.steps_s[0])

    def for_class(self, day_class: VanDayClass) -> "Pricer":
        """The same for a class that differs in weights only; both learn together."""
        other = copy(self)
        other.day_class = day_class
        other._builder = RouteBuilder(day_class, self.memory, self.params.pricing, self.cards)
        return other

    def _step_s(self, level: int) -> int:
        """Of the grid of a level, or the finest."""
        return self.steps_s[: level + 1][-1]

    def price_heuristically(
        self, profits: PricedProfits, above: float, *, looks: int = 3, fine: bool = True
    ) -> tuple[PricedRoute, ...]:
        """Some of the best routes that earn more than a value, the best first.

        Parameters
        ----------
        looks
            Look among so many ever larger sets of sites, until there is a route: those that looked
            best the last time, those that earn most for each second now, all.
        fine
            Follow more labels, on a finer grid.
        """
        fits = (profits.max_people >= self.day_class.least_people) & (profits.best() > 0)
        before: Bools | None = None
        for near in islice(self._near(profits, fits), looks):
            if before is not None and np.array_equal(near, before):
                continue
            if self.cards is not None and before is None:
                multiplier = self._card_multiplier(profits, np.flatnonzero(near))
                profits = replace(profits, card_multiplier=multiplier)
            routes = self._price_among(profits, above, np.flatnonzero(near), fine)
            if routes:
                return routes
            before = near
        return ()

    def _near(self, profits: PricedProfits, fits: Bools) -> Iterator[Bools]:
        """Ever larger sets of sites to look at."""
        has_looked = self.memory.attractive.any()
        if has_looked:
            yield fits & self.memory.attractive
        promising = np.zeros_like(fits)
        first = np.argsort(-self._rate(profits), kind="stable")
        promising[first[: self.params.pricing.first_sites]] = True
        for _ in range(1 if has_looked else 2):
            yield fits & promising
        yield fits

    def _card_multiplier(self, profits: PricedProfits, chosen: Int64s) -> float:
        """The price of a card: the last one, or the one that bounds routes best without memory."""
        if self._multiplier.value is not None:
            return self._multiplier.value
        multiplier = best_card_multiplier(
            self.day_class,
            profits,
            chosen,
            self.steps_s[0],
            cards=self.cards or 0,
            tries=self.params.pricing.multiplier_tries,
        )
        self._multiplier.move(multiplier)
        return multiplier

    def _rate(self, profits: PricedProfits) -> Float64s:
        """What each site earns for a second there, everyone recorded."""
        most = np.maximum(0, profits.max_people)
        people_s = most * self.day_class.seconds_per_person / self.day_class.van.kits
        rate: Float64s = profits.best() / (self.day_class.handling_s + people_s + 1)
        return rate

    def _price_among(
        self, profits: PricedProfits, above: float, chosen: Int64s, fine: bool
    ) -> tuple[PricedRoute, ...]:
        """Good routes among some sites, by a beam of labels."""
        day_class, params = self.day_class, self.params.pricing
        spent = self._priced_cards(profits)
        least = above - spent
        grid = self.params.grid
        level = grid.first_with_routes if fine else grid.quick_with_routes
        for step_s in self.steps_s[:level]:
            bounds = bound_routes(day_class, profits, chosen, step_s)
            if bounds.best <= least:
                return ()
            through = bounds.best_through_site(least)
            self.memory.look(chosen, through, params.attractive_sites)
            order = np.argsort(-through, kind="stable")[: params.heuristic_sites]
            chosen = np.sort(chosen[order[through[order] > least]])
        ranges = self._parted(profits, chosen)
        bounds = bound_routes(day_class, profits, ranges, self._step_s(level))
        labels = search_labels(
            bounds,
            self._exclusions(profits, ranges, np.ones_like(self.memory.remembered)),
            params,
            threshold=max(least, params.heuristic_share * bounds.best),
            max_stops=day_class.max_stops(len(ranges.positions)),
            beam=params.heuristic_beam if fine else params.quick_beam,
        )
        if self.cards is not None:
            self._learn_multiplier(profits, CardRoutes(self.cards), ranges, labels, least)
        step_s = self.careful_step_s
        return self._builder.build(profits, ranges, labels, above, spent, step_s, params.max_routes)

    def _parted(self, profits: PricedProfits, chosen: Int64s) -> AmountRanges:
        """The ranges of amounts of sites; where nobody is shared, one of each site."""
        ranges = profits.ranges(self.day_class, chosen)
        return ranges if profits.shared is None else ranges.parted(self.memory.thresholds)

    def _exclusions(
        self, profits: PricedProfits, ranges: AmountRanges, remembered: Bools
    ) -> Exclusions:
        remembered = remembered[np.ix_(ranges.positions, ranges.positions)]
        sites, sets = self.day_class.sites[ranges.positions], self.memory.shared_sets
        return exclude(ranges, remembered, sites, sets, profits.shared)

    def best_through_site(self, profits: PricedProfits) -> Float64s:
        """What no route through each site of the class exceeds; infinitely low where none is."""
        day_class = self.day_class
        chosen = np.flatnonzero(profits.max_people >= day_class.least_people)
        step_s = self._step_s(self.params.grid.first_with_routes)
        bounds = bound_routes(day_class, profits, chosen, step_s)
        through = bounds.best_through_site()
        best = np.full(len(day_class.sites), -np.inf)
        best[chosen] = np.where(
            through > kernel.IMPOSSIBLE / 2, through + rounding_margin(day_class, bounds), -np.inf
        )
        return best

    def enumerate_routes(
        self, profits: PricedProfits, above: float, should_stop: Callable[[], bool] = never
    ) -> tuple[PricedRoute, ...] | None:
        """Of every set of sites the best route, if it earns more than a value.

        Returns
        -------
        tuple[PricedRoute, ...] | None
            None where there are too many, or stops may record other numbers of people.
        """
        day_class, params = self.day_class, self.params.enumeration
        chosen = np.flatnonzero(profits.max_people >= day_class.least_people)
        if (profits.max_people > day_class.least_people)[chosen].any():
            return None
        for step_s in dict.fromkeys([self.steps_s[0], self.steps_s[-1]]):
            if not len(chosen):
                return ()
            bounds = bound_routes(day_class, profits, chosen, step_s)
            least = above - rounding_margin(day_class, bounds)
            chosen = chosen[bounds.best_through_site(least) > least]
        bounds = bound_routes(day_class, profits, chosen, self.steps_s[-1])
        labels = search_labels(
            bounds,
            exclude_revisits(np.ones((len(chosen), len(chosen)), dtype=bool)),
            replace(self.params.pricing, max_extensions=params.max_extensions, max_memory_words=0),
            threshold=least,
            max_stops=day_class.max_stops(len(chosen)),
            all_sets=True,
            should_stop=should_stop,
        )
        if not labels.is_complete:
            return None
        routes = (
            optimize_amounts(
                day_class, profits, chosen[list(order.sites)], params=self.params.pricing
            )
            for order in labels.best_of_each_set(least)
        )
        return tuple(route for route in routes if route is not None)

    def price_exactly(
        self, profits: PricedProfits, above: float, should_stop: Callable[[], bool] = never
    ) -> PricingResult:
        """Routes that earn more than a value, or the proof that there is hardly any.

        Grids become finer until a route is found or there can be none.

        Parameters
        ----------
        should_stop
            Asked now and then whether to end; what is proven by then holds.
        """
        day_class, params = self.day_class, self.params.pricing
        # A site worth nothing stays: a stop there may shorten a drive, where roads allow that.
        chosen = np.flatnonzero(profits.max_people >= day_class.least_people)
        multiplier_total, bound = 0.0, np.inf
        routes: tuple[PricedRoute, ...] = ()
        if self.cards is not None:
            profits = replace(profits, card_multiplier=self._card_multiplier(profits, chosen))
            multiplier_total = profits.card_multiplier * self.cards
        if len(chosen) == len(day_class.sites) > params.attractive_sites:
            through = self._best_by_quickest_drives(profits) + multiplier_total
            chosen = chosen[through > above - QUICKEST_MARGIN * abs(above)]
        level = 0
        while level < len(self.steps_s):
            step_s = self.steps_s[level]
            bounds = bound_routes(day_class, profits, chosen, step_s)
            rounding = rounding_margin(day_class, bounds, multiplier_total)
            bound = min(bound, max(above, bounds.best + multiplier_total) + rounding)
            if bounds.best + multiplier_total <= above or should_stop():
                break
            through = bounds.best_through_site(above - multiplier_total)
            self.memory.look(chosen, through, params.attractive_sites)
            chosen = chosen[through + multiplier_total > above]
            level += 1
            if level <= min(self.params.grid.first_with_routes, len(self.steps_s) - 1):
                continue
            routes, most, is_done = self._search_level(profits, chosen, step_s, above, should_stop)
            bound = min(bound, most + rounding)
            if is_done:
                break
        return PricingResult(routes=routes, bound=bound)

    def _best_by_quickest_drives(self, profits: PricedProfits) -> Float32s:
        """What no route through each site exceeds on the coarsest grid, without pairs of sites."""
        day_class = self.day_class
        if self._quickest_drives is None:
            self._quickest_drives = quickest_drives(day_class, self.steps_s[0])
        grid = self._quickest_drives
        every_site = profits.ranges(day_class, np.arange(len(day_class.sites)))
        services = service_options(day_class, every_site, grid, profits)
        return best_by_quickest_drives(grid, services)

    def _search_level(
        self,
        profits: PricedProfits,
        chosen: Int64s,
        step_s: int,
        above: float,
        should_stop: Callable[[], bool],
    ) -> tuple[tuple[PricedRoute, ...], float, bool]:
        """Routes that earn more, what none exceeds, and whether no finer grid need be looked at.

        Where cards bind, labels count none at first: a card has a price, and better prices are
        tried as long as they lower the bound. What that leaves open labels settle that count.
        """
        params = self.params.pricing
        bound, known = np.inf, CardRoutes(self.cards or 0)
        counting = self.cards is None or not params.multiplier_tries
        for tries_left in range(params.multiplier_tries, -1, -1):
            spent = 0.0 if counting else self._priced_cards(profits)
            labels, ranges, best = self._search_all(
                profits, chosen, step_s, above - spent, should_stop, counting=counting
            )
            bound = min(bound, best + spent)
            if not labels.is_complete:
                if should_stop():
                    return (), bound, True
                # The threshold is far off, and any good routes will do.
                spent = self._priced_cards(profits)
                labels, ranges = self._search_beam(
                    profits, chosen, step_s, above - spent, should_stop
                )
            routes = self._exact_routes(profits, ranges, labels, above, spent)
            is_done = bound <= above or bool(routes) or not labels.is_complete
            if is_done or counting or should_stop():
                break
            lowest = self._learn_multiplier(profits, known, ranges, labels, above - spent)
            profits = replace(profits, card_multiplier=self._multiplier.value or 0.0)
            gain = params.multiplier_progress * (bound - above)
            counting = tries_left == 1 or lowest > bound - gain
        return routes, bound, is_done

    def _exact_routes(
        self,
        profits: PricedProfits,
        ranges: AmountRanges,
        labels: LabelSet,
        above: float,
        spent: float,
    ) -> tuple[PricedRoute, ...]:
        """Routes of labels; only where amounts on a careful grid do not suffice, exact ones."""
        most, few = self.params.pricing.max_exact_routes, self.params.pricing.max_routes
        return self._builder.build(
            profits, ranges, labels, above, spent, self.careful_step_s, most
        ) or self._builder.build(profits, ranges, labels, above, spent, 1, few)

    def _priced_cards(self, profits: PricedProfits) -> float:
        """What all cards cost at the card multiplier."""
        return profits.card_multiplier * (self.cards or 0)

    def _learn_multiplier(
        self,
        profits: PricedProfits,
        known: CardRoutes,
        ranges: AmountRanges,
        labels: LabelSet,
        least: float,
    ) -> float:
        """Move the price of a card to where routes of labels bound others best; that bound."""
        for order in labels.routes(self.params.pricing.max_routes, least):
            sites = ranges.positions[list(order.sites)]
            people = np.array(order.people, dtype=np.int64)
            driving = route_drive_s(self.day_class, sites) * self.day_class.cost_per_s
            known.add(profits.worth(sites, people) - driving, int(people.sum()))
        value, lowest = known.best_price(*self._multiplier.next_from(profits.card_multiplier))
        self._multiplier.move(value)
        return lowest

    def _search_all(
        self,
        profits: PricedProfits,
        chosen: Int64s,
        step_s: int,
        above: float,
        should_stop: Callable[[], bool],
        *,
        counting: bool,
    ) -> tuple[LabelSet, AmountRanges, float]:
        """All labels that may earn more, the best of them without a cycle; or too many.

        Also the ranges of the stops, and what no route exceeds.
        """
        best, may_forget = np.inf, True
        while True:
            ranges = self._parted(profits, chosen)
            if counting:
                bounds = self._bounds_with_cards(profits, ranges, step_s)
            else:
                bounds = bound_routes(self.day_class, profits, ranges, step_s)
            remembered, positions = self.memory.remembered, ranges.positions
            near = np.argsort(bounds.grid.travel[:-1], axis=0, kind="stable")
            for site, neighbours in enumerate(near[: self.params.pricing.neighbours].T):
                remembered[positions[site], positions[neighbours]] = True
            labels = search_labels(
                bounds,
                self._exclusions(profits, ranges, remembered),
                self.params.pricing,
                threshold=above,
                max_stops=self.day_class.max_stops(len(positions)),
                should_stop=should_stop,
            )
            if not labels.is_complete:
                # Amounts parted for other prices may be too many; those needed here are fewer.
                may_forget = may_forget and not should_stop()
                if self.memory.forget_shared_people() and may_forget:
                    may_forget = False
                    continue
                return labels, ranges, best
            best = min(best, labels.best)
            before = self.memory.size
            for route in labels.routes(self.params.pricing.max_exact_routes, above):
                self._builder.learn(profits, route.at(positions))
            # Where sites share people each pass has more labels, and lowers the bound by less.
            most = self.params.pricing.max_refined_labels
            is_enough = profits.shared is not None and labels.count > most
            if is_enough or self.memory.size == before or should_stop():
                return labels, ranges, best

    def _search_beam(
        self,
        profits: PricedProfits,
        chosen: Int64s,
        step_s: int,
        above: float,
        should_stop: Callable[[], bool],
    ) -> tuple[LabelSet, AmountRanges]:
        """The most promising labels among the most promising sites, and these sites."""
        params = self.params.pricing
        through = bound_routes(self.day_class, profits, chosen, step_s).best_through_site()
        chosen = np.sort(chosen[np.argsort(-through, kind="stable")[: params.beam_sites]])
        ranges = self._parted(profits, chosen)
        labels = search_labels(
            bound_routes(self.day_class, profits, ranges, step_s),
            self._exclusions(profits, ranges, self.memory.remembered),
            params,
            threshold=above,
            max_stops=self.day_class.max_stops(len(ranges.positions)),
            beam=params.heuristic_beam,
            should_stop=should_stop,
        )
        return labels, ranges

    def _bounds_with_cards(
        self, profits: PricedProfits, chosen: AmountRanges, step_s: int
    ) -> CompletionBounds:
        """Bounds of routes, without the card multiplier; where cards count, also with it."""
        if self.cards is None:
            return bound_routes(self.day_class, profits, chosen, step_s)
        bare = replace(profits, card_multiplier=0.0)
        return replace(
            bound_routes(self.day_class, bare, chosen, step_s, limited=True),
            with_multiplier=bound_routes(self.day_class, profits, chosen, step_s, limited=True),
            card_multiplier=profits.card_multiplier,
            cards=self.cards,
        )
