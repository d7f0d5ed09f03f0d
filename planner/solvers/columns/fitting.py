"""How many people each stop of a route records, of those that other routes leave."""

from collections.abc import Iterator

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.columns.routes import Column, make_column, optimize_amounts
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import PricingParams


def fit_amounts(
    index: int,
    day_class: VanDayClass,
    order: Int64s,
    remaining: RemainingPeople,
    params: PricingParams,
    step_s: int = 1,
) -> Column | None:
    """The route through sites in order with the best amounts for the people who remain.

    Where the best amounts at sites that share people are more than there are, one site after the
    other has fewer, each time the one by which the route loses least: nearly the best.

    Parameters
    ----------
    index, day_class
        The class of the route.
    order
        Positions in ``day_class.sites``.
    step_s
        As in `optimize_amounts`.

    Returns
    -------
    Column | None
        None where the stops cannot be made.
    """
    max_people = np.zeros(len(day_class.sites), dtype=np.int64)
    max_people[order] = np.maximum(0, remaining.at(day_class.sites[order]))

    def fit(max_people: Int64s) -> Column | None:
        profits = PricedProfits.of(day_class.weight, max_people)
        route = optimize_amounts(day_class, profits, order, step_s, params=params)
        return None if route is None else make_column(index, day_class, route[1])

    if not len(order):
        return None
    column = fit(max_people)
    while column is not None and (broken := remaining.broken_set(column.visits)) is not None:
        sites, capacity = broken
        recorded = dict(column.visits)
        excess = sum(recorded.get(site, 0) for site in sites) - capacity
        tried = (
            (fit(fewer), fewer)
            for fewer in _lowered(day_class, order, max_people, sites, recorded, excess)
        )
        feasible = [(route, fewer) for route, fewer in tried if route is not None]
        if not feasible:
            return None
        column, max_people = max(feasible, key=lambda route: route[0].value)
    return column


def _lowered(
    day_class: VanDayClass,
    order: Int64s,
    max_people: Int64s,
    sites: tuple[int, ...],
    recorded: dict[int, int],
    excess: int,
) -> Iterator[Int64s]:
    """The most people at each site, lower at one of those that record too many together."""
    for position in order.tolist():
        site = int(day_class.sites[position])
        least = int(day_class.least_people[position])
        if site in sites and recorded[site] > least:
            fewer = max_people.copy()
            fewer[position] = max(least, recorded[site] - excess)
            yield fewer
