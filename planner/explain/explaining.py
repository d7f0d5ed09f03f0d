"""Puts together why a place has no stop in a plan, or why it has the one it has."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from planner.district import Venue
from planner.explain.counterfactual import (
    SLACK,
    Cost,
    Counterfactual,
    ExplainContext,
    Loss,
    cost,
    has_stop_at,
    losses,
    restrict_to_van_day,
    with_closed_site,
)
from planner.explain.feasibility import (
    Feasibility,
    Obstacle,
    SiteFeasibility,
    Trial,
    site_feasibility,
)
from planner.explain.minimal_change import (
    PARAMETER_STEPS,
    MinimalChange,
    Parameter,
    Step,
    find_minimal_change,
)
from planner.explain.reasons import CODE_OF_OBSTACLE, CODE_OF_REASON, Code
from planner.horizon import Horizon, LeftOut, LeftOutReason
from planner.plan import Plan, Result, Route, Stop
from planner.solvers import SolveReport

MOST_OTHERS = 8
"""Other van-days that a stop is compared with: those of its date first."""

_HELPING = {
    Obstacle.WINDOW: {Parameter.HOURS},
    Obstacle.SHIFT: {Parameter.HOURS, Parameter.SHIFT},
    Obstacle.BREAK: {Parameter.HOURS, Parameter.SHIFT},
}
"""Parameters that can make a stop possible, by what keeps the van away that lacks least."""


@dataclass(frozen=True, kw_only=True)
class ForcedVisit:
    """The best plan found with a stop at a place, and what it costs.

    Attributes
    ----------
    stops
        At the place, each with its route.
    losses
        Places that get fewer people than in the plan that is explained.
    """

    result: Result
    cost: Cost
    stops: tuple[tuple[Route, Stop], ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another van or date for a stop that the plan makes.

    Attributes
    ----------
    trial
        Where no stop was found there: what came of going straight.
    cost
        Where one was found, against the plan as it is.
    """

    van_id: str
    date: date
    trial: Trial
    cost: Cost | None = None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a place has no stop, or has one.

    Attributes
    ----------
    proven
        Whether the reason is proven; else it rests on what was found in the time there was.
    people
        Of the plan that is explained.
    expected
        People expected there; 0 where that is not known.
    least
        Proven: a plan with a stop there is worth at least so much less; 0 where nothing is.
    left_out
        Where the place is no site of the weekend.
    possibility
        What came of every van-day, where the place is a site.
    forced
        The best plan found with a stop there, where one was made.
    changes, searched
        The smallest changes that would bring it in, and whether all are found that there are.
    restriction_lifted, unrestricted
        Of a place that is refused or closed: whether a plan was made as if it were not, and that
        plan if it goes there.
    others
        Of a stop that is made: other vans and dates.
    without
        Of a stop that is made: what is lost if nobody goes there.
    """

    venue: Venue
    code: Code
    proven: bool
    people: int
    expected: int = 0
    least: float = 0.0
    left_out: LeftOut | None = None
    site_feasibility: SiteFeasibility | None = None
    forced: ForcedVisit | None = None
    changes: tuple[MinimalChange, ...] = ()
    searched: bool = False
    restriction_lifted: bool = False
    unrestricted: ForcedVisit | None = None
    others: tuple[Other, ...] = ()
    without: Cost | None = None


def explain_omissions(horizon: Horizon, context: ExplainContext) -> tuple[Explanation, ...]:
    """Every place without a stop, with its reason as far as no further solve is needed."""
    people = context.result.people
    sites = zip(horizon.venues, horizon.instance.sites, strict=True)
    return (
        *(_explain_no_site(item, people) for item in horizon.left_out),
        *(
            _quick_explanation(context, venue, site.expected)
            for venue, site in sites
            if not has_stop_at(context.plan, site.id)
        ),
    )


def explain(
    horizon: Horizon,
    context: ExplainContext,
    venue: Venue,
    *,
    lift_restriction: Callable[[Venue], Horizon | None] = lambda venue: None,
    parameter_steps: Sequence[Step] = PARAMETER_STEPS,
) -> Explanation:
    """All that `explain_progressively` says in the end."""
    *_, found = explain_progressively(
        horizon, context, venue, lift_restriction=lift_restriction, parameter_steps=parameter_steps
    )
    return found


def explain_progressively(
    horizon: Horizon,
    context: ExplainContext,
    venue: Venue,
    *,
    lift_restriction: Callable[[Venue], Horizon | None] = lambda venue: None,
    parameter_steps: Sequence[Step] = PARAMETER_STEPS,
) -> Iterator[Explanation]:
    """Why a place has no stop in the plan, or why it has the one it has, as it becomes known.

    First the reason, then the same with one smallest change more each time.

    Parameters
    ----------
    venue
        Any of the district.
    lift_restriction
        The weekend in which a refused or closed place is neither, or None where there is none.
    pulls
        Of the parameters that are tried.
    """
    if has_stop_at(context.plan, venue.id):
        yield _explain_visit(context, venue)
    elif venue.id not in horizon.instance.site_index:
        yield _explain_restricted(horizon, context, venue, lift_restriction)
    else:
        expected = horizon.instance.sites[horizon.instance.site_index[venue.id]].expected
        found = _quick_explanation(context, venue, expected)
        if found.site_feasibility is None:
            yield found
        elif found.site_feasibility.feasibility is Feasibility.IMPOSSIBLE:
            nearest = found.site_feasibility.nearest
            obstacle = nearest.obstacle if nearest else None
            helping = _HELPING.get(obstacle, set()) if obstacle else set()
            chosen = [step for step in parameter_steps if step.parameter in helping]
            yield from _add_changes(found, _begin_change_searches(context, venue.id, chosen))
        else:
            yield from _explain_omission(context, found, parameter_steps)


def _explain_restricted(
    horizon: Horizon,
    context: ExplainContext,
    venue: Venue,
    lift_restriction: Callable[[Venue], Horizon | None],
) -> Explanation:
    """Why a place is no site, and what would be if it were neither refused nor closed."""
    (item,) = (item for item in horizon.left_out if item.venue.id == venue.id)
    found = _explain_no_site(item, context.result.people)
    unrestricted = (
        lift_restriction(venue)
        if item.reason in {LeftOutReason.REFUSED, LeftOutReason.CLOSED}
        else None
    )
    if unrestricted is None:
        return found
    return replace(
        found,
        restriction_lifted=True,
        unrestricted=_visit_if_unrestricted(context, unrestricted, venue),
    )


def _explain_omission(
    context: ExplainContext, found: Explanation, parameter_steps: Sequence[Step]
) -> Iterator[Explanation]:
    """Why a site that could have a stop has none; its cost and changes are searched at once."""
    site_id = found.venue.id
    forced = context.begin(partial(_solve_with_stop, site_id=site_id))
    changes = _begin_change_searches(context, site_id, parameter_steps)
    found = _explain_outweighed(context, found, forced())
    if found.code is not Code.OUTWEIGHED:
        yield found
        return
    yield from _add_changes(found, changes)


def _solve_with_stop(context: ExplainContext, site_id: str) -> SolveReport:
    (found,) = context.solve_all(Counterfactual(instance=context.instance, site_id=site_id))
    return found


def _add_changes(
    found: Explanation, changes: Iterable[Callable[[], MinimalChange | None]]
) -> Iterator[Explanation]:
    yield found
    for wait_for in changes:
        change = wait_for()
        if change is not None:
            found = replace(found, changes=(*found.changes, _mark_proven(found, change)))
            yield found
    yield replace(found, searched=True)


def _mark_proven(found: Explanation, change: MinimalChange) -> MinimalChange:
    """The change, proven to be the smallest where it is one step and none is proven not to do."""
    return replace(change, proven=True) if change.steps == 1 and found.proven else change


def _begin_change_searches(
    context: ExplainContext, site_id: str, parameter_steps: Sequence[Step]
) -> list[Callable[[], MinimalChange | None]]:
    """Searches for the smallest changes, in the order of the steps; the longest begins first."""
    base = context.base.result
    known = max(
        [context.result.objective, *([] if has_stop_at(base.plan, site_id) else [base.objective])]
    )
    longest_first = sorted(parameter_steps, key=lambda step: step.parameter is not Parameter.SHIFT)
    begun = {
        step: context.begin(partial(find_minimal_change, site_id=site_id, step=step, known=known))
        for step in longest_first
    }
    return [begun[step] for step in parameter_steps]


def compare_visits(context: ExplainContext, here: str, there: str) -> ForcedVisit | None:
    """The best plan found that goes to one place and not to another; None where none was found."""
    (found,) = context.solve_all(
        Counterfactual(instance=with_closed_site(context.instance, here), site_id=there)
    )
    return (
        _forced_visit(context, there, found.result)
        if has_stop_at(found.result.plan, there)
        else None
    )


def _explain_no_site(item: LeftOut, people: int) -> Explanation:
    return Explanation(
        venue=item.venue,
        code=CODE_OF_REASON[item.reason],
        proven=True,
        people=people,
        expected=item.expected,
        left_out=item,
    )


def _quick_explanation(context: ExplainContext, venue: Venue, expected: int) -> Explanation:
    result = context.result
    if not expected:
        # What was a site may be deserted on the day itself.
        return _explain_no_site(LeftOut(venue=venue, reason=LeftOutReason.NOBODY), result.people)
    tried = site_feasibility(context.instance, venue.id)
    if tried.feasibility is Feasibility.IMPOSSIBLE:
        nearest = tried.nearest
        obstacle = nearest.obstacle if nearest else None
        code = CODE_OF_OBSTACLE[obstacle] if obstacle else Code.NO_DATE
        return Explanation(
            venue=venue,
            code=code,
            proven=True,
            people=result.people,
            expected=expected,
            site_feasibility=tried,
        )
    bound = context.base.site_bounds.get(venue.id)
    least = 0.0 if bound is None else max(0.0, result.objective - bound)
    open_ = tried.feasibility is Feasibility.OPEN
    return Explanation(
        venue=venue,
        code=Code.UNSETTLED if open_ else Code.OUTWEIGHED,
        proven=least > SLACK,
        people=result.people,
        expected=expected,
        least=least,
        site_feasibility=tried,
    )


def _explain_outweighed(
    context: ExplainContext, found: Explanation, forced: SolveReport
) -> Explanation:
    """What a stop would cost; or that it was overlooked."""
    site_id, known = found.venue.id, context.result.objective
    best = max(
        (
            result
            for result in (forced.result, context.base.result)
            if has_stop_at(result.plan, site_id)
        ),
        key=lambda result: result.objective,
        default=None,
    )
    if best is None:
        impossible = forced.max_required == 0
        code = Code.IMPOSSIBLE if impossible else Code.UNSETTLED
        return replace(found, code=code, proven=impossible)
    if best.objective > known + SLACK:
        told = _forced_visit(context, site_id, best)
        return replace(found, code=Code.OVERLOOKED, proven=True, forced=told)
    other_bound = context.base.site_bounds.get(site_id)
    told = _forced_visit(context, site_id, forced.result, other_bound)
    return replace(
        found,
        code=Code.OUTWEIGHED,
        forced=told,
        proven=told.cost.proven,
        least=told.cost.least or 0.0,
    )


def _forced_visit(
    context: ExplainContext, site_id: str, result: Result, other_bound: float | None = None
) -> ForcedVisit:
    base = context.result
    return ForcedVisit(
        result=result,
        cost=cost(base, base.bound, result, other_bound),
        stops=_stops(result.plan, site_id),
        losses=losses(context.plan, result.plan),
    )


def _stops(plan: Plan, site_id: str) -> tuple[tuple[Route, Stop], ...]:
    return tuple((route, stop) for route, stop in plan.stops() if stop.site_id == site_id)


def _visit_if_unrestricted(
    context: ExplainContext, unrestricted: Horizon, venue: Venue
) -> ForcedVisit | None:
    """The best plan found where a place is neither refused nor closed, if it goes there."""
    if venue.id not in unrestricted.instance.site_index:
        return None
    (report,) = context.solve_all(Counterfactual(instance=unrestricted.instance, site_id=venue.id))
    result = report.result
    known = max(context.result.objective, context.base.result.objective)
    goes_there = has_stop_at(result.plan, venue.id) and result.objective > known + SLACK
    return _forced_visit(context, venue.id, result) if goes_there else None


def _explain_visit(context: ExplainContext, venue: Venue) -> Explanation:
    """What other vans and dates, and no stop at all, would cost."""
    base, site_id = context.result, venue.id
    own = {(route.van_id, route.date) for route, _ in _stops(context.plan, site_id)}
    dates = {day for _, day in own}
    tried = site_feasibility(context.instance, site_id)
    trials = sorted(
        (trial for trial in tried.trials if (trial.van_id, trial.date) not in own),
        key=lambda trial: trial.date not in dates,
    )[:MOST_OTHERS]
    possible = [trial for trial in trials if trial.feasibility is not Feasibility.IMPOSSIBLE]
    limited = [
        restrict_to_van_day(context.instance, site_id, trial.van_id, trial.date)
        for trial in possible
    ]
    none, *found = context.solve_all(
        Counterfactual(instance=with_closed_site(context.instance, site_id)),
        *(Counterfactual(instance=each, site_id=site_id) for each in limited),
    )
    costs = {
        (trial.van_id, trial.date): cost(base, base.bound, report.result)
        for trial, report in zip(possible, found, strict=True)
        if has_stop_at(report.result.plan, site_id)
    }
    return Explanation(
        venue=venue,
        code=Code.VISITED,
        proven=False,
        people=base.people,
        expected=context.instance.sites[context.instance.site_index[site_id]].expected,
        site_feasibility=tried,
        forced=_forced_visit(context, site_id, base),
        others=tuple(
            Other(
                van_id=trial.van_id,
                date=trial.date,
                trial=trial,
                cost=costs.get((trial.van_id, trial.date)),
            )
            for trial in trials
        ),
        without=cost(base, base.bound, none.result),
    )
