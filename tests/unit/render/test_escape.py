"""What users write shows as they wrote it, and does nothing else."""

import html

import pytest

from planner.render.escape import to_cell, to_html, to_line
from tests.unit.render.cases import HOSTILE

NASTY = [
    HOSTILE,
    "<img src=x onerror=alert(1)>",
    "{% raise %}",
    "`${alert(1)}`",
    "\"'&\\",
    "ꦏꦸꦛ 🚐",
]


@pytest.mark.parametrize("text", NASTY)
def test_html_shows_the_text_itself(text: str) -> None:
    """A browser that reads the entities back shows the very text."""
    assert html.unescape(to_html(text)) == text


@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_left_that_a_page_or_template_would_run(text: str) -> None:
    """Only entities: no tag, brace, dollar, backtick, quote or backslash."""
    assert not set(to_html(text)) & set("<>{}$`\"'\\")


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
