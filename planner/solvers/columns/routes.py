"""Sites in an order become a route: how many people each stop records, and what that is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns import kernel
from planner.solvers.columns.grid import grid_of
from planner.solvers.columns.profits import PricedProfits, service_options
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import PricingParams
from planner.solvers.schedule import Visit, schedule_route

PricedRoute = tuple[float, tuple[Visit, ...]]
"""What a route earns, and its visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A route of a class, its driving, and what it is worth without any prices."""

    class_index: int
    visits: tuple[Visit, ...]
    drive_s: int
    value: float


def optimize_amounts(
    day_class: VanDayClass,
    profits: PricedProfits,
    order: Int64s,
    step_s: int = 1,
    *,
    params: PricingParams,
    max_people: Int64s | None = None,
) -> PricedRoute | None:
    """What sites visited in order earn at best, and the visits; None if they cannot be made.

    Where cards do not last for the best amounts, these are found by the price of a card, and are
    nearly the best.

    Parameters
    ----------
    step_s
        Of the grid, which is careful: with more than a second, amounts are nearly the best.
    max_people
        People at each stop at most, if known; cards suffice for them.
    """
    cards = day_class.van.max_people
    if max_people is not None and (day_class.least_people[order] <= max_people).all():
        limits = profits.max_people.copy()
        limits[order] = np.minimum(max_people, profits.max_people[order])
        limited = replace(profits, max_people=limits)
        people = _FixedOrder(day_class, limited, order, step_s).amounts(0.0)
    else:
        fixed = _FixedOrder(day_class, profits, order, step_s)
        if cards is not None and profits.card_multiplier > 0:
            people = fixed.ration_near(cards, profits.card_multiplier, params.ration_step)
        else:
            people = fixed.amounts(0.0)
            if people is not None and cards is not None and people.sum() > cards:
                people = fixed.ration(cards, params.ration_tries)
    if people is None:
        return None
    value = profits.worth(order, people) - route_drive_s(day_class, order) * day_class.cost_per_s
    return value, tuple(zip(day_class.sites[order].tolist(), people.tolist(), strict=True))


class _FixedOrder:
    """Sites visited in an order, on a careful grid."""

    def __init__(
        self, day_class: VanDayClass, profits: PricedProfits, order: Int64s, step_s: int
    ) -> None:
        self.day_class, self.profits, self.order = day_class, profits, order
        self.grid = grid_of(day_class, order, step_s, careful=True)

    def amounts(self, multiplier: float) -> Int64s | None:
        """The best amounts where a card costs so much, without regard to how many there are."""
        profits = replace(self.profits, card_multiplier=multiplier)
        ranges = profits.ranges(self.day_class, self.order)
        services = service_options(self.day_class, ranges, self.grid, profits, careful=True)
        entries = kernel.best_amounts(self.grid, services)
        return services.people[entries] if len(entries) else None

    def ration_near(self, cards: int, multiplier: float, step: float) -> Int64s | None:
        """Good amounts for which the cards suffice, where their price is about known."""
        if self._needs_more_than(cards):
            return None
        low = self.amounts(multiplier * (1 - step))
        if low is None:
            return None
        other = self.amounts(multiplier * (1 + step) if low.sum() > cards else 0.0)
        return self._best_within(cards, [low] if other is None else [low, other])

    def ration(self, cards: int, tries: int) -> Int64s | None:
        """Good amounts for which the cards suffice, if there are any."""
        if self._needs_more_than(cards):
            return None
        candidates = []
        low, high = 0.0, 2.0 * float(self.day_class.weight.max(initial=1.0))
        for _ in range(tries):
            multiplier = (low + high) / 2
            people = self.amounts(multiplier)
            if people is None:
                break
            candidates.append(people)
            low, high = (multiplier, high) if people.sum() > cards else (low, multiplier)
        return self._best_within(cards, candidates)

    def _needs_more_than(self, cards: int) -> bool:
        return bool(self.day_class.least_people[self.order].sum() > cards)

    def _best_within(self, cards: int, candidates: Sequence[Int64s]) -> Int64s | None:
        rations = (self._drop_people(people, cards) for people in candidates)
        return max(rations, key=lambda people: self.profits.worth(self.order, people), default=None)

    def _drop_people(self, people: Int64s, cards: int) -> Int64s:
        """Amounts less what earns least at the end of each stop, until the cards suffice."""
        people = people.copy()
        value, last = self.profits.value, self.profits.first[self.order] + people
        marginal = np.where(people > 0, value[last] - value[last - 1], np.inf)
        for stop in np.argsort(marginal, kind="stable"):
            too_many = max(0, int(people.sum()) - cards)
            spare = int(people[stop] - self.day_class.least_people[self.order[stop]])
            people[stop] -= min(too_many, spare)
        return people


def positions(day_class: VanDayClass, column: Column) -> Int64s:
    """Positions in ``day_class.sites`` of the stops of a column, in order."""
    return np.searchsorted(day_class.sites, [site for site, _ in column.visits])


def make_column(index: int, day_class: VanDayClass, visits: tuple[Visit, ...]) -> Column:
    """The column of a route of the class with that index."""
    sites = day_class.instance.sites
    order = np.searchsorted(day_class.sites, [site for site, _ in visits])
    drive_s = route_drive_s(day_class, order)
    recorded = sum(sites[site].weight * people for site, people in visits)
    return Column(
        class_index=index,
        visits=visits,
        drive_s=drive_s,
        value=recorded - drive_s * day_class.cost_per_s,
    )


def can_be_driven(day_class: VanDayClass, visits: Sequence[Visit]) -> bool:
    """Whether a van of a class can make stops in this order within the rules of time."""
    instance = day_class.instance
    return schedule_route(instance, *instance.van_days[day_class.van_days[0]], visits) is not None


def route_drive_s(day_class: VanDayClass, order: Int64s) -> int:
    """Seconds of driving from the start through sites in order to the end."""
    places = [day_class.start, *day_class.place[order], day_class.end]
    return int(day_class.instance.drive_s[places[:-1], places[1:]].sum())
