"""What no plan exceeds in people, driving and weights left out of account."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np

from planner.model import Instance
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import CutRow
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.routes import Column, make_column
from planner.solvers.columns.van_day_classes import group_van_days

CLOSE = 0.05
"""A bound above the LP solution by so many people is not worth another search: people are whole."""


def bound_people(
    instance: Instance,
    known: Iterable[Column],
    cuts: Iterable[CutRow],
    pricers: Sequence[Pricer],
    *,
    executor: Executor,
    begin_round: Callable[[], bool],
    should_stop: Callable[[], bool],
    is_settled: Callable[[float], bool],
) -> float | None:
    """A bound on the people of all plans, from the routes known on; None if none was proven.

    Parameters
    ----------
    known, cuts, pricers
        Their classes are those of the instance with sites, in order; what the pricers have learnt
        is of use here too. Cuts say nothing of what people are worth, so they hold here as well.
    begin_round, should_stop, is_settled
        As in `ColumnGenerator.converge`.
    """
    sites = tuple(replace(site, weight=1.0) for site in instance.sites)
    bare = replace(instance, worth_s=None, sites=sites)
    day_classes = tuple(day_class for day_class in group_van_days(bare) if len(day_class.sites))
    counts = [day_class.count for day_class in day_classes]
    master = Master(
        day_classes, counts, np.array([site.expected for site in sites], dtype=np.int64)
    )
    master.add_rows(*cuts)
    master.add_columns(
        make_column(column.class_index, day_classes[column.class_index], column.visits)
        for column in known
    )
    generator = ColumnGenerator(
        master=master,
        pricers=[
            replace(p, day_class=day_class)
            for p, day_class in zip(pricers, day_classes, strict=True)
        ],
        counts=counts,
        executor=executor,
    )
    proof = generator.converge(
        begin_round, proving=True, should_stop=should_stop, is_settled=is_settled, close=CLOSE
    )
    return None if proof is None else proof.bound
