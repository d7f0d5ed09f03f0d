"""Improve a greedy plan with the routing library of OR-Tools, part by part.

A stay is as long as is worth it, but the library serves fixed times. So a part of the plan, a few
van-days with promising sites, is cut into pieces with several amounts each, routed anew by the
library from what there is, and what comes out gets exact amounts and times. The plan only changes
for a better one.
"""

from random import Random

from planner.check import score
from planner.model import Instance
from planner.plan import Plan, Route
from planner.solvers.amounts import fit_amounts, route_visits
from planner.solvers.base import (
    ProgressListener,
    SolveOptions,
    SolveReport,
    num_missed,
    plan_progress,
    report_without_bound,
)
from planner.solvers.greedy import greedy
from planner.solvers.params import RoutingParams
from planner.solvers.people_left import PeopleLeft
from planner.solvers.routing.model import reroute
from planner.solvers.routing.parts import VanDay, draw_part
from planner.solvers.stopping import StoppingCriterion

Routes = dict[VanDay, Route]


def route_in_parts(
    instance: Instance,
    *,
    seed: int,
    stopping: StoppingCriterion,
    options: SolveOptions,
    on_progress: ProgressListener,
) -> SolveReport:
    """The greedy plan, or the one given if that is better, improved round by round.

    One round is one part of the plan; it ends with the limits, or after rounds without success.
    """
    params = options.params.routing
    begun = greedy(
        instance, seed=seed, stopping=stopping, options=options, on_progress=on_progress
    ).result.plan
    routes = {(instance.van_index[route.van_id], route.date): route for route in begun.routes}
    best = _rank(instance, begun, options)
    rng = Random(seed)
    idle = 0
    while instance.van_days and idle < params.idle_rounds and stopping.begin_round():
        idle += 1
        new = _improve_part(instance, routes, stopping, params, rng)
        rank = _rank(instance, instance.make_plan(new.values()), options)
        if rank >= best:
            routes = new
        if rank > best:
            best, idle = rank, 0
            on_progress(plan_progress(instance, instance.make_plan(new.values()), stopping))
    plan = instance.make_plan(routes.values())
    return report_without_bound(instance, plan, solver="routing", seed=seed, stopping=stopping)


def _improve_part(
    instance: Instance,
    routes: Routes,
    stopping: StoppingCriterion,
    params: RoutingParams,
    rng: Random,
) -> Routes:
    """The routes with some of them made anew, for better or worse."""
    visits = {van_day: route_visits(instance, route) for van_day, route in routes.items()}
    pauses = [r.break_start_s for r in routes.values() if r.break_start_s is not None]
    part = draw_part(instance, visits, pauses, params, rng)
    new_routes = reroute(instance, part, stopping.is_interrupted)
    changed = {van_day: route for van_day, route in routes.items() if van_day not in part.van_days}
    left = PeopleLeft(instance, Plan(routes=tuple(changed.values())))
    for van_day, pieces in zip(part.van_days, new_routes, strict=True):
        asked = [(piece.site, piece.people) for piece in pieces]
        fit = fit_amounts(instance, *van_day, asked, left)
        if fit is not None:
            changed[van_day] = fit
            left.take(route_visits(instance, fit))
    return changed


def _rank(instance: Instance, plan: Plan, options: SolveOptions) -> tuple[int, float, int]:
    """Required sites first, then the objective, then less driving."""
    worth = score(instance, plan)
    return -num_missed(plan, options.required), worth.objective, -worth.drive_s
