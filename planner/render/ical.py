"""The schedule as iCalendar, for the phones of everyone."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import PublicVisit, public_visits
from planner.district import HOURS_EAST
from planner.i18n.words import Words
from planner.render.escape import to_line
from planner.render.hours_text import format_breaks, format_service
from planner.render.letterhead import version_line
from planner.render.poster import advice

PROGRAM = "jemput-bola-planner"


def build_calendar(itinerary: Itinerary, *, drafts: bool) -> bytes:
    """The schedule as iCalendar, an event per visit, in UTC."""
    office = itinerary.horizon.district.office
    words = office.words
    calendar = Calendar()
    calendar.add("prodid", f"-//{PROGRAM}//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", to_line(office.name))
    calendar.add("x-wr-caldesc", version_line(itinerary))
    stamp = datetime.combine(itinerary.horizon.instance.dates[0], time(), tzinfo=UTC)
    times = Counter[str]()
    for visit in public_visits(itinerary, drafts=drafts):
        # The same for a visit whose hours change, so that phones change theirs.
        name = f"{visit.date}-{to_line(visit.venue.id)}"
        times[name] += 1
        event = _event(visit, stamp, words)
        event.add("uid", f"{name}-{times[name]}@{PROGRAM}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(visit: PublicVisit, stamp: datetime, words: Words) -> Event:
    opens_s, closes_s = visit.hours
    title = f"{format_service(visit, words)}: {visit.venue.name}"
    event = Event()
    event.add("dtstamp", stamp)
    event.add("dtstart", _moment(visit.date, opens_s, words))
    event.add("dtend", _moment(visit.date, closes_s, words))
    event.add("summary", to_line(f"{words('DRAFT')} {title}" if visit.draft else title))
    event.add("location", to_line(f"{visit.venue.name}, {visit.address}"))
    event.add("geo", (visit.venue.lat, visit.venue.lon))
    pauses = [f"{pause}." for pause in format_breaks(visit.breaks, words)]
    event.add("description", " ".join([*pauses, *advice(words)]))
    event.add("status", "TENTATIVE" if visit.draft else "CONFIRMED")
    return event


def _moment(day: date, time_s: int, words: Words) -> datetime:
    local = datetime.combine(day, time(), tzinfo=UTC) + timedelta(seconds=time_s)
    return local - timedelta(hours=HOURS_EAST[words.timezone])
