"""The district as it is on the dates of a plan: who is left, what was agreed to, and learned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.backlog import estimate_inflow, no_inflow
from planner.district import CalendarEntry, District, KindRates, LearnedRates, Permission, Venue
from planner.i18n.messages import say
from planner.venues import Service


def as_of_dates(district: District, dates: Sequence[date]) -> District:
    """The district without those who need no recording any more, and with agreements for dates.

    Parameters
    ----------
    dates
        To be planned for, ascending. What has come about on the first of them or later is not
        known to a plan for them.
    """
    if not dates:
        return district
    left = as_of_morning(district, dates[0])
    return _with_agreements(_with_learned_rates(left, dates[0]), dates)


def as_of_morning(district: District, day: date) -> District:
    """The district with those who are left on the morning of a day; as it is where it has them."""
    if district.as_of == day:
        return district
    left = _with_cards(_with_those_left(_with_inflow(district, day), day), day)
    return left if left is district else replace(left, as_of=day)


def _with_inflow(district: District, first: date) -> District:
    """With those who have become 16 or 17 since the last count."""
    last = first - timedelta(days=1)
    inflow = estimate_inflow(district)
    if district.counted_on is None or district.counted_on >= last or inflow is no_inflow:
        return district
    after = district.counted_on
    homes = tuple(
        replace(home, unrecorded=home.unrecorded + inflow(home.id, after, last))
        for home in district.neighbourhoods
    )
    venues = tuple(
        replace(venue, backlog=venue.backlog + inflow(venue.id, after, last))
        for venue in district.venues
    )
    return replace(district, neighbourhoods=homes, venues=venues)


def learned_before(district: District, first: date) -> LearnedRates | None:
    """The rates that a plan from a date on goes by, as far as they are not assumed."""
    known = [learned for learned in district.learned if learned.day < first]
    return known[-1] if known else None


def _with_learned_rates(district: District, first: date) -> District:
    learned = learned_before(district, first)
    if learned is None:
        return district
    venues = tuple(_with_rates(venue, learned) for venue in district.venues)
    services = tuple(
        _with_service_rates(service, learned.kinds.get(service.key, KindRates()))
        for service in district.services
    )
    if district.rates.setup_s == learned.assumed_setup_s:
        venues = tuple(_with_setup(venue, learned) for venue in venues)
    return replace(district, venues=venues, services=services)


def _with_service_rates(service: Service, rates: KindRates) -> Service:
    share, speed, setup = rates.turnout, rates.seconds_per_person, rates.setup_s
    return replace(
        service,
        share=share.value if share else service.share,
        seconds_per_person=round(speed.value) if speed else service.seconds_per_person,
        setup_s=round(setup.value) if setup else service.setup_s,
    )


def _with_rates(venue: Venue, learned: LearnedRates) -> Venue:
    """A venue with rates of its own or of its kind; what its row says of them stays."""
    kind = learned.kinds.get(venue.type.key, KindRates())
    own = learned.places.get(venue.id, KindRates())
    turnout, failure = own.turnout or kind.turnout, own.failure or kind.failure
    speed = own.seconds_per_person or kind.seconds_per_person
    assumed_turnout, assumed_s = learned.assumed.get(venue.type.key, (None, None))
    if turnout is not None and venue.turnout == assumed_turnout:
        succeed = 1.0 if failure is None else 1.0 - failure.value
        venue = replace(venue, turnout=turnout.value * succeed)
    if speed is not None and venue.seconds_per_person == assumed_s:
        venue = replace(venue, seconds_per_person=round(speed.value))
    return venue


def _with_setup(venue: Venue, learned: LearnedRates) -> Venue:
    own = learned.places.get(venue.id, KindRates())
    setup = own.setup_s or learned.kinds.get(venue.type.key, KindRates()).setup_s
    return replace(venue, setup_s=round(setup.value)) if setup else venue


def _with_those_left(district: District, first: date) -> District:
    """Where more are gone than were counted, nobody is left."""
    gone: Counter[str] = Counter()
    pupils: Counter[str] = Counter()
    for outcome in district.outcomes:
        if outcome.day < first:
            gone[outcome.unit] += outcome.people
            pupils[outcome.school] += outcome.people
    if not gone:
        return district
    homes = tuple(
        replace(home, unrecorded=max(home.unreachable, home.unrecorded - gone[home.id]))
        for home in district.neighbourhoods
    )
    venues = tuple(_with_pupils_left(v, gone[v.id], pupils[v.id]) for v in district.venues)
    return replace(district, neighbourhoods=homes, venues=venues)


def _with_cards(district: District, first: date) -> District:
    """With those who wait for their card; never fewer than nobody."""
    change: Counter[str] = Counter()
    for outcome in district.cards:
        if outcome.day < first:
            change[outcome.unit] += outcome.people
    if not change:
        return district

    def waiting(unit: str, told: int | None) -> int | None:
        return max(0, (told or 0) + change[unit]) if unit in change else told

    homes = tuple(
        replace(home, not_printed=waiting(home.id, home.not_printed))
        for home in district.neighbourhoods
    )
    venues = tuple(
        replace(venue, not_printed=waiting(venue.id, venue.not_printed))
        for venue in district.venues
    )
    return replace(district, neighbourhoods=homes, venues=venues)


def _with_pupils_left(venue: Venue, own: int, elsewhere: int) -> Venue:
    """A venue without some of its own people, and some who are counted where they live, too."""
    own_left = max(0, venue.backlog - venue.counted_in_rt - own)
    counted_in_rt = max(0, venue.counted_in_rt - elsewhere)
    return replace(venue, backlog=own_left + counted_in_rt, counted_in_rt=counted_in_rt)


def _with_agreements(district: District, dates: Sequence[date]) -> District:
    """A place whose host agreed to some of the dates alone is open on no others of them."""
    agreed = {(entry.place, entry.day): entry for entry in district.agreements}
    entries: list[CalendarEntry] = []
    venues: list[Venue] = []
    for venue in district.venues:
        days = [day for day in dates if (venue.id, day) in agreed]
        if days:
            usual = replace(venue, permission=Permission.APPROVED).usual_hours
            for day in dates if not venue.is_confirmed else days:
                entry = agreed.get((venue.id, day))
                hours = (entry.hours or usual.get(day.weekday(), ())) if entry else ()
                entries.append(CalendarEntry(date=day, scope=venue.id, hours=hours, reason=_REASON))
        venues.append(replace(venue, permission=Permission.APPROVED) if days else venue)
    calendar = (*district.calendar, *entries)
    return replace(district, venues=tuple(venues), calendar=calendar)


_REASON = say("agreed with the host")
