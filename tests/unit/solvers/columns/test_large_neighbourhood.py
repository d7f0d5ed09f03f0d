"""Plans improved part by part."""

from dataclasses import replace
from typing import Any

import pytest

from planner.solvers.columns.freed_routes import FreedRoutes
from planner.solvers.columns.incumbent import Incumbent
from planner.solvers.columns.large_neighbourhood import LargeNeighbourhoodSearch
from planner.solvers.columns.restricted_master import Choice, RestrictedMaster
from planner.solvers.stopping import Limits, StoppingCriterion
from tests.builders.columns import column, generator, incumbent
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site

SHORT = replace(VAN, shifts={SATURDAY: (0, 230)})
"""Time for one stop of ten people."""

THREE = instance(
    *(site(number) for number in (1, 2, 3)), vans=tuple(replace(SHORT, id=name) for name in "ABC")
)


def search(best: Incumbent, limits: Limits | None = None) -> LargeNeighbourhoodSearch:
    """With a seed, and all pricing in this thread."""
    columns = generator(best.instance)
    stopping = StoppingCriterion(limits or Limits(iterations=99))
    return LargeNeighbourhoodSearch(best, columns, stopping, 0, best.accept_columns)


def test_freed_routes_are_planned_better() -> None:
    """Three stops of five people each become stops of ten, two at a time."""
    best = incumbent(THREE)
    assert best.accept_columns([column(THREE, (number, 5)) for number in range(3)])
    neighbourhoods = search(best)
    for _ in range(6):
        neighbourhoods.step()
    assert best.value == pytest.approx(3 * 9)


def test_freed_routes_are_chosen_without_cutting_planes(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take most of the time of choices among few routes."""
    named: list[dict[str, Any]] = []

    choose = RestrictedMaster.choose

    def noted(restricted: RestrictedMaster, **rest: Any) -> Choice:
        named.append(rest)
        return choose(restricted, **rest)

    monkeypatch.setattr(RestrictedMaster, "choose", noted)
    best = incumbent(THREE)
    best.accept_columns([column(THREE, (number, 5)) for number in range(3)])
    search(best).step()
    assert [rest["separate"] for rest in named] == [False]


def test_parts_grow_while_they_bring_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a route each time, up to half of six more; from the start again with a better plan."""
    asked: list[int] = []

    def noted(_: FreedRoutes, size: int) -> set[int]:
        asked.append(size)
        return set(range(size))

    monkeypatch.setattr(FreedRoutes, "choose", noted)
    vans = tuple(replace(SHORT, id=name) for name in "ABCDEF")
    six = instance(*(site(number) for number in range(1, 7)), vans=vans)
    best = incumbent(six)
    best.params = replace(
        best.params, neighbourhood=replace(best.params.neighbourhood, sizes=(1,), growth=0.5)
    )
    best.accept_columns([column(six, (number, 10)) for number in range(6)])
    neighbourhoods = search(best)
    for _ in range(5):
        neighbourhoods.step()
    neighbourhoods.plan_has_changed()
    neighbourhoods.step()
    assert asked == [1, 2, 3, 4, 4, 1]


def test_a_plan_of_few_routes_has_no_neighbourhoods() -> None:
    """One of two routes freed would be half of the plan."""
    best = incumbent(THREE)
    best.accept_columns([column(THREE, (number, 5)) for number in range(2)])
    assert search(best).is_exhausted()


def test_it_is_exhausted_after_enough_steps_without_a_better_plan() -> None:
    """Three routes: nine steps; five times as many where a time limit ends it anyway."""
    for limits, patience in ((Limits(iterations=99), 9), (Limits(time_limit_s=3600.0), 45)):
        best = incumbent(THREE)
        best.accept_columns([column(THREE, (number, 10)) for number in range(3)])
        neighbourhoods, steps = search(best, limits), 0
        while not neighbourhoods.is_exhausted():
            neighbourhoods.step()
            steps += 1
        assert steps == patience
