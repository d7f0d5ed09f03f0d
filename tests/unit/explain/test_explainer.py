"""Explanations of any place, as they become known."""

from dataclasses import replace
from itertools import pairwise

import pytest

from planner.explain import (
    Code,
    ExplainContext,
    ExplanationWriter,
    explain_omissions,
    explain_progressively,
)
from planner.horizon import Horizon
from planner.i18n.words import Words
from planner.solvers.parallel import solve_pool
from tests.unit.explain.crowded import (
    crowded_context,
    explain_fully,
    place,
    told,
)


@pytest.fixture(scope="module")
def crowded() -> tuple[Horizon, ExplainContext]:
    return crowded_context()


def test_all_places_left_out_are_listed(crowded: tuple[Horizon, ExplainContext]) -> None:
    """A code and a line each, in both languages."""
    horizon, context = crowded
    found = explain_omissions(horizon, context)
    assert [(each.venue.id, each.code) for each in found] == [
        ("P1", Code.OUTWEIGHED),
        ("O1", Code.OUTWEIGHED),
    ]
    for language in ("en", "id"):
        writer = ExplanationWriter(horizon, Words(language=language))
        assert all(writer.reason_line(each) for each in found)
    assert "40 expected; other places are worth more" in ExplanationWriter(
        horizon, Words(language="en")
    ).reason_line(found[0])


def test_the_reason_is_said_before_the_changes_are_known(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Each answer begins with the sentences of the one before; only the last knows of no more."""
    horizon, context = crowded
    known = list(explain_progressively(horizon, context, place(horizon, "P1")))
    assert [len(found.changes) for found in known] == [0, 1, 1]
    assert [found.searched for found in known] == [False, False, True]
    texts = [told(horizon, found) for found in known]
    assert all(after.startswith(before) for before, after in pairwise(texts))
    none = replace(known[0], searched=True)
    assert "No single change that was tried brings it into the plan." in told(horizon, none)
    assert "No single change" not in texts[0]


@pytest.mark.slow
def test_two_processes_explain_as_one_does(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Searches for changes share nothing but the plan that is explained."""
    horizon, context = crowded
    alone = explain_fully(horizon, context, place(horizon, "P1"))
    with solve_pool(2, {"columns"}) as pool:
        two = explain_fully(horizon, replace(context, pool=pool), place(horizon, "P1"))
    assert told(horizon, two) == told(horizon, alone)
    assert [(each.step, each.count, each.gain) for each in two.changes] == [
        (each.step, each.count, each.gain) for each in alone.changes
    ]
