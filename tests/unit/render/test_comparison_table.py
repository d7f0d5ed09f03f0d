"""Scenarios beside the plan without changes, as lines, CSV and JSON."""

import csv
from io import StringIO

import pytest

from planner.analysis.comparison import Case
from planner.i18n.words import Words
from planner.render.comparison_table import (
    build_comparison_csv,
    build_comparison_dicts,
    build_comparison_lines,
)
from tests.builders.comparisons import compare_scenarios

ENGLISH, INDONESIAN = Words(language="en"), Words(language="id", timezone="WIB")


@pytest.fixture(scope="module")
def compared() -> tuple[Case, list[Case]]:
    return compare_scenarios()


def test_the_table_has_differences_and_verdicts(compared: tuple[Case, list[Case]]) -> None:
    """Without its point the district has 47 people left of 87."""
    base, cases = compared
    told = build_comparison_dicts(base, cases)
    assert [row["people"] for row in told] == [87, 47, 87]
    assert told[1]["difference"]["people"] == -40
    assert told[1]["people_verdict"] == "fewer"
    assert told[1]["near"] == 20
    assert [row.get("other_stops") for row in told] == [None, 0, 0]


def test_lines_are_straight_columns(compared: tuple[Case, list[Case]]) -> None:
    """Names at the left, numbers at the right."""
    lines = build_comparison_lines(*compared, ENGLISH)
    assert lines[0].startswith("Scenario")
    assert lines[1].startswith("without changes")
    assert "−40" in lines[2]


def test_the_csv_has_numbers_that_programs_read(compared: tuple[Case, list[Case]]) -> None:
    """Differences are no formulas; the names that look like such are text."""
    text = build_comparison_csv(*compared, INDONESIAN).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0][0] == "Skenario"
    assert rows[2][2] == "-40"
    assert rows[2][-1] == "'--close P1"
