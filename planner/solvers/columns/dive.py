"""A plan from a mixture: routes driven most are held, the rest mixed anew, until all are whole."""

from collections.abc import Callable, Sequence

import numpy as np

from planner.arrays import Int64s
from planner.solvers.columns.generation import Generator
from planner.solvers.columns.restricted_master import fitted
from planner.solvers.columns.routes import Column
from planner.solvers.columns.van_day_classes import Kind

ALMOST = 0.9
"""Routes of which so much is driven are held together."""

STEPS = 12
"""Where many routes are left to hold, they are held in about so many steps."""

ROUNDS = 2
"""So often routes are generated for what is left after each step."""

FITTING = 0.02
"""Routes of which so much was driven are cut back to the people left."""


def dive(
    generator: Generator,
    kinds: Sequence[Kind],
    left: Int64s,
    rounds: Callable[[], bool],
    over: Callable[[], bool],
) -> tuple[Column, ...]:
    """Routes of a plan, found by holding more and more of those that the mixture drives most.

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
    held: list[Column] = []
    left = left.copy()
    while len(held) < sum(generator.counts) and rounds():
        chosen = _most_driven(generator, held, left)
        if not chosen:
            break
        shares = dict(zip(master.columns, master.shares(), strict=True))
        held += chosen
        for column in chosen:
            for site, people in column.visits:
                left[site] -= people
        partly = [column for column, share in shares.items() if share > FITTING]
        partly = [column for column in partly if column not in chosen and not _fits(column, left)]
        for column in partly:
            master.add(fitted([column], kinds, left))
        master.hold(held)
        generator.better(ROUNDS, over)
    master.hold(())
    return tuple(held)


def _most_driven(generator: Generator, held: Sequence[Column], left: Int64s) -> list[Column]:
    """Routes to hold next, that together leave no one out twice."""
    master = generator.master
    master.solve()
    shares = master.shares()
    for column in held:
        shares[master.columns.index(column)] -= 1.0
    room = dict(enumerate(generator.counts))
    for column in held:
        room[column.kind] -= 1
    at_most = max(1, sum(room.values()) // STEPS)
    left = left.copy()
    chosen: list[Column] = []
    for index in np.argsort(-shares, kind="stable"):
        column, share = master.columns[index], float(shares[index])
        if share < 1e-6 or (len(chosen) >= at_most and share < ALMOST):
            break
        if room[column.kind] and _fits(column, left):
            chosen.append(column)
            room[column.kind] -= 1
            for site, people in column.visits:
                left[site] -= people
    return chosen


def _fits(column: Column, left: Int64s) -> bool:
    return all(people <= left[site] for site, people in column.visits)
