"""Times of a fixed sequence of stops."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from planner.model import NO_ROAD, Break, Depot, Instance, Site, Van
from planner.solvers.schedule import is_within_limits, maximise_people, schedule_route

DAY = date(2026, 11, 28)

HALL = Site(
    id="hall",
    place=1,
    expected=50,
    seconds_per_person=10,
    setup_s=20,
    packup_s=10,
    classes=("small",),
    windows={DAY: ((1000, 1200), (1500, 1700))},
)
VAN = Van(
    id="A", van_class="small", kits=1, start="office", end="office", shifts={DAY: (500, 2000)}
)
INSTANCE = Instance(
    drive_s=np.array([[0, 100], [110, 0]]),
    depots=(Depot(id="office", place=0),),
    sites=(HALL,),
    vans=(VAN,),
)


def resting(earliest_s: int, latest_s: int, length_s: int) -> Instance:
    rest = Break(earliest_s=earliest_s, latest_s=latest_s, length_s=length_s)
    return replace(INSTANCE, vans=(replace(VAN, crew_break=rest),))


def test_a_van_leaves_late_enough_not_to_wait_at_its_first_stop() -> None:
    """The hall opens at 1,000 s and is 100 s away: leave at 900 s, not at 500 s."""
    route = schedule_route(INSTANCE, 0, DAY, [(0, 5)])
    assert route is not None
    assert (route.leave_s, route.stops[0].arrive_s, route.return_s) == (900, 1000, 1190)


def test_a_stay_too_long_for_one_window_goes_into_the_next() -> None:
    """Seventeen people fill the first window to the second; eighteen fit neither."""
    for people, closing_s, opening_s in ((17, 1200, 1000), (17, 1199, 1500)):
        hall = replace(HALL, windows={DAY: ((1000, closing_s), (1500, 1700))})
        route = schedule_route(replace(INSTANCE, sites=(hall,)), 0, DAY, [(0, people)])
        assert route is not None
        assert route.stops[0].setup_s == opening_s
    assert schedule_route(INSTANCE, 0, DAY, [(0, 18)]) is None


def test_a_van_that_is_back_in_time_takes_no_break() -> None:
    """Back at 1,190 s: a break that may start then is not needed."""
    for latest_s, start_s in ((1190, None), (1189, 1100)):
        route = schedule_route(resting(1100, latest_s, 40), 0, DAY, [(0, 5)])
        assert route is not None
        assert route.break_start_s == start_s


@pytest.mark.parametrize(
    ("rest", "start_s", "leave_s", "return_s"),
    [
        ((400, 410, 60), 400, 900, 1190),
        ((700, 710, 60), 700, 900, 1190),
        ((1050, 1060, 60), 1050, 900, 1250),
        ((1100, 1110, 60), 1100, 920, 1270),
    ],
)
def test_the_break_is_taken_where_it_delays_least(
    rest: tuple[int, int, int], start_s: int, leave_s: int, return_s: int
) -> None:
    """Before the shift opens, at the depot, while serving, and after all is packed."""
    route = schedule_route(resting(*rest), 0, DAY, [(0, 5)])
    assert route is not None
    assert (route.break_start_s, route.leave_s, route.return_s) == (start_s, leave_s, return_s)


def test_no_time_where_no_road_leads() -> None:
    """There, or back."""
    for pair in ((0, 1), (1, 0)):
        drive_s = INSTANCE.drive_s.copy()
        drive_s[pair] = NO_ROAD
        assert schedule_route(replace(INSTANCE, drive_s=drive_s), 0, DAY, [(0, 5)]) is None


def test_a_stop_stays_for_as_many_people_as_fit() -> None:
    """A window of 200 s less 30 s for set-up and pack-up: 17 people at 10 s each."""
    for at_most, people in ((50, 17), (17, 17), (16, 16)):
        route = maximise_people(INSTANCE, 0, DAY, [(0, 5)], 0, at_most)
        assert route is not None
        assert route.stops[0].people == people


def test_a_stop_too_short_for_the_fewest_is_none() -> None:
    """Eighteen people at least do not fit; nor do five where four are left."""
    assert maximise_people(INSTANCE, 0, DAY, [(0, 18)], 0, 50) is None
    assert maximise_people(INSTANCE, 0, DAY, [(0, 5)], 0, 4) is None


@pytest.mark.parametrize(
    ("limits", "fits"),
    [
        ({}, True),
        ({"max_stops": 2}, True),
        ({"max_stops": 1}, False),
        ({"max_people": 12}, True),
        ({"max_people": 11}, False),
    ],
)
def test_a_van_has_limits_of_stops_and_cards(limits: dict[str, Any], fits: bool) -> None:
    """Two stops, for five and seven people."""
    assert is_within_limits(replace(VAN, **limits), [(0, 5), (1, 7)]) == fits
