"""Places lie where the district is."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.geo import DEGREE_M
from planner.inputs import read_district
from planner.inputs.locations import STRAY_M
from tests.builders.folders import sound_folder

SOUTH = -7.01
"""Southern border of the areas of the sound folder."""


def read_with_point_at(path: Path, lat: float) -> None:
    """Reads the sound folder with T1 moved along its meridian."""
    folder = sound_folder(path)
    folder.edit("points.csv", "-7.005,110.004", f"{lat:.7f},110.004")
    read_district(folder.path)


def test_a_point_may_lie_two_kilometres_outside(tmp_path: Path) -> None:
    """A metre less is fine, a metre more is not."""
    read_with_point_at(tmp_path, SOUTH - (STRAY_M - 1) / DEGREE_M)
    with pytest.raises(InputError, match="are more than 2 km from all areas"):
        read_with_point_at(tmp_path, SOUTH - (STRAY_M + 1) / DEGREE_M)


def test_without_areas_nothing_is_far(tmp_path: Path) -> None:
    """Only Indonesia remains as a limit."""
    folder = sound_folder(tmp_path)
    folder.remove("areas.geojson")
    folder.edit("rt.csv", "99.71.01.1001,Melati,002,,25,,,,\n", "")
    folder.edit("points.csv", "-7.005,110.004", "-6.5,110.004")
    assert read_district(folder.path).venues[0].lat == -6.5
    folder.edit("points.csv", "-6.5,110.004", "-11.6,110.004")
    with pytest.raises(InputError, match=r"lat '-11\.6' and lon '110\.004' are not in Indonesia"):
        read_district(folder.path)
