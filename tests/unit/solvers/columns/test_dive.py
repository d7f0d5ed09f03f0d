"""Plans from LP solutions."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from planner.model import Instance
from planner.solvers.columns.dive import dive
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.master import Master
from planner.solvers.columns.routes import Column
from planner.solvers.stopping import Limits, StoppingCriterion
from tests.builders.columns import column, generator, incumbent
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site

SHORT = replace(VAN, shifts={SATURDAY: (0, 230)})
"""Time for one stop of ten people."""


def way_down(made: ColumnGenerator, given: Instance, iterations: int) -> tuple[Column, ...]:
    """Routes of a dive for everybody, of so many steps at most."""
    stopping = StoppingCriterion(Limits(iterations=iterations))
    return dive(made, incumbent(given), made.master.remaining, stopping, 2)


def test_a_dive_ends_with_integral_routes_that_share_nobody() -> None:
    """Two van-days, two sites: one each."""
    given = instance(site(1), site(2), vans=(SHORT, replace(SHORT, id="B")))
    found = generator(given)
    found.generate(5, lambda: False)
    columns = way_down(found, given, 9)
    assert sorted(visit for column in columns for visit in column.visits) == [(0, 10), (1, 10)]


def test_nothing_stays_fixed_after_a_dive() -> None:
    """The master is as free as before."""
    given = instance(site(1), site(2))
    columns = generator(given, column(given, (0, 10)), column(given, (1, 10)))
    before = columns.master.solve_value()
    way_down(columns, given, 3)
    assert columns.master.solve_value() >= before


def test_without_rounds_nothing_is_fixed() -> None:
    """The time is over before the first step."""
    given = instance(site(1))
    columns = generator(given, column(given, (0, 10)))
    assert way_down(columns, given, 0) == ()


@pytest.mark.parametrize(
    ("rounds", "fixed"),
    [(1, [*range(2, 25, 2), 25, 0]), (2, [2, 3, *range(4, 26), 0])],
)
def test_a_short_dive_fixes_more_at_once(
    monkeypatch: pytest.MonkeyPatch, rounds: int, fixed: list[int]
) -> None:
    """A twentieth of 25, although all are driven once; others, a twelfth of those left."""
    given = instance(
        *(site(number) for number in range(1, 26)),
        vans=tuple(replace(SHORT, id=str(number)) for number in range(25)),
    )
    found = generator(given, *(column(given, (number, 10)) for number in range(25)))
    best = incumbent(given)
    best.params = replace(best.params, dive=replace(best.params.dive, fixed_value=2.0))
    steps: list[int] = []
    fix = Master.fix

    def noted(master: Master, columns: Sequence[Column]) -> None:
        steps.append(len(columns))
        fix(master, columns)

    monkeypatch.setattr(Master, "fix", noted)
    dive(found, best, found.master.remaining, StoppingCriterion(Limits()), rounds)
    assert steps == fixed


def test_classes_whose_routes_are_all_fixed_are_priced_no_more() -> None:
    """One van: open until its route is fixed."""
    given = instance(site(1), site(2))
    route = column(given, (0, 10))
    master = generator(given, route).master
    assert master.open_classes() == [0]
    master.fix([route])
    assert master.open_classes() == []
