"""Plans every scenario side by side, each beginning with the routes of the plan without changes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from planner.check import violations
from planner.plan import Plan, Result
from planner.render.comparison import Case
from planner.solvers import DEFAULT, Limits, Study, study
from planner.solvers.insertion import adapted
from planner.solvers.side_by_side import Task, num_cores, studies
from planner.travel.walking import NOBODY
from planner.weekend import Weekend, walked_to
from planner.whatif.scenario import Scenario

ALL_S = 60.0
"""Seconds for all scenarios together where nobody says how long each may take."""

LEAST_S = 3.0
"""Each gets so many seconds at least."""


def seconds_each(count: int, most_s: float, cores: int | None = None) -> float:
    """Seconds for each of so many scenarios, and for the plan without changes before them."""
    rounds = 1 + -(-count // (cores or num_cores()))
    return min(most_s, max(LEAST_S, ALL_S / rounds))


def base_study(
    weekend: Weekend,
    *,
    solver: str = DEFAULT,
    seed: int,
    limits: Limits,
    start: Plan | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Study:
    """What is known without changes; a plan that there is already is taken as a start if sound."""
    if start is not None and violations(weekend.instance, start):
        start = None
    return study(weekend.instance, solver=solver, seed=seed, limits=limits, start=start, stop=stop)


def scenario_studies(
    weekends: Sequence[Weekend],
    base: Study,
    *,
    solver: str = DEFAULT,
    seed: int,
    limits: Limits,
    processes: int | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[int], None] = lambda done: None,
) -> tuple[Study, ...]:
    """What comes of each scenario; the same whatever the number of processes.

    Parameters
    ----------
    base
        Its routes are worth combining in each of the weekends.
    limits
        Of each.
    """
    routes = (*base.result.plan.routes, *base.routes)
    tasks = [
        Task(
            instance=weekend.instance,
            solver=solver,
            seed=seed,
            limits=limits,
            start=adapted(weekend.instance, base.result.plan),
            routes=routes,
        )
        for weekend in weekends
    ]
    return studies(tasks, processes=processes, stop=stop, tell=tell)


def case_of(
    weekend: Weekend, result: Result, scenario: Scenario | None = None, cache: Path | None = None
) -> Case:
    """A plan with all that is compared; no scenario = the plan without changes."""
    changes = () if scenario is None else tuple(map(str, scenario.changes))
    return Case(
        name="" if scenario is None else scenario.name,
        changes=changes,
        weekend=weekend,
        result=result,
        near=people_near(weekend, result.plan, cache),
    )


def people_near(weekend: Weekend, plan: Plan, cache: Path | None = None) -> int:
    """Unrecorded people of neighbourhoods within walking distance of a stop, each counted once."""
    visited = {stop.site_id for _, stop in plan.stops()}
    venues = [venue for venue in weekend.venues if venue.id in visited]
    reached = walked_to(weekend.district, venues, cache, None) != NOBODY
    homes = weekend.district.neighbourhoods
    return sum(home.backlog for home, near in zip(homes, reached, strict=True) if near)
