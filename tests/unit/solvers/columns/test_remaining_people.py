"""People that routes leave, where sites share some of them."""

import numpy as np
import pytest

from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.programme import Programme
from tests.builders.catchments import shared_sites
from tests.builders.columns import column
from tests.builders.instances import instance, site

SHARED = shared_sites({"rt-1": 10}, {"rt-1": 6}, {"rt-2": 5})
"""Ten people of RT 1, of whom six come to the second site too; five of RT 2 to the third."""


def test_a_route_takes_people_from_all_sites_that_share_them() -> None:
    """Seven at the first site leave three at the second."""
    remaining = RemainingPeople(SHARED).without([column(SHARED, (0, 7))])
    assert remaining.everywhere().tolist() == [3, 3, 5]
    assert remaining.at(np.array([2, 1])).tolist() == [5, 3]
    assert remaining.shared_limit((0, 1)) == 3


def test_people_given_back_remain() -> None:
    """A route is taken and given back; what is copied from stays as it is."""
    everybody, route = RemainingPeople(SHARED), column(SHARED, (0, 7))
    remaining = everybody.without([route])
    remaining.take(route, -1)
    assert remaining.everywhere().tolist() == everybody.everywhere().tolist() == [10, 6, 5]


def test_a_route_alone_may_record_people_twice() -> None:
    """Ten at the first and one at the second site are eleven of ten people."""
    everybody = RemainingPeople(SHARED)
    assert everybody.broken_set(column(SHARED, (0, 10), (1, 1)).visits) == ((0, 1), 10)
    assert everybody.fits(column(SHARED, (0, 5), (1, 5), (2, 5)))
    assert not everybody.fits(column(SHARED, (1, 7)))


def test_sets_are_what_remains_of_them() -> None:
    """Beside seven at the first site no more than three at both."""
    remaining = RemainingPeople(SHARED).without([column(SHARED, (0, 7))])
    assert remaining.broken_set(column(SHARED, (0, 2), (1, 2), (2, 5)).visits) == ((0, 1), 3)


def test_people_are_worth_what_their_sets_cost() -> None:
    """3 for each of ten at both sites and 1 more for six at the second, 2 for five at the third."""
    prices = np.array([3.0, 4.0, 2.0])
    assert RemainingPeople(SHARED).worth(prices) == 3 * 10 + 6 + 2 * 5
    remaining = RemainingPeople(SHARED).without([column(SHARED, (0, 7))])
    assert remaining.worth(prices) == 3 * 3 + 6 + 2 * 5


@pytest.mark.parametrize("is_first_dearer", [False, True])
def test_rows_let_nobody_be_recorded_twice(*, is_first_dearer: bool) -> None:
    """Ten at both sites, no more than six of them at the second; two are recorded already."""
    remaining = RemainingPeople(SHARED).without([column(SHARED, (0, 2))])
    programme = Programme()
    rows = remaining.add_site_rows(programme, range(3))
    profits = (4.0, 3.0, 1.0) if is_first_dearer else (3.0, 4.0, 1.0)
    people = [programme.add_variable(profit) for profit in profits]
    for index, row in rows.people.items():
        programme.set_coefficient(row, people[index], 1.0)
    for _, row, draw in (of_group for of_site in rows.draws.values() for of_group in of_site):
        programme.set_upper(row, draw)
    programme.maximise()
    expected = [8.0, 0.0, 5.0] if is_first_dearer else [2.0, 6.0, 5.0]
    assert programme.values(people).tolist() == pytest.approx(expected)


def test_where_nobody_is_shared_only_the_sites_count() -> None:
    """Ten people each."""
    given = instance(site(1), site(2))
    remaining = RemainingPeople(given).without([column(given, (0, 4))])
    assert not remaining.are_shared
    assert remaining.everywhere().tolist() == [6, 10]
    assert remaining.shared_limit((0, 1)) == 16
    assert remaining.worth(np.array([1.0, 2.0])) == 6 + 20
    assert remaining.broken_set(column(given, (0, 7)).visits) == ((0,), 6)
