"""Column generation agrees with brute force, and its bounds hold for every plan there is."""

from collections.abc import Iterator, Sequence
from random import Random

import pytest

from planner.arrays import Int64s
from planner.plan import Status
from planner.solvers import Limits, solve
from planner.solvers.columns import route_building
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.profits import PricedProfits
from planner.solvers.columns.restricted_master import RestrictedMaster
from planner.solvers.columns.routes import Column, can_be_driven, make_column, optimize_amounts
from planner.solvers.columns.van_day_classes import VanDayClass, group_van_days
from planner.solvers.params import DEFAULT_PARAMS, PricingParams
from tests.builders.like_vans import like_vans
from tests.builders.random_instances import random_instance, shared_instance
from tests.property.brute import optimum

FEW = Limits(iterations=12)


@pytest.mark.slow
@pytest.mark.parametrize("first_seed", range(0, 300, 60))
def test_no_plan_exceeds_the_bound_and_the_plan_exceeds_none(first_seed: int) -> None:
    """On 300 random instances with all rules: plan <= optimum <= bound, equal where optimal."""
    for seed in range(first_seed, first_seed + 60):
        instance = random_instance(seed, max_sites=3)
        result = solve(instance, solver="columns", limits=FEW)
        best = optimum(instance)
        assert result.objective <= best.objective + 1e-6, seed
        assert result.bound is not None, seed
        assert result.people_bound is not None, seed
        assert result.bound >= best.objective, seed
        assert result.people_bound >= best.most_people, seed
        if result.status is Status.OPTIMAL:
            assert result.objective == pytest.approx(best.objective, rel=1e-5, abs=1e-5), seed


def test_the_plan_of_a_tiny_instance_is_the_best_there_is() -> None:
    """On 40 random instances, after 12 rounds."""
    for seed in range(40):
        instance = random_instance(seed, max_sites=3)
        result = solve(instance, solver="columns", limits=FEW)
        assert result.objective >= optimum(instance).objective - 1e-6, seed


def test_the_plan_of_a_tiny_instance_is_proven_to_be_the_best() -> None:
    """On 60 random instances: by cuts, by branching, by what objectives can be."""
    enough = Limits(iterations=30)
    for seed in range(60):
        instance = random_instance(seed, max_sites=3)
        result = solve(instance, solver="columns", limits=enough)
        assert result.status is Status.OPTIMAL, seed


def test_where_only_amounts_are_mixed_they_are_divided() -> None:
    """All stops whole, people not: without rules by people this one keeps a gap of 8 %."""
    result = solve(random_instance(177), solver="columns", limits=Limits(iterations=60))
    assert result.status is Status.OPTIMAL


def test_no_stop_of_a_route_is_meant_for_more_people_than_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Labels that others match are no routes: their amounts were those of another site."""
    meant: list[bool] = []

    def noted(
        day_class: VanDayClass,
        profits: PricedProfits,
        order: Int64s,
        step_s: int,
        *,
        params: PricingParams,
        max_people: Int64s | None,
    ) -> object:
        meant.append(max_people is None or bool((max_people <= profits.max_people[order]).all()))
        return optimize_amounts(
            day_class, profits, order, step_s, params=params, max_people=max_people
        )

    monkeypatch.setattr(route_building, "optimize_amounts", noted)
    solve(random_instance(21164, max_sites=8), solver="columns", limits=Limits(iterations=60))
    assert meant
    assert all(meant)


@pytest.mark.parametrize(
    "first_seed", [0, *(pytest.param(s, marks=pytest.mark.slow) for s in range(40, 400, 40))]
)
def test_where_sites_share_people_the_best_plan_is_proven(first_seed: int) -> None:
    """On 400 random instances: no one counted twice, the optimum of brute force, no bound below."""
    for seed in range(first_seed, first_seed + 40):
        instance = shared_instance(seed)
        result, best = solve(instance, limits=Limits(iterations=60)), optimum(instance)
        assert result.status is Status.OPTIMAL, seed
        assert result.objective == pytest.approx(best.objective, rel=1e-5, abs=1e-5), seed
        assert result.bound is not None, seed
        assert result.bound >= best.objective, seed
        assert result.people_bound is not None, seed
        assert result.people_bound >= best.most_people, seed


def test_every_route_of_a_choice_can_be_driven() -> None:
    """On 300 random instances: where people are taken off, no road may lead past a stop."""
    for seed in range(300):
        instance = shared_instance(seed, max_sites=5)
        day_classes = group_van_days(instance)
        if not day_classes:
            continue
        columns = list(drivable_columns(Random(seed), day_classes))
        restricted = RestrictedMaster(
            columns,
            day_classes,
            [2 * day_class.count for day_class in day_classes],
            Incumbent(instance, day_classes, frozenset(), DEFAULT_PARAMS).remaining(()),
        )
        choice = restricted.choose(start=(), max_nodes=200, time_limit_s=None, seed=0)
        for column in choice.columns:
            assert can_be_driven(day_classes[column.class_index], column.visits), seed


def drivable_columns(rng: Random, day_classes: Sequence[VanDayClass]) -> Iterator[Column]:
    """Of each class some routes through any of its sites, for any number of people."""
    for index, day_class in enumerate(day_classes):
        sites, of_index = day_class.sites.tolist(), day_class.instance.sites
        for _ in range(20):
            order = rng.sample(sites, rng.randint(1, len(sites)))
            visits = tuple(
                (site, rng.randint(of_index[site].least_people, of_index[site].max_people))
                for site in order
            )
            if can_be_driven(day_class, visits):
                yield make_column(index, day_class, visits)


@pytest.mark.parametrize("on_streets", [False, pytest.param(True, marks=pytest.mark.slow)])
@pytest.mark.parametrize("num_sites", [14, 16, 18, 20])
def test_where_vans_are_alike_the_best_plan_is_proven(num_sites: int, on_streets: bool) -> None:
    """48 weekends with four vans: which places go together is settled by all their routes."""
    for seed in range(6):
        given = like_vans(seed, num_sites=num_sites, on_streets=on_streets)
        result = solve(given, limits=Limits(iterations=60))
        assert result.status is Status.OPTIMAL, seed
