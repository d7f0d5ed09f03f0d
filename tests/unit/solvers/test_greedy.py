"""The greedy plan."""

from dataclasses import replace

import numpy as np

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan
from planner.solvers.greedy import greedy_plan
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.instances import VAN, instance, site


def stops(given: Instance) -> list[tuple[str, int]]:
    plan = greedy_plan(given)
    assert violations(given, plan) == ()
    return [(stop.site_id, stop.people) for _, stop in plan.stops()]


def test_the_site_that_earns_most_a_second_comes_first() -> None:
    """Ten people at either; those of site 2 take half the time."""
    given = instance(site(1), site(2, seconds_per_person=5))
    assert stops(given) == [("site-2", 10), ("site-1", 10)]


def test_heavier_people_earn_more() -> None:
    """Ten people at either; those of site 2 count double."""
    assert stops(instance(site(1), site(2, weight=2.0)))[0] == ("site-2", 10)


def test_the_nearer_of_two_comes_first() -> None:
    """Site 2 is next door, site 1 a drive of 50 s away."""
    drive_s = np.array([[0, 50, 1], [50, 0, 50], [1, 50, 0]])
    assert stops(replace(instance(site(1), site(2)), drive_s=drive_s))[0] == ("site-2", 10)


def test_the_last_stop_takes_what_time_is_left() -> None:
    """Two stops of 30 s and three drives of 50 s leave 170 of 380 s: 10 people, then 7."""
    given = instance(site(1), site(2), vans=(replace(VAN, shifts={SATURDAY: (0, 380)}),))
    assert stops(given) == [("site-1", 10), ("site-2", 7)]


def test_a_stop_that_costs_more_than_it_earns_is_not_made() -> None:
    """At 100 s a person, ten people are worth 1,000 s of driving: there and back, 499 s each."""
    long_day = (replace(VAN, shifts={SATURDAY: (0, 9999)}),)
    open_long = site(1, windows={SATURDAY: ((0, 9999),)})
    assert stops(instance(open_long, vans=long_day, drive_s=499)) == [("site-1", 10)]
    assert stops(instance(open_long, vans=long_day, drive_s=500)) == []


def test_what_one_van_leaves_the_next_may_take() -> None:
    """In 1,000 s a van records 87 people: of 100 the next gets 13, on the other day as well."""
    for vans in (
        (VAN, replace(VAN, id="B")),
        (replace(VAN, shifts={SATURDAY: (0, 1000), SUNDAY: (0, 1000)}),),
    ):
        given = instance(site(1, expected=100), vans=vans)
        assert stops(given) == [("site-1", 87), ("site-1", 13)]


def test_nothing_to_do_is_an_empty_plan() -> None:
    """No sites at all."""
    assert greedy_plan(instance()) == Plan()
