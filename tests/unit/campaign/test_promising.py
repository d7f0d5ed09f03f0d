"""Which of many places a weekend is planned among."""

from dataclasses import replace

import pytest

from planner.campaign import promising
from planner.campaign.promising import bound_people, keep_promising
from planner.check import score
from planner.solvers import Limits, solve, solve_with_duals
from tests.builders.instances import ENOUGH, instance, site

CITY = instance(*(site(number, expected=number) for number in range(1, 21)))


def test_all_of_few_places_are_looked_at() -> None:
    """Twenty are few."""
    assert keep_promising(CITY) is CITY


def test_of_many_places_those_with_most_people_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A greedy plan has four stops, so sixteen of twenty places stay: the fullest of them."""
    monkeypatch.setattr(promising, "MANY_SITES", 10)
    kept = keep_promising(CITY)
    most = promising.TIMES_STOPS * 4
    assert [one.max_people for one in kept.sites] == list(range(21 - most, 21))
    plan = solve(kept, limits=Limits(iterations=5)).plan
    assert score(CITY, plan).people == score(kept, plan).people


def test_places_of_routes_known_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The emptiest place, at which a known route stops."""
    monkeypatch.setattr(promising, "MANY_SITES", 10)
    (route,) = solve(instance(site(1)), limits=Limits(iterations=1)).plan.routes
    assert "site-1" in keep_promising(CITY, (route,)).site_index


def test_a_bound_by_prices_of_promising_places_holds_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No less than the best plan of all places, and less than everybody."""
    monkeypatch.setattr(promising, "MANY_SITES", 10)
    report = solve_with_duals(keep_promising(CITY), limits=ENOUGH)
    assert report.prices is not None
    best = solve(replace(CITY, worth_s=None), limits=ENOUGH)
    bound = bound_people(CITY, report.prices, lambda: False)
    assert best.people <= bound + 1e-6
    assert bound < sum(one.max_people for one in CITY.sites)
