"""What every solver is given and says on the way."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from planner.check import Score, score
from planner.model import Instance
from planner.plan import Plan, Result, Status, gap


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a solve is; people bound and bound are None while not proven."""

    elapsed_s: float
    people: int
    objective: float
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """As in `planner.plan.Result`."""
        return gap(self.bound, self.objective)


@dataclass(slots=True, kw_only=True)
class Watch:
    """The clock, the user's wish to stop, and whoever listens, of one solve.

    Attributes
    ----------
    stop
        Answers whether the user wants to stop; a solver asks at least twice a second.
    tell
        Is called with every improvement of plan or bound.
    """

    limits: Limits = field(default_factory=Limits)
    stop: Callable[[], bool] = lambda: False
    tell: Callable[[Progress], None] = lambda progress: None
    begin_s: float = field(default_factory=time.monotonic)

    def elapsed_s(self) -> float:
        """Wall seconds since the solve began."""
        return time.monotonic() - self.begin_s

    def left_s(self) -> float:
        """Wall seconds until the time limit; infinite without one."""
        limit_s = self.limits.time_limit_s
        return float("inf") if limit_s is None else limit_s - self.elapsed_s()

    def over(self) -> bool:
        """Whether to end now and return the best plan so far."""
        return self.left_s() <= 0 or self.stop()

    def status(self) -> Status:
        """Why a solve that was not proven optimal ended."""
        return Status.INTERRUPTED if self.stop() else Status.TIME_LIMIT

    def improved(self, found: Score) -> None:
        """Tell of a better plan, without a bound."""
        self.tell(
            Progress(elapsed_s=self.elapsed_s(), people=found.people, objective=found.objective)
        )

    def solve_s(self) -> float | None:
        """Seconds for the result; None where iterations count, so that runs can be compared."""
        return None if self.limits.iterations is not None else round(self.elapsed_s(), 3)


class Solver(Protocol):
    """A function that plans; the plan it returns passes `planner.check.violations`."""

    def __call__(
        self, instance: Instance, *, seed: int, watch: Watch, start: Plan | None
    ) -> Result:
        """The best plan found, never worse than ``start`` where one is given."""
        ...


def unproven(instance: Instance, plan: Plan, *, solver: str, seed: int, watch: Watch) -> Result:
    """The result of a solver that knows no bound."""
    found = score(instance, plan)
    return Result(
        plan=plan,
        people=found.people,
        objective=found.objective,
        status=watch.status(),
        seed=seed,
        solver=solver,
        solve_s=watch.solve_s(),
    )


class SolverBugError(RuntimeError):
    """A solver broke a rule or miscounted: never the user's fault, so never told in words."""
