"""Travel without a road file."""

from pathlib import Path

import numpy as np
import pytest

from planner.district import Speeds
from planner.errors import InputError
from planner.travel.factory import make_travel
from planner.travel.interface import Place
from planner.travel.straight_line import road_m
from tests.builders.town import corner


@pytest.mark.parametrize(
    ("straight_m", "expected_m"),
    [
        (0, 0),
        (1_000, 1_800),
        (1_999, 3_598),
        (2_000, 3_600),
        (2_300, 3_600),
        (4_000, 6_000),
        (20_000, 28_000),
    ],
)
def test_the_detour_shrinks_with_the_distance(straight_m: float, expected_m: float) -> None:
    """1.8 below 2 km, 1.5 to 10 km, 1.4 above; never shorter for a longer line."""
    assert road_m(np.array([float(straight_m)]), Speeds())[0] == pytest.approx(expected_m, abs=1)


def test_another_ratio_scales_all_detours() -> None:
    """Twice the usual 1.45."""
    assert road_m(np.array([1_000.0]), Speeds(straight_ratio=2.9))[0] == pytest.approx(3_600)


def test_an_estimate_says_that_it_is_one() -> None:
    """100 m at 18 km/h with a detour of 1.8 take 36 s; nothing is drawn beneath."""
    found = make_travel([corner("A"), corner("B")], None, Speeds())
    assert found.straight
    assert found.attribution == ""
    assert found.drive_s.tolist() == [[0, 36], [36, 0]]
    assert found.drive_m.tolist() == [[0, 180], [180, 0]]
    assert found.line(0, 1) == ((0, 0), (0, 0.0008993))
    assert found.background() == ()
    assert found.directions(0, 1) == ()
    assert found.unreached == {}


def test_a_missing_road_file_is_told(tmp_path: Path) -> None:
    """It was there when the tables were read."""
    with pytest.raises(InputError, match=r"gone\.osm\.pbf: is missing"):
        make_travel([Place(name="", lat=0, lon=0, classes=())], tmp_path / "gone.osm.pbf", Speeds())
