"""Puts together why a place has no stop in a plan, or why it has the one it has."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from planner.district import Venue
from planner.explain.counterfactual import (
    SLACK,
    Cost,
    Ground,
    Loss,
    Wanted,
    cost,
    losses,
    only_by,
    shut,
    visits,
)
from planner.explain.feasibility import Finding, Obstacle, Possibility, Trial, possibility
from planner.explain.minimal_change import PULLS, Lever, Pull, Smallest, smallest
from planner.explain.reasons import OF_OBSTACLE, OF_REASON, Code
from planner.horizon import Horizon, LeftOut, Reason
from planner.plan import Plan, Result, Route, Stop
from planner.solvers import SolveReport

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
    changes, searched
        The smallest changes that would bring it in, and whether all are found that there are.
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
    searched: bool = False
    granting: bool = False
    granted: Forced | None = None
    others: tuple[Other, ...] = ()
    without: Cost | None = None


def brief(horizon: Horizon, ground: Ground) -> tuple[Explanation, ...]:
    """Every place without a stop, with its reason as far as no further solve is needed."""
    people = ground.result.people
    sites = zip(horizon.venues, horizon.instance.sites, strict=True)
    return (
        *(_no_site(item, people) for item in horizon.left_out),
        *(
            _brief(ground, venue, site.expected)
            for venue, site in sites
            if not visits(ground.plan, site.id)
        ),
    )


def explain(
    horizon: Horizon,
    ground: Ground,
    venue: Venue,
    *,
    grant: Callable[[Venue], Horizon | None] = lambda venue: None,
    pulls: Sequence[Pull] = PULLS,
) -> Explanation:
    """All that `explaining` says in the end."""
    *_, found = explaining(horizon, ground, venue, grant=grant, pulls=pulls)
    return found


def explaining(
    horizon: Horizon,
    ground: Ground,
    venue: Venue,
    *,
    grant: Callable[[Venue], Horizon | None] = lambda venue: None,
    pulls: Sequence[Pull] = PULLS,
) -> Iterator[Explanation]:
    """Why a place has no stop in the plan, or why it has the one it has, as it becomes known.

    First the reason, then the same with one smallest change more each time.

    Parameters
    ----------
    venue
        Any of the district.
    grant
        The weekend in which a refused or closed place is neither, or None where there is none.
    pulls
        Levers that are tried.
    """
    if visits(ground.plan, venue.id):
        yield _visited(ground, venue)
    elif venue.id not in horizon.instance.site_index:
        yield _no_stop_allowed(horizon, ground, venue, grant)
    else:
        expected = horizon.instance.sites[horizon.instance.site_index[venue.id]].expected
        found = _brief(ground, venue, expected)
        if found.possibility is None:
            yield found
        elif found.possibility.finding is Finding.IMPOSSIBLE:
            nearest = found.possibility.nearest
            obstacle = nearest.obstacle if nearest else None
            helping = _HELPING.get(obstacle, set()) if obstacle else set()
            chosen = [pull for pull in pulls if pull.lever in helping]
            yield from _with_changes(found, _changes(ground, venue.id, chosen))
        else:
            yield from _left_out(ground, found, pulls)


def _no_stop_allowed(
    horizon: Horizon, ground: Ground, venue: Venue, grant: Callable[[Venue], Horizon | None]
) -> Explanation:
    """Why a place is no site, and what would be if it were neither refused nor closed."""
    (item,) = (item for item in horizon.left_out if item.venue.id == venue.id)
    found = _no_site(item, ground.result.people)
    granted = grant(venue) if item.reason in {Reason.REFUSED, Reason.CLOSED} else None
    if granted is None:
        return found
    return replace(found, granting=True, granted=_if_granted(ground, granted, venue))


def _left_out(ground: Ground, found: Explanation, pulls: Sequence[Pull]) -> Iterator[Explanation]:
    """Why a site that could have a stop has none; its cost and changes are searched at once."""
    site_id = found.venue.id
    forced = ground.begin(partial(_forced_in, site_id=site_id))
    changes = _changes(ground, site_id, pulls)
    found = _outweighed(ground, found, forced())
    if found.code is not Code.OUTWEIGHED:
        yield found
        return
    yield from _with_changes(found, changes)


def _forced_in(ground: Ground, site_id: str) -> SolveReport:
    (found,) = ground.solved(Wanted(instance=ground.instance, site_id=site_id))
    return found


def _with_changes(
    found: Explanation, changes: Iterable[Callable[[], Smallest | None]]
) -> Iterator[Explanation]:
    yield found
    for wait_for in changes:
        change = wait_for()
        if change is not None:
            found = replace(found, changes=(*found.changes, _surely(found, change)))
            yield found
    yield replace(found, searched=True)


def _surely(found: Explanation, change: Smallest) -> Smallest:
    """The change, proven to be the smallest where it is one step and none is proven not to do."""
    return replace(change, proven=True) if change.steps == 1 and found.proven else change


def _changes(
    ground: Ground, site_id: str, pulls: Sequence[Pull]
) -> list[Callable[[], Smallest | None]]:
    """Searches for the smallest changes, in the order of the levers; the longest begins first."""
    base = ground.base.result
    known = max(
        [ground.result.objective, *([] if visits(base.plan, site_id) else [base.objective])]
    )
    longest_first = sorted(pulls, key=lambda pull: pull.lever is not Lever.SHIFT)
    begun = {
        pull: ground.begin(partial(smallest, site_id=site_id, pull=pull, known=known))
        for pull in longest_first
    }
    return [begun[pull] for pull in pulls]


def instead(ground: Ground, here: str, there: str) -> Forced | None:
    """The best plan found that goes to one place and not to another; None where none was found."""
    (found,) = ground.solved(Wanted(instance=shut(ground.instance, here), site_id=there))
    return _forced(ground, there, found.result) if visits(found.result.plan, there) else None


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
    result = ground.result
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


def _outweighed(ground: Ground, found: Explanation, forced: SolveReport) -> Explanation:
    """What a stop would cost; or that it was overlooked."""
    site_id, known = found.venue.id, ground.result.objective
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
    )


def _forced(
    ground: Ground, site_id: str, result: Result, other_bound: float | None = None
) -> Forced:
    base = ground.result
    return Forced(
        result=result,
        cost=cost(base, base.bound, result, other_bound),
        stops=_stops(result.plan, site_id),
        losses=losses(ground.plan, result.plan),
    )


def _stops(plan: Plan, site_id: str) -> tuple[tuple[Route, Stop], ...]:
    return tuple((route, stop) for route, stop in plan.stops() if stop.site_id == site_id)


def _if_granted(ground: Ground, granted: Horizon, venue: Venue) -> Forced | None:
    """The best plan found where a place is neither refused nor closed, if it goes there."""
    if venue.id not in granted.instance.site_index:
        return None
    (report,) = ground.solved(Wanted(instance=granted.instance, site_id=venue.id))
    result = report.result
    known = max(ground.result.objective, ground.base.result.objective)
    goes_there = visits(result.plan, venue.id) and result.objective > known + SLACK
    return _forced(ground, venue.id, result) if goes_there else None


def _visited(ground: Ground, venue: Venue) -> Explanation:
    """What other vans and dates, and no stop at all, would cost."""
    base, site_id = ground.result, venue.id
    own = {(route.van_id, route.date) for route, _ in _stops(ground.plan, site_id)}
    dates = {day for _, day in own}
    tried = possibility(ground.instance, site_id)
    trials = sorted(
        (trial for trial in tried.trials if (trial.van_id, trial.date) not in own),
        key=lambda trial: trial.date not in dates,
    )[:MOST_OTHERS]
    possible = [trial for trial in trials if trial.finding is not Finding.IMPOSSIBLE]
    limited = [only_by(ground.instance, site_id, trial.van_id, trial.date) for trial in possible]
    none, *found = ground.solved(
        Wanted(instance=shut(ground.instance, site_id)),
        *(Wanted(instance=each, site_id=site_id) for each in limited),
    )
    costs = {
        (trial.van_id, trial.date): cost(base, base.bound, report.result)
        for trial, report in zip(possible, found, strict=True)
        if visits(report.result.plan, site_id)
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
