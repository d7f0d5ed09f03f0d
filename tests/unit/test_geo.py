"""Distances on the earth, and a flat map of a district."""

import numpy as np
import pytest

from planner.geo import (
    DEGREE_M,
    BoundingBox,
    LocalProjection,
    Walks,
    great_circle_m,
    pairs_within,
)

HOME = np.array([[-7.001, 110.0]])
FAR_AND_NEAR = np.array([[-7.003, 110.0], [-7.0, 110.0]])
NOWHERE = np.empty((0, 2))


def test_a_degree_of_latitude_is_111_195_m() -> None:
    """On a sphere of the earth's mean radius."""
    assert pytest.approx(111_195, abs=0.5) == DEGREE_M
    (length_m,) = great_circle_m(*np.array([[-7.0], [110.0], [-8.0], [110.0]]))
    assert length_m == pytest.approx(DEGREE_M)


def test_a_local_map_agrees_with_the_sphere() -> None:
    """Between Semarang and a town 38 km away: within 0.1 %."""
    lat, lon = np.array([-7.0, -7.2]), np.array([110.4, 110.7])
    (east, north) = np.diff(LocalProjection.around(lat, lon).xy(lat, lon), axis=0)[0]
    (length_m,) = great_circle_m(lat[:1], lon[:1], lat[1:], lon[1:])
    assert np.hypot(east, north) == pytest.approx(length_m, rel=1e-3)


def test_a_box_has_its_margin_on_every_side() -> None:
    """One point of the equator, one kilometre around it."""
    origin = np.zeros(1)
    box = BoundingBox.around(origin, origin, 1000.0)
    inside, outside = 999 / DEGREE_M, 1001 / DEGREE_M
    lat, lon = (
        np.array([inside, -inside, 0, 0, outside, 0]),
        np.array([0, 0, inside, -inside, 0, 0]),
    )
    assert box.contains(lat, lon).tolist() == [True, True, True, True, False, True]
    assert not box.contains(np.zeros(2), np.array([outside, -outside])).any()


def test_all_points_within_reach_are_pairs() -> None:
    """A home 0.001 degrees from one point and 0.002 from the other."""
    home, point, apart_m = pairs_within(HOME, FAR_AND_NEAR, 800)
    assert sorted(zip(home.tolist(), point.tolist(), strict=True)) == [(0, 0), (0, 1)]
    assert sorted(apart_m) == pytest.approx([DEGREE_M / 1000, DEGREE_M / 500])


@pytest.mark.parametrize(("reach_m", "count"), [(DEGREE_M + 0.1, 1), (DEGREE_M - 0.1, 0)])
def test_reach_is_a_limit(reach_m: float, count: int) -> None:
    """A point one degree of latitude away is within reach at that, out of it a little below."""
    home, _, _ = pairs_within(np.array([[-8.0, 110.0]]), np.array([[-7.0, 110.0]]), reach_m)
    assert len(home) == count


def test_without_points_none_is_near() -> None:
    """One home, no point; one point, no home."""
    assert [len(column) for column in pairs_within(HOME, NOWHERE, 800)] == [0, 0, 0]
    assert [len(column) for column in pairs_within(NOWHERE, HOME, 800)] == [0, 0, 0]


def test_walks_are_in_order_of_homes_then_of_length() -> None:
    """Home 0 walks to point 1, then to 0; of two points at the same distance the first is first."""
    home, point = np.array([1, 0, 1, 0]), np.array([3, 0, 2, 1])
    walks = Walks.of(home, point, np.array([9.0, 8.0, 9.0, 7.0]))
    assert walks.point.tolist() == [1, 0, 2, 3]
    assert walks.where(walks.walk_m < 9).point.tolist() == [1, 0]
