"""Weekends that differ in one thing."""

from dataclasses import replace

from planner.district import Permission
from planner.explain.lifted_restriction import without_restriction
from planner.horizon import build_horizon
from tests.builders.districts import SUNDAY, WEEK, closure
from tests.unit.explain.crowded import (
    crowded_district,
    place,
)


def test_a_refused_place_that_is_closed_too_is_opened_as_well() -> None:
    """Were it open and permitted means both."""
    given = crowded_district(calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)))
    venues = tuple(replace(venue, permission=Permission.REFUSED) for venue in given.venues)
    horizon = build_horizon(replace(given, venues=venues), WEEK)
    assert "S1" in without_restriction(horizon, place(horizon, "S1")).instance.site_index
