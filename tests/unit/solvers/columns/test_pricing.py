"""Searches for routes of two sites: 20 people less 3 drives of half a person."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.solvers.columns import pricing
from planner.solvers.columns.bounds import CompletionBounds
from planner.solvers.columns.label_sets import LabelSet
from planner.solvers.columns.labels import search_labels
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.remaining_people import RemainingPeople
from planner.solvers.params import DEFAULT_PARAMS
from tests.builders.catchments import shared_sites
from tests.builders.columns import only_class, plain_profits
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site

TWO = only_class(instance(site(1), site(2)))
BEST = 18.5


def test_exact_pricing_finds_the_best_route_and_proves_it() -> None:
    """Within the last places of single precision."""
    priced = Pricer(TWO).price_exactly(plain_profits(TWO), 0.0)
    assert priced.routes[0][0] == pytest.approx(BEST)
    assert sorted(priced.routes[0][1]) == [(0, 10), (1, 10)]
    assert BEST <= priced.bound <= BEST + 1e-3


def test_exact_pricing_finds_nothing_above_the_best() -> None:
    """The threshold is what the best route earns; only the bound comes back."""
    priced = Pricer(TWO).price_exactly(plain_profits(TWO), BEST)
    assert priced.routes == ()
    assert BEST <= priced.bound <= BEST + 1e-3


def test_exact_pricing_that_is_stopped_proves_what_the_coarsest_grid_does() -> None:
    """A bound at or above the true one, and no route."""
    priced = Pricer(TWO).price_exactly(plain_profits(TWO), 0.0, lambda: True)
    assert priced.routes == ()
    assert priced.bound >= BEST


def test_exact_pricing_that_is_stopped_among_labels_looks_for_no_more_routes() -> None:
    """Stopped at the third question, after two grids: a bound, and no beam of labels."""
    asked = iter([False, False])
    priced = Pricer(TWO).price_exactly(plain_profits(TWO), 5.0, lambda: next(asked, True))
    assert priced.routes == ()
    assert priced.bound >= BEST


def test_heuristic_pricing_finds_routes_above_a_value() -> None:
    """Two stops earn more than nine; none earns more than 18.5."""
    pricer = Pricer(TWO)
    found = pricer.price_heuristically(plain_profits(TWO), 9.0)
    assert {value for value, _ in found} == {BEST}
    assert pricer.price_heuristically(plain_profits(TWO), BEST) == ()


def test_where_sites_that_looked_best_have_no_route_others_are_looked_at() -> None:
    """The first site alone earns no more than nine."""
    pricer = Pricer(TWO)
    pricer.memory.attractive[0] = True
    assert pricer.price_heuristically(plain_profits(TWO), 9.0, looks=1) == ()
    found = pricer.price_heuristically(plain_profits(TWO), 9.0, looks=2)
    assert {value for value, _ in found} == {BEST}


def test_a_fine_search_follows_more_labels_on_a_finer_grid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """200 of as many stops on the third grid, where a quick one follows 100 on the second."""
    followed: list[tuple[int | None, int]] = []

    def noted(bounds: CompletionBounds, *args: Any, beam: int | None, **named: Any) -> LabelSet:
        followed.append((beam, bounds.grid.num_cells))
        return search_labels(bounds, *args, beam=beam, **named)

    monkeypatch.setattr(pricing, "search_labels", noted)
    long = replace(VAN, shifts={SATURDAY: (0, 36_000)})
    pricer = Pricer(only_class(instance(site(1), site(2), vans=(long,))))
    for fine in (False, True):
        assert pricer.price_heuristically(plain_profits(pricer.day_class), 9.0, fine=fine)
    (quick, few), (most, many) = followed
    assert (quick, most) == (100, 200)
    assert many > few


def test_no_route_through_a_site_exceeds_its_bound() -> None:
    """18.5 through either; a site closed to the van has none."""
    through = Pricer(TWO).best_through_site(plain_profits(TWO))
    assert (through >= BEST).all()
    barred = replace(plain_profits(TWO), max_people=np.array([10, -1]))
    assert Pricer(TWO).best_through_site(barred)[1] == -np.inf


def test_too_many_labels_are_searched_by_a_beam() -> None:
    """Without room for extensions the best route is found all the same, and bounded."""
    pricing = replace(DEFAULT_PARAMS.pricing, max_extensions=1, max_memory_words=0)
    pricer = Pricer(TWO, replace(DEFAULT_PARAMS, pricing=pricing))
    priced = pricer.price_exactly(plain_profits(TWO), 5.0)
    assert priced.bound >= BEST


def test_pricers_of_classes_that_differ_in_weights_learn_together() -> None:
    """What one remembers the other knows."""
    pricer = Pricer(TWO)
    other = pricer.for_class(only_class(instance(site(1, weight=2.0), site(2))))
    other.memory.remembered[0, 1] = True
    assert pricer.memory.remembered[0, 1]
    assert pricer.day_class is TWO


def test_the_price_of_a_card_is_learnt_where_cards_bind() -> None:
    """12 cards for 20 people in one route, and none where there are 100."""
    few = only_class(instance(site(1), site(2), vans=(replace(VAN, max_people=12),)))
    pricer = Pricer(few)
    value, visits = pricer.price_heuristically(plain_profits(few), 0.0)[0]
    assert pricer._multiplier.value is not None
    assert sum(people for _, people in visits) <= 12
    assert value <= 12 - 1.0
    many = Pricer(only_class(instance(site(1), vans=(replace(VAN, max_people=100),))))
    assert many.cards is None


def _shared(max_extensions: int) -> tuple[Pricer, PricedProfits]:
    """Ten people who come to either of two sites, five to a third, and room for so many labels."""
    given = shared_sites({"rt-1": 10}, {"rt-1": 10}, {"rt-2": 5})
    everybody = RemainingPeople(given)
    pricing = replace(DEFAULT_PARAMS.pricing, max_extensions=max_extensions, max_memory_words=0)
    profits = PricedProfits.of(np.full(3, 1.0), everybody.everywhere(), shared=everybody)
    return Pricer(only_class(given), replace(DEFAULT_PARAMS, pricing=pricing)), profits


def test_ranges_that_make_too_many_labels_are_learnt_anew() -> None:
    """Nine ranges a site are too many; the few that are needed are not."""
    pricer, profits = _shared(max_extensions=18)
    pricer.memory.thresholds = {site: set(range(2, 11)) for site in range(3)}
    pricer.memory.shared_sets[0, 1] = None
    priced = pricer.price_exactly(profits, 5.0)
    assert priced.bound == pytest.approx(13.5, abs=1e-3)
    assert sum(map(len, pricer.memory.thresholds.values())) < 27


def test_the_bound_of_a_search_holds_whatever_the_next_one_comes_to() -> None:
    """Both sites have ten without ranges: 23; too many labels with them, yet not the grid's 47."""
    pricer, profits = _shared(max_extensions=10)
    assert pricer.price_exactly(profits, 5.0).bound == pytest.approx(23, abs=1e-3)
