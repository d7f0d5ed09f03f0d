"""The lemmas of docs/model.md on which bounds and plans rest."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.model import Instance
from planner.solvers import lagrangian_bound
from planner.solvers.base import Prices
from planner.solvers.columns.bounds import (
    best_by_quickest_drives,
    bound_routes,
    quickest_drives,
    rounding_margin,
)
from planner.solvers.columns.exclusions import exclude_revisits
from planner.solvers.columns.labels import search_labels
from planner.solvers.columns.master_rows import CutRow
from planner.solvers.columns.profits import PricedProfits, service_options
from planner.solvers.columns.routes import optimize_amounts
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from planner.solvers.params import DEFAULT_PARAMS
from planner.solvers.schedule import schedule_route
from tests.builders.random_instances import random_instance, shared_instance
from tests.property.brute import optimum

PRICING = DEFAULT_PARAMS.pricing


def hundredths(low: int, high: int) -> st.SearchStrategy[float]:
    """Numbers of two places: those of twenty are nothing to single precision."""
    return st.integers(100 * low, 100 * high).map(lambda count: count / 100)


STEPS_S = st.integers(1, 25)
"""A day of the random instances has about 50 s."""

lemma = settings(max_examples=150)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A class of van-days of a random instance, profits for it, and an order of some sites."""

    instance: Instance
    day_class: VanDayClass
    profits: PricedProfits
    order: tuple[int, ...]

    @property
    def positions(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Of the order, for the functions of column generation."""
        return np.array(self.order, dtype=np.int64)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """With prices of people from below nothing to above what they are worth."""
    instance = random_instance(draw(st.integers(0, 10**6)), max_sites=5)
    day_classes = group_van_days(instance)
    assume(day_classes)
    day_class = draw(st.sampled_from(day_classes))
    num_sites = len(day_class.sites)
    prices = draw(st.lists(hundredths(-1, 4), min_size=num_sites, max_size=num_sites))
    order = draw(st.permutations(range(num_sites)))
    limit = day_class.max_stops(num_sites)
    assume(limit > 0)
    return Case(
        instance=instance,
        day_class=day_class,
        profits=PricedProfits.of(np.array(prices, dtype=float), day_class.expected),
        order=tuple(order[: draw(st.integers(1, limit))]),
    )


@pytest.mark.slow
@lemma
@given(expected=st.integers(2, 60), data=st.data())
def test_the_function_of_a_cut_is_superadditive(expected: int, data: st.DataObject) -> None:
    """φ(p) + φ(q) <= φ(p + q), φ >= 0, and φ(E) is the limit: no plan breaks a cut."""
    width = data.draw(st.integers(1, expected - 1).filter(lambda width: expected % width > 0))
    cut = CutRow((0,), expected, width)
    amounts = np.arange(expected + 1)
    phi = cut.coefficients(amounts)
    assert (phi >= 0).all()
    assert abs(phi[expected] - cut.limit) < 1e-9
    for people in amounts:
        rest = amounts[: expected + 1 - people]
        assert (phi[people] + phi[rest] <= phi[people + rest] + 1e-9).all()


@lemma
@given(case=cases(), step_s=STEPS_S)
def test_a_grid_is_optimistic(case: Case, step_s: int) -> None:
    """No route of seconds earns more than the bounds on a grid of any step, of its sites too."""
    order, day_class = case.positions, case.day_class
    route = optimize_amounts(day_class, case.profits, order, params=PRICING)
    assume(route is not None)
    assert route is not None
    every_site = np.arange(len(day_class.sites))
    bounds = bound_routes(day_class, case.profits, every_site, step_s)
    margin = rounding_margin(day_class, bounds)
    assert route[0] <= bounds.best + margin
    assert (route[0] <= bounds.best_through_site()[order] + margin).all()
    quickest = quickest_drives(day_class, step_s)
    ranges = case.profits.ranges(day_class, every_site)
    services = service_options(day_class, ranges, quickest, case.profits)
    assert (route[0] <= best_by_quickest_drives(quickest, services)[order] + margin).all()


@lemma
@given(case=cases(), step_s=STEPS_S, share=st.floats(0, 1))
def test_what_earns_more_than_a_value_is_found_without_the_rest(
    case: Case, step_s: int, share: float
) -> None:
    """Through every site the same is bounded, where that is above the value; else no more."""
    day_class = case.day_class
    every_site = np.arange(len(day_class.sites))
    bounds = bound_routes(day_class, case.profits, every_site, step_s)
    margin = rounding_margin(day_class, bounds)
    through, least = bounds.best_through_site(), share * bounds.best
    found = bounds.best_through_site(least)
    assert (found <= through).all()
    above = through > least + margin
    assert (found[above] >= through[above] - margin).all()


@lemma
@given(case=cases(), step_s=STEPS_S)
def test_what_fits_a_careful_grid_fits_in_seconds(case: Case, step_s: int) -> None:
    """The route with its amounts can be timed; on a grid of seconds none earns less."""
    order, day_class = case.positions, case.day_class
    careful = optimize_amounts(day_class, case.profits, order, step_s, params=PRICING)
    assume(careful is not None)
    assert careful is not None
    van_index, day = case.instance.van_days[day_class.van_days[0]]
    assert schedule_route(case.instance, van_index, day, careful[1]) is not None
    if day_class.van.max_people is None:
        exact = optimize_amounts(day_class, case.profits, order, params=PRICING)
        assert exact is not None
        assert careful[0] <= exact[0] + 1e-9


@pytest.mark.slow
@lemma
@given(case=cases(), step_s=STEPS_S, multiplier=hundredths(0, 5))
def test_any_price_of_a_card_bounds_routes_within_the_cards(
    case: Case, step_s: int, multiplier: float
) -> None:
    """R(τ) + τ Q is no less than what a route earns that records at most Q people."""
    day_class, cards = case.day_class, case.day_class.van.max_people
    assume(cards is not None)
    assert cards is not None
    route = optimize_amounts(day_class, case.profits, case.positions, params=PRICING)
    assume(route is not None)
    assert route is not None
    priced = replace(case.profits, card_multiplier=multiplier)
    bounds = bound_routes(day_class, priced, np.arange(len(day_class.sites)), step_s)
    total = multiplier * cards
    assert sum(people for _, people in route[1]) <= cards
    assert route[0] <= bounds.best + total + rounding_margin(day_class, bounds, total)


@lemma
@given(case=cases(), data=st.data())
def test_labels_that_remember_less_earn_no_less(case: Case, data: st.DataObject) -> None:
    """ng-routes: with all sites remembered the best is a route, with fewer a bound on it."""
    day_class = case.day_class
    size = len(day_class.sites)
    some = np.array(data.draw(st.lists(st.booleans(), min_size=size**2, max_size=size**2)))
    bounds = bound_routes(day_class, case.profits, np.arange(size), 1)
    best = [
        search_labels(
            bounds,
            exclude_revisits(remembered),
            PRICING,
            threshold=-100.0,
            max_stops=day_class.max_stops(size),
        ).best
        for remembered in (np.ones((size, size), dtype=bool), some.reshape(size, size))
    ]
    assert best[0] <= best[1] + rounding_margin(day_class, bounds)
    assert best[1] <= max(-100.0, bounds.best) + rounding_margin(day_class, bounds)


@settings(lemma, max_examples=60)
@given(seed=st.integers(0, 10**6), is_shared=st.booleans(), data=st.data())
def test_prices_of_whatever_size_bound_every_plan(
    seed: int, is_shared: bool, data: st.DataObject
) -> None:
    """The dual bound of Lagrange holds for any prices that are not negative."""
    instance = shared_instance(seed) if is_shared else random_instance(seed, max_sites=3)
    prices = Prices(
        sites={site.id: data.draw(hundredths(0, 5)) for site in instance.sites},
        van_days={
            (instance.vans[van].id, day): data.draw(hundredths(0, 20))
            for van, day in instance.van_days
        },
    )
    assert lagrangian_bound(instance, prices).bound >= optimum(instance).objective
