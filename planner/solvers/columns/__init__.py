"""Column generation: plans with a proof of how far they are from the best.

The mathematics is in docs/model.md. Compiled code is loaded at the first call only, so that
programs which do not solve start at once.
"""

import time

from planner.model import Instance
from planner.solvers.base import Study, Watch, Wishes

__all__ = ["columns", "warm"]


def columns(instance: Instance, *, seed: int, watch: Watch, wishes: Wishes) -> Study:
    """The best plan found by generating routes, and bounds on every plan there is."""
    from planner.solvers.columns.search import search  # noqa: PLC0415 - compiles

    return search(instance, seed=seed, watch=watch, wishes=wishes)


def warm() -> float:
    """Seconds it took to compile or load the hot loops; nearly none once they are loaded."""
    from planner.solvers.columns.warming import exercise  # noqa: PLC0415 - compiles

    begin_s = time.monotonic()
    exercise()
    return time.monotonic() - begin_s
