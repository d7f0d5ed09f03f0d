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
from planner.replan.chains import Chain, services
from planner.replan.changed import changed_instance
from planner.replan.disruption import News, check_names
from planner.replan.keep import check_plan_names, keep_routes
from planner.replan.past import touched
from planner.replan.promise_assignment import most_kept
from planner.replan.remaining_route import Rest, filled, people_left, stretched, whole_plan
from planner.replan.residual_instance import Remainder, put_back, remainder
from planner.replan.van_state import Standing, standings
from planner.solvers import DEFAULT, Limits, Progress, solve_with_duals

__all__ = [
    "News",
    "Replanned",
    "check_plan_names",
    "keep_promises",
    "keep_routes",
    "replan",
]


LEAST_LEFT = 0.4
"""So large a share of the time limit is spent on more people, however long promises take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
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
    news: News,
    *,
    published: Collection[str],
    solver: str = DEFAULT,
    seed: int = 0,
    limits: Limits | None = None,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Replanned:
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
    check_names(instance, news)
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
    true, now = changed_instance(instance, news, standings(instance, plan, news))
    found = _planned_anew(
        true,
        plan,
        now,
        list_promises(plan, published),
        _Search(solver=solver, seed=seed, limits=limits, stop=stop, tell=tell),
    )
    if wrong := touched(plan, found.result.plan, news):
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
) -> Replanned:
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
    eve = News(day=min(instance.dates), time_s=-1)
    return _planned_anew(
        instance,
        plan,
        standings(instance, plan, eve),
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
        return replace(self.limits, time_limit_s=max(LEAST_LEFT * whole_s, whole_s - spent_s))


def _planned_anew(
    true: Instance,
    plan: Plan,
    now: Sequence[Standing],
    wanted: tuple[Promise, ...],
    search: _Search,
) -> Replanned:
    """The promises settled, then the rest solved around them."""
    begin_s = time.monotonic()
    chains = _chains(true, plan, now, wanted)
    safe = filled(true, [_rest(standing, chains) for standing in now])
    left = remainder(true, plan, now, safe, chains)
    status, rests = Status.OPTIMAL, safe
    if left is not None:
        found = solve_with_duals(
            left.instance,
            solver=search.solver,
            seed=search.seed,
            limits=search.left(time.monotonic() - begin_s),
            start=left.start,
            required=left.required,
            routes=_hints(left, plan),
            learning=False,
            stop=search.stop,
            tell=search.tell,
        )
        status, rests = found.result.status, put_back(left, found.result.plan, safe)
    best = _best(true, plan, safe, rests, wanted)
    worth = score(true, best)
    return Replanned(
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


def _chains(
    true: Instance, plan: Plan, now: Sequence[Standing], wanted: Sequence[Promise]
) -> tuple[Chain, ...]:
    """How the promises are kept that no stop past or begun keeps already."""
    done = [(each.date, stop) for each in now for stop in each.done]
    open_ = [
        promise
        for promise in wanted
        if not any(day == promise.date and promise.is_kept_by(stop) for day, stop in done)
    ]
    left = people_left(true, (stop for _, stop in done))
    return most_kept(true, now, services(plan, open_), left, plan)


def _rest(standing: Standing, chains: Sequence[Chain]) -> Rest:
    for chain in chains:
        if chain.standing is standing:
            return Rest(standing=standing, stops=chain.stops, break_start_s=chain.break_start_s)
    return Rest(standing=standing, stops=(), break_start_s=standing.break_start_s)


def _hints(left: Remainder, plan: Plan) -> list[Route]:
    """What each van was to do, in the names of the rest."""
    names = {
        (each.stop.site_id, each.date, each.van_index): name for name, each in left.held.items()
    }
    found = []
    routes = {(route.van_id, route.date): route for route in plan.routes}
    for van_id, standing in left.standings.items():
        route = routes.get((standing.van(left.true).id, standing.date))
        if route is None:
            continue
        stops = tuple(
            replace(
                stop,
                site_id=names.get((stop.site_id, route.date, standing.van_index), stop.site_id),
            )
            for stop in route.stops[len(standing.done) :]
        )
        found.append(
            replace(
                route,
                van_id=van_id,
                stops=tuple(stop for stop in stops if stop.site_id in left.instance.site_index),
            )
        )
    return [route for route in found if route.stops]


def _best(
    true: Instance,
    before: Plan,
    safe: Sequence[Rest],
    found: Sequence[Rest],
    wanted: Sequence[Promise],
) -> Plan:
    """Of the plans that keep the rules that with the most promises, then the highest objective.

    Where the rest was solved on drives that are no shortest ones, its plan may not fit behind the
    past; the promises alone always do.
    """

    def worth(plan: Plan) -> tuple[int, float]:
        return sum(is_kept(plan, promise) for promise in wanted), score(true, plan).objective

    plans = [whole_plan(true, before, rests) for rests in _variants(true, safe, found)]
    sound = [plan for plan in plans if not violations(true, plan)]
    if not sound:
        problem = violations(true, plans[-1])[0]
        raise RuntimeError(f"no plan for the rest keeps the rules: {problem}")
    return max(sound, key=worth)


def _variants(
    true: Instance, safe: Sequence[Rest], found: Sequence[Rest]
) -> Iterator[Sequence[Rest]]:
    for rests in (found, safe):
        more = filled(true, rests)
        yield stretched(true, more)
        yield more
