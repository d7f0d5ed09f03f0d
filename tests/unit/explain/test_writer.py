"""Sentences say what is proven, and no more."""

from dataclasses import replace

import pytest

from planner.explain.context import ExplainContext
from planner.explain.writer import ExplanationWriter
from planner.horizon import Horizon
from planner.i18n.messages import say
from planner.i18n.words import Words
from tests.unit.explain.crowded import (
    crowded_context,
    explain_fully,
    place,
    told,
)


@pytest.fixture(scope="module")
def crowded() -> tuple[Horizon, ExplainContext]:
    return crowded_context()


def test_a_place_that_costs_no_people_is_not_said_to(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Where weights and driving decide, others do not record more people."""
    horizon, context = crowded
    found = explain_fully(horizon, context, place(horizon, "P1"))
    assert found.forced is not None
    light = replace(found.forced, cost=replace(found.forced.cost, people=-3))
    english = told(horizon, replace(found, forced=light))
    assert "record more people at other places" not in english
    assert "no plan with a stop there was found that is worth more" in english


def test_a_change_that_rests_on_plans_found_says_so(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Only what exceeds the bound on all plans without a stop is certain."""
    horizon, context = crowded
    found = explain_fully(horizon, context, place(horizon, "P1"))
    for certain, text in ((True, "it would be visited"), (False, "the best plan found goes there")):
        changes = tuple(replace(change, is_certain=certain) for change in found.changes)
        assert text in told(horizon, replace(found, changes=changes))


def test_vans_that_do_not_drive_are_part_of_the_answer(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Behind the reason and before the details, so that it is copied with them."""
    horizon, context = crowded
    why = explain_fully(horizon, context, place(horizon, "P1"))
    remark = say("no van drives on these dates")
    writer = ExplanationWriter(horizon, Words(language="en"), (remark,))
    assert writer.sentences(why)[1] == "no van drives on these dates."
