"""Which routes of a plan are planned anew together."""

from dataclasses import replace

import numpy as np

from planner.model import Instance
from planner.solvers.columns.freed_routes import FreedRoutes
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.master import Master
from planner.solvers.columns.routes import Column
from planner.solvers.columns.van_day_classes import group_van_days
from planner.solvers.params import DEFAULT_PARAMS
from tests.builders.columns import column
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site

SHORT = replace(VAN, shifts={SATURDAY: (0, 230)})
"""Time for one stop of ten people."""

GUIDED = replace(
    DEFAULT_PARAMS, neighbourhood=replace(DEFAULT_PARAMS.neighbourhood, guided_share=1.0)
)


def fleet(num_vans: int, num_sites: int = 3) -> Instance:
    """Sites of ten people, and vans alike for one stop each."""
    vans = tuple(replace(SHORT, id=name) for name in "ABCD"[:num_vans])
    return instance(*(site(number + 1) for number in range(num_sites)), vans=vans)


def freed_routes(
    given: Instance, plan: list[Column], known: list[Column]
) -> tuple[FreedRoutes, Incumbent]:
    """Of a plan, with the LP solution over known routes to follow."""
    day_classes = group_van_days(given)
    best = Incumbent(given, day_classes, frozenset(), GUIDED)
    assert best.accept_columns(plan)
    freed = FreedRoutes(best, np.random.default_rng(0))
    counts = [day_class.count for day_class in day_classes]
    master: Master = best.new_master(counts, best.remaining(()), ())
    master.add_columns(known)
    freed.follow(master)
    return freed, best


def sites_of_freed(freed: FreedRoutes, best: Incumbent, size: int) -> set[int]:
    """The first sites of the routes freed."""
    return {best.columns[index].visits[0][0] for index in freed.choose(size)}


def test_the_route_in_the_way_of_a_better_one_is_freed() -> None:
    """The LP records ten at the second site where the plan records five: until that is tried."""
    given = fleet(3)
    plan = [column(given, (0, 10)), column(given, (1, 5)), column(given, (2, 10))]
    known = [column(given, (number, 10)) for number in range(3)]
    freed, best = freed_routes(given, plan, known)
    for _ in range(9):
        assert sites_of_freed(freed, best, 1) == {1}
        freed.plan_has_changed()
    assert sites_of_freed(freed, best, 1) == {1}
    assert any(sites_of_freed(freed, best, 1) != {1} for _ in range(2))


def test_neighbours_fill_up_what_is_freed_and_one_route_stays() -> None:
    """One route is in the way: a second one comes with it; three of three would be the plan."""
    given = fleet(3)
    plan = [column(given, (0, 10)), column(given, (1, 5)), column(given, (2, 10))]
    known = [column(given, (number, 10)) for number in range(3)]
    two = sites_of_freed(*freed_routes(given, plan, known), 2)
    assert len(two) == 2
    assert 1 in two


def test_where_all_vans_are_out_one_of_them_is_in_the_way() -> None:
    """Two vans, three sites of ten people to choose from: the route of four gives way."""
    given = fleet(2, num_sites=4)
    plan = [column(given, (0, 10)), column(given, (1, 4))]
    known = [*plan, column(given, (2, 10)), column(given, (3, 10))]
    assert sites_of_freed(*freed_routes(given, plan, known), 1) == {1}


def test_where_a_van_is_left_nothing_is_in_the_way_of_its_route() -> None:
    """Three vans, two routes: neighbours are freed instead, so many as asked for."""
    given = fleet(3)
    plan = [column(given, (0, 10)), column(given, (1, 10))]
    freed, _ = freed_routes(given, plan, [column(given, (number, 10)) for number in range(3)])
    assert {len(freed.choose(1)) for _ in range(9)} == {1}


def test_columns_that_lose_least_are_known_first() -> None:
    """Three vans and four sites of ten people: seven or five at a fifth one lose."""
    given = fleet(3, num_sites=5)
    tens = [column(given, (number, 10)) for number in range(4)]
    five, seven = column(given, (4, 5)), column(given, (4, 7))
    freed, _ = freed_routes(given, tens[:3], [five, seven, *tens])
    assert freed.known_columns == (*tens, seven, five)
