"""People whom routes leave at sites that share some."""

from planner.solvers.people_left import PeopleLeft
from tests.builders.catchments import shared_sites
from tests.builders.instances import instance, site

TWO = shared_sites({"rt-1": 10}, {"rt-1": 8}, expected=(0, 3))
"""Ten come to the first site, eight of them also to the second, and three only there."""


def test_what_one_site_records_is_not_left_at_another() -> None:
    """Ten and eleven; beside seven at the first, three and six."""
    left = PeopleLeft(TWO)
    assert [left.at(0), left.at(1)] == [10, 11]
    left.take([(0, 7)])
    assert [left.at(0), left.at(1)] == [3, 6]


def test_stops_beside_each_other_are_counted_together() -> None:
    """Beside five at the first, eight at the second; seven and six may be, eight and six not."""
    left = PeopleLeft(TWO)
    assert left.beside([(0, 5)], 1) == 8
    assert left.suffice([(0, 7), (1, 6)])
    assert not left.suffice([(0, 8), (1, 6)])
    left.take([(0, 2)])
    assert left.broken_sets([(0, 6), (1, 6)]) == [((0, 1), 11)]


def test_where_nobody_is_shared_sites_are_counted_alone() -> None:
    """Ten at each of two sites, four of them taken."""
    left = PeopleLeft(instance(site(1), site(2)))
    left.take([(0, 4)])
    assert [left.at(0), left.beside([(0, 6)], 1)] == [6, 10]
    assert left.suffice([(0, 6), (1, 10)])
