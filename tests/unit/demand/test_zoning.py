"""Where pupils live who are counted at their school and at home."""

from dataclasses import replace
from random import Random

from planner.demand.zoning import zone_pupils
from planner.district import Neighbourhood, Venue
from planner.venues import SCHOOL
from tests.builders.districts import KELURAHAN, district, venue

HOME = district().neighbourhoods[0]


def home(rt: int, lat: float, unrecorded: int) -> Neighbourhood:
    return replace(HOME, code=KELURAHAN, rt=f"{rt:03}", lat=lat, unrecorded=unrecorded)


def school(name: str, lat: float, pupils: int) -> Venue:
    return venue(name, SCHOOL, lat, backlog=pupils, counted_in_rt=pupils)


def test_pupils_live_in_the_homes_nearest_to_their_school() -> None:
    """15 pupils: all 10 of the nearest RT, 5 of the next, nobody of the third."""
    homes = (home(1, -7.003, 10), home(2, -7.001, 10), home(3, -7.002, 10))
    given = district(neighbourhoods=homes, venues=(school("S1", -7.0, 15),))
    assert zone_pupils(given) == {1: {"S1": 10}, 2: {"S1": 5}}


def test_of_two_schools_the_nearer_one_has_the_pupils_of_a_home() -> None:
    """S2 stands in front of the RT; S1 finds its pupils one RT farther."""
    homes = (home(1, -7.003, 10), home(2, -7.01, 10))
    schools = (school("S1", -7.0, 8), school("S2", -7.0035, 9))
    given = district(neighbourhoods=homes, venues=schools)
    assert zone_pupils(given) == {0: {"S2": 9, "S1": 1}, 1: {"S1": 7}}


def test_more_pupils_than_unrecorded_people_are_not_invented() -> None:
    """30 pupils said to stand in the rows of two RT with 10 people."""
    homes = (home(1, -7.001, 6), home(2, -7.002, 4))
    given = district(neighbourhoods=homes, venues=(school("S1", -7.0, 30),))
    assert zone_pupils(given) == {0: {"S1": 6}, 1: {"S1": 4}}


def test_a_school_looks_as_far_as_its_pupils_take_it() -> None:
    """300 RT of one person each, in random order: the 250 nearest."""
    rng = Random(0)
    spots = [-7.0 - 0.0001 * rank for rank in range(300)]
    rng.shuffle(spots)
    homes = tuple(home(rt, lat, 1) for rt, lat in enumerate(spots))
    zoned = zone_pupils(district(neighbourhoods=homes, venues=(school("S1", -7.0, 250),)))
    nearest = sorted(range(300), key=lambda index: -spots[index])[:250]
    assert set(zoned) == set(nearest)


def test_nobody_is_zoned_without_pupils_counted_twice() -> None:
    """A school whose pupils stand in no row of an RT, and a district without rows."""
    alone = venue("S1", SCHOOL, -7.0, backlog=9)
    assert zone_pupils(district(venues=(alone,))) == {}
    assert zone_pupils(district(neighbourhoods=())) == {}
