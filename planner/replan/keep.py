"""A plan around routes that somebody has settled."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from planner.check import score, violations
from planner.errors import InputError, Problem
from planner.messages import say
from planner.model import Instance, Site
from planner.plan import Plan, Result, unproven
from planner.solvers import DEFAULT, Limits, Progress, solve


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
    if problems := violations(instance, plan):
        raise InputError(problems)
    found = solve(
        around(instance, plan), solver=solver, seed=seed, limits=limits, stop=stop, tell=tell
    )
    routes = [*plan.routes, *found.plan.routes]
    whole = Plan(routes=tuple(sorted(routes, key=lambda route: (route.date, route.van_id))))
    worth = score(instance, whole)
    return unproven(replace(found, plan=whole, people=worth.people, objective=worth.objective))


def around(instance: Instance, plan: Plan) -> Instance:
    """The instance without the van-days and the people of a plan's routes."""
    settled = {(route.van_id, route.date) for route in plan.routes}
    served = Counter[str]()
    for _, stop in plan.stops():
        served[stop.site_id] += stop.people
    return replace(
        instance,
        sites=tuple(_with_less(site, served[site.id]) for site in instance.sites),
        vans=tuple(
            replace(
                van,
                shifts={
                    day: shift for day, shift in van.shifts.items() if (van.id, day) not in settled
                },
            )
            for van in instance.vans
        ),
    )


def _with_less(site: Site, served: int) -> Site:
    """The site with fewer people; closed where they are too few for a stop."""
    left = site.expected - served
    if not served:
        return site
    if left < max(1, site.least_people):
        return replace(site, expected=0, windows={})
    return replace(site, expected=left, min_people=site.least_people)


def check_plan_names(instance: Instance, plan: Plan) -> None:
    """Nothing, where the instance has all vans and sites of a plan.

    Raises
    ------
    InputError
        With every one that it has not.
    """
    if problems := tuple(_unknown(instance, plan)):
        raise InputError(problems)


def _unknown(instance: Instance, plan: Plan) -> Iterator[Problem]:
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
