"""Parts of roads as they are driven."""

from pathlib import Path

import pytest

from planner.travel.link_segment import LinkSegment, segment_points
from tests.builders.town import STEP, network_of, road_between


def east_m(town: Path, link: int, begin: float, end: float) -> list[float]:
    """Metres east of I of the points along a segment of the street I-J-K-L."""
    network = network_of(town)
    segment = LinkSegment(link=2 * road_between(network, "IL") + link, begin=begin, end=end)
    points = segment_points(network, segment)
    return [round((lon * 1e7 / STEP + 1) * 100) for lon in points[:, 1].tolist()]


@pytest.mark.parametrize(
    ("link", "begin", "end", "expected"),
    [
        (0, 0, 1, [0, 200, 300, 400]),
        (1, 1, 0, [400, 300, 200, 0]),
        (0, 0.25, 0.6, [100, 200, 240]),
        (1, 0.6, 0.25, [240, 200, 100]),
        (0, 0.1, 0.1, [40, 40]),
    ],
)
def test_points_run_as_the_segment_is_driven(
    town: Path, link: int, begin: float, end: float, expected: list[int]
) -> None:
    """Whole, against the points, from 100 m to 240 m, back, and of no length."""
    assert east_m(town, link, begin, end) == expected
