"""When a search ends: by the watch, or after so many rounds."""

from planner.solvers.base import StoppingCriterion


class Clock:
    """Counts the rounds of a search: of generating routes, and of improving a plan."""

    def __init__(self, stopping: StoppingCriterion) -> None:
        self.stopping = stopping
        self._rounds = 0

    @property
    def counts(self) -> bool:
        """Whether rounds end the search, so that no step of it may depend on the time."""
        return self.stopping.limits.iterations is not None

    @property
    def limited(self) -> bool:
        """Whether a time limit ends the search."""
        return self.stopping.limits.time_limit_s is not None

    def begin(self) -> bool:
        """Begin a round, if there is one left."""
        if self.should_stop():
            return False
        self._rounds += 1
        return True

    def should_stop(self) -> bool:
        """Whether to end now."""
        limit = self.stopping.limits.iterations
        return self.stopping.should_stop() or (limit is not None and self._rounds >= limit)

    def used(self, share: float) -> bool:
        """Whether so much of the time limit is over; of the rounds, where these end the search."""
        limits = self.stopping.limits
        if limits.iterations is not None:
            return self._rounds > share * limits.iterations
        limit_s = limits.time_limit_s
        return limit_s is not None and self.stopping.elapsed_s() > share * limit_s

    def step_limit_s(self, share: float, at_most_s: float) -> float | None:
        """Seconds for a step, as a share of those left; None where rounds are counted."""
        return (
            None if self.counts else min(at_most_s, max(0.0, share * self.stopping.remaining_s()))
        )
