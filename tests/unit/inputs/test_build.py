"""Rows of a sound folder as a district; test_read_district.py has the rest."""

from pathlib import Path

import pytest

from planner.inputs import read_district
from tests.builders.folders import sound_folder


def test_minutes_become_whole_seconds(tmp_path: Path) -> None:
    """A tenth of a minute is six seconds; 20.01 minutes are 1,201."""
    folder = sound_folder(tmp_path)
    folder.edit("offices.csv", "0.9,4.5", "0.9,0.1")
    folder.edit("planner.toml", 'code = "99.71"', 'code = "99.71"\n[rates]\npackup_min = 20.01')
    district = read_district(folder.path)
    assert district.venues[-1].seconds_per_person == 6
    assert district.rates.packup_s == 1201


def test_a_row_without_coordinates_lies_inside_its_border(tmp_path: Path) -> None:
    """RW 002 is the eastern half of the kelurahan."""
    (_, home) = read_district(sound_folder(tmp_path).path).neighbourhoods
    assert (home.lat, home.lon) == pytest.approx((-7.005, 110.015))


def test_only_what_the_settings_say_is_kept_of_them(tmp_path: Path) -> None:
    """A folder without kinds of its own keeps no empty section of them."""
    district = read_district(sound_folder(tmp_path).path)
    tables = {"office", "rates", "hours", "roads", "plans", "solver"}
    assert set(district.settings) == tables | {
        "ledger",
        "look_here",
        "campaign",
        "services",
        "ways",
    }
