"""Single settings can be named, and replaced for one reading."""

import shutil
from pathlib import Path

import pytest

from planner import inputs
from planner.errors import Mistake
from planner.inputs.overrides import setting_key, setting_value
from planner.office.district_folder import example_folder


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("rates.walk_m", "rates.walk_m"),
        ("walk_m", "rates.walk_m"),
        ("[rates] walk_m", "rates.walk_m"),
        ("rates.turnout.school", "rates.turnout.school"),
        ("turnout.school", "rates.turnout.school"),
        ("roads.speeds_kmh.residential", "roads.speeds_kmh.residential"),
    ],
)
def test_the_end_of_a_name_is_enough(text: str, key: str) -> None:
    """As it stands in planner.toml, whole or in part."""
    assert setting_key(text) == key


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("walk", "'walk' is not a setting; did you mean 'walk_m'"),
        ("turnout", "'turnout' matches several settings; use one of: rates.turnout.point"),
        (
            "point",
            "'point' matches several settings; use one of: rates.turnout.point, rates.minutes",
        ),
        ("zzz", "'zzz' is not a setting; see docs/inputs.md"),
    ],
)
def test_a_name_that_is_none_suggests_the_near_ones(text: str, told: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(Mistake, match=told):
        setting_key(text)


def test_a_value_that_cannot_be_is_refused() -> None:
    """A walk of less than nothing; a turnout of more than all."""
    given = inputs.read_district(example_folder()).settings
    assert setting_value(given, "rates.walk_m", "600") == "600"
    with pytest.raises(Mistake, match="'-4' is negative"):
        setting_value(given, "rates.walk_m", "-4")
    with pytest.raises(Mistake, match=r"'1\.2' is above 1"):
        setting_value(given, "rates.turnout.school", "1.2")


def test_a_setting_holds_for_one_reading_only(tmp_path: Path) -> None:
    """People walk 500 m instead of 800; hours of rows that name none follow the settings."""
    folder = Path(shutil.copytree(example_folder(), tmp_path / "kota"))
    before = (folder / "planner.toml").read_bytes()
    overrides = {"rates.walk_m": "500", "hours.point": "Sab 09.00-11.00"}
    district = inputs.read_district(folder, overrides)
    assert district.rates.walk_m == 500
    assert any(venue.hours == {5: ((32400, 39600),)} for venue in district.venues)
    assert inputs.read_district(folder).rates.walk_m == 800
    assert (folder / "planner.toml").read_bytes() == before
