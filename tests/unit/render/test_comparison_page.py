"""The page of scenarios."""

import re

import pytest

from planner.analysis.comparison import Case
from planner.render.comparison_page import draw_comparison
from tests.builders.comparisons import compare_scenarios
from tests.unit.render.hostile import TEXTS


@pytest.fixture(scope="module")
def compared() -> tuple[Case, list[Case]]:
    return compare_scenarios()


def test_the_page_asks_nobody_and_runs_nothing(compared: tuple[Case, list[Case]]) -> None:
    """No script, no address but the names of namespaces; every chart is a drawing inside."""
    page = draw_comparison(*compared)
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert "https://" not in page
    assert page.count("<svg") > 6
    assert draw_comparison(*compared) == page


@pytest.mark.parametrize("text", TEXTS)
def test_texts_of_users_show_as_they_were_written(
    compared: tuple[Case, list[Case]], text: str
) -> None:
    """A scenario may be called anything."""
    base, (case, _) = compared
    renamed = Case(
        name=text,
        changes=case.changes,
        horizon=case.horizon,
        result=case.result,
    )
    page = draw_comparison(base, [renamed])
    assert "<script" not in page
    assert "<img" not in page
    assert "{{" not in page
