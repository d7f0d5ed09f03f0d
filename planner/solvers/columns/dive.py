"""A plan from an LP solution: columns of high value are fixed until all are integral."""

from collections.abc import Sequence

import numpy as np

from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.columns.routes import Column
from planner.solvers.stopping import StoppingCriterion

DRIVEN = 1e-6
"""Columns of a lower LP value are not driven at all."""


def dive(
    generator: ColumnGenerator,
    best: Incumbent,
    remaining: RemainingPeople,
    stopping: StoppingCriterion,
    rounds: int,
) -> tuple[Column, ...]:
    """Routes of a plan, found by fixing more and more of those that the LP solution drives most.

    They record people that remain. Each step is a round of the stopping criterion, and generates
    routes for so many rounds. With one round a dive is short: it makes fewer steps.
    """
    master, params = generator.master, best.params.dive
    fixed: list[Column] = []
    remaining = remaining.without(())
    while len(fixed) < sum(master.counts) and stopping.begin_round():
        left = sum(master.counts) - len(fixed)
        at_most = max(1, left // params.steps)
        if rounds == 1:
            at_most = -(-sum(master.counts) // params.short_steps)
        chosen = _largest_values(generator, fixed, remaining, at_most, params.fixed_value)
        if not chosen:
            break
        values = dict(zip(master.columns, master.values(), strict=True))
        fixed += chosen
        for column in chosen:
            remaining.take(column)
        for column, value in values.items():
            is_partly_driven = value > params.trimmed_value and column not in chosen
            if is_partly_driven and not remaining.fits(column):
                master.add_columns(best.resolve([column], remaining))
        master.fix(fixed)
        generator.generate(rounds, stopping.should_stop)
    master.fix(())
    return tuple(fixed)


def _largest_values(
    generator: ColumnGenerator,
    fixed: Sequence[Column],
    remaining: RemainingPeople,
    at_most: int,
    fixed_value: float,
) -> list[Column]:
    """Routes to fix next, that together leave no one out twice.

    No more than some, but all that are driven as often as a value.
    """
    master = generator.master
    master.solve()
    values = master.values()
    room = dict(enumerate(master.counts))
    for column in fixed:
        values[master.number(column)] -= 1.0
        room[column.class_index] -= 1
    remaining = remaining.without(())
    chosen: list[Column] = []
    for index in np.argsort(-values, kind="stable"):
        column, value = master.columns[index], float(values[index])
        if value < DRIVEN or (len(chosen) >= at_most and value < fixed_value):
            break
        if room[column.class_index] and remaining.fits(column):
            chosen.append(column)
            room[column.class_index] -= 1
            remaining.take(column)
    return chosen
