"""Choices among columns at once and at length."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from types import SimpleNamespace
from typing import Any, cast

import pytest

from planner.solvers.columns.background_choice import BackgroundChoice
from planner.solvers.columns.column_chooser import ColumnChooser
from planner.solvers.columns.generation import ColumnGenerator
from planner.solvers.columns.outcome import Outcome
from planner.solvers.columns.restricted_master import Choice, RestrictedMaster
from planner.solvers.columns.routes import Column
from planner.solvers.stopping import Limits, StoppingCriterion, never
from tests.builders.columns import column, generator, incumbent
from tests.builders.instances import VAN, instance, site

TWO = instance(site(1), site(2))
FIRST, SECOND, BOTH = column(TWO, (0, 10)), column(TWO, (1, 10)), column(TWO, (0, 10), (1, 10))


def chooser(
    background: object, stopping: StoppingCriterion, told: list[str], *columns: Column
) -> ColumnChooser:
    """Of columns of a master, proven."""
    outcome = Outcome(incumbent(TWO), stopping, lambda _: None)
    columns_of = generator(TWO, *columns)
    outcome.take_proof(
        columns_of.converge(StoppingCriterion(Limits(iterations=20)).begin_round, proving=True)
    )
    return ColumnChooser(
        outcome,
        columns_of,
        stopping,
        cast("BackgroundChoice", background),
        0,
        on_better=lambda: told.append("better"),
    )


def test_waiting_for_a_long_choice_ends_with_a_wish_to_stop() -> None:
    """The second time it is asked; it would wait for an hour."""
    asked = count(1)
    stopping = StoppingCriterion(Limits(time_limit_s=7200.0), lambda: next(asked) > 1)
    background = SimpleNamespace(is_running=True, take=lambda _=0.0: None)
    chooser(background, stopping, []).take(3600.0)
    assert next(asked) == 3


@pytest.mark.parametrize(("vans", "share"), [(1, 1.0), (4, 0.5), (40, 0.1)])
def test_of_few_routes_each_may_lose_more_of_what_is_left_to_prove(vans: int, share: float) -> None:
    """A route of four loses more of what a plan loses than one of forty; none more than all."""
    like = tuple(replace(VAN, id=str(number)) for number in range(vans))
    fleet = instance(site(1), site(2), vans=like)
    stopping = StoppingCriterion(Limits(iterations=20))
    outcome = Outcome(incumbent(fleet), stopping, lambda _: None)
    outcome.lower(15.0)
    of_fleet = ColumnChooser(outcome, generator(fleet), stopping, None, 0, on_better=lambda: None)
    assert of_fleet._most_loss() == pytest.approx(share * 15.0)


def test_a_long_choice_is_among_columns_nobody_has_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each once, those that lose least first; its better plan is told."""
    nearly = column(TWO, (0, 9), (1, 10))
    monkeypatch.setattr(ColumnGenerator, "near_columns", lambda *_: [nearly, BOTH])
    among: list[Sequence[Column]] = []
    choose = RestrictedMaster.choose

    def noted(restricted: RestrictedMaster, **named: Any) -> Choice:
        among.append(restricted._columns)
        return choose(restricted, **named)

    monkeypatch.setattr(RestrictedMaster, "choose", noted)
    told: list[str] = []
    stopping = StoppingCriterion(Limits(time_limit_s=3600.0), never)
    with BackgroundChoice() as background:
        of_two = chooser(background, stopping, told, FIRST, SECOND)
        of_two.choose_at_length()
        while of_two.is_choosing:
            of_two.take(1.0)
    (columns,) = among
    assert nearly in columns
    assert nearly not in of_two._generator.master.columns
    assert columns[0].visits in (BOTH.visits, BOTH.visits[::-1])
    assert len(columns) == len(set(columns))
    assert told == ["better"]


def test_columns_found_while_a_long_choice_goes_on_have_their_own_after_it() -> None:
    """Where it has ended there is one among them too, and then none without new ones."""
    begun: list[object] = []
    background = SimpleNamespace(
        is_running=False,
        take=lambda _=0.0: None,
        begin=lambda restricted, **_: begun.append(restricted),
    )
    stopping = StoppingCriterion(Limits(time_limit_s=3600.0), never)
    of_two = chooser(background, stopping, [], FIRST)
    of_two.choose_at_length()
    background.is_running = True
    of_two._generator.master.add_columns([SECOND, BOTH, column(TWO, (0, 3)), column(TWO, (1, 3))])
    of_two.choose_again()
    assert len(begun) == 1
    background.is_running = False
    of_two.choose_again()
    of_two.choose_again()
    assert len(begun) == 2
