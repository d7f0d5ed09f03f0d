"""What every solver is given and says on the way."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypedDict

from planner.check import score
from planner.model import Instance
from planner.plan import Plan, Result, Route, gap
from planner.solvers.params import DEFAULT_PARAMS, SolverParams
from planner.solvers.stopping import Limits, StoppingCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a solve is; bounds are None while not proven."""

    elapsed_s: float
    people: int
    objective: float
    bound: float | None = None
    people_bound: int | None = None

    @property
    def gap(self) -> float | None:
        """As in `planner.plan.Result`."""
        return gap(self.bound, self.objective)


class SearchArguments(TypedDict, total=False):
    """What whoever calls a solve may say of it, passed on as it is; see `planner.solvers.solve`."""

    solver: str
    seed: int
    limits: Limits | None
    params: SolverParams
    cores: int | None
    stop: Callable[[], bool]
    on_progress: Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveOptions:
    """What a plan is asked for beyond its objective, and what is known to begin with.

    Attributes
    ----------
    start
        A plan that keeps the rules; the result is no worse.
    required
        Ids of sites that the plan visits before all else, as many of them as it can.
    routes
        Of other plans, worth combining; those that do not fit are cut back or left out, and
        their times do not count.
    with_duals
        Say all of a `SolveReport`, not only the result.
    cores
        Used at the same time; None = all of the machine. The plan does not depend on it.
    """

    start: Plan | None = None
    required: frozenset[str] = frozenset()
    routes: Sequence[Route] = ()
    with_duals: bool = False
    params: SolverParams = DEFAULT_PARAMS
    cores: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What things are worth by a proof. Any prices bound the plans of any instance, good ones well.

    Attributes
    ----------
    sites
        By site, what one more expected person is worth.
    draws
        By site and group, what one more person of the group is worth who would come there.
    van_days
        By van and date, what the van-day is worth.
    cuts
        Sites, people they record at most, width, and what the cut of columns is worth.
    """

    sites: Mapping[str, float] = field(default_factory=dict)
    draws: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    van_days: Mapping[tuple[str, date], float] = field(default_factory=dict)
    cuts: tuple[tuple[tuple[str, ...], int, int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LagrangianBound:
    """What no plan of an instance exceeds, by prices of a similar one.

    Attributes
    ----------
    most
        What no route of each kind of van-day exceeds, by a digest of all that it depends on.
    """

    bound: float
    route_bounds: Mapping[str, float] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveReport:
    """A result with the dual information of its proof; a solver that knows less says less.

    Attributes
    ----------
    result
        Where sites were required, its bounds are on plans that miss no more of them than it does.
    routes
        Worth handing to a solve of a similar instance.
    prices
        What things are worth, about; None = not known.
    van_day_bounds
        By van and date, what no plan with one more van-day alike is worth more than; proven.
    site_bounds
        By site, what no plan with a stop there is worth more than; proven.
    max_required
        No plan visits more of the required sites; None = not known.
    """

    result: Result
    routes: tuple[Route, ...] = ()
    prices: Prices | None = None
    van_day_bounds: Mapping[tuple[str, date], float] = field(default_factory=dict)
    site_bounds: Mapping[str, float] = field(default_factory=dict)
    max_required: int | None = None


ProgressListener = Callable[[Progress], None]
"""Is called with every improvement of plan or bound."""


class Solver(Protocol):
    """A function that plans; the plan it returns passes `planner.check.violations`."""

    def __call__(
        self,
        instance: Instance,
        *,
        seed: int,
        stopping: StoppingCriterion,
        options: SolveOptions,
        on_progress: ProgressListener,
    ) -> SolveReport:
        """The best plan found, never worse than the one to start from."""
        ...


def num_cores() -> int:
    """Cores that this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def num_missed(plan: Plan, required: frozenset[str]) -> int:
    """How many required sites have no stop in a plan."""
    return len(required - {stop.site_id for _, stop in plan.stops()})


def is_better(instance: Instance, plan: Plan, other: Plan, required: frozenset[str]) -> bool:
    """Whether a plan misses fewer required sites than another, or as many and is worth more."""
    missed = num_missed(other, required) - num_missed(plan, required)
    worth = score(instance, plan).objective - score(instance, other).objective
    return missed > 0 or (missed == 0 and worth > 0)


def plan_progress(instance: Instance, plan: Plan, stopping: StoppingCriterion) -> Progress:
    """Where a solve is that knows no bound."""
    worth = score(instance, plan)
    return Progress(elapsed_s=stopping.elapsed_s(), people=worth.people, objective=worth.objective)


def report_without_bound(
    instance: Instance, plan: Plan, *, solver: str, seed: int, stopping: StoppingCriterion
) -> SolveReport:
    """What a solver says that knows no bound."""
    worth = score(instance, plan)
    result = Result(
        plan=plan,
        people=worth.people,
        objective=worth.objective,
        status=stopping.status(),
        seed=seed,
        solver=solver,
        solve_s=stopping.solve_s(),
    )
    return SolveReport(result=result, routes=plan.routes)


class SolverBugError(RuntimeError):
    """A solver broke a rule or miscounted: never the user's fault, so not explained to users."""
