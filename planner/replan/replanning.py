"""What remains of a weekend planned again when something has gone wrong.

The past stands, as many published promises as possible are kept, then as many people as possible
are recorded. What a promise is stands in docs/decisions/promises.md.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Unpack

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan, Result, Status, withdraw_bounds
from planner.promise import Promise, is_kept, list_promises
from planner.replan.apply_disruption import apply_disruption
from planner.replan.build_remaining_instance import build_remaining_instance
from planner.replan.chains import Chain, build_services
from planner.replan.disruption import Disruption, check_names
from planner.replan.keep import check_plan, check_plan_names
from planner.replan.past import changed_past_stops
from planner.replan.promise_assignment import assign_promises
from planner.replan.remaining_route import (
    RemainingRoute,
    extend_stays,
    fill_people,
    join_past,
    people_left,
)
from planner.replan.van_state import VanState, find_van_states
from planner.solvers import DEFAULT, Limits, SearchArguments, solve_with_duals

MIN_SEARCH_SHARE = 0.4
"""So large a share of the time limit is spent on more people, however long promises take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanResult:
    """A plan for what remains of the weekend, with its past.

    Attributes
    ----------
    instance
        As it is after the disruption; the plan keeps its rules.
    promises
        Everything that was published.
    kept
        What of it the plan keeps; no plan keeps more, unless a detour is quicker than the direct
        road.
    """

    instance: Instance
    result: Result
    promises: tuple[Promise, ...]
    kept: tuple[Promise, ...]


def replan(
    instance: Instance,
    plan: Plan,
    disruption: Disruption,
    promises: Sequence[Promise],
    **search: Unpack[SearchArguments],
) -> ReplanResult:
    """A plan with the same past, the most promises kept, and then the most people recorded.

    Parameters
    ----------
    plan
        Keeps the rules of the instance.
    promises
        What was published of the plan; see `planner.promise.list_promises`.

    Raises
    ------
    InputError
        Where the disruption names a van or a site that is not in the instance, or the plan breaks
        a rule.
    """
    check_names(instance, disruption)
    check_plan(instance, plan)
    now = find_van_states(instance, plan, disruption)
    changed, now = apply_disruption(instance, disruption, now)
    replanned = _replan(changed, plan, now, tuple(promises), search)
    if changed_stops := changed_past_stops(plan, replanned.result.plan, disruption):
        raise RuntimeError(f"the new plan changes the past: {changed_stops[0]}")
    return replanned


def keep_promises(
    instance: Instance, plan: Plan, **search: Unpack[SearchArguments]
) -> ReplanResult:
    """A plan that keeps the most of another's places and hours, whichever van comes.

    Parameters
    ----------
    plan
        May break rules of the instance, as one does that was made for more vans.

    Raises
    ------
    InputError
        Where the plan names a van or a site that is not in the instance.
    """
    check_plan_names(instance, plan)
    eve = Disruption(day=min(instance.dates), time_s=-1)
    promises = list_promises(plan, {stop.site_id for _, stop in plan.stops()})
    return _replan(instance, plan, find_van_states(instance, plan, eve), promises, search)


def _replan(
    instance: Instance,
    plan: Plan,
    now: Sequence[VanState],
    promises: tuple[Promise, ...],
    search: SearchArguments,
) -> ReplanResult:
    """The promises assigned first, then what is left to decide solved around them."""
    begin_s = time.monotonic()
    chains = _assign_open_promises(instance, plan, now, promises)
    safe = fill_people(instance, [*_routes_of_chains(now, chains)])
    remaining_instance = build_remaining_instance(instance, safe, chains)
    status, remaining = Status.OPTIMAL, safe
    if remaining_instance is not None:
        spent_s = time.monotonic() - begin_s
        search["limits"] = limits_after(search.get("limits"), spent_s)
        result = solve_with_duals(
            remaining_instance.instance,
            start=remaining_instance.start(),
            required=frozenset(remaining_instance.promised),
            routes=remaining_instance.planned_routes(),
            with_duals=False,
            **search,
        ).result
        status, remaining = result.status, remaining_instance.read_back(result.plan, safe)
    best = _best_plan(instance, (remaining, safe), promises)
    worth = score(instance, best)
    return ReplanResult(
        instance=instance,
        result=withdraw_bounds(
            Result(
                plan=best,
                people=worth.people,
                objective=worth.objective,
                status=status,
                seed=search.get("seed", 0),
                solver=search.get("solver", DEFAULT),
            )
        ),
        promises=promises,
        kept=tuple(promise for promise in promises if is_kept(best, promise)),
    )


def limits_after(limits: Limits | None, spent_s: float) -> Limits | None:
    """The limits after some seconds for the promises; a share of the time is left in any case.

    Whoever waits does not care what the time is spent on.
    """
    if limits is None or limits.time_limit_s is None:
        return limits
    whole_s = limits.time_limit_s
    return replace(limits, time_limit_s=max(MIN_SEARCH_SHARE * whole_s, whole_s - spent_s))


def _assign_open_promises(
    instance: Instance, plan: Plan, now: Sequence[VanState], promises: Sequence[Promise]
) -> tuple[Chain, ...]:
    """How the promises are kept that no stop past or begun keeps already."""
    past = [(state.date, stop) for state in now for stop in state.past_stops]
    open_promises = [
        promise
        for promise in promises
        if not any(day == promise.date and promise.is_kept_by(stop) for day, stop in past)
    ]
    left = people_left(instance, (stop for _, stop in past))
    return assign_promises(instance, now, build_services(plan, open_promises), left)


def _routes_of_chains(now: Sequence[VanState], chains: Sequence[Chain]) -> Iterator[RemainingRoute]:
    """Just the promises, for each van-day."""
    by_van_day = {chain.van_state.van_day: chain for chain in chains}
    for state in now:
        idle = RemainingRoute(van_state=state, stops=(), break_start_s=state.break_start_s)
        yield by_van_day.get(state.van_day, idle)


def _best_plan(
    instance: Instance,
    options: Sequence[Sequence[RemainingRoute]],
    promises: Sequence[Promise],
) -> Plan:
    """Of the plans that keep the rules that with the most promises, then the highest objective.

    Where what remains was solved on drives that are no shortest ones, its plan may not fit behind
    the past; the promises alone always do.
    """

    def value(plan: Plan) -> tuple[int, float]:
        return sum(is_kept(plan, promise) for promise in promises), score(instance, plan).objective

    plans = []
    for remaining in options:
        filled = fill_people(instance, remaining)
        plans += [join_past(instance, extend_stays(instance, filled)), join_past(instance, filled)]
    sound = [plan for plan in plans if not violations(instance, plan)]
    if not sound:
        raise RuntimeError(f"no plan keeps the rules: {violations(instance, plans[-1])[0]}")
    return max(sound, key=value)
