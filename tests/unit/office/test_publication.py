"""What is published of a week, version after version."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from planner.errors import InputError
from planner.office.paper import save_publication
from planner.office.week_plan import WeekPlan
from planner.plan import Plan, Result
from planner.store.version import PLAN
from tests.builders.districts import WEEK
from tests.builders.horizons import horizon, result, two_vans
from tests.builders.phones import Phone
from tests.builders.versions import add_version, tree, week_of

WRITTEN = datetime(2026, 11, 28, 4, tzinfo=UTC)


def decide(folder: Path, given: Result, because: str = "plan") -> WeekPlan:
    """A version of a plan, written on the day itself at 11.00 WIB."""
    before = week_of(folder).current
    old = (before.read_result().plan, before.read_changed()) if before else None
    add_version(
        folder, given, because=because, planned_on=before.number if before else None, instead_of=old
    )
    version = week_of(folder).current
    assert version is not None
    os.utime(version.path / PLAN, (WRITTEN.timestamp(), WRITTEN.timestamp()))
    return WeekPlan(horizon=horizon(folder=folder), result=given, source=version)


def calendar(folder: Path) -> bytes:
    return (folder / "public" / WEEK / "schedule.ics").read_bytes()


def stamps(content: bytes) -> list[tuple[int, str]]:
    """Sequence and time of each event, by the clock at the office."""
    clock = horizon().district.office.clock
    events = Calendar.from_ical(content).walk("VEVENT")
    return [
        (event.decoded("sequence"), f"{clock(event.decoded('dtstamp')):%H.%M}") for event in events
    ]


def test_a_replanned_calendar_says_when_the_change_was_told(tmp_path: Path) -> None:
    """At 10.15, though it was written at 11.00; one told for 14.00 has been written at 11.00."""
    save_publication(decide(tmp_path, two_vans(3600)))
    assert stamps(calendar(tmp_path)) == [(0, "11.00")] * 2
    later = "replan --at 2026-11-28T14:00 --late A=60"
    save_publication(decide(tmp_path, two_vans(7200), later))
    assert stamps(calendar(tmp_path)) == [(0, "11.00"), (1, "11.00")]


def test_a_plan_made_on_the_day_itself_is_stamped_by_what_was_told(tmp_path: Path) -> None:
    """The first calendar is of a replan told at 10.15."""
    decide(tmp_path, two_vans(3600))
    save_publication(decide(tmp_path, two_vans(7200), "replan --at 2026-11-28T10:15 --late A=60"))
    assert stamps(calendar(tmp_path)) == [(0, "10.15")] * 2


def test_publishing_again_changes_nothing(tmp_path: Path) -> None:
    """Nor does a run after one that was killed: it starts from the same calendar."""
    decide(tmp_path, two_vans(3600))
    plan = decide(tmp_path, two_vans(7200), "repair")
    save_publication(plan)
    once = tree(tmp_path)
    save_publication(plan)
    assert tree(tmp_path) == once


def test_versions_that_were_not_published_are_skipped(tmp_path: Path) -> None:
    """The phone has version 1 and gets version 3; drafts of version 2 were only looked at."""
    phone = Phone()
    save_publication(decide(tmp_path, two_vans(3600)))
    phone.receive(calendar(tmp_path))
    save_publication(decide(tmp_path, result(), "plan --seed 1"), drafts=True)
    save_publication(decide(tmp_path, two_vans(7200), "plan --seed 2"))
    phone.receive(calendar(tmp_path))
    assert [f"{begin:%H.%M}" for begin, *_ in phone.shown()] == ["01.20", "04.30"]
    assert stamps(calendar(tmp_path))[1][0] == 1


def test_a_plan_without_places_cancels_what_was_published(tmp_path: Path) -> None:
    """No poster, one calendar; before anything is published it is refused."""
    empty = replace(result(people=0), plan=Plan())
    with pytest.raises(InputError, match="no place in it is confirmed"):
        save_publication(decide(tmp_path, empty))
    phone = Phone()
    save_publication(decide(tmp_path, two_vans(3600), "plan --seed 1"))
    phone.receive(calendar(tmp_path))
    save_publication(decide(tmp_path, empty, "plan --seed 2"))
    phone.receive(calendar(tmp_path))
    assert phone.shown() == []
    assert [path.name for path in (tmp_path / "public" / WEEK).iterdir()] == ["schedule.ics"]
