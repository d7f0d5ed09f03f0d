"""Amounts of routes whose stops share people."""

from planner.solvers.columns.fitting import fit_amounts
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.columns.routes import Column
from planner.solvers.params import DEFAULT_PARAMS
from tests.builders.catchments import shared_sites
from tests.builders.columns import column, every_site, only_class

SHARED = shared_sites({"rt-1": 10}, {"rt-1": 6}, {"rt-2": 5})


def fitted(*taken: Column) -> Column | None:
    """The route through all sites."""
    day_class, remaining = only_class(SHARED), RemainingPeople(SHARED).without(taken)
    return fit_amounts(0, day_class, every_site(day_class), remaining, DEFAULT_PARAMS.pricing)


def test_a_route_counts_nobody_twice() -> None:
    """Ten of RT 1, five of them at each of two sites at least, and all of RT 2."""
    route = fitted()
    assert route is not None
    people = dict(route.visits)
    assert people[0] + people[1] == 10
    assert people[2] == 5


def test_people_of_other_routes_are_left_out() -> None:
    """With two of RT 2 gone the third site has too few for a stop of five."""
    assert fitted(column(SHARED, (2, 2))) is None


def test_no_amounts_fit_where_stops_need_more_than_there_are() -> None:
    """Of ten people one is gone, and two stops of five each need ten."""
    assert fitted(column(SHARED, (0, 1))) is None
