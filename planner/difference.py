"""What changed between two plans, stop by stop."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.i18n.messages import msgid
from planner.plan import Plan, Route, Stop
from planner.promise import Promise, derive_promise

WEEK = timedelta(days=7)

# Id of a van, and a date.
VanDay = tuple[str, date]


class ChangeKind(StrEnum):
    """What became of a stop."""

    KEPT = msgid("kept")
    MOVED = msgid("moved")
    CANCELLED = msgid("cancelled")
    NEW = msgid("new")


@dataclass(frozen=True, slots=True, kw_only=True)
class VanStop:
    """A stop with its van and its date.

    Attributes
    ----------
    min_stay_s
        No hours are published as shorter than this.
    """

    van_id: str
    date: date
    stop: Stop
    min_stay_s: int = 0

    @property
    def promise(self) -> Promise:
        """What publishing the stop promises."""
        return derive_promise(self.date, self.stop, self.min_stay_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopChange:
    """What became of a stop of the plan before, or a stop that is new.

    Attributes
    ----------
    before, after
        None where the stop is new, or cancelled.
    """

    kind: ChangeKind
    before: VanStop | None
    after: VanStop | None

    @property
    def van_stop(self) -> VanStop:
        """The stop as it is to be, or as it was where it is cancelled."""
        van_stop = self.after or self.before
        assert van_stop is not None
        return van_stop

    @property
    def site_id(self) -> str:
        """Of the place."""
        return self.van_stop.stop.site_id

    @property
    def other_van(self) -> bool:
        """Whether another van comes than before."""
        if self.before is None or self.after is None:
            return False
        return self.before.van_id != self.after.van_id

    @property
    def concerns_host(self) -> bool:
        """Whether the host of the place must be informed: of other hours, or of another van."""
        return self.kind is not ChangeKind.KEPT or self.other_van

    @property
    def other_people(self) -> bool:
        """Whether more or fewer people are to be recorded than before."""
        if self.before is None or self.after is None:
            return False
        return self.before.stop.people != self.after.stop.people

    @property
    def crews(self) -> tuple[str, ...]:
        """Ids of the vans whose day differs because of this, ascending."""
        if self.before == self.after:
            return ()
        return tuple(
            sorted({van_stop.van_id for van_stop in (self.before, self.after) if van_stop})
        )


def compare_stops(before: Plan, after: Plan, min_stay_s: int = 0) -> tuple[StopChange, ...]:
    """A change for each stop, by date, place and hour: kept, moved, cancelled, then new ones.

    Each stop is one promise: at each place the stops of one plan are paired with those of the
    other, as many as there are of both; of all ways that with the most hours unchanged, then with
    one's hours inside the other's, then of the same van, then nearest in time. A pair is kept where
    the hours published are the same, and moved where they are not. The other way round the pairs
    are the same. Plans that share no date are compared weekday by weekday.

    Parameters
    ----------
    min_stay_s
        `Instance.min_stay_s`, by which hours are published.
    """
    later = date_shift(before, after)
    ours, theirs = (_by_site(plan, min_stay_s) for plan in (before, after))
    changes = [
        change
        for site_id in {**ours, **theirs}
        for change in _at_site(ours[site_id], theirs[site_id], later)
    ]
    return tuple(sorted(changes, key=_order))


def changed_van_days(before: Plan, after: Plan) -> set[VanDay]:
    """Van-days whose route is another one, is new, or is no more."""
    changed: set[Route] = {*before.routes} ^ {*after.routes}
    return {(route.van_id, route.date) for route in changed}


def date_shift(before: Plan, after: Plan) -> timedelta:
    """Whole weeks from the dates of one plan to those of another; none where they share one."""
    ours, theirs = ({route.date for route in plan.routes} for plan in (before, after))
    if not ours or not theirs or ours & theirs:
        return timedelta()
    return _monday(min(theirs)) - _monday(min(ours))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_site(plan: Plan, min_stay_s: int) -> defaultdict[str, list[VanStop]]:
    by_site: defaultdict[str, list[VanStop]] = defaultdict(list)
    for route, stop in plan.stops():
        by_site[stop.site_id].append(
            VanStop(van_id=route.van_id, date=route.date, stop=stop, min_stay_s=min_stay_s)
        )
    return by_site


def _order(change: StopChange) -> tuple[object, ...]:
    van_stop = change.van_stop
    return (
        van_stop.date,
        van_stop.stop.site_id,
        van_stop.stop.serve_s,
        van_stop.van_id,
        change.kind.value,
    )


def _at_site(
    before: Sequence[VanStop], after: Sequence[VanStop], later: timedelta
) -> Iterator[StopChange]:
    """Changes at one place: the best pairs, then what is left over."""
    ours, theirs = (sorted(stops, key=_hour) for stops in (before, after))
    costs = np.array([[_cost(one, other, later) for other in theirs] for one in ours])
    pairs = [*zip(*linear_sum_assignment(costs), strict=True)] if costs.size else []
    for i, j in pairs:
        kind = ChangeKind.KEPT if _is_same(ours[i], theirs[j], later) else ChangeKind.MOVED
        yield StopChange(kind=kind, before=ours[i], after=theirs[j])
    for i in sorted({*range(len(ours))} - {i for i, _ in pairs}):
        yield StopChange(kind=ChangeKind.CANCELLED, before=ours[i], after=None)
    for j in sorted({*range(len(theirs))} - {j for _, j in pairs}):
        yield StopChange(kind=ChangeKind.NEW, before=None, after=theirs[j])


def _hour(van_stop: VanStop) -> tuple[object, ...]:
    return van_stop.date, van_stop.stop.serve_s, van_stop.stop.packup_s, van_stop.van_id


def _is_same(before: VanStop, after: VanStop, later: timedelta) -> bool:
    """Whether what was published is the same."""
    return replace(before.promise, date=before.date + later) == after.promise


def _cost(before: VanStop, after: VanStop, later: timedelta) -> float:
    """How ill two stops fit together, the same in both directions; each part outweighs the next."""
    days = abs((after.date - before.date - later).days)
    one, other = before.stop, after.stop
    is_inside = days == 0 and (before.promise.is_kept_by(other) or after.promise.is_kept_by(one))
    # Squared, so that of hours in order no pairs cross.
    apart_s2 = (other.serve_s - one.serve_s) ** 2 + (other.packup_s - one.packup_s) ** 2
    return (
        (0 if _is_same(before, after, later) else 1 if is_inside else 2) * 1e14
        + (before.van_id != after.van_id or days > 0) * 1e12
        + days * 1e10
        + apart_s2 / 100
    )
