"""A plan from an LP solution: columns of high value are fixed until all are integral."""

from collections.abc import Callable, Sequence

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.restricted_master import resolve_overcoverage
from planner.solvers.columns.routes import Column
from planner.solvers.columns.van_day_classes import VanDayClass

ALMOST = 0.9
"""Routes of which so much is driven are fixed together."""

STEPS = 12
"""Where many routes are left to fix, they are fixed in about so many steps."""

ROUNDS = 2
"""So often routes are generated for what remains after each step."""

FITTING = 0.02
"""Routes of which so much was driven are cut back to the people left."""


def dive(
    generator: ColumnGenerator,
    day_classes: Sequence[VanDayClass],
    remaining: Int64s,
    begin_round: Callable[[], bool],
    should_stop: Callable[[], bool],
) -> tuple[Column, ...]:
    """Routes of a plan, found by fixing more and more of those that the LP solution drives most.

    Parameters
    ----------
    left
        People at each site.
    rounds
        Asked before every step whether there is one more.
    over
        Whether to end at once.
    """
    master = generator.master
    fixed: list[Column] = []
    remaining = remaining.copy()
    while len(fixed) < sum(generator.counts) and begin_round():
        chosen = _largest_values(generator, fixed, remaining)
        if not chosen:
            break
        values = dict(zip(master.columns, master.values(), strict=True))
        fixed += chosen
        for column in chosen:
            for site, people in column.visits:
                remaining[site] -= people
        partly = [column for column, value in values.items() if value > FITTING]
        partly = [
            column for column in partly if column not in chosen and not _fits(column, remaining)
        ]
        for column in partly:
            master.add_columns(resolve_overcoverage([column], day_classes, remaining))
        master.fix(fixed)
        generator.generate(ROUNDS, should_stop)
    master.fix(())
    return tuple(fixed)


def _largest_values(
    generator: ColumnGenerator, fixed: Sequence[Column], remaining: Int64s
) -> list[Column]:
    """Routes to fix next, that together leave no one out twice."""
    master = generator.master
    master.solve()
    values = master.values()
    for column in fixed:
        values[master.columns.index(column)] -= 1.0
    room = dict(enumerate(generator.counts))
    for column in fixed:
        room[column.class_index] -= 1
    at_most = max(1, sum(room.values()) // STEPS)
    remaining = remaining.copy()
    chosen: list[Column] = []
    for index in np.argsort(-values, kind="stable"):
        column, value = master.columns[index], float(values[index])
        if value < 1e-6 or (len(chosen) >= at_most and value < ALMOST):
            break
        if room[column.class_index] and _fits(column, remaining):
            chosen.append(column)
            room[column.class_index] -= 1
            for site, people in column.visits:
                remaining[site] -= people
    return chosen


def _fits(column: Column, remaining: Int64s) -> bool:
    return all(people <= remaining[site] for site, people in column.visits)
