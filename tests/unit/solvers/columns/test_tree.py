"""Branch and price."""

import pytest

from planner.model import Instance
from planner.plan import Status
from planner.solvers import Limits, solve
from planner.solvers.columns.routes import Column
from planner.solvers.columns.tree import Tree
from planner.solvers.params import DEFAULT_PARAMS
from tests.builders.columns import column, generator
from tests.builders.instances import instance
from tests.builders.instances import site as ten_people
from tests.unit.solvers.columns.test_search import horizon, site

TWO = instance(ten_people(1), ten_people(2))


def tree(bound: float, best: float, *columns: Column) -> tuple[Tree, list[tuple[Column, ...]]]:
    """Of a weekend with two sites, and what it proposes as plans."""
    proposed: list[tuple[Column, ...]] = []

    def propose(columns: tuple[Column, ...]) -> bool:
        proposed.append(columns)
        return True

    made = Tree(
        generator(TWO, *columns),
        bound,
        begin_round=lambda: True,
        should_stop=lambda: False,
        left_to_prove=lambda: bound - best,
        tolerance=lambda share: share * (bound - best),
        is_settled=lambda found: found <= best + 0.01,
        propose=propose,
        dive_for_plans=False,
        params=DEFAULT_PARAMS.branching,
    )
    return made, proposed


def test_a_tree_whose_root_is_settled_is_exhausted() -> None:
    """The bound is that of the plan."""
    made, _ = tree(18.5, 18.5)
    assert made.is_exhausted()
    assert made.bound == 18.5


def test_an_integral_root_is_proposed_and_bounded_closely() -> None:
    """The route to both sites is the LP solution; nothing divides it, and no plan exceeds it."""
    both = column(TWO, (0, 10), (1, 10))
    made, proposed = tree(30.0, 9.0, both)
    while not made.is_exhausted():
        made.step()
    assert proposed[-1] == (both,)
    assert made.bound == pytest.approx(18.5, abs=1e-3)


def test_bounds_of_nodes_never_rise() -> None:
    """Step by step, until nothing is left."""
    made, _ = tree(30.0, 18.0, column(TWO, (0, 10)), column(TWO, (1, 10)))
    bounds = [made.bound]
    while not made.is_exhausted():
        made.step()
        bounds.append(made.bound)
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] == pytest.approx(18.5, abs=1e-3)


def pairs_of_five(vans: int) -> Instance:
    """Five sites in a ring, 4,000 s for a stop, next ones 500 s apart, others too far."""
    sites = [site(place, expected=5, seconds=0, setup_s=4000) for place in range(1, 6)]
    instance = horizon(*sites, drive_s=500, vans=vans)
    drive_s = instance.drive_s.copy()
    for i in range(5):
        for j in range(5):
            if (i - j) % 5 in (2, 3):
                drive_s[i + 1, j + 1] = 5000
    return Instance(
        drive_s=drive_s,
        depots=instance.depots,
        sites=instance.sites,
        vans=instance.vans,
        worth_s=None,
    )


@pytest.mark.parametrize(("vans", "people"), [(1, 10), (2, 20), (3, 25)])
def test_mixtures_of_routes_around_a_ring_are_divided_until_whole(vans: int, people: int) -> None:
    """A van does two neighbours of five. Half of each of the five pairs is all, by 2.5 vans."""
    result = solve(pairs_of_five(vans), limits=Limits(iterations=60))
    assert (result.people, result.status) == (people, Status.OPTIMAL)
