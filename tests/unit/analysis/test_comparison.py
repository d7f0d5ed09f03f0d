"""Scenarios in numbers, lines, a table and a page."""

import csv
import re
from io import StringIO
from itertools import combinations
from math import dist

import pytest

from planner.analysis.comparison import (
    Case,
    Verdict,
    aligned,
    comparison_csv,
    comparison_dicts,
    comparison_lines,
    people_verdict,
    signed,
    verdict,
)
from planner.horizon import build_horizon
from planner.i18n.words import Words
from planner.render.comparison_charts import DOT, _separate_marks
from planner.render.comparison_page import draw_comparison
from planner.scenarios import build_horizons, scenarios_from_options
from planner.solvers import Limits
from planner.whatif import (
    make_case,
    solve_base,
    solve_scenarios,
)
from tests.districts import WEEK, district
from tests.unit.render.hostile import TEXTS

ENGLISH, INDONESIAN = Words(language="en"), Words(language="id", timezone="WIB")


@pytest.mark.parametrize(
    ("value", "bound", "other", "other_bound", "found"),
    [
        (80, 90, 91, 95, Verdict.MORE),
        (80, 90, 90, 95, Verdict.UNDECIDED),
        (80, 90, 70, 79, Verdict.FEWER),
        (80, 90, 70, 80, Verdict.UNDECIDED),
        (80, 80, 80, 80, Verdict.SAME),
        (80, 90, 80, 90, Verdict.UNDECIDED),
        (80, None, 200, 210, Verdict.UNDECIDED),
        (80, 90, 200, None, Verdict.MORE),
        (80, None, 70, 79, Verdict.FEWER),
    ],
)
def test_a_difference_within_the_gaps_is_undecided(
    value: float, bound: float | None, other: float, other_bound: float | None, found: Verdict
) -> None:
    """Only what no better plan of either can turn round is called more or fewer."""
    assert verdict(value, bound, other, other_bound) is found


@pytest.fixture(scope="module")
def compared() -> tuple[Case, list[Case]]:
    """The small district, and with its point closed, and with a van more."""
    given, limits = district(), Limits(iterations=3)
    asked = scenarios_from_options({"close": ["P1"], "vans": ["+1"]}, apart=True)
    changed = build_horizons(given, WEEK, asked)
    horizon = build_horizon(given, WEEK)
    base = solve_base(horizon, seed=0, limits=limits)
    found = solve_scenarios(changed, base, seed=0, limits=limits, processes=1)
    cases = [
        make_case(each, report.result, scenario)
        for each, report, scenario in zip(changed, found, asked, strict=True)
    ]
    return make_case(horizon, base.result), cases


def test_the_table_has_differences_and_verdicts(compared: tuple[Case, list[Case]]) -> None:
    """Without its point the district has 47 people left of 87."""
    base, cases = compared
    told = comparison_dicts(base, cases)
    assert [row["people"] for row in told] == [87, 47, 87]
    assert told[1]["difference"]["people"] == -40
    assert people_verdict(base, cases[0]) is Verdict.FEWER
    assert told[1]["people_verdict"] == "fewer"
    assert told[1]["near"] == 0


def test_lines_are_straight_columns(compared: tuple[Case, list[Case]]) -> None:
    """Names at the left, numbers at the right."""
    lines = comparison_lines(*compared, ENGLISH)
    assert lines[0].startswith("Scenario")
    assert lines[1].startswith("without changes")
    assert "−40" in lines[2]
    assert aligned([["a", "10"], ["bb", "9"]]) == ["a   10", "bb   9"]


def test_the_csv_has_numbers_that_programs_read(compared: tuple[Case, list[Case]]) -> None:
    """Differences are no formulas; the names that look like such are text."""
    text = comparison_csv(*compared, INDONESIAN).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0][0] == "Skenario"
    assert rows[2][2] == "-40"
    assert rows[2][-1] == "'--close P1"


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
        near=case.near,
    )
    page = draw_comparison(base, [renamed])
    assert "<script" not in page
    assert "<img" not in page
    assert "{{" not in page


def test_signs_are_shown() -> None:
    """More, fewer, as many."""
    assert [signed(n, ENGLISH) for n in (1200, -3, 0)] == ["+1,200", "−3", "±0"]


def test_marks_of_a_chart_lie_apart_and_near_their_spots() -> None:
    """Five cases of the same hours and people: the first mark is on the spot, others around it."""
    shown = _separate_marks([(200.0, 150.0)] * 5)
    assert shown[0] == (200.0, 150.0)
    assert all(dist(one, other) >= 2 * DOT - 1e-9 for one, other in combinations(shown, 2))
    assert all(dist(one, shown[0]) <= 3 * DOT for one in shown)
