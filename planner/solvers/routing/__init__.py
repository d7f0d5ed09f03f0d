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
    SolveOptions,
    SolveReport,
    StoppingCriterion,
    num_missed,
    report_without_bound,
)
from planner.solvers.greedy import greedy
from planner.solvers.routing.model import reroute
from planner.solvers.routing.parts import VanDay, draw_part

IDLE_ROUNDS = 1000
"""After so many rounds in a row without a better plan there is nothing left to try."""

Routes = dict[VanDay, Route]


def route_in_parts(
    instance: Instance, *, seed: int, stopping: StoppingCriterion, options: SolveOptions
) -> SolveReport:
    """The greedy plan, or the one given if that is better, improved round by round.

    One round is one part of the plan; it ends with the limits, or after `IDLE_ROUNDS`.
    """
    begun = greedy(instance, seed=seed, stopping=stopping, options=options).result.plan
    routes = {(instance.van_index[route.van_id], route.date): route for route in begun.routes}
    best = _rank(instance, begun, options)
    rng = Random(seed)
    rounds, idle = 0, 0
    most = stopping.limits.iterations
    while (
        instance.van_days and idle < IDLE_ROUNDS and rounds != most and not stopping.should_stop()
    ):
        rounds, idle = rounds + 1, idle + 1
        tried = _round(instance, routes, stopping, rng)
        found = _rank(instance, _plan(tried), options)
        if found >= best:
            routes = tried
        if found > best:
            best, idle = found, 0
            stopping.tell_plan(score(instance, _plan(tried)))
    return report_without_bound(
        instance, _plan(routes), solver="routing", seed=seed, stopping=stopping
    )


def _round(instance: Instance, routes: Routes, stopping: StoppingCriterion, rng: Random) -> Routes:
    """The routes with some of them made anew, for better or worse."""
    visits = {van_day: route_visits(instance, route) for van_day, route in routes.items()}
    pauses = [r.break_start_s for r in routes.values() if r.break_start_s is not None]
    part = draw_part(instance, visits, pauses, rng)
    found = reroute(instance, part, stopping.should_stop)
    changed = {van_day: route for van_day, route in routes.items() if van_day not in part.van_days}
    left = instance.left(Plan(routes=tuple(changed.values())))
    for van_day, pieces in zip(part.van_days, found, strict=True):
        asked = [(piece.site, piece.people) for piece in pieces]
        fit = fit_amounts(instance, *van_day, asked, left)
        if fit is not None:
            changed[van_day] = fit
            left.subtract(Plan(routes=(fit,)).served())
    return changed


def _plan(routes: Routes) -> Plan:
    return Plan(
        routes=tuple(routes[van_day] for van_day in sorted(routes, key=lambda v: (v[1], v[0])))
    )


def _rank(instance: Instance, plan: Plan, options: SolveOptions) -> tuple[int, float, int]:
    """Required sites first, then the objective, then less driving."""
    worth = score(instance, plan)
    return -num_missed(plan, options.required), worth.objective, -worth.drive_s
