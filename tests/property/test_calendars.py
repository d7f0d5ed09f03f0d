"""Calendars published again and again while a weekend goes wrong, as phones understand them."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from icalendar import Calendar

from planner.analysis.itinerary import Itinerary
from planner.analysis.public_schedule import public_visits
from planner.district import Permission
from planner.horizon import Horizon, build_horizon
from planner.inputs import read_district
from planner.office.district_folder import example_folder
from planner.plan import Plan
from planner.promise import list_promises
from planner.render.ical import build_calendar
from planner.replan.replanning import replan
from planner.solvers import Limits, solve
from tests.builders.phones import Phone, live_events
from tests.builders.seeds import seeds
from tests.property.test_week_replayed import incidents

BRIEF = Limits(iterations=1)
EARLY = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def weekend() -> tuple[Horizon, Plan]:
    """The example, all places of which are confirmed and for everybody."""
    district = read_district(example_folder())
    venues = tuple(
        replace(venue, public=True, permission=Permission.APPROVED) for venue in district.venues
    )
    horizon = build_horizon(replace(district, venues=venues), "2026-W48")
    return horizon, solve(horizon.instance, limits=BRIEF).plan


@pytest.mark.parametrize("seed", seeds(2, 8, 20))
def test_phones_show_the_plan_in_force(weekend: tuple[Horizon, Plan], seed: int) -> None:
    """One gets each calendar, one the first and the last, one an old one again after a new one."""
    horizon, plan = weekend
    rng = Random(seed)
    each, twice, late = Phone(), Phone(), Phone()
    first = calendar = build_calendar(Itinerary(horizon, plan, 1, EARLY), drafts=False)
    each.receive(first)
    twice.receive(first)
    day_incidents = [*incidents(horizon.instance, plan, rng, 60)]
    for number, disruption in enumerate(day_incidents, 2):
        promises = list_promises(plan, horizon.instance.site_index)
        replanned = replan(horizon.instance, plan, disruption, promises, limits=BRIEF)
        horizon, plan = replace(horizon, instance=replanned.instance), replanned.result.plan
        moment = midnight(disruption.day) + timedelta(seconds=disruption.time_s)
        itinerary = Itinerary(horizon, plan, number, moment)
        before, calendar = calendar, build_calendar(itinerary, drafts=False, sent=calendar)
        each.receive(calendar)
        late.receive(calendar)
        late.receive(before)
        assert each.shown() == live_events(calendar) == sorted_hours(itinerary)
        assert build_calendar(itinerary, drafts=False, sent=calendar) == calendar
        assert all(sequence < number for sequence in sequences(calendar).values())
        check_names(before, calendar)
    twice.receive(calendar)
    assert twice.shown() == each.shown()
    if day_incidents:
        assert late.shown() == each.shown()


def sorted_hours(itinerary: Itinerary) -> list[tuple[datetime, datetime, str]]:
    """What is promised to everybody, in world time."""
    return sorted(
        (
            midnight(visit.date) + timedelta(seconds=visit.hours[0]),
            midnight(visit.date) + timedelta(seconds=visit.hours[1]),
            f"Perekaman dan pencetakan KTP-el: {visit.venue.name}",
        )
        for visit in public_visits(itinerary, drafts=False)
    )


def midnight(day: date) -> datetime:
    """When a date begins in Jakarta."""
    return datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=7)


def sequences(calendar: bytes) -> dict[str, int]:
    events = Calendar.from_ical(calendar).walk("VEVENT")
    return {str(event["uid"]): event.decoded("sequence") for event in events}


def check_names(before: bytes, after: bytes) -> None:
    """Nothing sent is left out, and a place visited once in both plans has the same event."""
    assert {*sequences(before)} <= {*sequences(after)}
    ours, theirs = (
        [
            (str(event["location"]), str(event["uid"]))
            for event in Calendar.from_ical(content).walk("VEVENT")
            if str(event["status"]) == "CONFIRMED"
        ]
        for content in (before, after)
    )
    once = [Counter(place for place, _ in events) for events in (ours, theirs)]
    for place, uid in ours:
        if once[0][place] == once[1][place] == 1:
            assert (place, uid) in theirs
