"""Why a stop is made as it is."""

from dataclasses import replace

import pytest

from planner.explain.context import ExplainContext
from planner.explain.reasons import Code
from planner.explain.visit import compare_visits
from planner.explain.writer import ExplanationWriter
from planner.horizon import Horizon, build_horizon
from planner.i18n.words import Words
from tests.builders.districts import WEEK
from tests.unit.explain.crowded import (
    context_of,
    crowded_context,
    crowded_district,
    explain_fully,
    place,
    told,
)


@pytest.fixture(scope="module")
def crowded() -> tuple[Horizon, ExplainContext]:
    return crowded_context()


def test_a_stop_is_compared_with_none_and_with_other_vans(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """A second van that does not fit is named as such."""
    horizon, context = crowded
    found = explain_fully(horizon, context, place(horizon, "S1"))
    assert found.code is Code.VISITED
    assert found.without is not None
    assert found.without.people > 0
    assert "Without a stop there" in told(horizon, found)
    (van,) = crowded_district().vehicles
    two = build_horizon(
        crowded_district(vehicles=(van, replace(van, id="B", van_class="large"))), WEEK
    )
    english = told(two, explain_fully(two, context_of(two), place(two, "S1")))
    assert "By B on Sat 28/11: does not fit." in english


def test_another_van_is_tried_for_a_stop() -> None:
    """B's shift ends at ten, so that a stop by B instead of A records fewer."""
    (van,) = crowded_district().vehicles
    vans = (van, replace(van, id="B", shifts={5: (28800, 36000)}))
    school = (crowded_district().venues[1],)
    horizon = build_horizon(crowded_district(vehicles=vans, venues=school), WEEK)
    ((trial, cost),) = explain_fully(horizon, context_of(horizon), place(horizon, "S1")).others
    assert trial.van_id == "B"
    assert cost is not None
    assert cost.people > 0


def test_one_place_instead_of_another_is_compared(crowded: tuple[Horizon, ExplainContext]) -> None:
    """P1 and not S1; a place that cannot be visited at all is not."""
    horizon, context = crowded
    found = compare_visits(context, "S1", "P1")
    assert found is not None
    assert "S1" not in found.result.plan.served()
    writer = ExplanationWriter(horizon, Words(language="en"))
    told_all = writer.comparison_sentences(found, "S1", "P1")
    assert "With a stop at Nama P1 and none at Nama S1:" in told_all[0]
    assert "less, driving counted (proven)" in told_all[0]
    assert "No plan was found" in writer.comparison_sentences(None, "S1", "P1")[0]
