"""From labels to routes: the best amounts of stops, and what is learned from labels that fail."""

from dataclasses import replace
from operator import itemgetter

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns.amount_ranges import AmountRanges, SiteSet
from planner.solvers.columns.label_sets import LabelSet, VisitOrder
from planner.solvers.columns.pricing_memory import PricingMemory
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.routes import PricedRoute, optimize_amounts, route_drive_s
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import PricingParams
from planner.solvers.schedule import Visit

LAST_PLACES = 1e-9
"""Routes that earn no more than this share above a value earn no more than it."""


class RouteBuilder:
    """Builds routes of one class, and remembers what forbids others."""

    def __init__(
        self,
        day_class: VanDayClass,
        memory: PricingMemory,
        params: PricingParams,
        cards: int | None,
    ) -> None:
        self._day_class, self._memory = day_class, memory
        self._params, self._cards = params, cards

    def build(
        self,
        profits: PricedProfits,
        ranges: AmountRanges,
        labels: LabelSet,
        above: float,
        spent: float,
        step_s: int,
        max_routes: int,
    ) -> tuple[PricedRoute, ...]:
        """Routes of the best labels that earn more than a value, with their best amounts.

        Parameters
        ----------
        spent
            What labels have paid for cards: all of them, or none.
        """
        # Labels that count cards know amounts for which they suffice.
        counted = labels.bounds.with_multiplier is not None
        orders = (order.at(ranges.positions) for order in labels.routes(max_routes, above - spent))
        routes = (
            self._best_amounts(profits, order, step_s, counted)
            for order in dict.fromkeys(orders)
            if not order.has_cycle()
        )
        # The last places of a sum are no reason to look no further.
        least = above + LAST_PLACES * max(1.0, abs(above))
        better = [route for route in routes if route is not None and route[0] > least]
        return tuple(sorted(better, key=self._order))

    def _best_amounts(
        self, profits: PricedProfits, label: VisitOrder, step_s: int, counted: bool
    ) -> PricedRoute | None:
        """The route through sites in order, no two of them for more people than they share."""
        own, best = np.array(label.people, dtype=np.int64), None
        # For the amounts of a label that counts no cards they may not suffice.
        is_sound = counted or self._cards is None
        route = self._optimize(profits, label, step_s, own if counted else None)
        while route is not None:
            order = VisitOrder(label.sites, tuple(people for _, people in route[1]))
            broken = self._broken_set(profits, order)
            if broken is None:
                return route if best is None else max(best, route, key=itemgetter(0))
            if profits.shared is not None and profits.shared.are_untouched:
                # What is left beside other routes parts amounts that soon matter no more.
                self.learn(profits, order)
            if best is None and is_sound and self._broken_set(profits, label) is None:
                # Where lowered amounts earn less than those of the label, its own remain.
                best = self._optimize(profits, label, step_s, own)
            lowered = self._lowered(profits, order, *broken)
            if lowered is None:
                break
            profits = lowered
            route = self._optimize(profits, label, step_s, own if counted else None)
        return best

    def _lowered(
        self, profits: PricedProfits, order: VisitOrder, shared_set: SiteSet, limit: int
    ) -> PricedProfits | None:
        """Where a route records more people than a limit, one stop may record fewer, if it can."""
        members = [
            (people - int(self._day_class.least_people[position]), position, people)
            for position, people in zip(*order, strict=True)
            if self._day_class.sites[position] in shared_set
        ]
        spare, position, people = max(members)
        if not spare:
            return None
        beyond = sum(recorded for _, _, recorded in members) - limit
        max_people = profits.max_people.copy()
        max_people[position] = people - min(spare, beyond)
        return replace(profits, max_people=max_people)

    def learn(self, profits: PricedProfits, order: VisitOrder) -> None:
        """Remember what forbids a route, if anything does."""
        sites = np.array(order.sites, dtype=np.int64)
        if order.has_cycle():
            self._memory.remember_cycle(sites)
        elif (broken := self._broken_set(profits, order)) is not None:
            shared_set, limit = broken
            numbers = [
                number
                for number, (site, people) in enumerate(self._visits(order))
                if site in shared_set and people
            ]
            self._memory.shared_sets[shared_set] = None
            members = {order.sites[number]: order.people[number] for number in numbers}
            self._memory.part_amounts(members, limit)
            for number in numbers:
                between = sites[number + 1 : numbers[-1] + 1]
                self._memory.remembered[between, sites[number]] = True

    def _optimize(
        self, profits: PricedProfits, order: VisitOrder, step_s: int, max_people: Int64s | None
    ) -> PricedRoute | None:
        sites, params = np.array(order.sites, dtype=np.int64), self._params
        return optimize_amounts(
            self._day_class, profits, sites, step_s, params=params, max_people=max_people
        )

    def _broken_set(self, profits: PricedProfits, order: VisitOrder) -> tuple[SiteSet, int] | None:
        """Sites at which a route records more people than remain, and how many do."""
        if profits.shared is None:
            return None
        return profits.shared.broken_set(self._visits(order))

    def _visits(self, order: VisitOrder) -> tuple[Visit, ...]:
        stops = self._day_class.sites[list(order.sites)].tolist()
        return tuple(zip(stops, order.people, strict=True))

    def _order(self, route: PricedRoute) -> tuple[float, int]:
        """What earns most first; of equal routes, the shortest drive."""
        order = np.searchsorted(self._day_class.sites, [site for site, _ in route[1]])
        return -round(route[0], 9), route_drive_s(self._day_class, order)
