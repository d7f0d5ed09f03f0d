"""Kits, closed windows and open permissions as changes of a district, each to be valued."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.demand.calendar import SATURDAY
from planner.district import Permission, Venue
from planner.horizon import Horizon, LeftOutReason, allocate_neighbourhoods
from planner.i18n.messages import Message, say
from planner.model import Van
from planner.plan import Plan
from planner.units import HOUR_S, MINUTE_S
from planner.whatif.scenario import Change, Scenario, option_flag

MAX_PLACES = 12
"""Of windows, and of permissions, so many are looked at: those of places with most people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateChange:
    """One thing to be valued.

    Attributes
    ----------
    what
        In words.
    kind, text
        The change of the district.
    feared
        Whether the change takes the thing away, instead of giving it.
    same
        Whether the change makes no difference to anybody.
    """

    what: Message
    kind: str
    text: str
    is_loss: bool = False
    same: bool = False

    @property
    def scenario(self) -> Scenario:
        """The change by itself."""
        change = Change(kind=self.kind, text=self.text, where=option_flag(self.kind))
        return Scenario(name=str(change), changes=(change,))


def candidate_changes(
    horizon: Horizon, plan: Plan, vans: Sequence[Van], cache: Path | None = None
) -> tuple[CandidateChange, ...]:
    """Everything of a district that is worth valuing.

    Parameters
    ----------
    vans
        One of each kind, for the kits.
    cache
        Folder in which prepared roads are kept.
    """
    kits = (
        CandidateChange(what=say("kit for {van}", van=van.id), kind="kits", text=f"{van.id}=+1")
        for van in vans
    )
    return (*kits, *_closed_days(horizon, plan, cache), *_open_permissions(horizon, plan))


def _closed_days(horizon: Horizon, plan: Plan, cache: Path | None) -> Iterator[CandidateChange]:
    """Days on which places are closed, those with most people not yet planned for first.

    A place that is closed on all dates is there with one of them in any case; where nobody would
    walk to it even if it were open, that is said.
    """
    windows = {site.id: site.windows for site in horizon.instance.sites}
    shut = [item.venue for item in horizon.left_out if item.reason is LeftOutReason.CLOSED]
    left = _left(horizon, plan) | _walkers_by_site(horizon, shut, cache)
    closed = [
        (venue, day)
        for venue in horizon.district.venues
        if (left.get(venue.id) or venue in shut)
        and venue.hours
        and (venue.id in windows or venue in shut)
        for day in horizon.instance.dates
        if not windows.get(venue.id, {}).get(day)
    ]
    closed.sort(key=lambda entry: -left.get(entry[0].id, 0))
    chosen = [entry for entry in closed if left.get(entry[0].id)][:MAX_PLACES]
    for venue in shut[:MAX_PLACES]:
        others = [entry for entry in closed if entry[0] == venue]
        if others and not any(entry in chosen for entry in others):
            chosen.append(others[0])
    for venue, day in chosen:
        nobody = not left.get(venue.id)
        what = {"name": venue.name, "day": day.isoformat()}
        yield CandidateChange(
            what=say("day open: {name}, {day} (nobody would walk there)", **what)
            if nobody
            else say("day open: {name}, {day}", **what),
            kind="open",
            text=f"{venue.id}@{day.isoformat()}={_usual_hours(venue, day)}",
            same=nobody,
        )


def _walkers_by_site(horizon: Horizon, shut: Sequence[Venue], cache: Path | None) -> dict[str, int]:
    """People of neighbourhoods who would walk to each closed point, were it open."""
    open_points = [venue for venue in horizon.venues if venue.type.is_walk_in]
    homes = horizon.district.neighbourhoods
    found = {}
    for venue in shut:
        if venue.type.is_walk_in:
            walked = allocate_neighbourhoods(horizon.district, [*open_points, venue], cache, None)
            there = (
                home.backlog
                for home, at in zip(homes, walked, strict=True)
                if at == len(open_points)
            )
            found[venue.id] = venue.backlog + sum(there)
    return found


def _open_permissions(horizon: Horizon, plan: Plan) -> Iterator[CandidateChange]:
    """Permissions not yet given: those the plan counts on, and those that would open a place."""
    left, served = _left(horizon, plan), _served(plan)
    found: list[tuple[int, CandidateChange]] = []
    for venue in horizon.district.venues:
        if venue.permission is Permission.APPROVED:
            continue
        if venue.id in served:
            what = say("permission of {name}, which the plan counts on", name=venue.name)
            candidate = CandidateChange(what=what, kind="refuse", text=venue.id, is_loss=True)
            found.append((served[venue.id], candidate))
        elif venue.permission is Permission.REFUSED or _would_open_saturday(horizon, venue):
            what = say(
                "permission of {name} ({state})", name=venue.name, state=say(venue.permission.value)
            )
            found.append(
                (left.get(venue.id, 0), CandidateChange(what=what, kind="permit", text=venue.id))
            )
    found.sort(key=lambda entry: -entry[0])
    return (candidate for _, candidate in found[:MAX_PLACES])


def _would_open_saturday(horizon: Horizon, venue: Venue) -> bool:
    """Whether the head of a school who agrees opens it on a Saturday."""
    saturdays = any(day.weekday() == SATURDAY for day in horizon.instance.dates)
    return saturdays and venue.type.has_pupils and SATURDAY not in venue.hours


def _served(plan: Plan) -> Counter[str]:
    served: Counter[str] = Counter()
    for _, stop in plan.stops():
        served[stop.site_id] += stop.people
    return served


def _left(horizon: Horizon, plan: Plan) -> dict[str, int]:
    """People a plan leaves, by place; at closed ones those who are counted there, not at homes."""
    served = _served(plan)
    left = {venue.id: venue.backlog for venue in horizon.district.venues}
    sites = horizon.instance.sites
    return left | {site.id: site.expected - served[site.id] for site in sites}


def _usual_hours(venue: Venue, day: date) -> str:
    """The hours of a weekday, else of the first one on which it is open."""
    hours = venue.hours.get(day.weekday()) or next(filter(None, venue.hours.values()))
    return ", ".join(
        f"{_format_clock(opens_s)}-{_format_clock(closes_s)}" for opens_s, closes_s in hours
    )


def _format_clock(time_s: int) -> str:
    return f"{time_s // HOUR_S:02}.{time_s % HOUR_S // MINUTE_S:02}"
