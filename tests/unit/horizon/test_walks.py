"""How far people walk to which places."""

from dataclasses import replace

import pytest

from planner.geo import DEGREE_M
from planner.horizon import walks_to
from planner.venues import POINT
from tests.builders.districts import district, venue

NEAR, FAR = venue("P1", POINT, -7.0), venue("P2", POINT, -7.003)


def test_people_walk_to_all_places_in_reach() -> None:
    """Both neighbourhoods are 111 m from the one and 222 m from the other, times 1.3."""
    walks = walks_to(district(), [FAR, NEAR], None)
    assert walks.home.tolist() == [0, 0, 1, 1]
    assert walks.point.tolist() == [1, 0, 1, 0]
    assert walks.walk_m == pytest.approx([144.55, 289.11] * 2, abs=0.01)


@pytest.mark.parametrize(("walk_m", "homes"), [(1.01, [0, 1]), (0.99, [])])
def test_without_roads_a_walk_is_the_straight_line_times_a_ratio(
    walk_m: float, homes: list[int]
) -> None:
    """0.001 degrees of latitude; a little more and a little less than that may be walked."""
    given = district()
    limit_m = walk_m * 0.001 * DEGREE_M * given.rates.walk_ratio
    given = replace(given, rates=replace(given.rates, walk_m=limit_m))
    assert walks_to(given, [NEAR], None).home.tolist() == homes
