"""Roads are taken as they are given, and plans are worth what the objective says.

As in `tests.unit.solvers.test_rules` a van records 87 people at a site 50 s away, and its plan is
worth 86.
"""

from dataclasses import replace

import pytest

from planner.check import score
from planner.model import NO_ROAD, Instance
from planner.solvers import solve
from tests.builders.districts import SATURDAY
from tests.builders.instances import ENOUGH, VAN, instance, place_matrix, proven_best, site

HUGE = site(1, expected=100)


@pytest.mark.parametrize("leg", [(0, 1), (1, 0)])
def test_where_there_is_no_road_none_is_driven(leg: tuple[int, int]) -> None:
    """None to the huge site, or none back: ten people at the other. With both, 87."""
    given = instance(HUGE, site(2))
    drive_s = given.drive_s.copy()
    drive_s[leg] = NO_ROAD
    drive_s[2, 1] = drive_s[1, 2] = NO_ROAD
    assert proven_best(replace(given, drive_s=drive_s)) == 9
    assert proven_best(given) == 86


@pytest.mark.parametrize("rows", [((0, 50), (150, 0)), ((0, 150), (50, 0))])
def test_a_road_takes_longer_one_way_than_the_other(rows: tuple[tuple[int, ...], ...]) -> None:
    """50 s one way and 150 the other: 770 s for 77 people, 77 - 2. With 50 s both ways, 87 - 1."""
    assert proven_best(_roads(instance(HUGE), *rows)) == 75
    assert proven_best(instance(HUGE)) == 86


@pytest.mark.slow
def test_stops_come_in_the_order_that_is_quick_to_drive() -> None:
    """Office, 1, 2, office takes 3 x 50 s, the other way round 3 x 150: 20 - 1.5, not 20 - 4.5."""
    rows = ((0, 50, 150), (150, 0, 50), (50, 150, 0))
    there = _roads(instance(site(1), site(2)), *rows)
    back = replace(there, drive_s=there.drive_s.T)
    for given, order in ((there, ["site-1", "site-2"]), (back, ["site-2", "site-1"])):
        plan = solve(given, limits=ENOUGH).plan
        assert [stop.site_id for _, stop in plan.stops()] == order
        assert proven_best(given) == 18.5


def test_a_road_is_not_shortened_by_passing_another_place() -> None:
    """400 s there and 50 back: 520 s for 52 people, 52 - 4.5.

    By place 2 it would be 50 + 50 s there, 820 s for 82 people, 82 - 1.5; but vans drive from stop
    to stop, and the site there is closed.
    """
    closed = site(2, windows={})
    rows = ((0, 400, 50), (50, 0, 50), (50, 50, 0))
    shortest = ((0, 100, 50), (50, 0, 50), (50, 50, 0))
    assert proven_best(_roads(instance(HUGE, closed), *rows)) == 47.5
    assert proven_best(_roads(instance(HUGE, closed), *shortest)) == 80.5


def test_a_stop_may_shorten_a_drive() -> None:
    """The same roads, and at place 2 one person who takes no time: that stop's 30 s save 300.

    790 s for 79 people and that one, 80 - 1.5, where by the straight road there would be 52.
    """
    rows = ((0, 400, 50), (50, 0, 50), (50, 50, 0))
    on_the_way = site(2, expected=1, seconds_per_person=0)
    assert proven_best(_roads(instance(HUGE, on_the_way), *rows)) == 78.5


# The objective.


def test_people_who_cost_more_driving_than_they_are_worth_are_left_out() -> None:
    """Ten people near by, and ten for 1,150 s more of driving: 10 - 1. If that is free, 20."""
    hours = (0, 2000)
    two = (site(number, windows={SATURDAY: (hours,)}) for number in (1, 2))
    given = instance(*two, vans=(replace(VAN, shifts={SATURDAY: hours}),))
    given = _roads(given, (0, 600, 50), (600, 0, 600), (50, 600, 0))
    assert proven_best(given) == 9
    assert proven_best(replace(given, worth_s=None)) == 20


def test_people_count_by_the_weight_of_their_site() -> None:
    """Ten people of weight 1, or at the same hours twenty of weight 0.4: 10 - 1, not 8 - 1.

    Were they worth the same, 20 - 1.
    """
    hours = {SATURDAY: ((50, 180),)}
    first = site(1, windows=hours)
    second = site(2, windows=hours, expected=20, seconds_per_person=5, weight=0.4)
    assert proven_best(instance(first, second)) == 9
    assert proven_best(instance(first, replace(second, weight=1.0))) == 19


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_where_driving_is_free_stops_come_in_the_order_that_drives_less(
    numbers: tuple[int, int],
) -> None:
    """There is time for all 20 people in both orders; one drives 150 s, the other 250."""
    given = replace(instance(*map(site, numbers)), worth_s=None)
    there = _roads(given, (0, 50, 100), (100, 0, 50), (50, 50, 0))
    for tied in (there, replace(there, drive_s=there.drive_s.T)):
        assert proven_best(tied) == 20
        assert score(tied, solve(tied, limits=ENOUGH).plan).drive_s == 150


def _roads(given: Instance, *rows: tuple[int, ...]) -> Instance:
    return replace(given, drive_s=place_matrix(*rows))


def test_a_stop_where_nobody_is_expected_may_shorten_a_drive() -> None:
    """By place 2, where nobody waits, 30 s of work save 300: 79 - 1.5, not 52 - 4.5."""
    rows = ((0, 400, 50), (50, 0, 50), (50, 50, 0))
    assert proven_best(_roads(instance(HUGE, site(2, expected=0)), *rows)) == 77.5


@pytest.mark.parametrize("near", [1, 2])
def test_where_driving_is_free_the_plan_that_drives_less_is_taken(near: int) -> None:
    """One of two sites with ten people can be visited; the near one is 40 s away, the other 50."""
    hours = {SATURDAY: ((200, 330),)}
    tied = instance(site(1, windows=hours), site(2, windows=hours))
    drive_s = tied.drive_s.copy()
    drive_s[0, near] = drive_s[near, 0] = 40
    given = replace(tied, drive_s=drive_s, worth_s=None)
    assert proven_best(given) == 10
    plan = solve(given, limits=ENOUGH).plan
    assert [stop.site_id for _, stop in plan.stops()] == [f"site-{near}"]
