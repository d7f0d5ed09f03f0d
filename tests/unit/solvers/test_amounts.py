"""People of each stop of a fixed sequence."""

from dataclasses import replace

from planner.model import Instance
from planner.plan import Route
from planner.solvers.amounts import fit_amounts
from planner.solvers.people_left import PeopleLeft
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site


def people(route: Route | None) -> dict[str, int]:
    assert route is not None
    return {stop.site_id: stop.people for stop in route.stops}


def fit(
    given: Instance, visits: list[tuple[int, int]], left: tuple[int, int] = (60, 60)
) -> Route | None:
    """The route of van A on Saturday, where so many people are left at both sites."""
    others = PeopleLeft(given)
    others.take([(index, 60 - number) for index, number in enumerate(left)])
    return fit_amounts(given, 0, SATURDAY, visits, others)


# Two stops leave 790 s for people: 79 at 10 s each.
TWO = instance(site(1, expected=60), site(2, expected=60))


def test_stays_grow_until_the_shift_is_full() -> None:
    """Ten asked for at each of two sites, where there is time for 79 in all."""
    found = people(fit(TWO, [(0, 10), (1, 10)]))
    assert sum(found.values()) == 79


def test_people_of_more_weight_come_first() -> None:
    """Site 2 counts double: all of its 60 people, and 19 at site 1, whatever was asked for."""
    given = replace(TWO, sites=(TWO.sites[0], replace(TWO.sites[1], weight=2.0)))
    found = people(fit(given, [(0, 60), (1, 10)]))
    assert found == {"site-1": 19, "site-2": 60}


def test_people_asked_for_come_first_among_equals() -> None:
    """Forty asked for at site 2 are not given up for others at site 1."""
    found = people(fit(TWO, [(0, 10), (1, 40)]))
    assert found["site-2"] >= 40


def test_a_site_gives_no_more_than_remain() -> None:
    """Thirty of site 1 and eight of site 2 are left by other routes."""
    found = people(fit(TWO, [(0, 10), (1, 10)], left=(30, 8)))
    assert found == {"site-1": 30, "site-2": 8}


def test_a_site_with_fewer_left_than_a_stop_needs_is_left_out() -> None:
    """Four are left where a stop records at least five."""
    assert people(fit(TWO, [(0, 10), (1, 10)], left=(30, 4))) == {"site-1": 30}


def test_a_second_visit_to_a_site_is_left_out() -> None:
    """Site 1, site 2, site 1 again."""
    found = fit(TWO, [(0, 10), (1, 10), (0, 10)])
    assert list(people(found)) == ["site-1", "site-2"]


def test_what_does_not_fit_is_left_out_from_the_end() -> None:
    """A shift of 300 s has time for one of the two."""
    given = replace(TWO, vans=(replace(VAN, shifts={SATURDAY: (0, 300)}),))
    found = people(fit(given, [(0, 10), (1, 10)]))
    assert found == {"site-1": 17}


def test_cards_on_board_limit_the_route() -> None:
    """Fifty cards for two sites."""
    given = replace(TWO, vans=(replace(VAN, max_people=50),))
    found = people(fit(given, [(0, 10), (1, 10)]))
    assert sum(found.values()) == 50


def test_nothing_that_fits_is_none() -> None:
    """A shift of 100 s, all of it driving."""
    given = replace(TWO, vans=(replace(VAN, shifts={SATURDAY: (0, 100)}),))
    assert fit(given, [(0, 10), (1, 10)]) is None


def test_nobody_is_recorded_at_two_stops_of_a_route() -> None:
    """Fifty of the same people may come to each of two sites, ten more to the second."""
    shared = (replace(TWO.sites[0], expected=0), replace(TWO.sites[1], expected=10))
    given = instance(*(replace(site, draws={"rt-1": 50_000}) for site in shared))
    found = people(fit_amounts(given, 0, SATURDAY, [(0, 40), (1, 60)], PeopleLeft(given)))
    assert sum(found.values()) == 60
    alone = replace(given, sites=tuple(replace(s, expected=60, draws={}) for s in given.sites))
    found = people(fit_amounts(alone, 0, SATURDAY, [(0, 40), (1, 60)], PeopleLeft(alone)))
    assert sum(found.values()) == 79


def test_a_stop_for_which_nobody_is_left_is_left_out() -> None:
    """The first stop takes at least five of eight; the second would have three."""
    given = instance(*(replace(site, expected=0, draws={"rt-1": 8000}) for site in TWO.sites))
    found = people(fit_amounts(given, 0, SATURDAY, [(0, 8), (1, 8)], PeopleLeft(given)))
    assert found == {"site-1": 8}
