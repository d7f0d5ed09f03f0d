"""What a published plan promises: that people are recorded at a place between these hours.

Why this and no more is said in docs/decisions/promises.md.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from planner.model import Interval
from planner.plan import Plan, Stop
from planner.units import MINUTE_S

T = TypeVar("T")

ROUND_S = 5 * MINUTE_S

SHORT_S = 30 * MINUTE_S
"""Hours that rounding would make shorter than this, or than the least stay, are not rounded."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Promise:
    """A crew records people at a site without leaving, from one time to another.

    Attributes
    ----------
    from_s, until_s
        Seconds after midnight of the date, as published.
    """

    date: date
    site_id: str
    from_s: int
    until_s: int

    def is_kept_by(self, stop: Stop) -> bool:
        """Whether a stop on this date serves through all the hours; its break may lie in them."""
        return (
            stop.site_id == self.site_id
            and stop.serve_s <= self.from_s
            and self.until_s <= stop.packup_s
        )


def derive_promise(
    day: date, stop: Stop, min_stay_s: int = 0, *, round_s: int = ROUND_S
) -> Promise:
    """What publishing a stop promises; `published_hours` says how it is rounded."""
    from_s, until_s = published_hours(stop.serve_s, stop.packup_s, min_stay_s, round_s=round_s)
    return Promise(date=day, site_id=stop.site_id, from_s=from_s, until_s=until_s)


def list_promises(
    plan: Plan, site_ids: Collection[str], min_stay_s: int = 0, *, round_s: int = ROUND_S
) -> tuple[Promise, ...]:
    """What publishing the stops at these sites promises, by date, site and hour, one for each."""
    return tuple(
        sorted(
            derive_promise(route.date, stop, min_stay_s, round_s=round_s)
            for route, stop in plan.stops()
            if stop.site_id in site_ids
        )
    )


def kept_promises(plan: Plan, promises: Iterable[Promise]) -> tuple[Promise, ...]:
    """The promises that a plan keeps, whichever vans come; each stop keeps one of them at most."""
    stops = [(route.date, stop) for route, stop in plan.stops()]
    pairs = match_promises(stops, sorted(promises), lambda promise: promise)
    return tuple(sorted(promise for promise, _ in pairs))


def match_promises(
    stops: Iterable[tuple[date, Stop]], items: Iterable[T], promise_of: Callable[[T], Promise]
) -> list[tuple[T, Stop]]:
    """The most pairs of things promised and stops that keep them.

    The stop that begins last has the fewest to choose from, so it goes first; of those it keeps it
    takes the one that ends last, which others keep least. Maximum, as stops and promises are nested
    by one end of their hours.
    """
    left, pairs = [*items], []
    for day, stop in sorted(stops, key=lambda dated: -dated[1].serve_s):
        may = [
            item
            for item in left
            if promise_of(item).date == day and promise_of(item).is_kept_by(stop)
        ]
        if may:
            best = max(may, key=lambda item: (promise_of(item).until_s, -promise_of(item).from_s))
            left.remove(best)
            pairs.append((best, stop))
    return pairs


def published_hours(
    opens_s: int, closes_s: int, min_stay_s: int = 0, *, round_s: int = ROUND_S
) -> Interval:
    """Rounded so that nobody comes too early or too late, unless too little is left.

    Parameters
    ----------
    min_stay_s
        No hours are published as shorter than this, nor as shorter than half an hour.
    """
    later, earlier = -(-opens_s // round_s) * round_s, closes_s // round_s * round_s
    is_enough = earlier - later >= max(SHORT_S, min_stay_s)
    return (later, earlier) if is_enough else (opens_s, closes_s)
