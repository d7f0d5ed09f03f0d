"""The schedule as iCalendar, for the phones of everyone, event by event over all versions."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, product

from icalendar import Calendar, Event

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import PublicVisit, public_visits
from planner.district import HOURS_EAST
from planner.errors import input_error
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.hours_text import format_breaks, format_service
from planner.render.poster import advice

PROGRAM = "jemput-bola-planner"

REVISION = ("sequence", "dtstamp", "last-modified")
"""Properties that say when an event became as it is, and how often it had changed before."""

UNSAVED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stamp of a plan that was never saved: whatever is sent later is newer."""


def build_calendar(itinerary: Itinerary, *, drafts: bool, sent: bytes = b"") -> bytes:
    """The schedule as iCalendar, an event per visit, in UTC.

    Parameters
    ----------
    sent
        The calendar published last. Events about the same visits go on under their names; those
        about visits that are no more are cancelled, and stay cancelled in later calendars.

    Raises
    ------
    InputError
        Where that calendar cannot be read.
    """
    office = itinerary.horizon.district.office
    words = office.words
    calendar = Calendar()
    calendar.add("prodid", f"-//{PROGRAM}//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", to_line(office.name))
    calendar.add("x-wr-caldesc", itinerary.version_line)
    visits = public_visits(itinerary, drafts=drafts)
    earlier = _read_sent(sent)
    names = _match(visits, earlier, words)
    events: dict[str, Event] = {}
    for number, visit in enumerate(visits):
        uid = names.get(number) or _new_name(visit, {*earlier, *events}, office.code)
        events[uid] = _event(visit, words)
    gone = {uid: _cancelled(event, words) for uid, event in earlier.items() if uid not in events}
    for uid, event in (events | gone).items():
        event["uid"] = uid
        _revise(event, earlier.get(uid), itinerary.moment or UNSAVED)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _read_sent(content: bytes) -> dict[str, Event]:
    """Events of a calendar by their names, without drafts that nobody has received."""
    try:
        events = Calendar.from_ical(content).walk("VEVENT") if content else []
        return {
            str(event["uid"]): event
            for event in events
            if isinstance(event, Event)
            if event.get("status") != "TENTATIVE" or event.get("sequence", 0) > 0
        }
    except (ValueError, KeyError):
        raise input_error(
            "schedule.ics",
            say("is damaged, so nobody knows what was sent"),
            say("restore it from a copy"),
        ) from None


def _match(
    visits: Sequence[PublicVisit], earlier: Mapping[str, Event], words: Words
) -> dict[int, str]:
    """Names of the events sent about the same visits, by the number of each visit.

    A visit is the same where its place is; of several the one of that date, then the one nearest
    in hours. What was cancelled comes back where nothing else is left.
    """
    pairs = sorted(
        (_distance(visit, earlier[uid], words), number, uid)
        for (number, visit), uid in product(enumerate(visits), earlier)
        if _venue_id(uid) == to_line(visit.venue.id)
    )
    names: dict[int, str] = {}
    for _, number, uid in pairs:
        if number not in names and uid not in names.values():
            names[number] = uid
    return names


def _distance(visit: PublicVisit, event: Event, words: Words) -> tuple[bool, int, float]:
    ours = [_moment(visit.date, time_s, words) for time_s in visit.hours]
    begin, end = event.decoded("dtstart"), event.decoded("dtend")
    local_date = (begin + timedelta(hours=HOURS_EAST[words.timezone])).date()
    apart_s = abs((ours[0] - begin).total_seconds()) + abs((ours[1] - end).total_seconds())
    return event.get("status") == "CANCELLED", abs((visit.date - local_date).days), apart_s


def _venue_id(uid: str) -> str:
    """Of the place that an event is about; its name is ``DATE-PLACE-NUMBER@…``."""
    dated, _, _ = uid.rpartition("@")
    return dated[len("2026-11-28-") :].rpartition("-")[0]


def _new_name(visit: PublicVisit, taken: set[str], code: str) -> str:
    names = (
        f"{visit.date}-{to_line(visit.venue.id)}-{number}@{code}.{PROGRAM}" for number in count(1)
    )
    return next(name for name in names if name not in taken)


def _event(visit: PublicVisit, words: Words) -> Event:
    opens_s, closes_s = visit.hours
    title = f"{format_service(visit, words)}: {visit.venue.name}"
    event = Event()
    event.add("dtstart", _moment(visit.date, opens_s, words))
    event.add("dtend", _moment(visit.date, closes_s, words))
    event.add("summary", to_line(f"{words('DRAFT')} {title}" if visit.draft else title))
    event.add("location", to_line(f"{visit.venue.name}, {visit.address}"))
    event.add("geo", (visit.venue.lat, visit.venue.lon))
    pauses = [f"{pause}." for pause in format_breaks(visit.breaks, words)]
    event.add("description", " ".join([*pauses, *advice(words)]))
    event.add("status", "TENTATIVE" if visit.draft else "CONFIRMED")
    return event


def _cancelled(event: Event, words: Words) -> Event:
    """The event as withdrawn; its title says so to programs that heed no status."""
    gone = _without_revision(event)
    if event.get("status") != "CANCELLED":
        gone["status"] = "CANCELLED"
        gone["summary"] = to_line(f"{words('CANCELLED')}: {event.get('summary', '')}")
    return gone


def _revise(event: Event, before: Event | None, moment: datetime) -> None:
    """Say since when an event is as it is: since now, unless it was just so before."""
    sequence = 0 if before is None else before.get("sequence", 0)
    if before is not None:
        was = before.decoded("dtstamp")
        is_same = _without_revision(before).to_ical() == event.to_ical()
        sequence, moment = (sequence, was) if is_same else (sequence + 1, max(was, moment))
    event.add("sequence", sequence)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)


def _without_revision(event: Event) -> Event:
    copy = event.copy()
    for name in REVISION:
        copy.pop(name, None)
    return copy


def _moment(day: date, time_s: int, words: Words) -> datetime:
    local = datetime.combine(day, time(), tzinfo=UTC) + timedelta(seconds=time_s)
    return local - timedelta(hours=HOURS_EAST[words.timezone])
