"""Helpers for arrays."""

import numpy as np

from planner.arrays import concat_ranges


def test_ranges_follow_one_another() -> None:
    """Three numbers from 5 on, none from 9 on, two from 0 on."""
    assert concat_ranges(np.array([5, 9, 0]), np.array([3, 0, 2])).tolist() == [5, 6, 7, 0, 1]
    assert concat_ranges(np.empty(0, dtype=int), np.empty(0, dtype=int)).tolist() == []
