"""How many of a group come to a site: no more than the stops there record, each on its own."""

from random import Random

import numpy as np
import pytest

from planner.catchments import PERSON
from planner.solvers.columns.catchment_flow import CatchmentFlow
from planner.solvers.columns.draw_rows import (
    name_draws,
    number_draws,
    worth_of_groups,
    worth_of_stops,
)
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.programme import Programme
from tests.builders.catchments import shared_instance, shared_sites


@pytest.mark.parametrize(("by_stops", "recorded"), [(True, 15.0), (False, 20.0)])
def test_half_a_stop_lets_half_of_a_group_come(*, by_stops: bool, recorded: float) -> None:
    """Beside all of the second group at the second site, half of the first group."""
    programme = Programme()
    people = RemainingPeople(shared_sites({"a": 10, "b": 10}, {"b": 10}))
    rows = people.add_site_rows(programme, range(2), by_stops=by_stops)
    all_there, first_group, elsewhere = (
        programme.add_variable(profit, upper=upper)
        for profit, upper in ((20.0, 0.5), (10.0, 0.5), (10.0, 1.0))
    )
    for stop, site, number in ((all_there, 0, 20), (first_group, 0, 10), (elsewhere, 1, 10)):
        for row, counted in rows.coefficients(site, number):
            programme.set_coefficient(row, stop, counted)
    programme.add_row([(all_there, 1.0), (first_group, 1.0)], upper=0.5)
    programme.set_bounds(elsewhere, 1.0, 1.0)
    assert programme.maximise() == pytest.approx(recorded)


def test_a_stop_lets_no_more_come_than_it_records() -> None:
    """Four of ten; where a group has only two, both."""
    flow = CatchmentFlow(shared_sites({"a": 10, "b": 2}, {"a": 5, "b": 1}))
    rows = RemainingPeople(shared_sites({"a": 10}, {"a": 5})).add_site_rows(Programme(), range(2))
    assert [counted for _, counted in rows.coefficients(0, 4)] == [4.0, -4.0]
    assert [counted for _, counted in rows.coefficients(1, 8)] == [8.0, -5.0]
    prices = np.where((flow.site == 0) & (flow.draw > 0), 0.5, 0.0)
    assert flow.draw[prices > 0].tolist() == [12 * PERSON]
    worth = worth_of_stops(flow, prices, np.array([12, 6]))
    assert worth[:13].tolist() == [0.5 * people for people in range(13)]
    assert not worth[13:].any()


def test_groups_cost_what_their_dearest_sites_take_first() -> None:
    """Six at 4 a person, the other four of ten at 3; less where the draw has a price."""
    flow = CatchmentFlow(shared_sites({"a": 10}, {"a": 6}))
    prices, none = np.array([3.0, 4.0]), np.zeros(len(flow.draw))
    assert worth_of_groups(flow, prices, none).sum() == pytest.approx(6 * 4 + 4 * 3)
    second = np.where((flow.site == 1) & (flow.draw > 0), 2.0, 0.0)
    assert worth_of_groups(flow, prices, second).sum() == pytest.approx(10 * 3)


@pytest.mark.parametrize("first_seed", range(0, 200, 100))
def test_no_plan_exceeds_what_people_and_stops_are_worth(first_seed: int) -> None:
    """On 200 random instances with random prices: whatever stops record, one or two at a site."""
    for seed in range(first_seed, first_seed + 100):
        rng = Random(seed)
        given = shared_instance(rng)
        flow, everybody = CatchmentFlow(given), RemainingPeople(given)
        if flow.broken_sets(everybody.recorded):
            continue
        free = (everybody.recorded[flow.site] == 0) & (flow.draw > 0)
        random = np.array([rng.choice([0.0, rng.random()]) for _ in flow.draw])
        draw_prices = np.where(free, random, 0.0)
        prices = np.array([rng.choice([0.0, 1.0, rng.random()]) for _ in given.sites])
        worth = everybody.worth(prices, draw_prices)
        of_stops = everybody.worth_of_stops(draw_prices)
        first = np.concatenate([[0], np.cumsum(everybody.most + 1)])
        for _ in range(5):
            total, stops = everybody.recorded.copy(), []
            for site in rng.choices(range(len(given.sites)), k=6):
                room = int(flow.headroom(total, np.array([site]))[0])
                people = rng.randint(0, max(0, room))
                total[site] += people
                stops.append((site, people))
            cost = sum(prices[site] * people for site, people in stops)
            lets_come = sum(of_stops[first[site] + people] for site, people in stops)
            assert cost <= worth + lets_come + 1e-9, seed


def test_prices_keep_their_names() -> None:
    """Of two groups that are one here, and of people who come to one site only."""
    given = shared_sites({"a": 10, "b": 2}, {"a": 5, "b": 1}, expected=(3, 0))
    flow = CatchmentFlow(given)
    prices = np.where(flow.draw > 0, np.arange(1.0, len(flow.draw) + 1), 0.0)
    named = name_draws(given, flow, prices)
    assert {site: set(of_site) for site, of_site in named.items()} == {
        "site-1": {"", "a", "b"},
        "site-2": {"a", "b"},
    }
    assert number_draws(given, flow, named) == pytest.approx(prices)
