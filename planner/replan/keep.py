"""A plan around routes that somebody has settled."""

from collections.abc import Collection
from typing import Unpack

from planner.check import violations, with_plan
from planner.errors import InputError
from planner.model import Instance
from planner.plan import Plan, Result, withdraw_bounds
from planner.solvers import SearchArguments, solve
from planner.solvers.fixing import residual_instance
from planner.violation import Rule


def keep_routes(instance: Instance, plan: Plan, **search: Unpack[SearchArguments]) -> Result:
    """The routes of a plan as they are, and the best around them.

    Parameters
    ----------
    plan
        Van-days that it has a route for are settled; all others are free.

    Returns
    -------
    Result
        Without a bound: one that holds for all plans is not known.

    Raises
    ------
    InputError
        Where the plan breaks rules, with all of them.
    """
    check_plan(instance, plan)
    result = solve(residual_instance(instance, plan), **search)
    merged = instance.make_plan((*plan.routes, *result.plan.routes))
    return withdraw_bounds(with_plan(instance, result, merged))


def check_plan(instance: Instance, plan: Plan, *, rules: Collection[Rule] = tuple(Rule)) -> None:
    """Nothing, where a plan keeps rules.

    Raises
    ------
    InputError
        With everything that breaks them.
    """
    broken = [violation for violation in violations(instance, plan) if violation.rule in rules]
    if broken:
        raise InputError(violation.problem() for violation in broken)
