"""How many people are behind each place, each person once."""

from dataclasses import replace

import numpy as np

from planner.demand import backlog_of, people_by_venue
from planner.geo import Walks
from planner.venues import POINT
from tests.builders.districts import district, venue

GIVEN = district()
POINT_1, SCHOOL, OFFICE = GIVEN.venues
POINT_2 = venue("P2", POINT, -7.01)


def walks(*points: int) -> Walks:
    """From the neighbourhoods, in their order, each to one point."""
    return Walks.of(np.arange(len(points)), np.array(points), np.full(len(points), 100.0))


def test_each_neighbourhood_is_counted_at_its_point() -> None:
    """70 people at the first, 30 at the second; pupils and staff where they are."""
    venues = [POINT_1, POINT_2, replace(SCHOOL, counted_in_rt=0), OFFICE]
    people, uncovered = people_by_venue(GIVEN, venues, [POINT_1, POINT_2], walks(0, 1))
    assert people == {"P1": 70, "P2": 30, "S1": 50, "O1": 10}
    assert uncovered == 0


def test_pupils_counted_twice_are_taken_off_all_neighbourhoods_alike() -> None:
    """20 of 100 residents: 56 of 70 and 24 of 30 stay."""
    venues = [POINT_1, POINT_2, SCHOOL]
    people, _ = people_by_venue(GIVEN, venues, [POINT_1, POINT_2], walks(0, 1))
    assert people == {"P1": 56, "P2": 24, "S1": 50}


def test_who_walks_nowhere_is_uncovered() -> None:
    """The 30 of the second neighbourhood, in full."""
    people, uncovered = people_by_venue(GIVEN, [POINT_1], [POINT_1], walks(0))
    assert (people, uncovered) == ({"P1": 70}, 30)


def test_the_backlog_of_a_district_counts_each_person_once() -> None:
    """100 residents, 30 pupils who are in no row of an RT, 10 staff."""
    assert backlog_of(GIVEN) == 140
