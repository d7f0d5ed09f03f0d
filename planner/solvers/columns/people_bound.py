"""What no plan exceeds in people, driving and weights left out of account."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np

from planner.model import Instance
from planner.solvers.columns.generation import Generator
from planner.solvers.columns.master import Master
from planner.solvers.columns.master_rows import Cut
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.routes import Column, column_of
from planner.solvers.columns.van_day_classes import kinds_of

CLOSE = 0.05
"""A bound above the mixture by so many people is not worth another search: people are whole."""


def most_people(
    instance: Instance,
    known: Iterable[Column],
    cuts: Iterable[Cut],
    pricers: Sequence[Pricer],
    *,
    executor: Executor,
    begin: Callable[[], bool],
    over: Callable[[], bool],
    settled: Callable[[float], bool],
) -> float | None:
    """A bound on the people of all plans, from the routes known on; None if none was proven.

    Parameters
    ----------
    known, cuts, pricers
        Their kinds are those of the instance with sites, in order; what the pricers have learnt is
        of use here too. Cuts say nothing of what people are worth, so they hold here as well.
    begin, over, settled
        As in `Generator.converge`.
    """
    sites = tuple(replace(site, weight=1.0) for site in instance.sites)
    bare = replace(instance, worth_s=None, sites=sites)
    kinds = tuple(kind for kind in kinds_of(bare) if len(kind.sites))
    counts = [kind.count for kind in kinds]
    master = Master(kinds, counts, np.array([site.expected for site in sites], dtype=np.int64))
    master.rule(*cuts)
    master.add(column_of(column.kind, kinds[column.kind], column.visits) for column in known)
    generator = Generator(
        master=master,
        pricers=[replace(p, kind=kind) for p, kind in zip(pricers, kinds, strict=True)],
        counts=counts,
        executor=executor,
    )
    proof = generator.converge(begin, proving=True, over=over, settled=settled, close=CLOSE)
    return None if proof is None else proof.bound
