"""Choices among known routes, and people taken off where there are too many."""

from dataclasses import replace

from planner.model import NO_ROAD, Instance
from planner.solvers.columns.master_rows import MasterRow, VisitRow
from planner.solvers.columns.restricted_master import RestrictedMaster, resolve_overcoverage
from planner.solvers.columns.routes import Column
from planner.solvers.columns.van_day_classes import group_van_days
from planner.solvers.params import DEFAULT_PARAMS
from tests.builders.catchments import shared_sites
from tests.builders.columns import column, incumbent
from tests.builders.instances import VAN, instance, site

TWO = instance(site(1), site(2), vans=(VAN, replace(VAN, id="B")))
FIRST, SECOND, BOTH = column(TWO, (0, 10)), column(TWO, (1, 10)), column(TWO, (0, 10), (1, 10))


def choose(
    given: Instance,
    *columns: Column,
    count: int = 2,
    rows: tuple[MasterRow, ...] = (),
    allow_overcoverage: bool = True,
    taken: tuple[Column, ...] = (),
) -> list[Column]:
    """The best choice beside routes taken, proven: nodes are enough."""
    restricted = RestrictedMaster(
        columns,
        group_van_days(given),
        [count],
        incumbent(given).remaining(taken),
        rows=rows,
        allow_overcoverage=allow_overcoverage,
    )
    choice = restricted.choose(start=(), max_nodes=2000, time_limit_s=None, seed=0)
    return sorted(choice.columns, key=lambda chosen: chosen.visits)


def resolved(*columns: Column, always: bool = False) -> list[tuple[tuple[int, int], ...]]:
    """Visits of the routes, amounts fitted to the people there are."""
    found = resolve_overcoverage(
        columns,
        group_van_days(TWO),
        incumbent(TWO).remaining(()),
        DEFAULT_PARAMS.pricing,
        always=always,
    )
    return [kept.visits for kept in found]


def test_the_choice_is_worth_most() -> None:
    """One route to both sites drives less than two; with one van-day it is that one, too."""
    assert choose(TWO, FIRST, SECOND, BOTH) == [BOTH]
    assert choose(TWO, FIRST, SECOND, BOTH, count=1) == [BOTH]
    assert choose(TWO, FIRST, SECOND) == [FIRST, SECOND]


def test_people_beyond_those_there_are_do_not_count() -> None:
    """Twice eight of ten people: the second route is worth two of them, and drives for one."""
    eight = column(TWO, (0, 8))
    assert choose(TWO, eight) == [eight, eight]
    assert choose(TWO, eight, allow_overcoverage=False) == [eight]


def test_people_whom_sites_share_are_taken_off_where_that_costs_least() -> None:
    """14 and 12 of 20 people, five at a third site: six of the 26 are taken off."""
    shared = shared_sites({"rt-1": 20}, {"rt-1": 12}, {"rt-2": 5})
    both = choose(shared, column(shared, (0, 14)), column(shared, (1, 12), (2, 5)))
    people = dict(visit for route in both for visit in route.visits)
    assert people[0] + people[1] == 20
    assert people[2] == 5


def test_a_stop_stays_where_no_road_leads_past_it() -> None:
    """Of the ten at the second site too few are left; the first and the third only meet there."""
    shared = shared_sites({"rt-1": 5}, {"rt-2": 10}, {"rt-3": 5}, {"rt-2": 10})
    drive_s = shared.drive_s.copy()
    drive_s[1, 3] = NO_ROAD
    shared = replace(shared, drive_s=drive_s)
    three, second = column(shared, (0, 5), (1, 5), (2, 5)), column(shared, (1, 10))
    assert [route.visits for route in choose(shared, three, second)] == [
        ((0, 5), (1, 5), (2, 5)),
        ((1, 5),),
    ]


def test_people_of_a_route_that_stays_are_not_recorded_again() -> None:
    """Of 20, twelve are at the first site: the other two have eight between them, not each."""
    everyone = {"rt-1": 20.0}
    shared = shared_sites(everyone, everyone, everyone, {"rt-2": 5})
    visits = (0, 12), (1, 8), (2, 8), (3, 5)
    stays, eight, other, five = (column(shared, visit) for visit in visits)
    chosen = choose(shared, eight, other, five, taken=(stays,))
    assert sum(people for route in chosen for _, people in route.visits) == 13


def test_nobody_is_taken_off_a_route_that_stays() -> None:
    """Its twelve are worth little, and another route stops there: still only eight are left."""
    everyone = {"rt-1": 20.0}
    shared = shared_sites(everyone, everyone, everyone)
    cheap, *others = shared.sites
    shared = replace(shared, sites=(replace(cheap, weight=0.1), *others))
    stays, one, eight, other = (column(shared, v) for v in ((0, 12), (0, 1), (1, 8), (2, 8)))
    chosen = choose(shared, one, eight, other, count=3, taken=(stays,))
    assert sum(people for route in chosen for _, people in route.visits) <= 8


def test_rows_are_kept_or_paid_for() -> None:
    """The second site is required: worth 50."""
    small = column(TWO, (1, 5))
    rows = (VisitRow(1, penalty=50.0),)
    assert choose(TWO, FIRST, small, count=1, rows=rows) == [small]


def test_what_fits_stays_and_what_is_left_is_taken() -> None:
    """Ten and eight people of ten: the second stop would be too small, and goes."""
    assert resolved(FIRST, column(TWO, (0, 8))) == [((0, 10),)]


def test_a_route_whose_stop_is_gone_keeps_the_others() -> None:
    """The second route loses its stop at the first site, and has all ten at the other."""
    assert resolved(FIRST, column(TWO, (0, 5), (1, 4))) == [((0, 10),), ((1, 10),)]


def test_stays_become_longer_where_people_are_left() -> None:
    """Six people become ten."""
    assert resolved(column(TWO, (0, 6))) == [((0, 10),)]
    assert resolved(column(TWO, (0, 6)), always=True) == [((0, 10),)]
