"""Explains a place: why it has no stop in a plan and what would bring it in, or why it has one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from planner.analysis.gain import SLACK
from planner.district import Venue
from planner.explain.context import Counterfactual, ExplainContext
from planner.explain.explanation import Explanation, ForcedVisit, describe_visit
from planner.explain.feasibility import (
    Feasibility,
    Obstacle,
    site_feasibility,
)
from planner.explain.minimal_change import MinimalChange, find_minimal_change
from planner.explain.parameters import STEPS, Parameter, Step
from planner.explain.reasons import Code
from planner.explain.visit import explain_visit
from planner.horizon import Horizon, LeftOut, LeftOutReason
from planner.model import Site
from planner.solvers import SolveReport

_HELPFUL = {
    Obstacle.WINDOW: {Parameter.HOURS},
    Obstacle.SHIFT: {Parameter.HOURS, Parameter.SHIFT},
    Obstacle.BREAK: {Parameter.HOURS, Parameter.SHIFT},
}
"""Parameters that can make a stop feasible, by what keeps the van away that lacks least."""

LiftRestriction = Callable[[Venue], Horizon | None]
"""The weekend in which a refused or closed place is neither, or None where there is none."""


def explain_omissions(horizon: Horizon, context: ExplainContext) -> tuple[Explanation, ...]:
    """Every place without a stop, with its reason as far as no further solve is needed."""
    people, served = context.result.people, context.plan.served()
    return (
        *(summarise_excluded(item, people) for item in horizon.left_out),
        *(summarise_omission(context, venue) for venue in horizon.venues if venue.id not in served),
    )


def explain_progressively(
    horizon: Horizon,
    context: ExplainContext,
    venue: Venue,
    lift_restriction: LiftRestriction,
) -> Iterator[Explanation]:
    """Why a place has no stop in the plan, or why it has the one it has, as it becomes known.

    First the reason, then the same with one minimal change more each time.

    Parameters
    ----------
    venue
        Any of the district.
    lift_restriction
        The weekend in which a refused or closed place is neither, or None where there is none.
    """
    if venue.id in context.plan.served():
        yield explain_visit(context, venue)
    elif venue.id not in horizon.instance.site_index:
        yield explain_excluded(horizon, context, venue, lift_restriction)
    else:
        yield from explain_omission(context, venue)


def explain_excluded(
    horizon: Horizon, context: ExplainContext, venue: Venue, lift_restriction: LiftRestriction
) -> Explanation:
    """Why a place is no site, and what would be if it were neither refused nor closed."""
    (item,) = (item for item in horizon.left_out if item.venue.id == venue.id)
    why = summarise_excluded(item, context.result.people)
    if item.reason not in {LeftOutReason.REFUSED, LeftOutReason.CLOSED}:
        return why
    other = lift_restriction(venue)
    if other is None:
        return why
    visit = _visit_if_unrestricted(context, other, venue)
    return replace(why, restriction_lifted=True, unrestricted=visit)


def _visit_if_unrestricted(
    context: ExplainContext, horizon: Horizon, venue: Venue
) -> ForcedVisit | None:
    """The best plan found where a place is neither refused nor closed, if it goes there."""
    if venue.id not in horizon.instance.site_index:
        return None
    result = context.solve(Counterfactual(instance=horizon.instance, site_id=venue.id)).result
    best_worth = max(context.result.objective, context.base.result.objective)
    goes_there = venue.id in result.plan.served() and result.objective > best_worth + SLACK
    return describe_visit(context, venue.id, result) if goes_there else None


def summarise_excluded(item: LeftOut, people: int) -> Explanation:
    """The reason of a place that is no site; the people are those of the plan."""
    return Explanation(
        venue=item.venue,
        code=Code[item.reason.name],
        is_proven=True,
        people=people,
        expected=item.expected,
        left_out=item,
    )


def summarise_omission(context: ExplainContext, venue: Venue) -> Explanation:
    """The reason of a site without a stop, as far as no solve is needed."""
    result, site = context.result, context.instance.site(venue.id)
    expected = site.max_people
    if not has_people_left(site):
        # What was a site may be deserted on the day itself.
        return summarise_excluded(LeftOut(venue=venue, reason=LeftOutReason.NOBODY), result.people)
    trials = site_feasibility(context.instance, venue.id)
    why = Explanation(
        venue=venue,
        code=Code[trials.nearest_obstacle.name],
        is_proven=True,
        people=result.people,
        expected=expected,
        feasibility=trials,
    )
    if trials.verdict is Feasibility.IMPOSSIBLE:
        return why
    bound = context.base.site_bounds.get(venue.id)
    cost_bound = 0.0 if bound is None else max(0.0, result.objective - bound)
    is_open = trials.verdict is Feasibility.OPEN
    code = Code.UNSETTLED if is_open else Code.OUTWEIGHED
    return replace(why, code=code, is_proven=cost_bound > SLACK, cost_bound=cost_bound)


def has_people_left(site: Site) -> bool:
    """Whether enough people for a stop would come to a site that others are recorded at."""
    return site.max_people > 0 and not (site.recorded and site.max_people < site.min_people)


def explain_omission(context: ExplainContext, venue: Venue) -> Iterator[Explanation]:
    """Why a site has no stop, then the same with one minimal change more each time."""
    why = summarise_omission(context, venue)
    if why.feasibility is None:
        yield why
        return
    if why.feasibility.verdict is Feasibility.IMPOSSIBLE:
        helpful = _HELPFUL.get(why.feasibility.nearest_obstacle, ())
        steps = [step for step in STEPS if step.parameter in helpful]
        yield from _add_changes(context, why, _begin_searches(context, venue.id, steps))
        return
    # What would bring a stop in begins with what one costs.
    stop_there = Counterfactual(instance=context.instance, site_id=venue.id, is_headline=True)
    forced = context.solve(stop_there)
    why = _explain_outweighed(context, why, forced)
    if why.code is Code.OUTWEIGHED:
        yield from _add_changes(context, why, _begin_searches(context, venue.id, STEPS, forced))
    else:
        yield why


def _explain_outweighed(
    context: ExplainContext, why: Explanation, forced: SolveReport
) -> Explanation:
    """What a stop would cost; or that it was overlooked."""
    site_id = why.venue.id
    visiting = (
        result for result in (forced.result, context.base.result) if site_id in result.plan.served()
    )
    best = max(visiting, key=lambda result: result.objective, default=None)
    if best is None:
        impossible = forced.max_required == 0
        code = Code.IMPOSSIBLE if impossible else Code.UNSETTLED
        return replace(why, code=code, is_proven=impossible)
    if best.objective > context.result.objective + SLACK:
        visit = describe_visit(context, site_id, best)
        return replace(why, code=Code.OVERLOOKED, is_proven=True, forced=visit)
    visit = describe_visit(context, site_id, best, context.base.site_bounds.get(site_id))
    return replace(
        why,
        code=Code.OUTWEIGHED,
        forced=visit,
        is_proven=visit.cost.is_proven,
        cost_bound=visit.cost.lower_bound or 0.0,
    )


def _begin_searches(
    context: ExplainContext,
    site_id: str,
    steps: Sequence[Step],
    forced: SolveReport | None = None,
) -> list[Callable[[], MinimalChange | None]]:
    """Searches for minimal changes, in the order of the steps; the longest begins first."""
    base = context.base.result
    worth_without = context.result.objective
    if site_id not in base.plan.served():
        worth_without = max(worth_without, base.objective)
    longest_first = sorted(steps, key=lambda step: step.parameter is not Parameter.SHIFT)
    searches = {
        step: context.submit(
            partial(
                find_minimal_change,
                site_id=site_id,
                step=step,
                worth_without=worth_without,
                forced=forced,
            )
        )
        for step in longest_first
    }
    return [searches[step] for step in steps]


def _add_changes(
    context: ExplainContext,
    why: Explanation,
    searches: Iterable[Callable[[], MinimalChange | None]],
) -> Iterator[Explanation]:
    yield why
    for wait_for in searches:
        change = wait_for()
        if change is not None:
            if change.at_least == 0 and why.is_proven:
                # No step is proven not to bring it in.
                change = replace(change, at_least=1)
            why = replace(why, changes=(*why.changes, change))
            yield why
    timed_out = context.is_over()
    yield replace(why, searched=not timed_out, timed_out=timed_out)
