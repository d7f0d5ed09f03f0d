"""Rows that keep to their model, and cells that nobody may read."""

from pathlib import Path

import pytest

from planner.inputs.csv_table import read_csv
from planner.inputs.findings import Findings
from planner.inputs.validate import ValidRows, check_rows
from planner.venues import VENUE_TYPES
from tests.builders.folders import problems_of
from tests.builders.person_numbers import note_given


def check(path: Path, text: str, findings: Findings) -> ValidRows:
    """The rows of a folder with depots only."""
    file = path / "depots.csv"
    file.write_text(text, encoding="utf-8")
    note_given(path)
    return check_rows({"depots": read_csv("depots", file)}, VENUE_TYPES, findings)


def test_a_faulty_row_does_not_hide_the_sound_ones(tmp_path: Path) -> None:
    """Of two depots one has no latitude; texts of both are known."""
    findings = Findings()
    rows = check(tmp_path, "id,name,lat,lon\nA,Utara,,110\nB,Selatan,-7,110\n", findings)
    assert [entry.row.id for entry in rows.depots] == ["B"]
    assert rows.column_texts("depots", "id") == {"A", "B"}
    assert problems_of(findings) == ["depots.csv:2 lat: is blank; fill it in"]


@pytest.mark.parametrize(
    "cell", ["#REF!", "=1+1", "9971010101010001"], ids=["failed", "formula", "person"]
)
def test_cells_that_hold_no_value_are_told_once(tmp_path: Path, cell: str) -> None:
    """A failed formula, one without a result, a NIK."""
    findings = Findings()
    rows = check(tmp_path, f"id,name,lat,lon\nA,Utara,{cell},110\n", findings)
    assert rows.depots == ()
    (problem,) = problems_of(findings)
    assert problem.startswith("depots.csv:2 lat: ")
    assert "9971010101010001" not in problem


def test_lists_of_persons_are_not_read(tmp_path: Path) -> None:
    """Their columns give them away, whatever else they hold."""
    findings = Findings()
    check(tmp_path, "id,name,lat,lon,NIK\nA,Utara,-7,110,1\n", findings)
    assert problems_of(findings) == [
        "depots.csv: is a list of persons, with NIK; give counts only: "
        "personal data must not enter the planner"
    ]
