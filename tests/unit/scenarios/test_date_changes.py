"""Dates more, and dates less."""

from datetime import date

from planner.venues import OFFICE
from tests.builders.districts import SATURDAY, SUNDAY, district, venue
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
