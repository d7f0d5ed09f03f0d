"""One more site in a plan, by hand and at random."""

from dataclasses import replace

import pytest

from planner.check import score, violations
from planner.model import Instance
from planner.plan import Plan, Route
from planner.solvers import Limits, solve_with_duals
from planner.solvers.insertion import adapt_plan, cut_back, insert_site
from planner.solvers.schedule import schedule_route
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site
from tests.builders.random_instances import random_instance


def test_a_site_is_put_in_where_it_fits() -> None:
    """An empty plan gets a route; a second stop is added to it."""
    given = instance(site(1), site(2))
    one = insert_site(given, Plan(), "site-1")
    assert one is not None
    both = insert_site(given, one, "site-2")
    assert both is not None
    assert {stop.site_id for _, stop in both.stops()} == {"site-1", "site-2"}
    assert score(given, both).people == 20


def test_another_stop_makes_room() -> None:
    """There is time for one stop only: that at site 1 is given up."""
    short = replace(VAN, shifts={SATURDAY: (0, 240)})
    given = instance(site(1), site(2), vans=(short,))
    one = insert_site(given, Plan(), "site-1")
    assert one is not None
    other = insert_site(given, one, "site-2")
    assert other is not None
    assert [stop.site_id for _, stop in other.stops()] == ["site-2"]


def test_a_plan_is_cut_back_to_what_another_instance_allows() -> None:
    """Site 1 is shut: the time goes to site 2; van B is not there at all."""
    given = instance(site(1), site(2, expected=60), vans=(VAN, replace(VAN, id="B")))
    plan = solve_with_duals(given, limits=Limits(iterations=1)).result.plan
    closed = instance(site(1, windows={}), site(2, expected=60))
    left = cut_back(closed, plan)
    assert violations(closed, left) == ()
    assert {route.van_id for route in left.routes} <= {"A"}
    assert {stop.site_id for _, stop in left.stops()} <= {"site-2"}


@pytest.mark.slow
def test_what_is_cut_back_keeps_the_rules() -> None:
    """On 100 random pairs of instances that share nothing but names."""
    for seed in range(100):
        given, other = random_instance(seed), random_instance(seed + 1000)
        plan = solve_with_duals(given, limits=Limits(iterations=0)).result.plan
        assert violations(other, cut_back(other, plan)) == (), seed


def test_where_no_van_fits_there_is_no_plan() -> None:
    """Another class; another date."""
    assert insert_site(instance(site(1, classes=("large",))), Plan(), "site-1") is None
    assert insert_site(instance(site(1, windows={})), Plan(), "site-1") is None


@pytest.mark.slow
def test_every_plan_with_one_more_site_keeps_the_rules() -> None:
    """On 100 random instances, every site in turn."""
    made = 0
    for seed in range(100):
        given = random_instance(seed)
        plan = solve_with_duals(given, limits=Limits(iterations=0)).result.plan
        for each in given.sites:
            found = insert_site(given, plan, each.id)
            if found is not None:
                made += 1
                assert violations(given, found) == (), seed
                assert any(stop.site_id == each.id for _, stop in found.stops())
    assert made > 50


def strike(instance: Instance, route: Route, site_id: str) -> list[Route]:
    """The route timed again without a stop; none where it has no other or cannot be timed."""
    visits = [
        (instance.site_index[stop.site_id], stop.people)
        for stop in route.stops
        if stop.site_id != site_id
    ]
    timed = schedule_route(instance, instance.van_index[route.van_id], route.date, visits)
    return [] if timed is None else [timed]


def test_an_adapted_plan_is_no_worse_than_the_plan_with_the_stop_struck() -> None:
    """Each place of 20 random plans is shut; every other stop could stay as it is."""
    for seed in range(20):
        given = random_instance(seed)
        plan = solve_with_duals(given, limits=Limits(iterations=0)).result.plan
        for site_id in plan.served():
            shut = given.with_site(replace(given.site(site_id), windows={}))
            routes = [
                part
                for route in plan.routes
                for part in (
                    strike(shut, route, site_id)
                    if any(stop.site_id == site_id for stop in route.stops)
                    else [route]
                )
            ]
            struck, adapted = shut.make_plan(routes), adapt_plan(shut, plan)
            assert violations(shut, adapted) == (), (seed, site_id)
            least = score(shut, struck).objective
            assert score(shut, adapted).objective >= least - 1e-9, (seed, site_id)
