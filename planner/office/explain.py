"""Saying why a place is left out of a plan, or why a stop is as it is."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from planner.district import Neighbourhood, Venue
from planner.errors import InputError, MissingPlanError, Mistake, input_error
from planner.explain.context import ExplainContext
from planner.explain.explainer import (
    explain_omissions,
    explain_progressively,
    has_people_left,
)
from planner.explain.explanation import Explanation, ForcedVisit
from planner.explain.lifted_restriction import without_restriction
from planner.explain.neighbourhood import NeighbourhoodExplanation, explain_neighbourhood
from planner.explain.neighbourhood_writer import NeighbourhoodWriter
from planner.explain.visit import compare_visits, explain_past_visit
from planner.explain.what_if_changes import what_if_changes
from planner.explain.writer import ExplanationWriter
from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.inputs.lookup import find_neighbourhoods, find_venue
from planner.office.district_folder import read_district
from planner.office.empty_plan import is_empty_best
from planner.office.hours_left import look_ahead, remarks
from planner.office.listener import SILENT, Listener
from planner.office.search import Search, prepare_solver
from planner.office.week_plan import WeekPlan, open_horizon, read_valid_plan
from planner.plan import Plan, Result, Status
from planner.scenarios import AddPoint, build_changed_horizon
from planner.solvers import (
    DEFAULT,
    Limits,
    SolveReport,
    num_cores,
    solve_with_duals,
)
from planner.solvers.parallel import solve_pool
from planner.store.solve_cache import keep_report, read_report
from planner.store.user_cache import user_cache

__all__ = [
    "Explanation",
    "ExplanationWriter",
    "NeighbourhoodExplanation",
    "NeighbourhoodWriter",
    "compare_places",
    "explain_homes",
    "explain_left_out",
    "explain_place",
    "find_homes",
    "find_place",
    "read_plan_to_explain",
    "remarks",
    "what_if_changes",
]

ANSWER_S = 7.0
"""Seconds for an answer from when it is asked for, where nobody says how long it may take."""

LEAST_SHARE = 0.5
"""Of that time at least, for the answer once the tables are read, on however slow a machine."""

BASE_SHARE, EACH_SHARE = 0.4, 0.1
"""Of that time at most, for the plan itself where nobody has analysed it yet, and for each of the
small solves, most of which begin with a good plan."""


def read_plan_to_explain(
    folder: Path, week: str, *, cache: Path | None = None, listener: Listener = SILENT
) -> WeekPlan:
    """The plan in force; where there is none as no visit is worth the drive, the empty one.

    After a change on the day itself, what is left of it from then on.

    Raises
    ------
    MissingPlanError
        Where the week has no plan but could have one.
    InputError
        Where the plan breaks a rule with the tables as they are now.
    """
    try:
        return look_ahead(read_valid_plan(folder, week, cache=cache, listener=listener))
    except MissingPlanError:
        horizon = open_horizon(read_district(folder), week, cache=cache, listener=listener)
        if not is_empty_best(horizon):
            raise
        result = Result(
            plan=Plan(), people=0, objective=0.0, status=Status.OPTIMAL, seed=0, solver=DEFAULT
        )
        return WeekPlan(horizon=horizon, result=result)


def explain_left_out(
    plan: WeekPlan,
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Sequence[Explanation]:
    """Why each place without a stop has none, in short.

    Parameters
    ----------
    search
        Of the analysis of the plan, which takes a share of its time limit.
    cache
        Folder of reports of solvers; None = that of the user.
    """
    with _context(plan, replace(search or Search(), processes=1), cache, listener) as context:
        left_out = explain_omissions(plan.horizon, context)
    visited = (plan.whole or plan).plan.served()
    return tuple(why for why in left_out if why.venue.id not in visited)


def explain_place(
    plan: WeekPlan,
    place: Venue | str,
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Iterator[Explanation]:
    """Why a place has no stop, or the stop it has; the same more fully as more becomes known.

    Parameters
    ----------
    place
        Its id or name may be given.
    search
        Its time limit is that of the whole answer, from when it was asked for; None = 7 seconds.
    cache
        Folder of prepared roads and of reports of solvers; None = that of the user.

    Raises
    ------
    InputError
        Where no place has that name.
    """
    venue = find_place(plan, place) if isinstance(place, str) else place
    if past := _past_visit(plan, venue):
        yield past
        return
    with _context(plan, search or Search(), cache, listener) as context:
        yield from explain_progressively(
            plan.horizon, context, venue, _lift_restriction(plan, cache)
        )


def _past_visit(plan: WeekPlan, venue: Venue) -> Explanation | None:
    """The stop that a place has had, where nobody is left to come there; else None."""
    instance, whole = plan.horizon.instance, plan.whole
    if whole is None or venue.id in plan.plan.served() or venue.id not in whole.plan.served():
        return None
    if has_people_left(instance.site(venue.id)):
        return None
    return explain_past_visit(whole.horizon.instance, whole.result, venue)


def find_homes(plan: WeekPlan, name: str) -> tuple[Neighbourhood, ...]:
    """The rows of an RT, RW or kelurahan; none where a place has that name, or nothing has.

    Raises
    ------
    InputError
        Where several kelurahan have one of that name.
    """
    district = plan.horizon.district
    with suppress(Mistake):
        find_venue(district, name)
        return ()
    try:
        return find_neighbourhoods(district, name)
    except Mistake as mistake:
        raise InputError([mistake.at("PLACE")]) from None


def explain_homes(
    plan: WeekPlan,
    homes: Sequence[Neighbourhood],
    name: str,
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> Iterator[NeighbourhoodExplanation]:
    """Where the people of a neighbourhood could go; then what a point of their own would change.

    Parameters
    ----------
    homes, name
        Its rows, and how it was asked for.
    search, cache
        As of `explain_place`.
    """

    def add_own_point() -> tuple[Horizon, str] | None:
        if plan.source is not None and plan.source.has_changes:
            return None
        change = AddPoint(target=name)
        try:
            return build_changed_horizon(plan.horizon, change, cache or user_cache()), name
        except InputError:
            # Where there is no point yet, nothing says what one of its own would be like.
            return None

    with _context(plan, search or Search(), cache, listener) as context:
        whole = plan.whole or plan
        yield from explain_neighbourhood(whole.horizon, whole.plan, context, homes, add_own_point)


def compare_places(
    plan: WeekPlan,
    stopped_at: Venue,
    left_out: Venue,
    *,
    search: Search | None = None,
    cache: Path | None = None,
    listener: Listener = SILENT,
) -> ForcedVisit | None:
    """What it would cost to stop at one place and not at another; None where no plan does.

    Parameters
    ----------
    search, cache
        As of `explain_place`.
    """
    with _context(plan, search or Search(), cache, listener) as context:
        return compare_visits(context, stopped_at.id, left_out.id)


def find_place(plan: WeekPlan, name: str, where: str = "PLACE") -> Venue:
    """The place of an id or a name.

    Parameters
    ----------
    where
        As the person knows what was asked for.

    Raises
    ------
    InputError
        Where no place has it.
    """
    try:
        return find_venue(plan.horizon.district, name)
    except Mistake as mistake:
        raise InputError([mistake.at(where)]) from None


def find_stopped_at(plan: WeekPlan, name: str, other: Venue, where: str) -> Venue:
    """The place of an id or a name at which the plan stops, and which is not the other one.

    Raises
    ------
    InputError
        Where there is none.
    """
    venue = find_place(plan, name, where)
    if venue == other or venue.id not in plan.plan.served():
        what = say("'{name}' is not another place with a stop", name=venue.name)
        raise input_error(where, what, say("name a place that the plan visits"))
    return venue


def _lift_restriction(plan: WeekPlan, cache: Path | None) -> Callable[[Venue], Horizon | None]:
    """What would be without a refusal or a closure; on the day itself nobody knows any more."""
    if plan.source is not None and plan.source.has_changes:
        return lambda venue: None
    return partial(without_restriction, plan.horizon, cache=cache or user_cache())


@contextmanager
def _context(
    plan: WeekPlan,
    search: Search,
    cache: Path | None,
    listener: Listener,
) -> Iterator[ExplainContext]:
    """What explanations stand on: a report on the plan, and processes for more solves."""
    instance = plan.horizon.instance
    # Whoever asks for a solver, a seed or an end of his own is not answered from memory.
    base = read_report(instance, plan.plan, cache) if search.is_usual else None
    processes = search.processes or num_cores()
    if base is None or processes == 1:
        prepare_solver(search.solver, listener)
    limits = search.limits(ANSWER_S)
    ends_s = _ends_s(limits, listener)
    with solve_pool(processes, {search.solver}, listener.stop) as pool:
        if base is None:
            base = _analyse(plan, search, listener)
            if search.is_usual:
                keep_report(instance, plan.plan, base, cache)
        yield ExplainContext(
            instance=instance,
            plan=plan.plan,
            base=base,
            limits=_share(limits, EACH_SHARE),
            pool=pool,
            stop=listener.stop,
            ends_s=ends_s,
            seed=search.seed_or(plan.horizon.district.seed),
            solver=search.solver,
            params=search.params_or(plan.horizon.district),
        )


def _analyse(plan: WeekPlan, search: Search, listener: Listener) -> SolveReport:
    """What a longer look at a plan tells."""
    stage = say("Analysing the plan …")
    listener.stage(stage, 0.0)
    report = solve_with_duals(
        plan.horizon.instance,
        solver=search.solver,
        seed=search.seed_or(plan.horizon.district.seed),
        limits=_share(search.limits(ANSWER_S), BASE_SHARE),
        params=search.params_or(plan.horizon.district),
        start=plan.plan,
        stop=listener.stop,
    )
    listener.stage(stage, 1.0)
    return report


def _ends_s(limits: Limits, listener: Listener) -> float | None:
    """When the time for an answer is over; None = never."""
    if limits.time_limit_s is None:
        return None
    now_s = time.monotonic()
    begin_s = now_s if listener.begin_s is None else listener.begin_s
    return max(begin_s + limits.time_limit_s, now_s + LEAST_SHARE * limits.time_limit_s)


def _share(limits: Limits, share: float) -> Limits:
    """Limits with a share of their time."""
    if limits.time_limit_s is None:
        return limits
    return replace(limits, time_limit_s=share * limits.time_limit_s)
