"""The calendar for phones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from planner.analysis.itinerary import Itinerary
from planner.errors import InputError
from planner.plan import Plan, Result
from planner.render.ical import build_calendar
from tests.builders.horizons import horizon, itinerary, result, two_vans


def test_the_calendar_is_in_world_time() -> None:
    """08.20 WIB is 01.20 UTC."""
    calendar = Calendar.from_ical(build_calendar(itinerary(), drafts=False))
    first, second = calendar.walk("VEVENT")
    assert first.decoded("dtstart") == datetime(2026, 11, 28, 1, 20, tzinfo=UTC)
    assert first["summary"] == "Perekaman KTP-el: Nama P1"
    assert second["location"] == "Nama O1, Kecil"


def test_a_calendar_of_changed_hours_changes_the_events() -> None:
    """The point is served an hour later than first published; a second visit has its own name."""
    names = [
        [event["uid"] for event in Calendar.from_ical(content).walk("VEVENT")]
        for content in (
            build_calendar(itinerary(two_vans(gap_s)), drafts=False) for gap_s in (3600, 7200)
        )
    ]
    assert names[0] == names[1]
    assert len({*names[0]}) == 2


def test_the_calendar_states_the_version_of_the_plan() -> None:
    """The third one of the week."""
    content = build_calendar(Itinerary(horizon(), result().plan, 3), drafts=False)
    assert Calendar.from_ical(content)["x-wr-caldesc"] == "2026-W48, versi 3"


EARLY = datetime(2026, 11, 20, 8, tzinfo=UTC)


def published(given: Result, number: int = 1, sent: bytes = b"", *, drafts: bool = False) -> bytes:
    """The calendar of a version, a day later than the version before it."""
    at = Itinerary(horizon(), given.plan, number, EARLY + timedelta(days=number - 1))
    return build_calendar(at, drafts=drafts, sent=sent)


def events(content: bytes) -> list[Event]:
    found = Calendar.from_ical(content).walk("VEVENT")
    return [event for event in found if isinstance(event, Event)]


def only(given: Result, index: int) -> Result:
    """A plan with one of the routes."""
    return replace(given, plan=Plan(routes=(given.plan.routes[index],)))


def test_an_event_is_stamped_when_its_version_was_decided() -> None:
    """A week published eight days early; nothing is from the future."""
    for event in events(published(result())):
        stamps = event.decoded("dtstamp"), event.decoded("last-modified")
        assert (event["sequence"], *stamps) == (0, EARLY, EARLY)


def test_the_second_visit_of_a_place_stays_itself_without_the_first() -> None:
    """Of two at the point the first is withdrawn: it is cancelled, the other one unchanged."""
    both = two_vans(3600)
    before = published(both)
    after = published(only(both, 1), 2, before)
    first, second = events(before)
    kept, gone = events(after)
    assert kept.to_ical() == second.to_ical()
    assert (gone["uid"], gone["status"], gone["sequence"]) == (first["uid"], "CANCELLED", 1)
    assert gone["summary"] == "BATAL: Perekaman KTP-el: Nama P1"
    assert gone.decoded("dtstart") == first.decoded("dtstart")


def test_new_hours_are_a_revision_of_the_same_event() -> None:
    """The second visit begins an hour later; the first does not change."""
    before = published(two_vans(3600))
    was, now = events(before), events(published(two_vans(7200), 2, before))
    assert [event["uid"] for event in was] == [event["uid"] for event in now]
    assert now[0].to_ical() == was[0].to_ical()
    assert (now[1]["sequence"], now[1].decoded("dtstamp")) == (1, EARLY + timedelta(days=1))


def test_what_is_cancelled_stays_so_and_can_come_back() -> None:
    """Published, withdrawn, not mentioned, restored: four calendars, one event."""
    both = two_vans(3600)
    content = published(both)
    states = []
    for number, given in enumerate((only(both, 1), only(both, 1), both), 2):
        content = published(given, number, content)
        event = min(events(content), key=lambda event: event.decoded("dtstart"))
        states.append((event["status"], event["sequence"]))
    assert states == [("CANCELLED", 1), ("CANCELLED", 1), ("CONFIRMED", 2)]
    assert len(events(content)) == 2


def test_a_repeated_calendar_is_the_same() -> None:
    """Byte by byte, as after a run that was killed."""
    content = published(two_vans(7200), 2, published(result()))
    assert published(two_vans(7200), 2, content) == content


def test_a_clock_that_goes_back_makes_no_change_older() -> None:
    """Version 2 was decided before version 1, by another computer."""
    late = published(two_vans(3600), 5)
    _, changed = events(published(two_vans(7200), 2, late))
    assert changed.decoded("dtstamp") == EARLY + timedelta(days=4)


def with_school(permission: str) -> Itinerary:
    """The small weekend, whose school is for everybody."""
    given = horizon()
    venues = tuple(
        replace(venue, public=True, permission=type(venue.permission)(permission))
        if venue.id == "S1"
        else venue
        for venue in given.venues
    )
    return Itinerary(replace(given, venues=venues), result().plan, 1, EARLY)


def test_drafts_that_nobody_has_received_are_not_cancelled() -> None:
    """The school stands in a calendar of drafts; the one published after it does not name it."""
    drafts = build_calendar(with_school("surat dikirim"), drafts=True)
    assert "TENTATIVE" in [event["status"] for event in events(drafts)]
    calendar = build_calendar(with_school("surat dikirim"), drafts=False, sent=drafts)
    assert b"S1" not in calendar


def test_a_place_that_has_withdrawn_its_permission_is_cancelled() -> None:
    """Even where drafts were looked at in between."""
    content = build_calendar(with_school("disetujui"), drafts=False)
    for drafts in (True, False):
        content = build_calendar(with_school("surat dikirim"), drafts=drafts, sent=content)
    states = {
        str(event["uid"])[11:13]: (event["status"], event["sequence"]) for event in events(content)
    }
    assert states["S1"] == ("CANCELLED", 2)


def test_a_damaged_calendar_is_named() -> None:
    """What was sent is not known any more."""
    with pytest.raises(
        InputError, match=r"schedule\.ics: is damaged, so nobody knows what was sent"
    ):
        build_calendar(itinerary(), drafts=False, sent=b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nX")
