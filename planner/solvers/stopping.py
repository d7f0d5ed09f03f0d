"""When a solve ends."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from planner.plan import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a solve ends, whichever comes first; all None = when it has nothing left to try.

    Attributes
    ----------
    time_limit_s
        Wall seconds.
    gap
        Proven distance from the best plan, as a share.
    iterations
        Rounds of the solver's main loop; with a seed the same number gives the same plan.
    """

    time_limit_s: float | None = None
    gap: float | None = None
    iterations: int | None = None


def never() -> bool:
    """Nobody wants to stop."""
    return False


class StoppingCriterion:
    """Ends a solve at a time limit, after a number of rounds, or as soon as the user wants.

    Parameters
    ----------
    limits
        Counted from now; the gap is left to the solver.
    stop
        Answers whether the user wants to stop; a solver asks at least twice a second.
    """

    def __init__(self, limits: Limits | None = None, stop: Callable[[], bool] = never) -> None:
        self.limits, self._stop = limits or Limits(), stop
        self._begin_s, self._num_rounds = time.monotonic(), 0

    @property
    def counts_rounds(self) -> bool:
        """Whether rounds end the solve, so that no step of it may depend on the time."""
        return self.limits.iterations is not None

    def elapsed_s(self) -> float:
        """Wall seconds since the solve began."""
        return time.monotonic() - self._begin_s

    def is_interrupted(self) -> bool:
        """Whether the time is over or the user wants to stop, whatever the rounds."""
        limit_s = self.limits.time_limit_s
        return (limit_s is not None and self.elapsed_s() >= limit_s) or self._stop()

    def should_stop(self) -> bool:
        """Whether to end now and return the best plan so far."""
        limit = self.limits.iterations
        return self.is_interrupted() or (limit is not None and self._num_rounds >= limit)

    def begin_round(self) -> bool:
        """Begin a round, if there is one left."""
        if self.should_stop():
            return False
        self._num_rounds += 1
        return True

    def has_used(self, share: float) -> bool:
        """Whether so much of the rounds is used up, or of the time where no rounds are counted."""
        if self.limits.iterations is not None:
            return self._num_rounds > share * self.limits.iterations
        limit_s = self.limits.time_limit_s
        return limit_s is not None and self.elapsed_s() > share * limit_s

    def step_limit_s(self, share: float, at_most_s: float = inf) -> float | None:
        """Seconds for a step, as a share of those left; None where rounds are counted."""
        if self.counts_rounds:
            return None
        limit_s = self.limits.time_limit_s
        left_s = inf if limit_s is None else max(0.0, limit_s - self.elapsed_s())
        return min(at_most_s, share * left_s)

    def status(self) -> Status:
        """Why a solve that was not proven optimal ended."""
        if self._stop():
            return Status.INTERRUPTED
        return Status.TIME_LIMIT if self.should_stop() else Status.SEARCH_ENDED

    def solve_s(self) -> float | None:
        """Seconds for the result; None where rounds are counted, so that runs can be compared."""
        return None if self.counts_rounds else round(self.elapsed_s(), 3)
