"""Why a plan has no stop."""

from dataclasses import replace

import pytest

from planner.explain.empty_plan import commonest_obstacle, lack_of_cards, lone_visits
from planner.explain.feasibility import Obstacle
from planner.model import Instance
from tests.builders.instances import VAN, instance, site


def far(expected: int = 5, worth_s: float = 900.0) -> Instance:
    """A site to which a van drives half an hour, and back."""
    given = instance(site(1, expected=expected))
    drive_s = given.drive_s.copy()
    drive_s[0, 1] = drive_s[1, 0] = 2700
    vans = tuple(replace(van, shifts=dict.fromkeys(van.shifts, (0, 20000))) for van in given.vans)
    sites = (replace(given.sites[0], windows=dict.fromkeys(given.dates, ((0, 20000),))),)
    return replace(given, drive_s=drive_s, vans=vans, sites=sites, worth_s=worth_s)


def test_a_visit_that_costs_more_than_its_people_says_what_would_change_it() -> None:
    """90 minutes at 15 a person cost 6 people: 5 are too few, 7 enough, as is 19 minutes each."""
    (visit,) = lone_visits(far())
    assert (visit.people, visit.drive_s, visit.is_worth_it) == (5, 5400, False)
    assert visit.objective == pytest.approx(-1.0)
    assert (visit.enough_people, visit.enough_worth_min) == (7, 19)
    assert not lone_visits(far(expected=6))[0].is_worth_it
    assert lone_visits(far(expected=7))[0].is_worth_it
    assert not lone_visits(far(worth_s=18 * 60.0))[0].is_worth_it
    assert lone_visits(far(worth_s=19 * 60.0))[0].is_worth_it


def test_a_van_with_fewer_cards_than_a_visit_needs_is_named() -> None:
    """Four cards, five people at least; with five it can go."""
    given = instance(site(1, min_people=5), vans=(replace(VAN, max_people=4),))
    ((lacking),) = lack_of_cards(given)
    assert (lacking.van.id, lacking.van.max_people, lacking.needed) == ("A", 4, 5)
    assert lone_visits(given) == ()
    assert commonest_obstacle(given) == (Obstacle.CARDS, 1)
    assert lack_of_cards(given.with_van(replace(VAN, max_people=5))) == ()
