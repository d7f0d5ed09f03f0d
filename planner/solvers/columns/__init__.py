"""Column generation: plans with a proof of how far they are from the best.

The mathematics is in docs/model.md. Compiled code is loaded at the first call only, so that
programs which do not solve start at once.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from planner.model import Instance
from planner.solvers.base import LagrangianBound, Prices
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.stopping import never

__all__ = ["compiling_beside", "is_compiled", "lagrangian_bound", "warm_up"]

_COMPILES_BESIDE = Lock()
"""Held as long as a process beside this one compiles."""


def lagrangian_bound(
    instance: Instance,
    prices: Prices,
    *,
    like: LagrangianBound | None = None,
    params: SolverParams = DEFAULT_PARAMS,
    should_stop: Callable[[], bool] = never,
) -> LagrangianBound:
    """What no plan is worth more than, without a search for plans.

    The dual bound of Lagrange at prices of a similar instance: it holds for any prices, and is good
    where they are about right.

    Parameters
    ----------
    prices
        Of a `SolveReport`; a site or van-day that has none is given one.
    like
        The bound of a similar instance by the same prices; what is the same is not priced again.
    should_stop
        Asked now and then whether to end; what is proven by then holds.
    """
    from planner.solvers.columns.dual_bound import dual_bound  # noqa: PLC0415 - compiles

    return dual_bound(instance, prices, like, params, should_stop)


def is_compiled() -> bool:
    """Whether the hot loops were compiled at an earlier run, so that they only need loading."""
    from planner.solvers.columns import compilation  # noqa: PLC0415 - compiles

    return compilation.is_compiled()


@contextmanager
def compiling_beside() -> Iterator[None]:
    """Meanwhile another process compiles the hot loops, as far as nobody has or does."""
    if is_compiled() or not _COMPILES_BESIDE.acquire(blocking=False):
        yield
        return
    module = "planner.solvers.columns.compilation"
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", module], stdin=quiet, stdout=quiet, stderr=quiet
        )
        try:
            yield
        finally:
            process.kill()
            process.wait()
    finally:
        _COMPILES_BESIDE.release()


def warm_up() -> float:
    """Seconds it took to compile or load the hot loops; nearly none once they are loaded."""
    from planner.solvers.columns.compilation import compile_kernels  # noqa: PLC0415 - compiles

    begin_s = time.monotonic()
    compile_kernels()
    return time.monotonic() - begin_s
