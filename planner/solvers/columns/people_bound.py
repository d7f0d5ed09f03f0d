"""What no plan exceeds in people, driving and weights left out of account."""

from collections.abc import Callable
from dataclasses import replace

from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import CutRow
from planner.solvers.columns.routes import make_column
from planner.solvers.columns.van_day_classes import group_van_days


def bound_people(
    generator: ColumnGenerator,
    best: Incumbent,
    begin_round: Callable[[], bool],
    *,
    should_stop: Callable[[], bool],
    is_settled: Callable[[float], bool],
) -> float | None:
    """A bound on the people of all plans, from the routes known on; None if none was proven.

    What the pricers of the generator have learnt is of use here too. Cuts say nothing of what
    people are worth, so those of its master hold here as well.

    Parameters
    ----------
    begin_round, should_stop, is_settled
        As in `ColumnGenerator.converge`.
    """
    sites = tuple(replace(site, weight=1.0) for site in best.instance.sites)
    day_classes = group_van_days(replace(best.instance, worth_s=None, sites=sites))
    master = Master(day_classes, generator.master.counts, best.remaining(()), best.params.master)
    master.add_rows(*(row for row in generator.master.rows if isinstance(row, CutRow)))
    master.add_columns(
        make_column(column.class_index, day_classes[column.class_index], column.visits)
        for column in generator.master.columns
    )
    pricers = [
        pricer.for_class(day_class)
        for pricer, day_class in zip(generator.pricers, day_classes, strict=True)
    ]
    if generator.master.limits_draws:
        master.limit_draws()
        # Time is nearly over, and is not asked for within a layer of labels.
        few = replace(best.params.pricing, max_memory_words=0)
        for pricer in pricers:
            pricer.params = replace(best.params, pricing=few)
    proof = replace(generator, master=master, pricers=pricers).converge(
        begin_round,
        proving=True,
        should_stop=should_stop,
        is_settled=is_settled,
        close=best.params.search.people_close,
    )
    return None if proof is None else proof.bound
