"""Scenarios beside the plan without changes, as lines, CSV and JSON."""

import csv
from dataclasses import replace
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
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[0][0] == "Skenario"
    assert rows[2][2] == "-40"
    assert rows[2][-1] == "'--close P1"


def with_costs(case: Case) -> Case:
    """Rp 2,500 a kilometre and Rp 40,000 an hour."""
    district = case.horizon.district
    vans = [replace(van, cost_per_km=2500, cost_per_h=40000) for van in district.vehicles]
    district = replace(district, vehicles=tuple(vans))
    return replace(case, horizon=replace(case.horizon, district=district))


def test_costs_are_compared_where_the_table_of_vans_has_them(
    compared: tuple[Case, list[Case]],
) -> None:
    """Rupiah of each plan, and per recording."""
    base, cases = compared
    assert "Cost Rp" not in build_comparison_lines(base, cases, ENGLISH)[0]
    text = build_comparison_csv(with_costs(base), [with_costs(case) for case in cases], ENGLISH)
    for row in csv.DictReader(StringIO(text.decode("utf-8-sig"))):
        assert int(row["Cost Rp"]) == pytest.approx(
            2500 * float(row["km"]) + 40000 * float(row["Van-hours"]), abs=500
        )
        each = int(row["Cost Rp"]) / int(row["People recorded"])
        assert int(row["Rp per recording"]) == round(each)


def test_people_are_told_by_kelurahan(compared: tuple[Case, list[Case]]) -> None:
    """Of Kecil 40 of its 50 are no longer recorded where its point is closed; staff are of none."""
    base, cases = compared
    told = build_comparison_dicts(base, cases)
    assert told[0]["people_by_kelurahan"] == {"99.71.01.1001": 56, "": 31}
    assert told[1]["people_by_kelurahan"] == {"99.71.01.1001": 16, "": 31}
    assert any(
        "Kecil" in line and "16 (−40)" in line
        for line in build_comparison_lines(*compared, ENGLISH)
    )
