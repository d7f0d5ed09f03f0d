"""Solvers: each makes a plan that keeps the rules of `planner.check`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pkgutil import resolve_name

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan, Result, Route
from planner.solvers.base import (
    Foretold,
    Limits,
    Prices,
    Progress,
    Solver,
    SolverBugError,
    Study,
    Watch,
    Wishes,
    num_missed,
)
from planner.solvers.columns import foretell, warm

__all__ = [
    "DEFAULT",
    "SOLVERS",
    "Foretold",
    "Limits",
    "Prices",
    "Progress",
    "Solver",
    "SolverBugError",
    "Study",
    "Watch",
    "foretell",
    "prepare",
    "solve",
    "solver_named",
    "study",
]

SOLVERS: Mapping[str, str] = {
    "columns": "planner.solvers.columns:columns",
    "routing": "planner.solvers.routing:route_in_parts",
    "greedy": "planner.solvers.greedy:greedy",
}
"""Where each solver is, by the name it has on the command line; see `solver_named`."""

DEFAULT = "columns"

ROUNDING = 1e-6
"""Solvers may add floats in another order than the check, no more."""


def solver_named(name: str) -> Solver:
    """A solver of `SOLVERS`, with the libraries that it alone needs, loaded now."""
    found: Solver = resolve_name(SOLVERS[name])
    return found


def prepare(solver: str) -> float:
    """Seconds it took to compile what a solver needs compiled; all else it needs is loaded, too.

    Half a minute at first use, less than a second from then on, nothing where nothing is compiled.
    """
    solver_named(solver)
    return warm() if solver == "columns" else 0.0


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
    """The best plan a solver finds, checked against every rule; arguments as of `study`."""
    wishes = Wishes(start=start)
    watch = Watch(limits=limits or Limits(), stop=stop, tell=tell)
    return _checked(instance, solver, seed, watch, wishes).result


def study(
    instance: Instance,
    *,
    solver: str = DEFAULT,
    seed: int = 0,
    limits: Limits | None = None,
    start: Plan | None = None,
    required: Collection[str] = (),
    routes: Sequence[Route] = (),
    learning: bool = True,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Study:
    """The best plan a solver finds, checked against every rule, and what it learnt on the way.

    Parameters
    ----------
    solver
        A key of `SOLVERS`.
    limits
        When to end; None = when the solver has nothing left to try.
    start
        A plan that keeps the rules of the instance; the result is no worse.
    required
        Ids of sites that the plan visits before all else, as many of them as the solver can;
        ``columns`` looks for ways to, the others only do not drop those of ``start``.
    routes
        Of plans for similar instances, worth combining; those that do not fit are cut back or left
        out, and their times do not count.
    learning
        Whether what was learnt is wanted; else there is the result alone, somewhat sooner.
    stop, tell
        As in `Watch`.

    Raises
    ------
    ValueError
        Where ``start`` breaks a rule, or a required site is not in the instance.
    SolverBugError
        Where the solver breaks a rule.
    """
    if unknown := set(required) - {site.id for site in instance.sites}:
        raise ValueError(f"required sites are not in the instance: {sorted(unknown)}")
    watch = Watch(limits=limits or Limits(), stop=stop, tell=tell)
    wishes = Wishes(
        start=start, required=frozenset(required), routes=tuple(routes), learning=learning
    )
    return _checked(instance, solver, seed, watch, wishes)


def _checked(instance: Instance, solver: str, seed: int, watch: Watch, wishes: Wishes) -> Study:
    start = wishes.start
    if start is not None and (problems := violations(instance, start)):
        raise ValueError(f"the plan to start from breaks a rule: {problems[0]}")
    found = solver_named(solver)(instance, seed=seed, watch=watch, wishes=wishes)
    _verify(instance, found.result, wishes)
    return found


def _verify(instance: Instance, result: Result, wishes: Wishes) -> None:
    if problems := violations(instance, result.plan):
        raise SolverBugError(f"{result.solver} broke a rule: {problems[0]}")
    true = score(instance, result.plan)
    slack = ROUNDING * max(1.0, abs(true.objective))
    if result.people != true.people or abs(result.objective - true.objective) > slack:
        raise SolverBugError(f"{result.solver} counted {result.objective}, it is {true.objective}")
    if result.bound is not None and result.bound < true.objective - slack:
        raise SolverBugError(f"{result.solver} has a plan above its bound {result.bound}")
    if (start := wishes.start) is not None:
        more = num_missed(result.plan, wishes.required) - num_missed(start, wishes.required)
        worse = score(instance, start).objective - true.objective
        if more > 0 or (more == 0 and worse > slack):
            raise SolverBugError(f"{result.solver} made the plan it started from worse")
