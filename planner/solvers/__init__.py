"""Solvers: each makes a plan that keeps the rules of `planner.check`."""

from collections.abc import Callable, Mapping

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan, Result
from planner.solvers.base import Limits, Progress, Solver, SolverBugError, Watch
from planner.solvers.columns import columns, warm
from planner.solvers.routing import route_in_parts
from planner.solvers.start import greedy

__all__ = [
    "DEFAULT",
    "SOLVERS",
    "Limits",
    "Progress",
    "Solver",
    "SolverBugError",
    "Watch",
    "prepare",
    "solve",
]

SOLVERS: Mapping[str, Solver] = {
    "columns": columns,
    "routing": route_in_parts,
    "greedy": greedy,
}
"""Every solver by the name it has on the command line."""

DEFAULT = "columns"

ROUNDING = 1e-6
"""Solvers may add floats in another order than the check, no more."""


def prepare(solver: str) -> None:
    """Compile what a solver needs compiled: half a minute at first use, a second from then on."""
    if solver == "columns":
        warm()


def solve(
    instance: Instance,
    *,
    solver: str = DEFAULT,
    seed: int = 0,
    limits: Limits | None = None,
    start: Plan | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Result:
    """The best plan a solver finds, checked against every rule.

    Parameters
    ----------
    solver
        A key of `SOLVERS`.
    limits
        When to end; None = when the solver has nothing left to try.
    start
        A plan that keeps the rules of the instance; the result is no worse.
    stop, tell
        As in `Watch`.

    Raises
    ------
    ValueError
        Where ``start`` breaks a rule.
    SolverBugError
        Where the solver does.
    """
    if start is not None and (problems := violations(instance, start)):
        raise ValueError(f"the plan to start from breaks a rule: {problems[0]}")
    watch = Watch(limits=limits or Limits(), stop=stop, tell=tell)
    result = SOLVERS[solver](instance, seed=seed, watch=watch, start=start)
    _verify(instance, result, start)
    return result


def _verify(instance: Instance, result: Result, start: Plan | None) -> None:
    if problems := violations(instance, result.plan):
        raise SolverBugError(f"{result.solver} broke a rule: {problems[0]}")
    true = score(instance, result.plan)
    slack = ROUNDING * max(1.0, abs(true.objective))
    if result.people != true.people or abs(result.objective - true.objective) > slack:
        raise SolverBugError(f"{result.solver} counted {result.objective}, it is {true.objective}")
    if result.bound is not None and result.bound < true.objective - slack:
        raise SolverBugError(f"{result.solver} has a plan above its bound {result.bound}")
    if start is not None and true.objective < score(instance, start).objective - slack:
        raise SolverBugError(f"{result.solver} made the plan it started from worse")
