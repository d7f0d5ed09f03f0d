"""A calendar as Outlook and Google keep it: events are merged by UID, SEQUENCE and DTSTAMP."""

from datetime import datetime

from icalendar import Calendar, Event

Shown = tuple[datetime, datetime, str]
"""Begin, end and title of an event."""


class Phone:
    """Takes one published calendar after another."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}

    def receive(self, content: bytes) -> None:
        """Add events, replace those of which a later revision comes, and ignore all others."""
        for event in Calendar.from_ical(content).walk("VEVENT"):
            assert isinstance(event, Event)
            old = self.events.get(str(event["uid"]))
            if old is None or revision(event) > revision(old):
                self.events[str(event["uid"])] = event

    def shown(self) -> list[Shown]:
        """What is not cancelled."""
        return sorted(map(shown, filter(is_live, self.events.values())))


def revision(event: Event) -> tuple[int, datetime]:
    return event.decoded("sequence"), event.decoded("dtstamp")


def is_live(event: Event) -> bool:
    return str(event["status"]) != "CANCELLED"


def shown(event: Event) -> Shown:
    return event.decoded("dtstart"), event.decoded("dtend"), str(event["summary"])


def live_events(content: bytes) -> list[Shown]:
    """What a calendar alone says."""
    events = Calendar.from_ical(content).walk("VEVENT")
    return sorted(shown(event) for event in events if isinstance(event, Event) and is_live(event))
