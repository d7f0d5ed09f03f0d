"""The page on inputs follows the models."""

from pathlib import Path

from planner.inputs.describe import PAGE, inputs_page

ROOT = Path(__file__).parents[3]


def test_the_page_on_inputs_is_current() -> None:
    """`python -m planner.inputs.describe` would change nothing."""
    assert (ROOT / PAGE).read_text(encoding="utf-8") == inputs_page()


def test_every_table_and_section_has_a_heading() -> None:
    """Kinds of place of an office's own too."""
    page = inputs_page()
    for heading in ("## points", "## calendar", "### [hours]", "### [venue_types.NAME]"):
        assert f"\n{heading}\n" in page
