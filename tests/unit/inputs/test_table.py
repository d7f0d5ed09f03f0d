"""Cells by column, whatever file they were in."""

import pytest

from planner.errors import Mistake
from planner.inputs.table import Table, is_blank, is_comment, make_table


def table(*rows: list[object]) -> Table:
    """A table of rows numbered from 1."""
    return make_table("vans", "vans.csv", enumerate(rows, start=1), address)


def address(number: int, position: int) -> str:
    return f"{number}/{position}"


@pytest.mark.parametrize("cell", ["", " - ", "<>", "NULL", None, float("nan")])
def test_exports_write_blanks_in_many_ways(cell: object) -> None:
    """None of them is text."""
    assert is_blank(cell)


def test_zero_is_not_blank() -> None:
    """Nobody left is something else than not known."""
    assert not is_blank(0)
    assert not is_blank("0")


def test_a_failed_formula_is_no_comment() -> None:
    """Both begin with #."""
    assert is_comment("# catatan")
    assert not is_comment("#REF!")


def test_titles_are_columns_without_capitals_and_blanks() -> None:
    """`Max Stops` is `max_stops`; a cell without a title belongs to no column."""
    made = table(["Id", " Max  Stops ", None], ["A", 4, None])
    assert made.columns == ("id", "max_stops", "")
    assert made.rows[0].cells == {"id": "A", "max_stops": 4}


def test_cells_that_may_be_under_a_wrong_column_are_marked() -> None:
    """One more than the header, one fewer, and as many."""
    made = table(["id", "kits"], ["A", 2, 3], ["B"], ["C", 2])
    problems = [row.alignment_problem for row in made.rows]
    assert [problem and problem[1] for problem in problems] == [
        "'3' is not under any column",
        "has 1 cell, the header has 2",
        None,
    ]


def test_a_table_without_a_header_is_refused() -> None:
    """Only comments and blank rows."""
    rows: list[tuple[int, list[object]]] = [(1, ["# catatan"]), (2, [None, "-"])]
    with pytest.raises(Mistake, match="is empty; write a header and rows"):
        make_table("vans", "vans.csv", rows, address)
