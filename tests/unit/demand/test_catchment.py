"""Each neighbourhood belongs to its nearest point within reach."""

import pytest

from planner.demand import nearest_points
from planner.demand.catchment import EARTH_M, NO_POINT

DEGREE_M = EARTH_M * 3.141592653589793 / 180


def test_the_nearest_point_gets_the_home() -> None:
    """A home 0.001 degrees from one point and 0.002 from the other."""
    assert nearest_points([(-7.001, 110.0)], [(-7.003, 110.0), (-7.0, 110.0)], 800) == [1]


@pytest.mark.parametrize(("reach_m", "index"), [(DEGREE_M + 0.1, 0), (DEGREE_M - 0.1, NO_POINT)])
def test_reach_is_a_limit(reach_m: float, index: int) -> None:
    """A degree of latitude is 111,195 m: within reach at that, out of it a little below."""
    assert nearest_points([(-8.0, 110.0)], [(-7.0, 110.0)], reach_m) == [index]


def test_no_points_reach_nobody() -> None:
    """Three homes, no point."""
    assert nearest_points([(-7.0, 110.0)] * 3, [], 800).tolist() == [NO_POINT] * 3
    assert nearest_points([], [(-7.0, 110.0)], 800).tolist() == []
