"""Characters that nobody sees or means."""

import pytest

from planner.inputs.cell_values import as_decimal, as_region, as_text, as_whole
from planner.inputs.characters import clean_text
from planner.inputs.hours import day_number
from planner.inputs.table import make_table

INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202c")


@pytest.mark.parametrize("char", INVISIBLE)
def test_invisible_characters_are_as_if_not_there(char: str) -> None:
    """After a header, a code, an id, and alone in a cell."""
    rows = [[f"id{char}", "name"], [f"T{char}1", f"{char}"]]
    table = make_table("points", "points.csv", enumerate(rows, start=1), lambda row, _: str(row))
    assert table.columns == ("id", "name")
    assert [row.cells for row in table.rows] == [{"id": "T1"}]
    assert as_region(f"{char}99.71.01.1001{char}") == "99.71.01.1001"
    assert as_text(f"Balai{char} RW") == "Balai RW"


def test_joiners_stay_where_they_shape_letters() -> None:
    """As in Javanese script."""
    assert clean_text("\ua9b1\u200d\ua9b2") == "\ua9b1\u200d\ua9b2"


def test_accents_are_in_one_piece() -> None:
    """Some systems write the letter and its accent apart."""
    assert clean_text("Cafe\u0301") == "Caf\u00e9"


@pytest.mark.parametrize("minus", "-\u2010\u2011\u2012\u2013\u2212\uff0d")
def test_any_dash_before_a_number_is_a_minus(minus: str) -> None:
    """As web pages show it."""
    assert as_decimal(f"{minus}7,0045") == -7.0045
    assert as_whole(f"{minus}3", minimum=-9) == -3


@pytest.mark.parametrize("apostrophe", "'\u2018\u2019\u02bc`\u00b4")
def test_any_apostrophe_makes_a_friday(apostrophe: str) -> None:
    """As word processors type it."""
    assert day_number(f"Jum{apostrophe}at") == 4
