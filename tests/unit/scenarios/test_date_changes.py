"""Dates more, and dates less."""

import re
from datetime import date
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.inputs import read_district
from planner.scenarios import apply_changes, scenarios_from_options
from planner.venues import OFFICE
from tests.builders.districts import SATURDAY, SUNDAY, WEEK, district, venue
from tests.builders.folders import sound_folder
from tests.unit.scenarios.weekends import horizon_with

MONDAY = date(2026, 11, 30)


def test_a_date_more_may_lie_in_another_week() -> None:
    """On Monday vans drive as on Saturday, and only what is open then can be visited."""
    office = venue("O1", OFFICE, -7.02, backlog=10, hours={0: ((28800, 43200),)})
    given = district(venues=(*district().venues[:2], office))
    found = horizon_with(given, day=["+2026-11-30"])
    assert found.instance.dates == (SATURDAY, SUNDAY, MONDAY)
    assert found.instance.vans[0].shifts[MONDAY] == (27000, 50400)
    assert found.instance.sites[2].windows == {MONDAY: ((28800, 43200),)}
    assert horizon_with(given, day=["-2026-11-29"]).instance.dates == (SATURDAY,)
    two = horizon_with(given, day=["+2026-11-30", "+2026-12-01"]).instance
    assert two.vans[0].shifts[MONDAY] == two.vans[0].shifts[date(2026, 12, 1)] == (27000, 50400)


def test_a_weekday_more_holds_in_every_week(tmp_path: Path) -> None:
    """Vans drive on Fridays as on their first weekday; hours without a day hold on it too."""
    given = read_district(sound_folder(tmp_path).path)
    (variant,) = apply_changes(given, WEEK, scenarios_from_options({"weekday": ["+Jum"]}), weeks=2)
    assert variant.district.office.service_days == (4, 5, 6)
    fridays = [day for day in variant.dates if day.weekday() == 4]
    assert fridays == [date(2026, 11, 27), date(2026, 12, 4)]
    for before, van in zip(given.vehicles, variant.district.vehicles, strict=True):
        assert van.shifts[4] == before.shifts[min(before.shifts)]
    (fewer,) = apply_changes(given, WEEK, scenarios_from_options({"weekday": ["-Min"]}))
    assert fewer.dates == (SATURDAY,)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("+Sab", "'Sab' is a service day already; name another weekday"),
        ("-Jum", "'Jum' is not a service day; name another weekday"),
        ("+Caturday", "'Caturday' is not a day"),
    ],
)
def test_a_weekday_that_changes_nothing_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    """With what to do."""
    given = read_district(sound_folder(tmp_path).path)
    with pytest.raises(InputError, match=f"--weekday: {re.escape(problem)}"):
        apply_changes(given, WEEK, scenarios_from_options({"weekday": [text]}))
