"""Kits, closed windows and open permissions as changes of a district, each to be valued."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.demand.calendar import SATURDAY
from planner.district import Permission, Venue
from planner.horizon import Horizon, LeftOutReason, allocate_neighbourhoods
from planner.i18n.messages import Message, say
from planner.model import Interval, Van
from planner.plan import Plan
from planner.scenarios import Amount, Change, ChangeKits, OpenPlace, Permit, Refuse

MAX_PLACES = 12
"""Of windows, and of permissions, so many are looked at: those of places with most people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateChange:
    """One thing to be valued.

    Attributes
    ----------
    what
        In words.
    change
        Of the district.
    is_loss
        Whether the change takes the thing away, instead of giving it.
    without_effect
        Whether the change makes no difference to anybody.
    """

    what: Message
    change: Change
    is_loss: bool = False
    without_effect: bool = False


def candidate_changes(
    horizon: Horizon,
    plan: Plan,
    vans: Sequence[Van],
    *,
    cache: Path | None = None,
    max_places: int = MAX_PLACES,
) -> tuple[CandidateChange, ...]:
    """Everything of a district that is worth valuing.

    Parameters
    ----------
    vans
        One of each kind, for the kits.
    cache
        Folder in which prepared roads are kept.
    max_places
        Windows, and permissions, of so many places are looked at: those with most people.
    """
    kits = (
        CandidateChange(
            what=say("one more kit in van {van}", van=van.id),
            change=ChangeKits(target=van.id, amount=Amount(1, "+")),
        )
        for van in vans
    )
    return (
        *kits,
        *_closed_days(horizon, plan, cache, max_places),
        *_open_permissions(horizon, plan, max_places),
    )


def _closed_days(
    horizon: Horizon, plan: Plan, cache: Path | None, max_places: int
) -> Iterator[CandidateChange]:
    """Days on which places are closed, those with most people not yet planned for first.

    A place that is closed on all dates is there with one of them in any case; where nobody would
    walk to it even if it were open, that is said.
    """
    closed = [item.venue for item in horizon.left_out if item.reason is LeftOutReason.CLOSED]
    people = _unserved_people(horizon, plan) | _walkers_by_site(horizon, closed, cache)
    for venue, day in _chosen_days(horizon, closed, people, max_places):
        nobody = not people.get(venue.id)
        values = {"name": venue.name, "day": day.isoformat()}
        yield CandidateChange(
            what=say("one more open day: {name}, {day} (nobody would walk there)", **values)
            if nobody
            else say("one more open day: {name}, {day}", **values),
            change=OpenPlace(place=venue.id, day=day, hours=_usual_hours(venue, day)),
            without_effect=nobody,
        )


def _chosen_days(
    horizon: Horizon, closed: Sequence[Venue], people: Mapping[str, int], max_places: int
) -> list[tuple[Venue, date]]:
    """Places with a date on which each is closed, of those with most people.

    Parameters
    ----------
    closed
        Places that are closed on all dates.
    """
    windows = {site.id: site.windows for site in horizon.instance.sites}
    days = [
        (venue, day)
        for venue in horizon.district.venues
        if venue.hours and (venue in closed or (venue.id in windows and people.get(venue.id)))
        for day in horizon.instance.dates
        if not windows.get(venue.id, {}).get(day)
    ]
    days.sort(key=lambda entry: -people.get(entry[0].id, 0))
    chosen = [entry for entry in days if people.get(entry[0].id)][:max_places]
    for venue in closed[:max_places]:
        own = [entry for entry in days if entry[0] == venue]
        if own and not any(entry in chosen for entry in own):
            chosen.append(own[0])
    return chosen


def _walkers_by_site(
    horizon: Horizon, closed: Sequence[Venue], cache: Path | None
) -> dict[str, int]:
    """People of neighbourhoods who would walk to each closed point, were it open."""
    open_points = [venue for venue in horizon.venues if venue.type.is_walk_in]
    homes = horizon.district.neighbourhoods
    people = {}
    for venue in closed:
        if venue.type.is_walk_in:
            walked = allocate_neighbourhoods(horizon.district, [*open_points, venue], cache)
            there = (
                home.backlog
                for home, at in zip(homes, walked, strict=True)
                if at == len(open_points)
            )
            people[venue.id] = venue.backlog + sum(there)
    return people


def _open_permissions(horizon: Horizon, plan: Plan, max_places: int) -> Iterator[CandidateChange]:
    """Permissions not yet given: those the plan counts on, and those that would open a place."""
    unserved, served = _unserved_people(horizon, plan), plan.served()
    candidates: list[tuple[int, CandidateChange]] = []
    for venue in horizon.district.venues:
        if venue.permission is Permission.APPROVED:
            continue
        if venue.id in served:
            what = say("permission of {name}, which the plan relies on", name=venue.name)
            lost = CandidateChange(what=what, change=Refuse(place=venue.id), is_loss=True)
            candidates.append((served[venue.id], lost))
        elif venue.permission is Permission.REFUSED or _would_open_saturday(horizon, venue):
            what = say(
                "permission of {name} ({state})", name=venue.name, state=say(venue.permission.value)
            )
            won = CandidateChange(what=what, change=Permit(place=venue.id))
            candidates.append((unserved.get(venue.id, 0), won))
    candidates.sort(key=lambda entry: -entry[0])
    return (candidate for _, candidate in candidates[:max_places])


def _would_open_saturday(horizon: Horizon, venue: Venue) -> bool:
    """Whether the head of a school who agrees opens it on a Saturday."""
    saturdays = any(day.weekday() == SATURDAY for day in horizon.instance.dates)
    return saturdays and venue.type.has_pupils and SATURDAY not in venue.hours


def _unserved_people(horizon: Horizon, plan: Plan) -> dict[str, int]:
    """People a plan leaves, by place; at closed ones those who are counted there, not at homes."""
    backlog = {venue.id: venue.backlog for venue in horizon.district.venues}
    return backlog | dict(horizon.instance.left(plan))


def _usual_hours(venue: Venue, day: date) -> tuple[Interval, ...]:
    """The hours of a weekday, else of the first one on which it is open."""
    return venue.hours.get(day.weekday()) or next(filter(None, venue.hours.values()))
