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


@pytest.mark.parametrize(
    ("cause", "distance_m", "remedy"),
    [
        (UnreachedCause.TOO_FAR, 900, "raise [roads] snap_m"),
        (UnreachedCause.TOO_FAR, 1_100, "whether the road file covers it"),
        (UnreachedCause.GATED, 310, "in front of the gate"),
        (UnreachedCause.ISLAND, 310, "there and back"),
    ],
)
def test_snap_m_is_named_only_where_it_helps(
    cause: UnreachedCause, distance_m: float, remedy: str
) -> None:
    """Not for kilometres, nor where a nearer road is closed."""
    assert remedy in str(Unreached(cause=cause, distance_m=distance_m).remedy)
