"""A plan around routes that somebody has settled."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from planner.check import score, violations
from planner.errors import InputError, Problem
from planner.i18n.messages import say
from planner.model import Instance
from planner.plan import Plan, Result, withdraw_bounds
from planner.solvers import DEFAULT, Limits, Progress, solve
from planner.solvers.fixing import merge_plans, residual_instance


def keep_routes(
    instance: Instance,
    plan: Plan,
    *,
    solver: str = DEFAULT,
    seed: int = 0,
    limits: Limits | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Result:
    """The routes of a plan as they are, and the best around them.

    Parameters
    ----------
    plan
        Van-days that it has a route for are settled; all others are free.
    solver, seed, limits, stop, tell
        As of `planner.solvers.solve`.

    Returns
    -------
    Result
        Without a bound: one that holds for all plans is not known.

    Raises
    ------
    InputError
        Where the plan breaks rules, with all of them.
    """
    if broken := violations(instance, plan):
        raise InputError(violation.problem() for violation in broken)
    found = solve(
        residual_instance(instance, plan),
        solver=solver,
        seed=seed,
        limits=limits,
        stop=stop,
        tell=tell,
    )
    whole = merge_plans(plan, found.plan)
    worth = score(instance, whole)
    return withdraw_bounds(
        replace(found, plan=whole, people=worth.people, objective=worth.objective)
    )


def check_plan_names(instance: Instance, plan: Plan) -> None:
    """Nothing, where the instance has all vans and sites of a plan.

    Raises
    ------
    InputError
        With every one that it has not.
    """
    if problems := tuple(_unknown_names(instance, plan)):
        raise InputError(problems)


def _unknown_names(instance: Instance, plan: Plan) -> Iterator[Problem]:
    vans = {route.van_id for route in plan.routes} - {*instance.van_index}
    sites = {stop.site_id for _, stop in plan.stops()} - {*instance.site_index}
    names = [
        *(say("van '{van}'", van=van) for van in sorted(vans)),
        *(say("site '{site}'", site=site) for site in sorted(sites)),
    ]
    for name in names:
        yield Problem(
            where=say("plan"),
            what=say("{name} is not in the instance", name=name),
            remedy=say("mend the plan"),
        )
