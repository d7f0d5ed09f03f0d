"""The best choice of whole routes among known ones, and a plan made of it."""

from collections.abc import Sequence
from datetime import timedelta
from math import inf

import numpy as np
from ortools.math_opt.python import mathopt

from planner.arrays import Int64s
from planner.solvers.columns.master_rows import Rule
from planner.solvers.columns.profits import Offer
from planner.solvers.columns.routes import Column, column_of, positions, with_amounts
from planner.solvers.columns.van_day_classes import Kind

NODES = 2000
"""Nodes of the search tree where time does not end it."""


def best_choice(
    columns: Sequence[Column],
    kinds: Sequence[Kind],
    counts: Sequence[int],
    left: Int64s,
    *,
    start: Sequence[Column],
    seconds: float | None,
    seed: int,
    rules: Sequence[Rule] = (),
    beyond: bool = True,
) -> tuple[Column, ...]:
    """The best choice of columns found, as often each as it is driven.

    Where several share a site they may together have more people than there are; what is beyond
    is not counted, and `fitted` takes it off. Cuts do not hold for such choices.

    Parameters
    ----------
    counts
        Routes of each kind there may be.
    left
        People that may be recorded at each site.
    start
        A choice to begin with, from among the columns.
    seconds
        When to end; None = after a number of nodes.
    rules
        To be kept, or their penalty to be paid.
    beyond
        Whether routes may have more people than there are.
    """
    model = mathopt.Model()
    times = [model.add_integer_variable(lb=0, ub=counts[column.kind]) for column in columns]
    terms: list[mathopt.LinearTypes] = [
        column.value * x for column, x in zip(columns, times, strict=True)
    ]
    for kind, count in enumerate(counts):
        of_kind = [x for column, x in zip(columns, times, strict=True) if column.kind == kind]
        model.add_linear_constraint(mathopt.fast_sum(of_kind) <= count)
    served: dict[int, list[mathopt.LinearTypes]] = {}
    for column, x in zip(columns, times, strict=True):
        for site, people in column.visits:
            served.setdefault(site, []).append(people * x)
    sites = kinds[0].instance.sites
    for site, people_there in served.items():
        more = model.add_variable(lb=0, ub=inf if beyond else 0)
        model.add_linear_constraint(mathopt.fast_sum(people_there) - more <= int(left[site]))
        terms.append(-sites[site].weight * more)
    for rule in rules:
        over = model.add_variable(lb=0, ub=0 if rule.penalty is None else inf)
        shares: list[mathopt.LinearTypes] = [
            float(rule.shares(np.array(people))) * x
            for column, x in zip(columns, times, strict=True)
            for site, people in column.visits
            if site == rule.site
        ]
        model.add_linear_constraint(mathopt.fast_sum(shares) - over <= rule.limit)
        terms.append(-(rule.penalty or 0.0) * over)
    model.maximize(mathopt.fast_sum(terms))
    hint = mathopt.SolutionHint(
        variable_values={
            x: float(start.count(column)) for column, x in zip(columns, times, strict=True)
        }
    )
    params = mathopt.SolveParameters(
        time_limit=None if seconds is None else timedelta(seconds=seconds),
        node_limit=NODES if seconds is None else None,
        random_seed=seed,
        threads=1,
    )
    result = mathopt.solve(
        model,
        mathopt.SolverType.GSCIP,
        params=params,
        model_params=mathopt.ModelSolveParameters(solution_hints=[hint]),
    )
    if not result.has_primal_feasible_solution():
        return tuple(start)
    values = result.variable_values()
    return tuple(
        column for column, x in zip(columns, times, strict=True) for _ in range(round(values[x]))
    )


def fitted(
    chosen: Sequence[Column], kinds: Sequence[Kind], left: Int64s, *, always: bool = False
) -> tuple[Column, ...]:
    """The routes with no more people than are left anywhere, each then as good as it can be.

    Parameters
    ----------
    always
        Fit the amounts anew even of routes that record no more than is left.
    """
    left = left.copy()
    routes = []
    for column in sorted(chosen, key=lambda column: -column.value):
        kept = _cut_back(column, kinds[column.kind], left, always)
        if kept is not None:
            routes.append(kept)
            _take(left, kept, 1)
    for index, column in enumerate(routes):
        _take(left, column, -1)
        routes[index] = _stretched(column, kinds[column.kind], left)
        _take(left, routes[index], 1)
    return tuple(routes)


def _take(left: Int64s, column: Column, times: int) -> None:
    for site, people in column.visits:
        left[site] -= times * people


def _cut_back(column: Column, kind: Kind, left: Int64s, always: bool) -> Column | None:
    """The route with no more people than are left, without stops that become too small.

    A stop meant for nobody stays: it may shorten a drive.
    """
    order = positions(kind, column)
    meant = np.array([people for _, people in column.visits])
    fits = left[kind.sites[order]] >= np.maximum(np.minimum(meant, 1), kind.least[order])
    if not always and fits.all() and all(people <= left[site] for site, people in column.visits):
        return column
    return _rebuilt(column, kind, left, order[fits])


def _stretched(column: Column, kind: Kind, left: Int64s) -> Column:
    """The route with the best amounts for the people left."""
    better = _rebuilt(column, kind, left, positions(kind, column))
    return better if better is not None and better.value > column.value else column


def _rebuilt(column: Column, kind: Kind, left: Int64s, order: Int64s) -> Column | None:
    if not len(order):
        return None
    offer = Offer.of(kind.weight, np.maximum(0, left[kind.sites]))
    route = with_amounts(kind, offer, order)
    return None if route is None else column_of(column.kind, kind, route[1])
