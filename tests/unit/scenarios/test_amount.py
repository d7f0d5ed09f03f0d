"""Absolute and relative amounts."""

import pytest

from planner.errors import Mistake
from planner.scenarios import Amount


@pytest.mark.parametrize(
    ("text", "becomes"), [("4", 4), ("+1", 11), ("-1", 9), ("x0.9", 9), ("*2", 20), ("0,5", 0.5)]
)
def test_an_amount_is_absolute_or_relative(text: str, becomes: float) -> None:
    """Of ten."""
    amount = Amount.parse(text)
    assert amount.apply(10) == becomes
    assert Amount.parse(str(amount)) == amount


def test_a_number_of_things_is_whole_and_within_limits() -> None:
    """Two kits and one more are three; half a kit is none."""
    assert Amount(1, "+").apply_whole(2, 1, 3) == 3
    with pytest.raises(Mistake, match="'4' is above 3; use 1 to 3"):
        Amount(2, "+").apply_whole(2, 1, 3)
    with pytest.raises(Mistake, match=r"'2\.5' is not a whole number"):
        Amount(0.5, "+").apply_whole(2, 1, 3)
