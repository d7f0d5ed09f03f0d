"""Column generation: plans with a proof of how far they are from the best.

The mathematics is in docs/model.md. Compiled code is loaded at the first call only, so that
programs which do not solve start at once.
"""

import time
from collections.abc import Callable

from planner.model import Instance
from planner.solvers.base import Foretold, Prices, Study, Watch, Wishes

__all__ = ["columns", "foretell", "warm"]


def columns(instance: Instance, *, seed: int, watch: Watch, wishes: Wishes) -> Study:
    """The best plan found by generating routes, and bounds on every plan there is."""
    from planner.solvers.columns.search import search  # noqa: PLC0415 - compiles

    return search(instance, seed=seed, watch=watch, wishes=wishes)


def foretell(
    instance: Instance,
    prices: Prices,
    *,
    like: Foretold | None = None,
    over: Callable[[], bool] = lambda: False,
) -> Foretold:
    """What no plan is worth more than, without a search for plans.

    The dual bound of Lagrange at prices of a similar instance: it holds for any prices, and is good
    where they are about right.

    Parameters
    ----------
    prices
        Of a `Study`; a site or van-day that has none is given one.
    like
        Foretold by the same prices; what is the same in this instance is not looked at again.
    over
        Asked now and then whether to end; what is proven by then holds.
    """
    from planner.solvers.columns.dual_bound import foretold  # noqa: PLC0415 - compiles

    return foretold(instance, prices, like, over)


def warm() -> float:
    """Seconds it took to compile or load the hot loops; nearly none once they are loaded."""
    from planner.solvers.columns.compilation import exercise  # noqa: PLC0415 - compiles

    begin_s = time.monotonic()
    exercise()
    return time.monotonic() - begin_s
