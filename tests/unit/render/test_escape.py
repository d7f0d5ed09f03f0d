"""What users write keeps to its line and its cell."""

import pytest

from planner.render.escape import to_cell, to_line


def test_text_keeps_to_one_line_and_its_own_direction() -> None:
    """A line break, a NUL and a right-to-left override would spill over what follows."""
    assert to_line("Balai\nRW\u202e 01\x00") == "Balai RW 01"


def test_long_text_is_cut_where_one_sees_it() -> None:
    """200 characters stay whole; the 201st makes an ellipsis."""
    assert to_line("a" * 200) == "a" * 200
    assert to_line("a" * 201) == "a" * 199 + "…"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "@SUM(A1)", "+1", "-1", "\t=1"])
def test_a_formula_becomes_text(text: str) -> None:
    """A spreadsheet program shows what stands behind the apostrophe."""
    assert to_cell(text) == "'" + text


def test_other_cells_stay_as_they_are() -> None:
    """An equals sign inside is no formula."""
    assert to_cell("Balai RW 01 = lama") == "Balai RW 01 = lama"
