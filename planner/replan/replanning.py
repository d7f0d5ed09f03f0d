"""What remains of a weekend planned again when something has gone wrong.

The past stands, as many published promises as possible are kept, then as many people as possible
are recorded. What a promise is stands in docs/decisions/promises.md.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Unpack

from planner.check import score
from planner.model import Instance
from planner.plan import Diversions, Plan, Result, Route, Status, Stop, withdraw_bounds
from planner.promise import Promise, kept_promises, list_promises, match_promises
from planner.replan.apply_disruption import apply_disruption
from planner.replan.build_remaining_instance import build_remaining_instance
from planner.replan.chains import Chain, Service, build_services
from planner.replan.disruption import Disruption, check_names
from planner.replan.keep import check_plan
from planner.replan.past import changed_past_stops
from planner.replan.plan_choice import MIN_GAIN, PlanChoice
from planner.replan.promise_assignment import assign_promises
from planner.replan.remaining_route import (
    RemainingRoute,
    fill_people,
    join_past,
    people_left,
)
from planner.replan.strike import strike_stops
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
    mended
        The old plan with what cannot be any more struck out; the plan is no worse.
    diversions
        Where vans are that were on the way to another place.
    """

    instance: Instance
    result: Result
    promises: tuple[Promise, ...]
    kept: tuple[Promise, ...]
    mended: Plan
    diversions: Diversions = field(default_factory=dict)


def replan(
    instance: Instance,
    plan: Plan,
    disruption: Disruption,
    promises: Sequence[Promise],
    *,
    min_gain: float = MIN_GAIN,
    **search: Unpack[SearchArguments],
) -> ReplanResult:
    """A plan with the same past, the most promises kept, and then the most people recorded.

    Without news it is the plan itself; it never has fewer promises or people than the plan mended.

    Parameters
    ----------
    plan
        Keeps the rules of the instance.
    promises
        What was published of the plan; see `planner.promise.list_promises`.
    min_gain
        Weighted people that a change must bring for each sheet and each call more than the plan
        mended needs; where it keeps more promises, it is made whatever it costs.

    Raises
    ------
    InputError
        Where the disruption names a van or a site that is not in the instance, or the plan breaks
        a rule.
    """
    check_names(instance, disruption)
    check_plan(instance, plan)
    promises = tuple(promises)
    if not disruption.is_news:
        return _as_before(instance, plan, promises, search)
    states = find_van_states(instance, plan, disruption)
    changed, now = apply_disruption(instance, disruption, states)
    is_same = (changed.sites, changed.vans) == (instance.sites, instance.vans)
    if is_same and not disruption.back:
        mended = join_past(changed, strike_stops(changed, now, promises))
        if mended == plan:
            return _as_before(instance, plan, promises, search)
    replanned = _replan(changed, plan, now, promises, min_gain, search)
    if changed_stops := changed_past_stops(plan, replanned.result.plan, disruption):
        raise RuntimeError(f"the new plan changes the past: {changed_stops[0]}")
    return replanned


def mend_plan(
    instance: Instance, plan: Plan, disruption: Disruption, promises: Sequence[Promise]
) -> Plan:
    """A plan with all struck out that cannot be after a disruption; nothing else changes."""
    changed, now = apply_disruption(
        instance, disruption, find_van_states(instance, plan, disruption)
    )
    return join_past(changed, strike_stops(changed, now, promises))


def strike_impossible(instance: Instance, plan: Plan) -> Plan:
    """A plan of other tables with all struck out that cannot be; every other stop has its hours.

    Vans and sites may be unknown to the instance.
    """
    promises = list_promises(plan, plan.served(), instance.min_stay_s)
    eve = Disruption(day=min(instance.dates), time_s=-1)
    states = find_van_states(instance, plan, eve)
    return join_past(instance, strike_stops(instance, states, promises))


def keep_promises(
    instance: Instance, plan: Plan, **search: Unpack[SearchArguments]
) -> ReplanResult:
    """A plan that keeps the most of another's places and hours, whichever van comes.

    Parameters
    ----------
    plan
        May break rules of the instance, as one does that was made for more vans or places.
    """
    eve = Disruption(day=min(instance.dates), time_s=-1)
    promises = list_promises(plan, plan.served(), instance.min_stay_s)
    known = Plan(routes=tuple(_without_unknown_sites(instance, plan)))
    return _replan(instance, known, find_van_states(instance, known, eve), promises, 0.0, search)


def _without_unknown_sites(instance: Instance, plan: Plan) -> Iterator[Route]:
    for route in plan.routes:
        stops = tuple(stop for stop in route.stops if stop.site_id in instance.site_index)
        yield replace(route, stops=stops)


def _replan(
    instance: Instance,
    plan: Plan,
    now: Sequence[VanState],
    promises: tuple[Promise, ...],
    min_gain: float,
    search: SearchArguments,
) -> ReplanResult:
    """The old plan mended, and what is better by enough: promises first, then people."""
    begin_s = time.monotonic()
    mended = strike_stops(instance, now, promises)
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
    comparison = PlanChoice(
        instance=instance, before=plan, promises=promises, min_gain=min_gain, mended=mended
    )
    best = comparison.choose((remaining, safe))
    replanned = _result(instance, best, comparison.mended_plan, promises, status, search)
    return replace(replanned, diversions=dict(_diversions(instance, now, best)))


def _diversions(
    instance: Instance, now: Sequence[VanState], plan: Plan
) -> Iterator[tuple[tuple[str, date, int], int]]:
    """Vans on the way to another place than the next one that the plan sends them to."""
    routes = {(route.van_id, route.date): route for route in plan.routes}
    for state in now:
        van, order = state.van(instance), len(state.past_stops)
        route = routes.get((van.id, state.date))
        if route is None:
            continue
        place = instance.depot_places[van.end]
        if order < len(route.stops):
            place = instance.site(route.stops[order].site_id).place
        if state.is_diverted(place):
            yield (van.id, state.date, order), state.place


def _as_before(
    instance: Instance, plan: Plan, promises: tuple[Promise, ...], search: SearchArguments
) -> ReplanResult:
    """Nothing changes."""
    return _result(instance, plan, plan, promises, Status.TIME_LIMIT, search)


def _result(
    instance: Instance,
    plan: Plan,
    mended: Plan,
    promises: tuple[Promise, ...],
    status: Status,
    search: SearchArguments,
) -> ReplanResult:
    worth = score(instance, plan)
    return ReplanResult(
        instance=instance,
        result=withdraw_bounds(
            Result(
                plan=plan,
                people=worth.people,
                objective=worth.objective,
                status=status,
                seed=search.get("seed", 0),
                solver=search.get("solver", DEFAULT),
            )
        ),
        promises=promises,
        kept=kept_promises(plan, promises),
        mended=mended,
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
    past = [(state, stop) for state in now for stop in state.past_stops]
    possible = [promise for promise in promises if promise.site_id in instance.site_index]
    services, others = [*build_services(plan, possible)], []
    for state, stop in past:
        own = next((s for s in services if _is_kept_by(s, state.van(instance).id, stop)), None)
        if own is None:
            others.append((state.date, stop))
        else:
            services.remove(own)
    for service, _ in match_promises(others, services, attrgetter("promise")):
        services.remove(service)
    left = people_left(instance, (stop for _, stop in past))
    return assign_promises(instance, now, services, left)


def _is_kept_by(service: Service, van_id: str, stop: Stop) -> bool:
    """Whether a past stop is the one that was to keep a promise, and has kept it."""
    planned = service.planned_stop
    return (
        planned is not None
        and (service.van_id, planned.setup_s) == (van_id, stop.setup_s)
        and service.promise.is_kept_by(stop)
    )


def _routes_of_chains(now: Sequence[VanState], chains: Sequence[Chain]) -> Iterator[RemainingRoute]:
    """Just the promises, for each van-day."""
    by_van_day = {chain.van_state.van_day: chain for chain in chains}
    for state in now:
        idle = RemainingRoute(van_state=state, stops=(), break_start_s=state.break_start_s)
        yield by_van_day.get(state.van_day, idle)
