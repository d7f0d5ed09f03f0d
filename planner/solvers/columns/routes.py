"""Sites in an order become a route: how many people each stop records, and what that is worth."""

from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns import kernel
from planner.solvers.columns.grid import grid_of
from planner.solvers.columns.profits import Offer, gains_of
from planner.solvers.columns.van_day_classes import Kind
from planner.solvers.schedule import Visit

RATIONS, BESIDE = 6, 0.02
"""So many prices of a card are tried on a route whose cards do not last; or, where one is known,
two beside it by this share.
"""

Route = tuple[float, tuple[Visit, ...]]
"""What a route earns, and its visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A route of a kind, its driving, and what it is worth without any prices."""

    kind: int
    visits: tuple[Visit, ...]
    drive_s: int
    value: float


def with_amounts(
    kind: Kind, offer: Offer, order: Int64s, step_s: int = 1, *, most: Int64s | None = None
) -> Route | None:
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
    free = replace(offer, toll=0.0)
    cards = kind.van.max_people
    if most is not None and (kind.least[order] <= most).all():
        limits = offer.most.copy()
        limits[order] = np.minimum(most, offer.most[order])
        people = _amounts(kind, replace(free, most=limits), order, step_s)
    elif cards is not None and offer.toll > 0:
        people = _rationed(kind, offer, order, cards, step_s)
    else:
        people = _amounts(kind, free, order, step_s)
        if people is not None and cards is not None and people.sum() > cards:
            people = _bisected(kind, free, order, cards, step_s)
    if people is None:
        return None
    value = free.worth(order, people) - driven_s(kind, order) * kind.per_s
    return value, tuple(zip(kind.sites[order].tolist(), people.tolist(), strict=True))


def _rationed(kind: Kind, offer: Offer, order: Int64s, cards: int, step_s: int) -> Int64s | None:
    """Good amounts for which the cards suffice, where the toll of an offer is about their price."""
    if kind.least[order].sum() > cards:
        return None
    low = _amounts(kind, replace(offer, toll=offer.toll * (1 - BESIDE)), order, step_s)
    if low is None:
        return None
    toll = offer.toll * (1 + BESIDE) if low.sum() > cards else 0.0
    other = _amounts(kind, replace(offer, toll=toll), order, step_s)
    return _best_within(kind, offer, order, [low, *([] if other is None else [other])], cards)


def _bisected(kind: Kind, offer: Offer, order: Int64s, cards: int, step_s: int) -> Int64s | None:
    """Good amounts for which the cards suffice, if there are any."""
    if kind.least[order].sum() > cards:
        return None
    tried = []
    low, high = 0.0, 2.0 * float(kind.weight.max(initial=1.0))
    for _ in range(RATIONS):
        toll = (low + high) / 2
        found = _amounts(kind, replace(offer, toll=toll), order, step_s)
        if found is None:
            break
        tried.append(found)
        low, high = (toll, high) if found.sum() > cards else (low, toll)
    return _best_within(kind, offer, order, tried, cards)


def _best_within(
    kind: Kind, offer: Offer, order: Int64s, tried: list[Int64s], cards: int
) -> Int64s | None:
    rations = (_fewer(kind, offer, order, found, cards) for found in tried)
    return max(rations, key=lambda found: offer.worth(order, found), default=None)


def _fewer(kind: Kind, offer: Offer, order: Int64s, people: Int64s, cards: int) -> Int64s:
    """People taken off where the last ones earn least, until the cards suffice."""
    people = people.copy()
    each = offer.value[offer.first[order] + people] - offer.value[offer.first[order] + people - 1]
    for stop in np.argsort(np.where(people > 0, each, np.inf), kind="stable"):
        too_many = int(people.sum()) - cards
        people[stop] -= min(max(0, too_many), int(people[stop] - kind.least[order[stop]]))
    return people


def _amounts(kind: Kind, offer: Offer, order: Int64s, step_s: int) -> Int64s | None:
    """People recorded at best at sites visited in order, without regard to cards."""
    grid = grid_of(kind, order, step_s, careful=True)
    gains = gains_of(kind, order, grid, offer, careful=True)
    entries = kernel.along(grid, gains)
    return gains.people[entries] if len(entries) else None


def positions(kind: Kind, column: Column) -> Int64s:
    """Positions in ``kind.sites`` of the stops of a column, in order."""
    return np.searchsorted(kind.sites, [site for site, _ in column.visits])


def column_of(index: int, kind: Kind, visits: tuple[Visit, ...]) -> Column:
    """The column of a route of the kind with that index."""
    sites = kind.instance.sites
    order = np.searchsorted(kind.sites, [site for site, _ in visits])
    drive_s = driven_s(kind, order)
    recorded = sum(sites[site].weight * people for site, people in visits)
    return Column(kind=index, visits=visits, drive_s=drive_s, value=recorded - drive_s * kind.per_s)


def driven_s(kind: Kind, order: Int64s) -> int:
    """Seconds of driving from the start through sites in order to the end."""
    places = [kind.start, *kind.place[order], kind.end]
    return int(kind.instance.drive_s[places[:-1], places[1:]].sum())
