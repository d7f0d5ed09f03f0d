"""Cells of a day, rounded so that nothing takes longer than it does."""

from dataclasses import replace

import numpy as np
import pytest

from planner.model import NO_ROAD, Break
from planner.solvers.columns.grid import NEVER, grid_of, grid_steps_s, service_s
from planner.solvers.params import GridParams
from tests.builders.columns import every_site, only_class
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site


def test_a_grid_of_seconds_is_exact() -> None:
    """50 s of driving, 30 of set-up and pack-up, 50 for five people: an arrival 130 s later."""
    day_class = only_class(instance(site(1), site(2)))
    grid = grid_of(day_class, every_site(day_class), 1)
    assert grid.num_cells == 1001
    assert grid.travel.tolist() == [[1001, 130], [130, 1001], [130, 130]]
    assert grid.opening.tolist() == [80, 80]
    assert grid.last_departure[:, 1].tolist() == [950, 950]
    assert grid.travel_cost[2].tolist() == [0.5, 0.5]


@pytest.mark.parametrize(("careful", "travel", "opening"), [(False, 1, 0), (True, 2, 1)])
def test_coarse_cells_are_rounded_down_and_careful_ones_up(
    careful: bool, travel: int, opening: int
) -> None:
    """130 s and 80 s in cells of 100 s."""
    day_class = only_class(instance(site(1), site(2)))
    grid = grid_of(day_class, every_site(day_class), 100, careful=careful)
    assert grid.travel[2, 0] == travel
    assert grid.opening[0] == opening


def test_no_road_takes_longer_than_the_day() -> None:
    """A site that no road leads to, nor from."""
    day_class = only_class(instance(site(1), drive_s=NO_ROAD))
    grid = grid_of(day_class, every_site(day_class), 1)
    assert grid.travel[1, 0] == grid.num_cells
    assert grid.last_departure.tolist() == [[NEVER, NEVER]]


def test_the_break_parts_the_day() -> None:
    """A break of 90 s from 200 to 400: over at the depot by 290; begun on the way home by 350."""
    crew_break = Break(earliest_s=200, latest_s=400, length_s=90)
    day_class = only_class(instance(site(1), vans=(replace(VAN, crew_break=crew_break),)))
    grid = grid_of(day_class, every_site(day_class), 1)
    assert (grid.early_departures, grid.depot_break_end, grid.break_cells) == (401, 290, 90)
    assert grid.last_departure.tolist() == [[350, 950]]
    assert grid.latest_before_break.tolist() == [400 + 80]
    assert grid.earliest_after_break.tolist() == [200 + 80 + 90]


def test_service_is_rounded_up_to_seconds() -> None:
    """Three people at 10 s each take two kits 15 s, four 20 s."""
    day_class = only_class(instance(site(1), vans=(replace(VAN, kits=2),)))
    people = np.array([3, 4])
    assert service_s(day_class, np.array([0, 0]), people).tolist() == [15, 20]


def test_grids_become_finer_down_to_seconds() -> None:
    """A stop takes 130 s, so 13 s a cell; but no fewer than 100 cells in 1000 s."""
    day_class = only_class(instance(site(1), site(2)))
    assert grid_steps_s(day_class, GridParams()) == (10, 2, 1)
    assert grid_steps_s(day_class, GridParams(min_cells=1, refinement=13)) == (13, 1)


def test_a_short_shift_has_one_grid() -> None:
    """130 s for a stop in a shift of 100 s: cells of seconds, whatever they are asked to be."""
    short = replace(VAN, shifts={SATURDAY: (0, 180)})
    assert grid_steps_s(only_class(instance(site(1), vans=(short,))), GridParams()) == (1,)
