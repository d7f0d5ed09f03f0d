"""Plans every scenario side by side, each beginning with the routes of the plan without changes."""

from collections.abc import Callable, Sequence
from typing import Unpack

from planner.analysis.comparison import Case
from planner.check import violations
from planner.horizon import Horizon
from planner.model import Instance
from planner.plan import Plan, Result
from planner.scenarios import Scenario
from planner.solvers import (
    DEFAULT,
    Limits,
    SearchArguments,
    SolveReport,
    num_cores,
    solve_with_duals,
)
from planner.solvers.insertion import adapt_plan, insert_site, lengthen_stays
from planner.solvers.parallel import SolveTask, solve_tasks
from planner.solvers.params import DEFAULT_PARAMS, SolverParams

PAIR_S = 0.03
"""Seconds for each site and van-day of a scenario where nobody says how long it may take."""

LEAST_S, MOST_S = 3.0, 26.0
"""Each gets so many seconds at least and at most."""

WITHOUT_CHANGES = Scenario(name="", changes=())


def seconds_per_scenario(instance: Instance, most_s: float) -> float:
    """Seconds for each scenario and for the plan without changes, the more the larger they are."""
    pairs = len(instance.sites) * len(instance.van_days)
    return min(most_s, MOST_S, max(LEAST_S, PAIR_S * pairs))


def seconds_in_all(count: int, each_s: float, processes: int | None = None) -> float:
    """Seconds for so many scenarios and the plan without changes before them."""
    return each_s * (1 + -(-count // (processes or num_cores())))


def solve_base(
    horizon: Horizon, *, start: Plan | None = None, **search: Unpack[SearchArguments]
) -> SolveReport:
    """What is known without changes; a plan that there is already is taken as a start if sound."""
    if start is not None and violations(horizon.instance, start):
        start = None
    return solve_with_duals(horizon.instance, start=start, **search)


def solve_scenarios(
    horizons: Sequence[Horizon],
    base: SolveReport,
    *,
    required: Sequence[frozenset[str]] = (),
    solver: str = DEFAULT,
    seed: int,
    params: SolverParams = DEFAULT_PARAMS,
    limits: Limits,
    processes: int | None = None,
    stop: Callable[[], bool] = lambda: False,
    on_progress: Callable[[int], None] = lambda done: None,
) -> tuple[SolveReport, ...]:
    """What comes of each scenario; the same whatever the number of processes.

    Parameters
    ----------
    base
        Its routes are worth combining in each of the weekends.
    required
        Ids of sites that the plan of each visits if it can; none at all = nowhere.
    limits
        Of each.
    """
    routes = (*base.result.plan.routes, *base.routes)
    tasks = [
        SolveTask(
            instance=horizon.instance,
            solver=solver,
            seed=seed,
            params=params,
            limits=limits,
            start=_begin(horizon.instance, base.result.plan, sites),
            required=sites,
            routes=routes,
        )
        for horizon, sites in zip(
            horizons, required or [frozenset[str]()] * len(horizons), strict=True
        )
    ]
    return solve_tasks(tasks, processes=processes, stop=stop, on_progress=on_progress)


def _begin(instance: Instance, plan: Plan, required: frozenset[str]) -> Plan:
    """What is left of a plan, its stays made longer, and stops put in at required sites."""
    start = lengthen_stays(instance, adapt_plan(instance, plan))
    for site_id in sorted(required - start.served().keys()):
        start = insert_site(instance, start, site_id) or start
    return start


def make_case(horizon: Horizon, result: Result, scenario: Scenario = WITHOUT_CHANGES) -> Case:
    """A plan with all that is compared."""
    return Case(name=scenario.name, changes=scenario.changes, horizon=horizon, result=result)
