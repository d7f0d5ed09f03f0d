"""Time and length in one whole number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.travel.cost import cost_share, metres, pack_cost, seconds

TIME_S = st.floats(0, 100_000)
LENGTH_M = st.floats(0, 300_000)


@given(TIME_S, LENGTH_M)
def test_a_cost_says_time_and_length(time_s: float, length_m: float) -> None:
    """To a hundredth of a second and a decimetre."""
    cost = pack_cost(np.array([time_s]), np.array([length_m]))
    assert seconds(cost) == pytest.approx([time_s], abs=0.0051)
    assert metres(cost) == pytest.approx([length_m], abs=0.051)


@given(st.lists(st.tuples(TIME_S, LENGTH_M), min_size=1, max_size=20))
def test_costs_add_up(parts: list[tuple[float, float]]) -> None:
    """Times and lengths of a drive are the sums of those of its roads, up to 6,710 km."""
    cost = pack_cost(*np.array(parts).T)
    assert seconds(cost.sum()) == pytest.approx(seconds(cost).sum())
    assert metres(cost.sum()) == pytest.approx(metres(cost).sum())


def test_the_faster_path_costs_less_and_of_equal_ones_the_shorter() -> None:
    """9.99 s over 5 km; 10 s over 100 m; 10 s over 200 m."""
    cost = pack_cost(np.array([9.99, 10, 10]), np.array([5000.0, 100, 200]))
    assert (np.diff(cost) > 0).all()


def test_a_share_of_a_road_costs_its_share() -> None:
    """A quarter of 10 s and 100 m."""
    part = cost_share(pack_cost(np.array([10.0]), np.array([100.0])), np.array([0.25]))
    assert (seconds(part).tolist(), metres(part).tolist()) == ([2.5], [25.0])


def test_a_cost_is_exact_as_a_float() -> None:
    """SciPy's search adds up floats: 24 hours and 2,000 km are below two to the 53rd."""
    cost = pack_cost(np.array([86_400.0]), np.array([2e6]))
    assert cost.astype(np.float64).astype(np.int64).tolist() == cost.tolist()
    assert cost[0] < 2**53
