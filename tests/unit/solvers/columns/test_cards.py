"""Cards on board limit a route exactly, not only on average."""

from dataclasses import replace

import numpy as np
import pytest

from planner.model import Instance, Site
from planner.plan import Status
from planner.solvers import Limits, solve
from planner.solvers.columns.cards import (
    CardMultiplier,
    CardRoutes,
    best_card_multiplier,
    binding_cards,
)
from planner.solvers.columns.master_rows import BranchRow
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.van_day_classes import group_van_days
from planner.solvers.params import DEFAULT_PARAMS
from tests.unit.solvers.columns.test_search import horizon, site

FEW = Limits(iterations=20)


def with_cards(instance: Instance, cards: int) -> Instance:
    return replace(instance, vans=tuple(replace(van, max_people=cards) for van in instance.vans))


def all_or_none(place: int, people: int) -> Site:
    return replace(site(place, expected=people), min_people=people)


def test_cards_that_last_for_one_site_only_are_not_spent_on_parts_of_two() -> None:
    """Two sites of 4 people, all or none, and 7 cards: 4 people, 0.2 of them for driving.

    A price of a card alone would let half a route go to both: a bound of almost 7.
    """
    instance = with_cards(horizon(all_or_none(1, 4), all_or_none(2, 4)), 7)
    result = solve(instance, limits=FEW)
    assert (result.people, result.status) == (4, Status.OPTIMAL)
    assert result.bound == pytest.approx(3.8, abs=1e-6)


def test_cards_go_where_they_are_worth_most() -> None:
    """Sites of 5 and 4 people, all or none, and one of up to 6, 9 cards: the first two."""
    sites = (all_or_none(1, 5), all_or_none(2, 4), replace(site(3, expected=6), weight=0.5))
    result = solve(with_cards(horizon(*sites), 9), limits=FEW)
    assert (result.people, result.status) == (9, Status.OPTIMAL)


def test_amounts_for_which_cards_last_are_those_the_search_counted() -> None:
    """12 cards, 5 people or more at a stop, and 3 more for 6 or more at the second site.

    No price of a card tells to keep the 6: people there are worth less than at the first. Worth
    1.2 * 6 + 1 * 6 + 3 less 0.3 for driving.
    """
    (day_class,) = group_van_days(with_cards(horizon(site(1), site(2), site(3)), 12))
    row = BranchRow(1, frozenset([0]), 1, at_least=True, people=6)
    profits = PricedProfits.of(np.array([1.2, 1.0, 1.0]), day_class.expected, [(1, row, 3.0)])
    pricing = replace(DEFAULT_PARAMS.pricing, multiplier_tries=0)
    pricer = Pricer(day_class, replace(DEFAULT_PARAMS, pricing=pricing))
    priced = pricer.price_exactly(profits, 15.0)
    assert dict(priced.routes[0][1]) == {0: 6, 1: 6}
    assert priced.routes[0][0] == pytest.approx(15.9)
    assert priced.bound == pytest.approx(15.9, abs=1e-3)


def test_cards_enough_do_not_count() -> None:
    """A shift of 10,000 s has time for 20 people at most: 100 cards change nothing."""
    instance = horizon(site(1), site(2))
    assert solve(with_cards(instance, 100), limits=FEW).bound == solve(instance, limits=FEW).bound


def test_cards_bind_only_where_a_shift_can_use_them_up() -> None:
    """10,000 s at 100 s a person: 99 cards may not last, 100 do."""
    for cards, binding in ((99, 99), (100, None)):
        (day_class,) = group_van_days(with_cards(horizon(site(1)), cards))
        assert binding_cards(day_class) == binding


def test_every_amount_counts_among_labels_that_are_too_many() -> None:
    """Three sites with six amounts each are more than ten labels: cards are not counted."""
    pricing = replace(
        DEFAULT_PARAMS.pricing, multiplier_tries=0, max_extensions=10, max_memory_words=0
    )
    (day_class,) = group_van_days(with_cards(horizon(site(1), site(2), site(3)), 12))
    profits = PricedProfits.of(np.array([1.2, 1.0, 1.0]), day_class.expected)
    few = Pricer(day_class, replace(DEFAULT_PARAMS, pricing=pricing)).price_exactly(profits, 13.7)
    proven = Pricer(day_class).price_exactly(profits, 13.7)
    assert proven.bound == pytest.approx(13.7, abs=1e-3)
    assert few.bound > 13.8


def test_what_prices_of_a_card_leave_open_is_settled_by_counting() -> None:
    """Sites of 4 people, all or none, and 7 cards: no route earns more than 3.8.

    Half of a route for both, half of one for the first, would be a bound of more than 5.
    """
    given = with_cards(horizon(all_or_none(1, 4), all_or_none(2, 4)), 7)
    (day_class,) = group_van_days(given)
    profits = PricedProfits.of(day_class.weight, day_class.expected)
    priced = Pricer(day_class).price_exactly(profits, 3.81)
    assert not priced.routes
    assert priced.bound == pytest.approx(3.81, abs=1e-4)


def test_where_a_price_of_a_card_proves_enough_none_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two sites of up to 10 people and 12 cards: at 1 a card no route earns more than 11.7."""
    monkeypatch.delattr(Pricer, "_bounds_with_cards")
    (day_class,) = group_van_days(with_cards(horizon(site(1), site(2)), 12))
    profits = PricedProfits.of(day_class.weight, day_class.expected)
    priced = Pricer(day_class).price_exactly(profits, 12.0)
    assert not priced.routes
    assert priced.bound == pytest.approx(12.0, abs=1e-3)


def test_routes_tell_the_price_of_a_card_at_which_they_earn_alike() -> None:
    """30 for 15 cards or 20 for 5, of 10: at 1 a card both earn 25, and no price is better."""
    routes = CardRoutes(10)
    routes.add(30.0, 15)
    routes.add(20.0, 5)
    assert routes.best_price(0.0, 2.0) == (1.0, 25.0)
    assert routes.best_price(1.5, 2.0) == (1.5, 27.5)


def test_the_price_of_a_card_moves_less_where_it_turns() -> None:
    """From 0.5 to 0.7 and back: the next is no more than half as far off."""
    price = CardMultiplier(0.2, 1.0)
    for value in (0.5, 0.7, 0.5):
        price.move(value)
    assert price.reach == pytest.approx(0.1)


def test_no_price_of_a_card_jumps_to_where_nobody_is_worth_one() -> None:
    """From 0.9 no farther than half way to 1, and no lower than 0.7; from 0.1 down to 0."""
    price = CardMultiplier(0.2, 1.0)
    assert price.next_from(0.9) == pytest.approx((0.7, 0.95))
    assert price.next_from(0.1) == pytest.approx((0.0, 0.3))


def test_the_price_of_a_card_that_bounds_best_is_found() -> None:
    """20 people of weight 1 and 10 cards: at 1 a card nobody is worth recording, the bound 10."""
    (day_class,) = group_van_days(with_cards(horizon(site(1), site(2), drive_s=0), 10))
    profits = PricedProfits.of(day_class.weight, day_class.expected)
    multiplier = best_card_multiplier(day_class, profits, np.arange(2), 1, cards=10, tries=12)
    assert 0.8 < multiplier <= 1.0
