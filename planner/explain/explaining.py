"""Puts together why a place has no stop in a plan, or why it has the one it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.check import score
from planner.district import Venue
from planner.explain.forcing import (
    SLACK,
    Cost,
    Ground,
    Loss,
    cost,
    losses,
    only_by,
    shut,
    visits,
)
from planner.explain.possible import Finding, Obstacle, Possibility, Trial, possibility
from planner.explain.reasons import OF_OBSTACLE, OF_REASON, Code
from planner.explain.smallest import PULLS, Lever, Pull, Smallest, smallest
from planner.plan import Plan, Result, Route, Stop
from planner.solvers import Study
from planner.weekend import LeftOut, Reason, Weekend

MOST_OTHERS = 8
"""Other van-days that a stop is compared with: those of its date first."""

_HELPING = {
    Obstacle.WINDOW: {Lever.HOURS},
    Obstacle.SHIFT: {Lever.HOURS, Lever.SHIFT},
    Obstacle.BREAK: {Lever.HOURS, Lever.SHIFT},
}
"""Levers that can make a stop possible, by what keeps the van away that lacks least."""


@dataclass(frozen=True, kw_only=True)
class Forced:
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
    changes
        The smallest changes that would bring it in.
    granting, granted
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
    possibility: Possibility | None = None
    forced: Forced | None = None
    changes: tuple[Smallest, ...] = ()
    granting: bool = False
    granted: Forced | None = None
    others: tuple[Other, ...] = ()
    without: Cost | None = None


def brief(weekend: Weekend, ground: Ground) -> tuple[Explanation, ...]:
    """Every place without a stop, with its reason as far as no further solve is needed."""
    people = _result(ground).people
    sites = zip(weekend.venues, weekend.instance.sites, strict=True)
    return (
        *(_no_site(item, people) for item in weekend.left_out),
        *(
            _brief(ground, venue, site.expected)
            for venue, site in sites
            if not visits(ground.plan, site.id)
        ),
    )


def explain(
    weekend: Weekend,
    ground: Ground,
    venue: Venue,
    *,
    grant: Callable[[Venue], Weekend | None] = lambda venue: None,
    pulls: Sequence[Pull] = PULLS,
    width: int = 1,
) -> Explanation:
    """Why a place has no stop in the plan, or why it has the one it has.

    Parameters
    ----------
    venue
        Any of the district.
    grant
        The weekend in which a refused or closed place is neither, or None where there is none.
    pulls
        Levers that are tried.
    width
        Solves at the same time.
    """
    if visits(ground.plan, venue.id):
        return _visited(ground, venue)
    if venue.id not in weekend.instance.site_index:
        (item,) = (item for item in weekend.left_out if item.venue.id == venue.id)
        found = _no_site(item, _result(ground).people)
        granted = grant(venue) if item.reason in {Reason.REFUSED, Reason.CLOSED} else None
        if granted is None:
            return found
        return replace(found, granting=True, granted=_if_granted(ground, granted, venue))
    expected = weekend.instance.sites[weekend.instance.site_index[venue.id]].expected
    found = _brief(ground, venue, expected)
    if found.possibility is None:
        return found
    forced = ground.solved([(ground.instance, venue.id)])[0]
    if found.possibility.finding is Finding.IMPOSSIBLE:
        nearest = found.possibility.nearest
        helping = _HELPING.get(nearest.obstacle, set()) if nearest and nearest.obstacle else set()
        chosen = [pull for pull in pulls if pull.lever in helping]
        return replace(found, changes=_changes(ground, venue.id, forced, chosen, width))
    return _outweighed(ground, found, forced, pulls, width)


def instead(ground: Ground, here: str, there: str) -> Forced | None:
    """The best plan found that goes to one place and not to another; None where none was found."""
    changed = shut(ground.instance, here)
    found = ground.solved([(changed, there)])[0]
    return _forced(ground, there, found.result) if visits(found.result.plan, there) else None


def _result(ground: Ground) -> Result:
    """The plan that is explained, with the bounds on all plans."""
    worth = score(ground.instance, ground.plan)
    return replace(
        ground.base.result, plan=ground.plan, people=worth.people, objective=worth.objective
    )


def _no_site(item: LeftOut, people: int) -> Explanation:
    return Explanation(
        venue=item.venue,
        code=OF_REASON[item.reason],
        proven=True,
        people=people,
        expected=item.expected,
        left_out=item,
    )


def _brief(ground: Ground, venue: Venue, expected: int) -> Explanation:
    result = _result(ground)
    if not expected:
        # What was a site may be deserted on the day itself.
        return _no_site(LeftOut(venue=venue, reason=Reason.NOBODY), result.people)
    tried = possibility(ground.instance, venue.id)
    if tried.finding is Finding.IMPOSSIBLE:
        nearest = tried.nearest
        obstacle = nearest.obstacle if nearest else None
        code = OF_OBSTACLE[obstacle] if obstacle else Code.NO_DATE
        return Explanation(
            venue=venue,
            code=code,
            proven=True,
            people=result.people,
            expected=expected,
            possibility=tried,
        )
    bound = ground.base.visiting.get(venue.id)
    least = 0.0 if bound is None else max(0.0, result.objective - bound)
    open_ = tried.finding is Finding.OPEN
    return Explanation(
        venue=venue,
        code=Code.UNSETTLED if open_ else Code.OUTWEIGHED,
        proven=least > SLACK,
        people=result.people,
        expected=expected,
        least=least,
        possibility=tried,
    )


def _outweighed(
    ground: Ground, found: Explanation, forced: Study, pulls: Sequence[Pull], width: int
) -> Explanation:
    """What a stop would cost and what would bring it in; or that it was overlooked."""
    site_id, known = found.venue.id, _result(ground).objective
    best = max(
        (result for result in (forced.result, ground.base.result) if visits(result.plan, site_id)),
        key=lambda result: result.objective,
        default=None,
    )
    if best is None:
        impossible = forced.most_required == 0
        code = Code.IMPOSSIBLE if impossible else Code.UNSETTLED
        return replace(found, code=code, proven=impossible)
    if best.objective > known + SLACK:
        told = _forced(ground, site_id, best)
        return replace(found, code=Code.OVERLOOKED, proven=True, forced=told)
    other_bound = ground.base.visiting.get(site_id)
    told = _forced(ground, site_id, forced.result, other_bound)
    return replace(
        found,
        code=Code.OUTWEIGHED,
        forced=told,
        proven=told.cost.proven,
        least=told.cost.least or 0.0,
        changes=_changes(ground, site_id, forced, pulls, width),
    )


def _forced(
    ground: Ground, site_id: str, result: Result, other_bound: float | None = None
) -> Forced:
    base = _result(ground)
    return Forced(
        result=result,
        cost=cost(base, base.bound, result, other_bound),
        stops=_stops(result.plan, site_id),
        losses=losses(ground.plan, result.plan),
    )


def _stops(plan: Plan, site_id: str) -> tuple[tuple[Route, Stop], ...]:
    return tuple((route, stop) for route, stop in plan.stops() if stop.site_id == site_id)


def _changes(
    ground: Ground, site_id: str, forced: Study, pulls: Sequence[Pull], width: int
) -> tuple[Smallest, ...]:
    base = ground.base.result
    known = max(
        [_result(ground).objective, *([] if visits(base.plan, site_id) else [base.objective])]
    )
    found = (
        smallest(ground, site_id, pull, known=known, forced=forced, width=width) for pull in pulls
    )
    return tuple(change for change in found if change is not None)


def _if_granted(ground: Ground, granted: Weekend, venue: Venue) -> Forced | None:
    """The best plan found where a place is neither refused nor closed, if it goes there."""
    if venue.id not in granted.instance.site_index:
        return None
    result = ground.solved([(granted.instance, venue.id)])[0].result
    known = max(_result(ground).objective, ground.base.result.objective)
    goes_there = visits(result.plan, venue.id) and result.objective > known + SLACK
    return _forced(ground, venue.id, result) if goes_there else None


def _visited(ground: Ground, venue: Venue) -> Explanation:
    """What other vans and dates, and no stop at all, would cost."""
    base, site_id = _result(ground), venue.id
    own = {(route.van_id, route.date) for route, _ in _stops(ground.plan, site_id)}
    dates = {day for _, day in own}
    tried = possibility(ground.instance, site_id)
    trials = sorted(
        (trial for trial in tried.trials if (trial.van_id, trial.date) not in own),
        key=lambda trial: trial.date not in dates,
    )[:MOST_OTHERS]
    possible = [trial for trial in trials if trial.finding is not Finding.IMPOSSIBLE]
    limited = [only_by(ground.instance, site_id, trial.van_id, trial.date) for trial in possible]
    *found, none = ground.solved(
        [*((each, site_id) for each in limited), (shut(ground.instance, site_id), None)]
    )
    costs = {
        (trial.van_id, trial.date): cost(base, base.bound, study.result)
        for trial, study in zip(possible, found, strict=True)
        if visits(study.result.plan, site_id)
    }
    return Explanation(
        venue=venue,
        code=Code.VISITED,
        proven=False,
        people=base.people,
        expected=ground.instance.sites[ground.instance.site_index[site_id]].expected,
        possibility=tried,
        forced=_forced(ground, site_id, base),
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
