"""What can still be earned, on weekends where that can be counted."""

from dataclasses import replace

import numpy as np
import pytest

from planner.model import NO_ROAD, Break
from planner.solvers.columns import kernel
from planner.solvers.columns.bounds import (
    best_by_quickest_drives,
    bound_routes,
    quickest_drives,
    rounding_margin,
)
from planner.solvers.columns.profits import service_options
from tests.builders.columns import only_class, plain_profits
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site


def test_without_a_cycle_the_bound_is_the_best_route() -> None:
    """Ten people less two drives of 50 s, at 100 s a person: nine."""
    day_class = only_class(instance(site(1)))
    bounds = bound_routes(day_class, plain_profits(day_class), np.array([0]), 1)
    assert bounds.best == 9.0
    assert bounds.best_through_site().tolist() == [9.0]


def test_cycles_are_allowed() -> None:
    """In 1000 s there is time for five stops of 180 s: 50 people less 6 drives, to and fro."""
    day_class = only_class(instance(site(1), site(2)))
    bounds = bound_routes(day_class, plain_profits(day_class), np.array([0, 1]), 1)
    assert bounds.best == 47.0
    assert bounds.best_through_site().tolist() == [47.0, 47.0]


def test_through_a_site_that_no_road_leads_to_there_is_no_route() -> None:
    """The second site is cut off; through the first there is one."""
    given = instance(site(1), site(2))
    drive_s = given.drive_s.copy()
    drive_s[:, 2] = NO_ROAD
    day_class = only_class(replace(given, drive_s=drive_s))
    bounds = bound_routes(day_class, plain_profits(day_class), np.array([0, 1]), 1)
    first, second = bounds.best_through_site()
    assert first == 9.0
    assert second < kernel.IMPOSSIBLE / 2


def test_where_drives_take_no_cell_a_stop_after_the_break_is_not_forgotten() -> None:
    """Ninety people in 90 s, a break of 5 s inside the stop, two of the sixty of the other hall."""
    whole = site(1, expected=90, min_people=90, windows={SATURDAY: ((0, 100),)})
    later = site(2, expected=60, weight=0.1, windows={SATURDAY: ((50, 100),)})
    halls = [replace(one, seconds_per_person=1, setup_s=0, packup_s=0) for one in (whole, later)]
    rest = Break(earliest_s=0, latest_s=50, length_s=5)
    van = replace(VAN, shifts={SATURDAY: (0, 100)}, crew_break=rest)
    given = replace(instance(*halls, vans=(van,), drive_s=1), worth_s=None)
    day_class = only_class(given)
    bounds = bound_routes(day_class, plain_profits(day_class), np.arange(2), 10)
    assert bounds.rounds > 1
    assert (bounds.best_through_site() >= 90.2 - 1e-4).all()
    assert (bounds.best_through_site(90.1) >= 90.2 - 1e-4).all()


def test_by_quickest_drives_every_site_is_as_near_as_its_nearest_neighbour() -> None:
    """To site 3 it is 150 s from the others: no bound through it is below that of pairs."""
    given = instance(site(1), site(2), site(3))
    drive_s = given.drive_s.copy()
    drive_s[1:3, 3] = 150
    day_class = only_class(replace(given, drive_s=drive_s))
    grid, profits = quickest_drives(day_class, 1), plain_profits(day_class)
    assert grid.travel_cost[0].tolist() == [0.5, 0.5, 1.5]
    services = service_options(day_class, profits.ranges(day_class, np.arange(3)), grid, profits)
    first, second, third = best_by_quickest_drives(grid, services)
    assert (first, second) == (47.0, 47.0)
    bounds = bound_routes(day_class, profits, np.arange(3), 1)
    assert third >= bounds.best_through_site()[2]


@pytest.mark.parametrize("step_s", [2, 7, 50, 300])
def test_coarse_grids_bound_routes_from_above(step_s: int) -> None:
    """The best route without a cycle earns 18.5."""
    day_class = only_class(instance(site(1), site(2)))
    bounds = bound_routes(day_class, plain_profits(day_class), np.array([0, 1]), step_s)
    assert bounds.best >= 18.5


def test_the_rounding_margin_is_small_and_grows_with_what_is_summed() -> None:
    """Less than a thousandth of a person; twice that for twice the value."""
    day_class = only_class(instance(site(1), site(2)))
    bounds = bound_routes(day_class, plain_profits(day_class), np.array([0, 1]), 1)
    assert 0 < rounding_margin(day_class, bounds) < 1e-3
    assert rounding_margin(day_class, bounds, 1000.0) > rounding_margin(day_class, bounds)
