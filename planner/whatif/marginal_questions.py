"""What may be scarce: one more of each thing, as a question to be answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.analysis.gain import Worth, compute_gain
from planner.district import Permission, Venue
from planner.horizon import Horizon, LeftOutReason, walks_to
from planner.i18n.messages import Message, say
from planner.model import Instance, Interval, Van
from planner.plan import Plan, Result
from planner.scenarios import (
    Amount,
    Change,
    ChangeCards,
    ChangeKits,
    OpenPlace,
    Permit,
    Refuse,
    build_changed_horizon,
)
from planner.solvers import SolveReport
from planner.units import DAY_S, HOUR_S

CARDS = 10
"""More cards on board, as one alone hardly shows."""

MAX_PLACES = 12
"""Of windows, and of permissions, so many are looked at: those of places with most people."""


@dataclass(frozen=True, kw_only=True)
class MarginalQuestion:
    """One thing more, or the loss of one.

    Attributes
    ----------
    what
        In words.
    instance
        With it; where `is_loss`, without it.
    change
        Of the district, which makes this instance; None where there is none.
    bound
        A bound that is known without solving it, or None.
    most_people
        Proven without solving it: no more people than this are gained or lost; None = not known.
    without_effect
        Whether nothing changes by it, so that nothing can be gained.
    """

    what: Message
    instance: Instance
    change: Change | None = None
    bound: float | None = None
    is_loss: bool = False
    most_people: int | None = None
    without_effect: bool = False

    def worth(self, base: Result, other: Result) -> Worth:
        """What it is worth, of the plan that there is and the one for `instance`."""
        if self.without_effect:
            base = other = replace(base, bound=base.objective, people_bound=base.people)
        without, having = (other, base) if self.is_loss else (base, other)
        gain = compute_gain(without, having, having_bound=self.bound)
        limits = (gain.people_upper_bound, self.most_people)
        most = min((limit for limit in limits if limit is not None), default=None)
        gain = replace(gain, people_upper_bound=most)
        return Worth(what=self.what, change=self.change, gain=gain)


def marginal_questions(
    horizon: Horizon, base: SolveReport, cache: Path | None = None
) -> tuple[MarginalQuestion, ...]:
    """One more van-day, kit, hour and pack of cards of each kind, windows and permissions.

    Parameters
    ----------
    cache
        Folder in which prepared roads are kept.
    """
    instance, plan = horizon.instance, base.result.plan
    return (
        *van_day_questions(instance, base),
        *shift_questions(instance),
        *card_questions(instance),
        *kit_questions(horizon, _distinct_vans(instance), cache),
        *day_questions(horizon, plan, cache),
        *permission_questions(horizon, plan, cache),
    )


def van_day_questions(instance: Instance, base: SolveReport) -> Iterator[MarginalQuestion]:
    """One more van-day of each kind."""
    for van, day in _distinct_van_days(instance):
        yield MarginalQuestion(
            what=say("one more van-day like van {van} on {day}", van=van.id, day=day.isoformat()),
            instance=with_van_day(instance, van, day),
            bound=base.van_day_bounds.get((van.id, day)),
        )


def with_van_day(instance: Instance, van: Van, day: date) -> Instance:
    """The instance with one more van like one of its vans, that drives on one date only."""
    van_id = f"{van.id}+"
    while van_id in instance.van_index:
        van_id += "+"
    more = replace(van, id=van_id, shifts={day: van.shifts[day]})
    return replace(instance, vans=(*instance.vans, more))


def shift_questions(instance: Instance) -> Iterator[MarginalQuestion]:
    """A shift that begins an hour earlier, or ends an hour later, on all dates of a van."""
    for van in _distinct_vans(instance):
        for what, earlier_s, later_s in (
            (say("one hour more at the start of van {van}'s shift", van=van.id), HOUR_S, 0),
            (say("one hour more at the end of van {van}'s shift", van=van.id), 0, HOUR_S),
        ):
            shifts = {
                day: (max(0, opens_s - earlier_s), min(DAY_S, closes_s + later_s))
                for day, (opens_s, closes_s) in van.shifts.items()
            }
            longer = replace(van, shifts=shifts)
            yield MarginalQuestion(what=what, instance=instance.with_van(longer))


def card_questions(instance: Instance) -> Iterator[MarginalQuestion]:
    """More cards on board of the vans that have a limit."""
    for van in _distinct_vans(instance):
        if van.max_people is not None:
            yield MarginalQuestion(
                what=say("{count} more cards in van {van}", count=CARDS, van=van.id),
                instance=instance.with_van(replace(van, max_people=van.max_people + CARDS)),
                change=ChangeCards(target=van.id, amount=Amount(CARDS, "+")),
            )


def _distinct_van_days(instance: Instance) -> Iterator[tuple[Van, date]]:
    """The first of all van-days that are alike, by date, then by van."""
    van_days = [(instance.vans[index], day) for index, day in instance.van_days]
    alike = [replace(van, id="", shifts={day: van.shifts[day]}) for van, day in van_days]
    return (entry for at, entry in enumerate(van_days) if alike.index(alike[at]) == at)


def _distinct_vans(instance: Instance) -> Iterator[Van]:
    """The first of all vans that are alike and drive at all."""
    vans = [van for van in instance.vans if van.shifts]
    alike = [replace(van, id="") for van in vans]
    return (van for at, van in enumerate(vans) if alike.index(alike[at]) == at)


def kit_questions(
    horizon: Horizon, vans: Iterable[Van], cache: Path | None = None
) -> Iterator[MarginalQuestion]:
    """One more kit in each of some vans."""
    for van in vans:
        change = ChangeKits(target=van.id, amount=Amount(1, "+"))
        yield MarginalQuestion(
            what=say("one more kit in van {van}", van=van.id),
            instance=build_changed_horizon(horizon, change, cache).instance,
            change=change,
        )


def day_questions(
    horizon: Horizon, plan: Plan, cache: Path | None = None, max_places: int = MAX_PLACES
) -> Iterator[MarginalQuestion]:
    """Days on which places are closed, those with most people not yet planned for first.

    A place that is closed on all dates is there with one of them in any case; where nobody would
    walk to it even if it were open, that is said.
    """
    closed = [item.venue for item in horizon.left_out if item.reason is LeftOutReason.CLOSED]
    people = _unserved_people(horizon, plan) | _walkers_by_site(horizon, closed, cache)
    for venue, day in _chosen_days(horizon, closed, people, max_places):
        nobody = not people.get(venue.id)
        values = {"name": venue.name, "day": day.isoformat()}
        change = OpenPlace(place=venue.id, day=day, hours=_usual_hours(venue, day))
        yield MarginalQuestion(
            what=say("one more open day: {name}, {day} (nobody would walk there)", **values)
            if nobody
            else say("one more open day: {name}, {day}", **values),
            instance=build_changed_horizon(horizon, change, cache).instance,
            change=change,
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
    """Unrecorded people in walking distance of each closed point."""
    points = [venue for venue in closed if venue.type.is_walk_in]
    homes = horizon.district.neighbourhoods
    walks = walks_to(horizon.district, points, cache)
    people = {venue.id: venue.backlog for venue in points}
    for home, point in zip(walks.home.tolist(), walks.point.tolist(), strict=True):
        people[points[point].id] += homes[home].backlog
    return people


def permission_questions(
    horizon: Horizon, plan: Plan, cache: Path | None = None
) -> Iterator[MarginalQuestion]:
    """Permissions not yet given: those the plan counts on, and those that would open a place."""
    people = _unserved_people(horizon, plan) | plan.served()
    pending = [
        venue
        for venue in horizon.district.venues
        if not venue.is_confirmed
        and (
            venue.id in plan.served()
            or venue.permission is Permission.REFUSED
            or _would_open_a_date(horizon, venue)
        )
    ]
    pending.sort(key=lambda venue: -people.get(venue.id, 0))
    for venue in pending[:MAX_PLACES]:
        is_loss = venue.id in plan.served()
        change: Change = Refuse(target=venue.id) if is_loss else Permit(target=venue.id)
        state = say(venue.permission.value)
        yield MarginalQuestion(
            what=say("permission of {name}, which the plan relies on", name=venue.name)
            if is_loss
            else say("permission of {name} ({state})", name=venue.name, state=state),
            instance=build_changed_horizon(horizon, change, cache).instance,
            change=change,
            is_loss=is_loss,
            # Whoever is recorded elsewhere still is, where the stop is struck.
            most_people=horizon.instance.site(venue.id).max_people if is_loss else None,
        )


def _would_open_a_date(horizon: Horizon, venue: Venue) -> bool:
    """Whether permission opens a place that is not open in any case."""
    weekdays = {day.weekday() for day in horizon.instance.dates}
    return bool(weekdays.intersection(venue.hours_if_approved) - venue.hours.keys())


def _unserved_people(horizon: Horizon, plan: Plan) -> dict[str, int]:
    """People a plan leaves, by place; at closed ones those who are counted there, not at homes."""
    backlog = {venue.id: venue.backlog for venue in horizon.district.venues}
    return backlog | dict(horizon.instance.left(plan))


def _usual_hours(venue: Venue, day: date) -> tuple[Interval, ...]:
    """The hours of a weekday, else of the first one on which it is open."""
    return venue.hours.get(day.weekday()) or next(filter(None, venue.hours.values()))
