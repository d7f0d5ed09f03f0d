"""The calendar for phones."""

from datetime import UTC, datetime

from icalendar import Calendar

from planner.analysis.itinerary import Itinerary
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
