"""What every way of travelling answers."""

from math import inf

import pytest

from planner.travel.interface import Unreached, UnreachedCause


@pytest.mark.parametrize(
    ("distance_m", "message"), [(442.4, "behind a gate (442 m)"), (inf, "behind a gate")]
)
def test_an_unreached_place_says_how_far_the_next_road_is(distance_m: float, message: str) -> None:
    """In whole metres, where there is a road at all."""
    assert Unreached(cause=UnreachedCause.GATED, distance_m=distance_m).message == message
