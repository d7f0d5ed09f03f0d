"""Solvers: each makes a plan that keeps the rules of `planner.check`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pkgutil import resolve_name
from typing import Unpack

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan, Result, Route
from planner.solvers.base import (
    LagrangianBound,
    Prices,
    Progress,
    ProgressListener,
    SearchArguments,
    SolveOptions,
    Solver,
    SolverBugError,
    SolveReport,
    num_cores,
    num_missed,
)
from planner.solvers.columns import compiling_beside, is_compiled, lagrangian_bound, warm_up
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.stopping import Limits, StoppingCriterion, never

__all__ = [
    "DEFAULT",
    "SOLVERS",
    "LagrangianBound",
    "Limits",
    "Prices",
    "Progress",
    "SearchArguments",
    "SolveReport",
    "Solver",
    "SolverBugError",
    "SolverParams",
    "StoppingCriterion",
    "is_prepared",
    "lagrangian_bound",
    "load_solver",
    "num_cores",
    "prepare",
    "preparing_beside",
    "solve",
    "solve_with_duals",
]

SOLVERS: Mapping[str, str] = {
    "columns": "planner.solvers.columns.search:search",
    "routing": "planner.solvers.routing:route_in_parts",
    "greedy": "planner.solvers.greedy:greedy",
}
"""Where each solver is, by the name it has on the command line; see `load_solver`."""

DEFAULT = "columns"

LONGEST_GRID_S = 1_000_000
"""Of a shift that ``columns`` keeps in memory second by second; 11 days."""

ROUNDING = 1e-6
"""Solvers may add floats in another order than the check, no more."""


def load_solver(name: str) -> Solver:
    """A solver of `SOLVERS`, with the libraries that it alone needs, loaded now."""
    solver: Solver = resolve_name(SOLVERS[name])
    return solver


def is_prepared(solver: str) -> bool:
    """Whether all that a solver needs compiled was compiled at an earlier run."""
    return solver != "columns" or is_compiled()


def preparing_beside(solver: str) -> AbstractContextManager[None]:
    """Meanwhile another process compiles what a solver needs, sooner than `prepare` alone."""
    return compiling_beside() if solver == "columns" else nullcontext()


def prepare(solver: str) -> float:
    """Seconds it took to compile what a solver needs compiled; all else it needs is loaded, too.

    Some ten seconds at first use, less than one from then on, nothing where nothing is compiled.
    """
    load_solver(solver)
    return warm_up() if solver == "columns" else 0.0


def solve(
    instance: Instance, *, start: Plan | None = None, **search: Unpack[SearchArguments]
) -> Result:
    """The best plan of a solver, checked against every rule; arguments as of `solve_with_duals`."""
    return solve_with_duals(instance, start=start, with_duals=False, **search).result


def solve_with_duals(
    instance: Instance,
    *,
    solver: str = DEFAULT,
    seed: int = 0,
    limits: Limits | None = None,
    start: Plan | None = None,
    required: Collection[str] = (),
    routes: Sequence[Route] = (),
    with_duals: bool = True,
    params: SolverParams = DEFAULT_PARAMS,
    cores: int | None = None,
    stop: Callable[[], bool] = never,
    on_progress: ProgressListener = lambda progress: None,
) -> SolveReport:
    """The best plan a solver finds, checked against every rule, and dual information of its proof.

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
    with_duals
        Whether dual information is wanted; else there is the result alone, somewhat sooner.
    params
        What tunes the solvers.
    cores
        Used at the same time; None = all of the machine. The plan does not depend on it.
    stop
        Answers whether the user wants to stop; a solver asks at least twice a second.
    on_progress
        Is called with every improvement of plan or bound.

    Raises
    ------
    ValueError
        Where ``start`` breaks a rule, or a required site is not in the instance.
    SolverBugError
        Where the solver breaks a rule.
    """
    if unknown := set(required) - {site.id for site in instance.sites}:
        raise ValueError(f"required sites are not in the instance: {sorted(unknown)}")
    if start is not None and (problems := violations(instance, start)):
        raise ValueError(f"the plan to start from breaks a rule: {problems[0]}")
    options = SolveOptions(
        start=start,
        required=frozenset(required),
        routes=tuple(routes),
        with_duals=with_duals,
        params=params,
        cores=cores,
    )
    stopping = StoppingCriterion(limits, stop)
    report = load_solver(_able_solver(solver, instance))(
        instance, seed=seed, stopping=stopping, options=options, on_progress=on_progress
    )
    _verify(instance, report.result, options)
    return report


def _able_solver(solver: str, instance: Instance) -> str:
    """The solver, or the one that takes its place where a shift is too long for it."""
    shifts = (shift for van in instance.vans for shift in van.shifts.values())
    is_long = any(closing_s - opening_s > LONGEST_GRID_S for opening_s, closing_s in shifts)
    return "routing" if is_long and solver == "columns" else solver


def _verify(instance: Instance, result: Result, options: SolveOptions) -> None:
    if problems := violations(instance, result.plan):
        raise SolverBugError(f"{result.solver} broke a rule: {problems[0]}")
    true = score(instance, result.plan)
    slack = ROUNDING * max(1.0, abs(true.objective))
    if result.people != true.people or abs(result.objective - true.objective) > slack:
        raise SolverBugError(f"{result.solver} counted {result.objective}, it is {true.objective}")
    if result.bound is not None and result.bound < true.objective - slack:
        raise SolverBugError(f"{result.solver} has a plan above its bound {result.bound}")
    if (start := options.start) is not None:
        more = num_missed(result.plan, options.required) - num_missed(start, options.required)
        worse = score(instance, start).objective - true.objective
        if more > 0 or (more == 0 and worse > slack):
            raise SolverBugError(f"{result.solver} made the plan it started from worse")
