"""Tables of text."""

from planner.i18n.words import Words
from planner.render.text_table import align_columns, format_difference, to_csv


def test_columns_are_straight() -> None:
    """Names at the left, numbers at the right."""
    assert align_columns([["a", "10"], ["bb", "9"]]) == ["a   10", "bb   9"]


def test_a_difference_has_its_sign() -> None:
    """More, fewer, as many."""
    english = Words(language="en")
    assert [format_difference(n, english) for n in (1200, -3, 0)] == ["+1,200", "−3", "±0"]


def test_csv_is_as_excel_reads_it() -> None:
    """A byte order mark, lines ended as on Windows; the comma parts cells, or decimals."""
    english, indonesian = (to_csv([["é", 1.5, 2]], Words(language=code)) for code in ("en", "id"))
    assert english == b"\xef\xbb\xbf\xc3\xa9,1.5,2\r\n"
    assert indonesian == b"\xef\xbb\xbf\xc3\xa9;1,5;2\r\n"


def test_no_text_is_a_formula() -> None:
    """A name that begins with an equals sign; a negative number stays a number."""
    cells = to_csv([["=1+1", -5, 0.5]], Words(language="en")).decode("utf-8-sig")
    assert cells == "'=1+1,-5,0.5\r\n"
