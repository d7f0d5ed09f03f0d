"""Sites in an order become a route: how many people each stop records, and what that is worth."""

from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns import kernel
from planner.solvers.columns.grid import grid_of
from planner.solvers.columns.profits import PricedProfits, service_options
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.schedule import Visit

RATIONS, BESIDE = 6, 0.02
"""So many prices of a card are tried on a route whose cards do not last; or, where one is known,
two beside it by this share.
"""

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
    max_people: Int64s | None = None,
) -> PricedRoute | None:
    """What sites visited in order earn at best, and the visits; None if they cannot be made.

    Where cards do not last for the best amounts, these are found by the price of a card, and are
    nearly the best.

    Parameters
    ----------
    step_s
        Of the grid, which is careful: with more than a second, amounts are nearly the best.
    most
        People at each stop at most, if known; cards suffice for them.
    """
    free = replace(profits, card_multiplier=0.0)
    cards = day_class.van.max_people
    if max_people is not None and (day_class.least_people[order] <= max_people).all():
        limits = profits.max_people.copy()
        limits[order] = np.minimum(max_people, profits.max_people[order])
        people = _best_amounts(day_class, replace(free, max_people=limits), order, step_s)
    elif cards is not None and profits.card_multiplier > 0:
        people = _ration(day_class, profits, order, cards, step_s)
    else:
        people = _best_amounts(day_class, free, order, step_s)
        if people is not None and cards is not None and people.sum() > cards:
            people = _bisect_multiplier(day_class, free, order, cards, step_s)
    if people is None:
        return None
    value = free.worth(order, people) - route_drive_s(day_class, order) * day_class.cost_per_s
    return value, tuple(zip(day_class.sites[order].tolist(), people.tolist(), strict=True))


def _ration(
    day_class: VanDayClass, profits: PricedProfits, order: Int64s, cards: int, step_s: int
) -> Int64s | None:
    """Good amounts for which the cards suffice, where the card multiplier is about their price."""
    if day_class.least_people[order].sum() > cards:
        return None
    low = _best_amounts(
        day_class,
        replace(profits, card_multiplier=profits.card_multiplier * (1 - BESIDE)),
        order,
        step_s,
    )
    if low is None:
        return None
    card_multiplier = profits.card_multiplier * (1 + BESIDE) if low.sum() > cards else 0.0
    other = _best_amounts(
        day_class, replace(profits, card_multiplier=card_multiplier), order, step_s
    )
    return _best_ration(
        day_class, profits, order, [low, *([] if other is None else [other])], cards
    )


def _bisect_multiplier(
    day_class: VanDayClass, profits: PricedProfits, order: Int64s, cards: int, step_s: int
) -> Int64s | None:
    """Good amounts for which the cards suffice, if there are any."""
    if day_class.least_people[order].sum() > cards:
        return None
    candidates = []
    low, high = 0.0, 2.0 * float(day_class.weight.max(initial=1.0))
    for _ in range(RATIONS):
        card_multiplier = (low + high) / 2
        found = _best_amounts(
            day_class, replace(profits, card_multiplier=card_multiplier), order, step_s
        )
        if found is None:
            break
        candidates.append(found)
        low, high = (card_multiplier, high) if found.sum() > cards else (low, card_multiplier)
    return _best_ration(day_class, profits, order, candidates, cards)


def _best_ration(
    day_class: VanDayClass,
    profits: PricedProfits,
    order: Int64s,
    candidates: list[Int64s],
    cards: int,
) -> Int64s | None:
    rations = (_drop_people(day_class, profits, order, found, cards) for found in candidates)
    return max(rations, key=lambda found: profits.worth(order, found), default=None)


def _drop_people(
    day_class: VanDayClass, profits: PricedProfits, order: Int64s, people: Int64s, cards: int
) -> Int64s:
    """People taken off where the last ones earn least, until the cards suffice."""
    people = people.copy()
    each = (
        profits.value[profits.first[order] + people]
        - profits.value[profits.first[order] + people - 1]
    )
    for stop in np.argsort(np.where(people > 0, each, np.inf), kind="stable"):
        too_many = int(people.sum()) - cards
        people[stop] -= min(
            max(0, too_many), int(people[stop] - day_class.least_people[order[stop]])
        )
    return people


def _best_amounts(
    day_class: VanDayClass, profits: PricedProfits, order: Int64s, step_s: int
) -> Int64s | None:
    """People recorded at best at sites visited in order, without regard to cards."""
    grid = grid_of(day_class, order, step_s, careful=True)
    services = service_options(day_class, order, grid, profits, careful=True)
    entries = kernel.best_amounts(grid, services)
    return services.people[entries] if len(entries) else None


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


def route_drive_s(day_class: VanDayClass, order: Int64s) -> int:
    """Seconds of driving from the start through sites in order to the end."""
    places = [day_class.start, *day_class.place[order], day_class.end]
    return int(day_class.instance.drive_s[places[:-1], places[1:]].sum())
