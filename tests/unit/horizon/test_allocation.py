"""Which point the people of each neighbourhood walk to."""

from dataclasses import replace

import pytest

from planner.geo import DEGREE_M, NO_POINT
from planner.horizon import allocate_neighbourhoods
from planner.venues import POINT
from tests.builders.districts import district, venue

NEAR, FAR = venue("P1", POINT, -7.0), venue("P2", POINT, -7.003)


def test_people_walk_to_the_nearest_point() -> None:
    """Both neighbourhoods are 111 m from the one and 222 m from the other."""
    assert allocate_neighbourhoods(district(), [FAR, NEAR], None).tolist() == [1, 1]


@pytest.mark.parametrize(("walk_m", "index"), [(1.01, 0), (0.99, NO_POINT)])
def test_without_roads_a_walk_is_the_straight_line_times_a_ratio(walk_m: float, index: int) -> None:
    """0.001 degrees of latitude; a little more and a little less than that may be walked."""
    given = district()
    limit_m = walk_m * 0.001 * DEGREE_M * given.rates.walk_ratio
    given = replace(given, rates=replace(given.rates, walk_m=limit_m))
    assert allocate_neighbourhoods(given, [NEAR], None).tolist() == [index, index]
