"""The rest of a weekend planned anew when something has gone wrong.

The past stands, as many published promises as possible are kept, then as many people as possible
are recorded. What a promise is stands in docs/decisions/promises.md.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from planner.check import score, violations
from planner.errors import input_error
from planner.i18n.messages import say
from planner.model import Instance
from planner.plan import Plan, Result, Route, Status, withdraw_bounds
from planner.promise import Promise, is_kept, list_promises
from planner.replan.chains import Chain, build_services
from planner.replan.changed import changed_instance
from planner.replan.disruption import Disruption, check_names
from planner.replan.keep import check_plan_names, keep_routes
from planner.replan.past import changed_past_stops
from planner.replan.promise_assignment import assign_promises
from planner.replan.remaining_route import (
    RemainingRoute,
    extend_stays,
    fill_people,
    join_past,
    people_left,
)
from planner.replan.residual_instance import ResidualInstance, build_residual, read_back
from planner.replan.van_state import VanState, find_van_states
from planner.solvers import DEFAULT, Limits, Progress, solve_with_duals

__all__ = [
    "Disruption",
    "ReplanResult",
    "check_plan_names",
    "keep_promises",
    "keep_routes",
    "replan",
]


MIN_SEARCH_SHARE = 0.4
"""So large a share of the time limit is spent on more people, however long promises take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanResult:
    """A plan for the rest of the weekend, with its past.

    Attributes
    ----------
    instance
        As it is after the news; the plan keeps its rules.
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

    @property
    def dropped(self) -> tuple[Promise, ...]:
        """What cannot be kept any more beside the rest."""
        return tuple(promise for promise in self.promises if promise not in self.kept)


def replan(
    instance: Instance,
    plan: Plan,
    disruption: Disruption,
    *,
    published: Collection[str],
    solver: str = DEFAULT,
    seed: int = 0,
    limits: Limits | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> ReplanResult:
    """A plan with the same past, the most promises kept, and then the most people found.

    Parameters
    ----------
    plan
        Keeps the rules of the instance.
    published
        Ids of the sites whose stops in the plan are promises.
    solver, seed, limits, stop, tell
        Of the search for more people, as of `planner.solvers.solve_with_duals`.

    Raises
    ------
    InputError
        Where the news name a van or a site that is not in the instance, or the plan breaks a rule.
    """
    check_names(instance, disruption)
    if problems := violations(instance, plan):
        raise input_error(
            say("plan"),
            say(
                "breaks {count} rules, first {problem}",
                count=len(problems),
                problem=problems[0].message,
            ),
            say("mend the plan"),
        )
    true, now = changed_instance(instance, disruption, find_van_states(instance, plan, disruption))
    found = _replan_around(
        true,
        plan,
        now,
        list_promises(plan, published),
        _Search(solver=solver, seed=seed, limits=limits, stop=stop, tell=tell),
    )
    if wrong := changed_past_stops(plan, found.result.plan, disruption):
        raise RuntimeError(f"the new plan changes the past: {wrong[0]}")
    return found


def keep_promises(
    instance: Instance,
    plan: Plan,
    *,
    solver: str = DEFAULT,
    seed: int = 0,
    limits: Limits | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> ReplanResult:
    """A plan that keeps the most of another's places and hours, whichever van comes.

    Parameters
    ----------
    plan
        May break rules of the instance, as one does that was made for more vans.
    solver, seed, limits, stop, tell
        As of `replan`.

    Raises
    ------
    InputError
        Where the plan names a van or a site that is not in the instance.
    """
    check_plan_names(instance, plan)
    eve = Disruption(day=min(instance.dates), time_s=-1)
    return _replan_around(
        instance,
        plan,
        find_van_states(instance, plan, eve),
        list_promises(plan, {stop.site_id for _, stop in plan.stops()}),
        _Search(solver=solver, seed=seed, limits=limits, stop=stop, tell=tell),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """How more people are looked for."""

    solver: str
    seed: int
    limits: Limits | None
    stop: Callable[[], bool]
    tell: Callable[[Progress], None]

    def left(self, spent_s: float) -> Limits | None:
        """The limits after some seconds for the promises; a share of the time is left in any case.

        Whoever waits does not care what the time is spent on.
        """
        if self.limits is None or self.limits.time_limit_s is None:
            return self.limits
        whole_s = self.limits.time_limit_s
        return replace(self.limits, time_limit_s=max(MIN_SEARCH_SHARE * whole_s, whole_s - spent_s))


def _replan_around(
    true: Instance,
    plan: Plan,
    now: Sequence[VanState],
    wanted: tuple[Promise, ...],
    search: _Search,
) -> ReplanResult:
    """The promises settled, then the rest solved around them."""
    begin_s = time.monotonic()
    chains = _assign_chains(true, plan, now, wanted)
    safe = fill_people(true, [_remaining_route(van_state, chains) for van_state in now])
    left = build_residual(true, plan, now, safe, chains)
    status, remaining_routes = Status.OPTIMAL, safe
    if left is not None:
        found = solve_with_duals(
            left.instance,
            solver=search.solver,
            seed=search.seed,
            limits=search.left(time.monotonic() - begin_s),
            start=left.start,
            required=left.required,
            routes=_hint_routes(left, plan),
            with_duals=False,
            stop=search.stop,
            tell=search.tell,
        )
        status, remaining_routes = found.result.status, read_back(left, found.result.plan, safe)
    best = _best_plan(true, plan, safe, remaining_routes, wanted)
    worth = score(true, best)
    return ReplanResult(
        instance=true,
        result=withdraw_bounds(
            Result(
                plan=best,
                people=worth.people,
                objective=worth.objective,
                status=status,
                seed=search.seed,
                solver=search.solver,
            )
        ),
        promises=wanted,
        kept=tuple(promise for promise in wanted if is_kept(best, promise)),
    )


def _assign_chains(
    true: Instance, plan: Plan, now: Sequence[VanState], wanted: Sequence[Promise]
) -> tuple[Chain, ...]:
    """How the promises are kept that no stop past or begun keeps already."""
    past_stops = [(each.date, stop) for each in now for stop in each.past_stops]
    open_ = [
        promise
        for promise in wanted
        if not any(day == promise.date and promise.is_kept_by(stop) for day, stop in past_stops)
    ]
    left = people_left(true, (stop for _, stop in past_stops))
    return assign_promises(true, now, build_services(plan, open_), left, plan)


def _remaining_route(van_state: VanState, chains: Sequence[Chain]) -> RemainingRoute:
    for chain in chains:
        if chain.van_state is van_state:
            return RemainingRoute(
                van_state=van_state, stops=chain.stops, break_start_s=chain.break_start_s
            )
    return RemainingRoute(van_state=van_state, stops=(), break_start_s=van_state.break_start_s)


def _hint_routes(left: ResidualInstance, plan: Plan) -> list[Route]:
    """What each van was to do, in the names of the rest."""
    names = {
        (each.stop.site_id, each.date, each.van_index): name for name, each in left.held.items()
    }
    found = []
    routes = {(route.van_id, route.date): route for route in plan.routes}
    for van_id, van_state in left.van_states.items():
        route = routes.get((van_state.van(left.true).id, van_state.date))
        if route is None:
            continue
        stops = tuple(
            replace(
                stop,
                site_id=names.get((stop.site_id, route.date, van_state.van_index), stop.site_id),
            )
            for stop in route.stops[len(van_state.past_stops) :]
        )
        found.append(
            replace(
                route,
                van_id=van_id,
                stops=tuple(stop for stop in stops if stop.site_id in left.instance.site_index),
            )
        )
    return [route for route in found if route.stops]


def _best_plan(
    true: Instance,
    before: Plan,
    safe: Sequence[RemainingRoute],
    found: Sequence[RemainingRoute],
    wanted: Sequence[Promise],
) -> Plan:
    """Of the plans that keep the rules that with the most promises, then the highest objective.

    Where the rest was solved on drives that are no shortest ones, its plan may not fit behind the
    past; the promises alone always do.
    """

    def worth(plan: Plan) -> tuple[int, float]:
        return sum(is_kept(plan, promise) for promise in wanted), score(true, plan).objective

    plans = [
        join_past(true, before, remaining_routes)
        for remaining_routes in _candidate_routes(true, safe, found)
    ]
    sound = [plan for plan in plans if not violations(true, plan)]
    if not sound:
        problem = violations(true, plans[-1])[0]
        raise RuntimeError(f"no plan for the rest keeps the rules: {problem}")
    return max(sound, key=worth)


def _candidate_routes(
    true: Instance, safe: Sequence[RemainingRoute], found: Sequence[RemainingRoute]
) -> Iterator[Sequence[RemainingRoute]]:
    for remaining_routes in (found, safe):
        more = fill_people(true, remaining_routes)
        yield extend_stays(true, more)
        yield more
