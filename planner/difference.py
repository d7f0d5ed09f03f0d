"""What changed between two plans, stop by stop."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.i18n.messages import msgid
from planner.plan import Plan, Stop
from planner.promise import derive_promise

WEEK = timedelta(days=7)


class ChangeKind(StrEnum):
    """What became of a stop."""

    KEPT = msgid("kept")
    MOVED = msgid("moved")
    CANCELLED = msgid("cancelled")
    NEW = msgid("new")


@dataclass(frozen=True, slots=True, kw_only=True)
class VanStop:
    """A stop with its van and its date."""

    van_id: str
    date: date
    stop: Stop


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
        """Whether the host of the place must be informed: not where what was published holds."""
        return self.kind is not ChangeKind.KEPT

    @property
    def crews(self) -> tuple[str, ...]:
        """Ids of the vans whose day differs because of this, ascending."""
        if self.before == self.after:
            return ()
        return tuple(
            sorted({van_stop.van_id for van_stop in (self.before, self.after) if van_stop})
        )


def compare_stops(before: Plan, after: Plan) -> tuple[StopChange, ...]:
    """A change for each stop, by date, place and hour: kept, moved, cancelled, then new ones.

    A stop is kept where a stop of the other plan at its place serves through the hours that were
    published, whichever van makes it; moved where one at its place does not. Of several pairs
    those of the same van come first, then those nearest in time. Plans that share no date are
    compared weekday by weekday.
    """
    later = date_shift(before, after)
    ours, theirs = _by_site(before), _by_site(after)
    changes = [
        change
        for site_id in {**ours, **theirs}
        for change in _at_site(ours[site_id], theirs[site_id], later)
    ]
    return tuple(sorted(changes, key=_order))


def date_shift(before: Plan, after: Plan) -> timedelta:
    """Whole weeks from the dates of one plan to those of another; none where they share one."""
    ours, theirs = ({route.date for route in plan.routes} for plan in (before, after))
    if not ours or not theirs or ours & theirs:
        return timedelta()
    return _monday(min(theirs)) - _monday(min(ours))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_site(plan: Plan) -> defaultdict[str, list[VanStop]]:
    by_site: defaultdict[str, list[VanStop]] = defaultdict(list)
    for route, stop in plan.stops():
        by_site[stop.site_id].append(VanStop(van_id=route.van_id, date=route.date, stop=stop))
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
    """Changes at one place: the best pairs first, then what is left over."""
    pairs = sorted(
        ((_distance(ours, theirs, later), i, j), i, j)
        for i, ours in enumerate(before)
        for j, theirs in enumerate(after)
    )
    gone, come = set(range(len(before))), set(range(len(after)))
    for _, i, j in pairs:
        if i in gone and j in come:
            gone.remove(i)
            come.remove(j)
            yield _pair(before[i], after[j], later)
    for i in sorted(gone):
        also = next((theirs for theirs in after if _keeps(before[i], theirs, later)), None)
        kind = ChangeKind.CANCELLED if also is None else ChangeKind.KEPT
        yield StopChange(kind=kind, before=before[i], after=also)
    for j in sorted(come):
        yield StopChange(kind=ChangeKind.NEW, before=None, after=after[j])


def _pair(before: VanStop, after: VanStop, later: timedelta) -> StopChange:
    kind = ChangeKind.KEPT if _keeps(before, after, later) else ChangeKind.MOVED
    return StopChange(kind=kind, before=before, after=after)


def _keeps(before: VanStop, after: VanStop, later: timedelta) -> bool:
    there = derive_promise(before.date, before.stop).is_kept_by(after.stop)
    return there and before.date + later == after.date


def _distance(before: VanStop, after: VanStop, later: timedelta) -> tuple[int, ...]:
    """How ill two stops fit together; compared part by part."""
    days = abs((after.date - before.date - later).days)
    return (
        not _keeps(before, after, later),
        days > 0 or before.van_id != after.van_id,
        days,
        abs(after.stop.serve_s - before.stop.serve_s),
    )
