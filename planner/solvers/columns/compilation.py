"""Calls every kernel with next to nothing, so that all are compiled before they are needed.

``python -m planner.solvers.columns.compilation`` compiles from the last kernel to the first, for a
process that begins with the first: each leaves out what the other has kept on disk.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from planner.jit import is_cached
from planner.model import Depot, Instance, Site, Van
from planner.solvers.columns import grid, kernel, profits
from planner.solvers.columns.exclusions import exclude_revisits
from planner.solvers.columns.grid import Grid, ServiceOptions
from planner.solvers.columns.kernel import Labels
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days

Call = tuple[Any, Callable[[], object]]
"""A compiled function, and a call of it."""


def compile_kernels() -> None:
    """Compile what nobody has, then load what others have kept."""
    calls = _calls()
    for function, call in calls:
        if not is_cached(function):
            call()
    for _, call in calls:
        call()


def is_compiled() -> bool:
    """Whether all kernels are kept on disk."""
    return all(is_cached(function) for function, _ in _calls())


def _calls() -> tuple[Call, ...]:
    """Every function that Python calls; those that take longest at both ends."""
    ints, floats = np.zeros(0, np.int64), np.zeros(0, np.float32)
    near = np.zeros(0, np.int32)
    rows, first = np.zeros((0, 0), np.float32), np.zeros(1, np.int64)
    words, spans = np.zeros((0, 1), np.uint64), np.zeros((0, 2, 2), np.int64)
    cells = Grid(
        step_s=1,
        num_cells=0,
        early_departures=0,
        early_arrivals=0,
        depot_break_end=0,
        break_cells=0,
        travel=np.zeros((1, 0), np.int32),
        travel_cost=np.zeros((1, 0), np.float32),
        window_first=first,
        opening=ints,
        closing=ints,
        latest_before_break=ints,
        earliest_after_break=ints,
        last_departure=np.zeros((0, 2), np.int64),
        return_cost=floats,
    )
    services = ServiceOptions(first, ints, ints, floats)
    labels = Labels(rows, ints, words, spans, ints)
    none = exclude_revisits(np.zeros((0, 0), dtype=np.bool_))
    least = np.float32(0.0)
    day_class = _day_class()
    priced = PricedProfits.of(day_class.weight, day_class.expected)
    return (
        (kernel.completion_bounds, lambda: kernel.completion_bounds(cells, services, 1, 1)),
        (
            kernel.best_through_site,
            lambda: kernel.best_through_site(cells, services, rows, rows, 1, 1, least),
        ),
        (
            kernel.best_by_quickest_drives,
            lambda: kernel.best_by_quickest_drives(cells, services, 1),
        ),
        (grid.make_grid, lambda: grid.grid_of(day_class, ints, 1)),
        (kernel.dominate, lambda: kernel.dominate(labels, labels, False, 0)),
        (kernel.initial_label, lambda: kernel.initial_label(cells)),
        (kernel.best_route, lambda: kernel.best_route(cells, rows)),
        (
            profits.make_service_options,
            lambda: profits.service_options(
                day_class, priced.ranges(day_class, ints), cells, priced
            ),
        ),
        (
            kernel.extend_with_cards,
            lambda: kernel.extend_with_cards(
                cells, services, rows, rows, least, 0, least, labels, ints, ints
            ),
        ),
        (
            kernel.predecessor,
            lambda: kernel.predecessor(cells, services, labels, ints, 0, 0, 0, 0),
        ),
        (kernel.best_amounts, lambda: kernel.best_amounts(cells, services)),
        (
            kernel.merge,
            lambda: kernel.merge(
                cells, services, rows, rows, floats, least, labels, ints, ints, ints, first
            ),
        ),
        (
            kernel.extend,
            lambda: kernel.extend(cells, rows, least, labels, none, ints, near, 0),
        ),
    )


def _day_class() -> VanDayClass:
    """A van that can drive to one site."""
    day = date(2026, 11, 28)
    site = Site(
        id="site",
        place=1,
        expected=1,
        seconds_per_person=60,
        setup_s=0,
        packup_s=0,
        classes=("small",),
        windows={day: ((0, 3600),)},
    )
    van = Van(
        id="van",
        van_class="small",
        kits=1,
        start="depot",
        end="depot",
        shifts={day: (0, 3600)},
    )
    instance = Instance(
        drive_s=np.ones((2, 2), dtype=np.int32),
        depots=(Depot(id="depot", place=0),),
        sites=(site,),
        vans=(van,),
        worth_s=900.0,
    )
    (day_class,) = group_van_days(instance)
    return day_class


if __name__ == "__main__":
    for compiled, compile_it in reversed(_calls()):
        if not is_cached(compiled):
            compile_it()
