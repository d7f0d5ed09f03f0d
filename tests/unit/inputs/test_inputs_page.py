"""The page on inputs follows the models."""

from pathlib import Path

from tools.inputs_page import PAGE, inputs_page

ROOT = Path(__file__).parents[3]


def test_the_page_on_inputs_is_current() -> None:
    """`python -m tools.inputs_page` would change nothing."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert inputs_page(page) == page


def test_every_table_and_section_has_a_heading() -> None:
    """Kinds of place of an office's own too."""
    page = inputs_page("Introduction\n\n## rt\nold text")
    assert page.startswith("Introduction\n\n## rt\n")
    assert "old text" not in page
    for heading in ("## points", "## calendar", "### [hours]", "### [venue_types.NAME]"):
        assert f"\n{heading}\n" in page
