"""What each kind of change makes of a district.

A text is a value, or ``WHO=VALUE`` where it does not concern all: ``A=3``, ``school=0.9``. Amounts
are ``4``, or relative: ``+1``, ``-1``, ``x0.9``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from planner.demand import holidays_between, shift_on
from planner.district import CalendarEntry, District, Permission, Vehicle, Venue
from planner.i18n.messages import say
from planner.inputs.findings import Mistake, quote
from planner.inputs.hours import parse_intervals
from planner.inputs.lookup import find_van, find_venue
from planner.inputs.values import as_date, as_decimal, as_positive, as_whole
from planner.model import MAX_COUNT, MAX_KITS, Interval
from planner.units import MINUTE_S

MOST_VANS = 1000
"""Of a district; more is a slip of the pen."""

_RELATIVE = re.compile(r"([+x*-])\s*(\d.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A district in the middle of being changed.

    Attributes
    ----------
    dates
        To be planned for, ascending.
    """

    district: District
    dates: tuple[date, ...]


# Vans.


def vans(draft: Draft, text: str) -> Draft:
    """``+1`` = one more like the commonest, ``A=+1`` = one more like A, ``-1`` = not the last."""
    name, amount = _split(text)
    vehicles = draft.district.vehicles
    like = _commonest(vehicles) if name is None else _vehicle(draft, name)
    count = _whole(amount, len(vehicles), 1, MOST_VANS)
    if name is not None and count < len(vehicles):
        raise Mistake(
            say("{text} takes vans away", text=quote(text)),
            say("use --without-van {van}", van=name),
        )
    taken = {vehicle.id for vehicle in vehicles} | {venue.id for venue in draft.district.venues}
    fresh = (f"{like.id}{number}" for number in range(2, len(taken) + count + 3))
    free = [van_id for van_id in fresh if van_id not in taken]
    found = draft
    for van_id in free[: max(0, count - len(vehicles))]:
        found = _with_copy(found, like, van_id)
    return _with_vehicles(found, found.district.vehicles[:count])


def without_van(draft: Draft, text: str) -> Draft:
    """``B`` = the van stays at home."""
    gone = _vehicle(draft, text)
    rest = tuple(vehicle for vehicle in draft.district.vehicles if vehicle != gone)
    if not rest:
        raise Mistake(say("{van} is the only van", van=quote(text)), say("keep one or more"))
    return _with_vehicles(draft, rest)


def shifts(draft: Draft, text: str) -> Draft:
    """``07:00-15:00``, or ``A=07:00-15:00``, on every date on which the van drives."""
    name, hours_text = _split(text)
    hours = parse_intervals(hours_text)
    if len(hours) != 1:
        raise Mistake(
            say("{text} is no shift", text=quote(hours_text)), say("write '07.00-15.00', say")
        )
    vehicles = draft.district.vehicles if name is None else (_vehicle(draft, name),)
    entries = (
        _entry(day, vehicle.id, hours)
        for day in draft.dates
        for vehicle in vehicles
        if _shift(draft.district, vehicle, day) is not None
    )
    return _with_calendar(draft, entries)


def kits(draft: Draft, text: str) -> Draft:
    """``A=3``, ``+1`` = one more in every van."""
    return _with_counts(draft, text, "kits", 1, MAX_KITS)


def cards(draft: Draft, text: str) -> Draft:
    """``A=150``, ``+20``; a van without a limit keeps none where the amount is relative."""
    return _with_counts(draft, text, "max_people", 0, MAX_COUNT)


def max_stops(draft: Draft, text: str) -> Draft:
    """``A=4``, ``+1``; a van without a limit keeps none where the amount is relative."""
    return _with_counts(draft, text, "max_stops", 0, MAX_COUNT)


# Places.


def close(draft: Draft, text: str) -> Draft:
    """``rw-04``, or ``rw-04@2026-11-28``: closed on all dates, or on one."""
    place, days = _place_and_days(draft, text)
    return _with_calendar(draft, (_entry(day, place.id, ()) for day in days))


def open_(draft: Draft, text: str) -> Draft:
    """``sman-9=07.00-12.00``, or ``sman-9@2026-11-28=07.00-12.00``."""
    name, hours_text = _split(text)
    if name is None:
        raise Mistake(
            say("{text} names no hours", text=quote(text)),
            say("write '{text}=08.00-12.00', say", text=text),
        )
    place, days = _place_and_days(draft, name)
    hours = parse_intervals(hours_text)
    return _with_calendar(draft, (_entry(day, place.id, hours) for day in days))


def permit(draft: Draft, text: str) -> Draft:
    """``sman-9`` = its permission is confirmed."""
    return _with_permission(draft, text, Permission.APPROVED)


def refuse(draft: Draft, text: str) -> Draft:
    """``sman-9`` = its permission is refused."""
    return _with_permission(draft, text, Permission.REFUSED)


def weight(draft: Draft, text: str) -> Draft:
    """``sman-9=2``, ``school=x1.5``: what one person recorded there is worth."""
    name, amount = _split(text)

    def changed(venue: Venue) -> Venue:
        number = _amount(amount, venue.weight)
        return replace(venue, weight=as_decimal(f"{number:.10g}", least=0, most=MAX_COUNT))

    return _with_venues(draft, name, changed)


# People.


def turnout(draft: Draft, text: str) -> Draft:
    """``0.8``, ``school=0.9``, ``sman-9=x0.5``: the share that comes, also where a row has one."""
    name, amount = _split(text)

    def changed(venue: Venue) -> Venue:
        share = as_decimal(f"{_amount(amount, venue.turnout):g}", least=0, most=_most(amount))
        return replace(venue, turnout=min(1.0, share))

    return _with_venues(draft, name, changed)


def minutes_per_person(draft: Draft, text: str) -> Draft:
    """``5``, ``school=4``, ``sman-9=x1.2``: minutes of one kit, also where a row has its own."""
    name, amount = _split(text)

    def changed(venue: Venue) -> Venue:
        minutes = _positive(_amount(amount, venue.seconds_per_person / MINUTE_S))
        return replace(venue, seconds_per_person=round(minutes * MINUTE_S))

    return _with_venues(draft, name, changed)


CHANGES: Mapping[str, Callable[[Draft, str], Draft]] = {
    "vans": vans,
    "without_van": without_van,
    "shift": shifts,
    "kits": kits,
    "cards": cards,
    "max_stops": max_stops,
    "permit": permit,
    "refuse": refuse,
    "open": open_,
    "close": close,
    "weight": weight,
    "turnout": turnout,
    "minutes_per_person": minutes_per_person,
}
"""Changes of a district by their kind, in the order in which they are made."""


def with_day(draft: Draft, day: date) -> Draft:
    """One more date; a van without a shift on that weekday drives as on its first one."""
    dates = tuple(sorted({*draft.dates, day}))
    found = replace(draft, dates=dates)
    idle = (
        vehicle
        for vehicle in draft.district.vehicles
        if vehicle.shifts and day.weekday() not in vehicle.shifts
    )
    usual = ((vehicle, vehicle.shifts[min(vehicle.shifts)]) for vehicle in idle)
    return _with_calendar(found, (_entry(day, vehicle.id, (hours,)) for vehicle, hours in usual))


def without_day(draft: Draft, day: date) -> Draft:
    """One date less."""
    _check_planned(draft, day)
    if len(draft.dates) == 1:
        raise Mistake(say("{day} is the only date", day=day.isoformat()), say("keep one or more"))
    return replace(draft, dates=tuple(each for each in draft.dates if each != day))


# Reading texts.


def _split(text: str) -> tuple[str | None, str]:
    """Who is meant, None = all, and what is to become of them."""
    name, equals, amount = text.rpartition("=")
    return (name.strip(), amount.strip()) if equals else (None, text.strip())


def _amount(text: str, now: float) -> float:
    """A number as it is written, or what it makes of the one that is there."""
    relative = _RELATIVE.fullmatch(text)
    if relative is None:
        return as_decimal(text)
    sign, number = relative[1], as_decimal(relative[2])
    if sign in "x*":
        return now * number
    return now + number if sign == "+" else now - number


def _most(amount: str) -> float:
    """The largest share that may be written; what a relative one exceeds is cut off."""
    return float("inf") if _RELATIVE.fullmatch(amount) else 1.0


def _whole(text: str, now: int, least: int, most: int) -> int:
    """A number of things between two limits."""
    written = f"{_amount(text, now):.10g}"
    # One that is far too large is written as 1e+20, and is told as too large.
    as_decimal(written, least, most)
    return as_whole(written)


def _positive(number: float) -> float:
    return as_positive(f"{number:.10g}")


def _vehicle(draft: Draft, name: str) -> Vehicle:
    return find_van(draft.district.vehicles, name)


def _place_and_days(draft: Draft, text: str) -> tuple[Venue, tuple[date, ...]]:
    name, at, day = text.partition("@")
    place = find_venue(draft.district.venues, name.strip())
    if not at:
        return place, draft.dates
    _check_planned(draft, as_date(day))
    return place, (as_date(day),)


def _check_planned(draft: Draft, day: date) -> None:
    if day not in draft.dates:
        shown = ", ".join(each.isoformat() for each in draft.dates)
        raise Mistake(
            say("{day} is not planned for", day=day.isoformat()),
            say("use one of: {names}", names=shown),
        )


# Making copies.


def _commonest(vehicles: Iterable[Vehicle]) -> Vehicle:
    """The first of the vans most alike in class, kits, depot and limits."""
    found = tuple(vehicles)
    kinds = Counter(map(_kind, found))
    return max(found, key=lambda vehicle: kinds[_kind(vehicle)])


def _kind(vehicle: Vehicle) -> tuple[object, ...]:
    return vehicle.van_class, vehicle.kits, vehicle.start, vehicle.end, vehicle.max_people


def _with_copy(draft: Draft, like: Vehicle, van_id: str) -> Draft:
    """One more van; what the calendar says of the one it is like does not hold for it."""
    copy = replace(like, id=van_id, plate="+")
    return _with_vehicles(draft, (*draft.district.vehicles, copy))


def _with_vehicles(draft: Draft, vehicles: tuple[Vehicle, ...]) -> Draft:
    return replace(draft, district=replace(draft.district, vehicles=vehicles))


def _with_counts(draft: Draft, text: str, attribute: str, least: int, most: int) -> Draft:
    """Vans with another number of something; None = no limit, which a relative amount leaves."""
    name, amount = _split(text)
    chosen = None if name is None else _vehicle(draft, name)

    def changed(vehicle: Vehicle) -> Vehicle:
        now = getattr(vehicle, attribute)
        if (chosen is not None and chosen != vehicle) or (
            now is None and _RELATIVE.fullmatch(amount)
        ):
            return vehicle
        count: dict[str, Any] = {attribute: _whole(amount, now or 0, least, most)}
        return replace(vehicle, **count)

    return _with_vehicles(draft, tuple(map(changed, draft.district.vehicles)))


def _with_venues(draft: Draft, name: str | None, changed: Callable[[Venue], Venue]) -> Draft:
    """Places changed: all, those of a kind, or one."""
    kinds = [kind.key for kind in draft.district.venue_types]
    if name is None or name in kinds:
        chosen = {v.id for v in draft.district.venues if name in {None, v.type.key}}
    else:
        chosen = {find_venue(draft.district.venues, name, kinds).id}
    venues = tuple(changed(v) if v.id in chosen else v for v in draft.district.venues)
    return replace(draft, district=replace(draft.district, venues=venues))


def _with_permission(draft: Draft, text: str, state: Permission) -> Draft:
    return _with_venues(draft, text, lambda venue: replace(venue, permission=state))


def _with_calendar(draft: Draft, entries: Iterable[CalendarEntry]) -> Draft:
    calendar = (*draft.district.calendar, *entries)
    return replace(draft, district=replace(draft.district, calendar=calendar))


def _entry(day: date, scope: str, hours: tuple[Interval, ...]) -> CalendarEntry:
    return CalendarEntry(date=day, scope=scope, hours=hours, reason="")


def _shift(district: District, vehicle: Vehicle, day: date) -> Interval | None:
    return shift_on(vehicle, day, district.calendar, holidays_between(day, day))


def day_of(text: str) -> tuple[bool, date]:
    """Whether ``+2026-11-30`` or ``-2026-11-29`` adds a date, and which."""
    return not text.startswith("-"), as_date(text.lstrip("+-"))
