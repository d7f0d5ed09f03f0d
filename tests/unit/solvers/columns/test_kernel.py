"""The recursions, beside what can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from planner.model import Break, Instance
from planner.solvers.columns import kernel
from planner.solvers.columns.grid import Grid, ServiceOptions, grid_of
from planner.solvers.columns.profits import service_options
from tests.builders.columns import every_amount, every_site, only_class, plain_profits
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site


def exact(given: Instance) -> tuple[Grid, ServiceOptions]:
    """A grid of seconds with all that stops can earn."""
    day_class = only_class(given)
    grid = grid_of(day_class, every_site(day_class), 1)
    return grid, service_options(day_class, every_amount(day_class), grid, plain_profits(day_class))


def people_along(given: Instance) -> list[int]:
    """The best amounts when all sites are visited in order."""
    grid, services = exact(given)
    return [int(services.people[entry]) for entry in kernel.best_amounts(grid, services)]


def test_bounds_after_a_departure_fall_to_the_drive_home() -> None:
    """Leaving the only site earns nothing more: -0.5 until 950 s, then there is no way home."""
    grid, services = exact(instance(site(1)))
    departure_bound, _ = kernel.completion_bounds(grid, services, grid.num_cells, 1)
    assert departure_bound[0, 950] == -0.5
    assert departure_bound[0, 951] == kernel.IMPOSSIBLE


def test_bounds_after_an_arrival_count_the_amounts_there_is_time_for() -> None:
    """Ten people by 900 s; five, the least, by 950; one second later none."""
    grid, services = exact(instance(site(1)))
    _, arrival_bound = kernel.completion_bounds(grid, services, grid.num_cells, 1)
    assert arrival_bound[0, [900, 901, 950]].tolist() == [9.5, 8.5, 4.5]
    assert arrival_bound[0, 951] == kernel.IMPOSSIBLE
    assert kernel.best_route(grid, arrival_bound) == 9.0


@pytest.mark.parametrize(
    ("closing_s", "people"), [(410, [10, 10]), (400, [10, 9]), (310, [5, 5]), (309, [])]
)
def test_amounts_fill_the_shift(closing_s: int, people: list[int]) -> None:
    """Three drives of 50 s, twice 30 s of hands: 200 s in 410 for people, 10 s each."""
    van = replace(VAN, shifts={SATURDAY: (0, closing_s)})
    found = people_along(instance(site(1), site(2), vans=(van,)))
    assert sorted(found, reverse=True) == people
    assert len(found) == len(people)


@pytest.mark.parametrize(("length_s", "people"), [(100, 10), (101, 9)])
def test_a_break_takes_its_time_from_a_stop(length_s: int, people: int) -> None:
    """230 s for a stop with all its people, and a break that begins while the van is out."""
    crew_break = Break(earliest_s=100, latest_s=120, length_s=length_s)
    van = replace(VAN, crew_break=crew_break, shifts={SATURDAY: (0, 330)})
    assert people_along(instance(site(1), vans=(van,))) == [people]


def two_labels(rows: list[list[float]], memory: list[int], used: list[int]) -> kernel.Labels:
    """At one site, without a break, all their cells worth something."""
    spans = np.array([[[0, 0], [0, len(row)]] for row in rows])
    return kernel.Labels(
        np.array(rows, dtype=np.float32),
        np.zeros(2, dtype=np.int64),
        np.array(memory, dtype=np.uint64)[:, None],
        spans,
        np.array(used),
    )


def test_a_label_is_dropped_where_another_is_as_good_and_remembers_less() -> None:
    """The one with more memory keeps only the cell where it earns more."""
    labels = two_labels([[1.0, 2.0, 3.0], [1.0, 2.5, 3.0]], memory=[1, 3], used=[0, 0])
    kernel.dominate(labels, labels, True, 0)
    assert labels.spans[:, 1].tolist() == [[0, 3], [1, 2]]


def test_a_label_with_fewer_cards_used_is_not_dropped() -> None:
    """The same values and memory, but five cards more are left."""
    labels = two_labels([[1.0], [1.0]], memory=[0, 0], used=[10, 5])
    kernel.dominate(labels, labels, True, 0)
    assert labels.spans[:, 1].tolist() == [[1, 1], [0, 1]]
