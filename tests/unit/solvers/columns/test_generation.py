"""Pricing and master in turn."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.pricing import Pricer
from planner.solvers.columns.routes import PricedRoute
from planner.solvers.stopping import Limits, StoppingCriterion, never
from tests.builders.columns import column, generator
from tests.builders.instances import VAN, instance, site

TWO = instance(site(1), site(2))


def rounds(count: int) -> StoppingCriterion:
    """So many rounds."""
    return StoppingCriterion(Limits(iterations=count))


def test_from_no_routes_to_the_proof_of_the_best() -> None:
    """18.5 is found, and no plan is worth more but for single precision."""
    columns = generator(TWO)
    proof = columns.converge(rounds(20).begin_round, proving=True)
    assert proof is not None
    assert columns.master.solve_value() == pytest.approx(18.5)
    assert 18.5 <= proof.bound <= 18.5 + 1e-3
    assert columns.master.bound(proof.duals, proof.route_bounds) == proof.bound


def test_without_a_round_something_is_proven_all_the_same() -> None:
    """A look at the coarsest grid, at the duals of no route at all."""
    proof = generator(TWO).converge(lambda: False, proving=True)
    assert proof is not None
    assert proof.bound >= 18.5


def test_without_proving_there_is_no_proof() -> None:
    """Columns are added."""
    columns = generator(TWO)
    assert columns.converge(rounds(5).begin_round, proving=False) is None
    assert columns.master.solve_value() == pytest.approx(18.5)


def test_a_bound_that_is_low_enough_ends_the_rounds() -> None:
    """Whatever is proven settles it: no second proof is looked for."""
    seen: list[float] = []

    def is_settled(bound: float) -> bool:
        seen.append(bound)
        return True

    generator(TWO, column(TWO, (0, 10), (1, 10))).converge(
        rounds(20).begin_round, proving=True, is_settled=is_settled
    )
    assert len(seen) == 1


def test_columns_near_the_best_are_found_though_no_lp_solution_asks_for_them() -> None:
    """At the prices of the proof the second site alone loses a quarter of a person."""
    columns = generator(TWO)
    proof = columns.converge(rounds(20).begin_round, proving=True)
    assert proof is not None
    alone = column(TWO, (1, 10))
    assert columns.master.reduced_profit(alone, proof.duals) == pytest.approx(-0.25)
    assert alone in columns.near_columns(proof.duals, 0.26, never)
    assert alone not in columns.near_columns(proof.duals, 0.24, never)


def test_a_few_rounds_add_columns_unless_they_are_stopped() -> None:
    """One round finds routes; none is begun where the solve should stop."""
    columns = generator(TWO)
    columns.generate(1, lambda: True)
    assert columns.master.columns == []
    columns.generate(1, lambda: False)
    assert columns.master.columns


@pytest.mark.parametrize(
    ("values", "num_rounds"),
    [
        # The first round may bring nothing: it looks at some classes only.
        ([10.0, 10.0, 10.0, 19.0], 2),
        # The simplex may end a little below the plan.
        ([10.0, 10.0 - 1e-9, 10.0 - 1e-9, 10.0], 2),
        ([10.0, 10.0, 15.0, 15.1, 19.0], 3),
        # 0.15 of the 5.15 above the plan is little, 0.16 of 5.16 is not.
        ([10.0, 12.0, 15.0, 15.15, 19.0], 3),
        ([10.0, 12.0, 15.0, 15.16, 15.16], 4),
        ([10.0, 12.0, 15.0, 17.0, 19.0, 21.0, 23.0], 5),
    ],
)
def test_rounds_that_bring_little_of_what_is_to_gain_end(
    monkeypatch: pytest.MonkeyPatch, values: list[float], num_rounds: int
) -> None:
    """With a plan known to be worth 10, as the LP solution rises before each of five rounds."""
    rises, begun = iter(values), list[bool]()
    columns = generator(TWO)
    monkeypatch.setattr(columns.master, "solve_value", lambda: next(rises))

    def converge(_: ColumnGenerator, begin_round: Callable[[], bool], **__: object) -> None:
        while begin_round():
            begun.append(True)

    monkeypatch.setattr(ColumnGenerator, "converge", converge)
    columns.generate(5, lambda: False, known=10.0)
    assert len(begun) == num_rounds


def test_once_the_time_is_over_no_class_is_priced_any_more() -> None:
    """No columns, and no proof: even a look at the coarsest grid takes a while."""
    columns = replace(generator(TWO), is_over=lambda: True)
    assert columns.converge(rounds(5).begin_round, proving=True) is None
    assert columns.master.columns == []


def test_the_time_of_stops_bounds_plans_without_a_search() -> None:
    """The 20 people of two sites, whatever the drives cost; the best route earns 18.5."""
    assert generator(TWO).bound_by_time() == pytest.approx(20.0)


def three_classes(monkeypatch: pytest.MonkeyPatch) -> tuple[ColumnGenerator, list[int]]:
    """Three vans of different kits, two a batch, and the kits of those priced by and by."""
    vans = tuple(replace(VAN, id=f"van-{kits}", kits=kits) for kits in (1, 2, 3))
    columns = generator(instance(*TWO.sites, vans=vans))
    columns.master.params = replace(columns.master.params, batch=2)
    priced: list[int] = []
    price = Pricer.price_heuristically

    def noted(pricer: Pricer, *args: Any, **kwargs: Any) -> tuple[PricedRoute, ...]:
        priced.append(pricer.day_class.van.kits)
        return price(pricer, *args, **kwargs)

    monkeypatch.setattr(Pricer, "price_heuristically", noted)
    return columns, priced


def test_no_more_classes_than_a_batch_are_priced_for_the_same_prices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the first round two classes, then the third."""
    columns, priced = three_classes(monkeypatch)
    columns.generate(1, lambda: False)
    assert priced == [1, 2]
    priced.clear()
    columns.generate(2, lambda: False)
    assert priced[:3] == [1, 2, 3]


def test_quick_searches_of_many_classes_that_bring_little_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A million people more are not to be had from a look at all three classes."""
    columns, priced = three_classes(monkeypatch)
    columns.converge(rounds(20).begin_round, proving=False, close=1e6)
    assert sorted(priced[:3]) == [1, 2, 3]
    ended = len(priced)
    columns, priced = three_classes(monkeypatch)
    columns.converge(rounds(20).begin_round, proving=False)
    assert ended < len(priced)
