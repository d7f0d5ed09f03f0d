"""The best integral choice among known columns, and a plan made of it."""

from collections.abc import Sequence
from math import inf

import numpy as np

from planner.arrays import Bools, Int64s
from planner.solvers.columns.master_rows import MasterRow
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.routes import Column, make_column, optimize_amounts, positions
from planner.solvers.columns.van_day_classes import VanDayClass
from planner.solvers.params import PricingParams
from planner.solvers.programme import Programme


def solve_restricted_master(
    columns: Sequence[Column],
    day_classes: Sequence[VanDayClass],
    counts: Sequence[int],
    remaining: Int64s,
    *,
    start: Sequence[Column],
    max_nodes: int,
    time_limit_s: float | None,
    seed: int,
    rows: Sequence[MasterRow] = (),
    allow_overcoverage: bool = True,
) -> tuple[Column, ...]:
    """The best choice of columns found, as often each as it is driven.

    Where several share a site they may together have more people than there are; what is beyond
    is not counted, and `resolve_overcoverage` takes it off. Cuts do not hold for such choices.

    Parameters
    ----------
    counts
        Routes of each class there may be.
    remaining
        People that may be recorded at each site.
    start
        A choice to begin with, from among the columns.
    max_nodes, time_limit_s
        When to end: after so many seconds; where these are None, so many nodes of the search tree.
    rows
        To be kept, or their penalty to be paid.
    allow_overcoverage
        Whether routes may have more people than there are.
    """
    programme = Programme(integer=True)
    times = [
        programme.add_variable(column.value, upper=counts[column.class_index], integer=True)
        for column in columns
    ]
    for class_index, count in enumerate(counts):
        driven = zip(columns, times, strict=True)
        terms = [(x, 1.0) for column, x in driven if column.class_index == class_index]
        programme.add_row(terms, upper=count)
    served: dict[int, list[tuple[int, int]]] = {}
    for column, x in zip(columns, times, strict=True):
        for site, people in column.visits:
            served.setdefault(site, []).append((x, people))
    sites = day_classes[0].instance.sites
    for site, stops in served.items():
        upper = inf if allow_overcoverage else 0.0
        beyond = programme.add_variable(-sites[site].weight, upper=upper)
        programme.add_row([*stops, (beyond, -1.0)], upper=int(remaining[site]))
    for row in rows:
        penalty = row.penalty
        excess = programme.add_variable(-(penalty or 0.0), upper=0.0 if penalty is None else inf)
        stops = [stop for site in row.sites for stop in served.get(site, [])]
        counted = row.coefficients(np.array([people for _, people in stops], dtype=np.int64))
        totals: dict[int, float] = {}
        for (x, _), value in zip(stops, counted.tolist(), strict=True):
            totals[x] = totals.get(x, 0.0) + value
        programme.add_row([*totals.items(), (excess, -1.0)], upper=row.limit)
    objective = programme.maximise(
        hint={x: float(start.count(column)) for column, x in zip(columns, times, strict=True)},
        time_limit_s=time_limit_s,
        node_limit=max_nodes if time_limit_s is None else None,
        seed=seed,
    )
    if objective is None:
        return tuple(start)
    values = programme.values(times)
    return tuple(
        column
        for column, value in zip(columns, values, strict=True)
        for _ in range(round(float(value)))
    )


def resolve_overcoverage(
    chosen: Sequence[Column],
    day_classes: Sequence[VanDayClass],
    remaining: Int64s,
    params: PricingParams,
    *,
    always: bool = False,
) -> tuple[Column, ...]:
    """The routes with no more people than are left anywhere, each then as good as it can be.

    Parameters
    ----------
    always
        Fit the amounts anew even of routes that record no more than is left.
    """
    remaining = remaining.copy()

    def rebuild(column: Column, order: Int64s) -> Column | None:
        """The route through these sites with the best amounts for the people left."""
        if not len(order):
            return None
        day_class = day_classes[column.class_index]
        profits = PricedProfits.of(day_class.weight, np.maximum(0, remaining[day_class.sites]))
        route = optimize_amounts(day_class, profits, order, params=params)
        return None if route is None else make_column(column.class_index, day_class, route[1])

    routes = []
    for column in sorted(chosen, key=lambda column: -column.value):
        order, fits = _fitting_stops(column, day_classes[column.class_index], remaining)
        is_kept = not always and fits.all() and column.fits(remaining)
        kept = column if is_kept else rebuild(column, order[fits])
        if kept is not None:
            routes.append(kept)
            kept.take_from(remaining)
    for index, column in enumerate(routes):
        column.take_from(remaining, -1)
        better = rebuild(column, positions(day_classes[column.class_index], column))
        if better is not None and better.value > column.value:
            routes[index] = better
        routes[index].take_from(remaining)
    return tuple(routes)


def _fitting_stops(
    column: Column, day_class: VanDayClass, remaining: Int64s
) -> tuple[Int64s, Bools]:
    """Positions of the stops of a route, and which of them have people enough left.

    A stop meant for nobody stays: it may shorten a drive.
    """
    order = positions(day_class, column)
    meant = np.array([people for _, people in column.visits])
    least = np.maximum(np.minimum(meant, 1), day_class.least_people[order])
    return order, remaining[day_class.sites[order]] >= least
