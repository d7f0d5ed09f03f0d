"""Charts of scenarios."""

from itertools import combinations
from math import dist

from planner.render.comparison_charts import DOT, _separate_marks


def test_marks_of_a_chart_lie_apart_and_near_their_spots() -> None:
    """Five cases of the same hours and people: the first mark is on the spot, others around it."""
    shown = _separate_marks([(200.0, 150.0)] * 5)
    assert shown[0] == (200.0, 150.0)
    assert all(dist(one, other) >= 2 * DOT - 1e-9 for one, other in combinations(shown, 2))
    assert all(dist(one, shown[0]) <= 3 * DOT for one in shown)
