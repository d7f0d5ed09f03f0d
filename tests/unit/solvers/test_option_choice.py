"""Options are chosen so that nobody is recorded twice."""

import numpy as np

from planner.solvers.option_choice import choose_options
from planner.solvers.people_left import PeopleLeft
from tests.builders.catchments import shared_sites


def chosen(left: PeopleLeft, *options: tuple[int, int]) -> list[bool]:
    """Of one stop for each van, those with the most people."""
    columns = [{f"van-{van}": 1, site: people} for van, (site, people) in enumerate(options)]
    limits = {row: left.at(row) if isinstance(row, int) else 1 for c in columns for row in c}
    profits = np.array([people for _, people in options], dtype=float)
    return [bool(taken) for taken in choose_options(left, profits, columns, limits, margin=1.0)]


def test_sites_that_share_people_are_not_both_emptied() -> None:
    """Ten of RT 1 come to either of two sites, nine to a third: one of the two, and the third."""
    given = shared_sites({"rt-1": 10}, {"rt-1": 10}, {"rt-2": 9})
    assert chosen(PeopleLeft(given), (0, 10), (1, 9), (2, 9)) == [True, False, True]


def test_people_of_other_stops_do_not_come_again() -> None:
    """Six of the ten are recorded already: four are left for two options of three."""
    given = shared_sites({"rt-1": 10}, {"rt-1": 10})
    left = PeopleLeft(given)
    left.take([(0, 6)])
    assert sorted(chosen(left, (0, 3), (1, 3))) == [False, True]


def test_sets_are_found_one_after_another() -> None:
    """Every two of three sites share five people; each has room for all of its ten alone."""
    given = shared_sites({"a": 5, "b": 5}, {"b": 5, "c": 5}, {"c": 5, "a": 5})
    assert sum(chosen(PeopleLeft(given), (0, 10), (1, 10), (2, 10))) == 1
