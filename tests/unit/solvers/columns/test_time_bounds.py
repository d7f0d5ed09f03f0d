"""Bounds by the time of stops alone."""

from dataclasses import replace

import numpy as np
import pytest

from planner.model import NO_ROAD
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.time_bounds import best_by_time
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from tests.builders.columns import only_class, plain_profits
from tests.builders.instances import instance, site
from tests.builders.random_instances import random_instance

TWO = instance(site(1), site(2))


def _bound(day_class: VanDayClass) -> float:
    return best_by_time(day_class, plain_profits(day_class))


def test_stops_earn_all_that_fits_into_the_shift() -> None:
    """Ten people at each of two sites, whatever the drive between them costs."""
    assert _bound(only_class(TWO)) == pytest.approx(20.0)


def test_a_short_shift_earns_what_the_best_stops_do_for_its_time() -> None:
    """Stops of 130 s, 50 s of driving to each: 245 s before the drive back, one and 65 s of 180."""
    shift = replace(only_class(TWO), length_s=295)
    assert _bound(shift) == pytest.approx(10 + 10 * 65 / 180)


def test_the_nearest_place_may_be_the_depot() -> None:
    """Without drives to and from the depots one stop and a half: 195 s."""
    drive_s = TWO.drive_s.copy()
    drive_s[0, :], drive_s[:, 0] = 0, 0
    shift = replace(only_class(TWO), instance=replace(TWO, drive_s=drive_s), length_s=195)
    assert _bound(shift) == pytest.approx(15.0)


def test_nothing_is_earned_where_no_road_leads() -> None:
    """No road from the depot."""
    drive_s = np.full_like(TWO.drive_s, NO_ROAD)
    assert _bound(replace(only_class(TWO), instance=replace(TWO, drive_s=drive_s))) == 0.0


def test_no_route_earns_more_than_the_time_of_its_stops_allows() -> None:
    """On 100 random weekends."""
    for seed in range(100):
        for day_class in group_van_days(random_instance(seed)):
            routes = Pricer(day_class).price_heuristically(plain_profits(day_class), 0.0)
            assert all(_bound(day_class) >= value - 1e-9 for value, _ in routes)
