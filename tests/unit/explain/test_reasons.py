"""Codes of reasons, and what could be done about each."""

from pathlib import Path

from planner.explain.feasibility import Obstacle
from planner.explain.reasons import Code
from planner.horizon import LeftOutReason

ERRORS = Path(__file__).parents[3] / "docs" / "errors.md"


def test_every_code_is_documented_with_what_to_do() -> None:
    """docs/errors.md has a row for each, in the words of the command."""
    text = ERRORS.read_text(encoding="utf-8")
    for code in Code:
        (row,) = (line for line in text.splitlines() if line.startswith(f"| {code.value} |"))
        assert row.endswith(f"| {code.action} |")


def test_every_reason_and_obstacle_has_a_code() -> None:
    """Of the same name, by which it is found."""
    names = [*LeftOutReason.__members__, *Obstacle.__members__]
    assert {*names} < {*Code.__members__}
