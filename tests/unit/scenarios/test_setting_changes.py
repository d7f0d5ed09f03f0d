"""Changes of settings."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.inputs import read_district
from planner.scenarios import ChangeSetting, scenarios_from_options
from tests.builders.folders import sound_folder
from tests.builders.scenarios import build_horizons

WEEK = "2026-W48"


def test_the_last_part_of_a_key_is_enough() -> None:
    """``walk_m`` is ``rates.walk_m``."""
    assert ChangeSetting.parse("walk_m = 600") == ChangeSetting(key="rates.walk_m", value="600")


def test_the_district_is_read_again_for_a_setting(tmp_path: Path) -> None:
    """On Sundays only; what cannot be is refused."""
    sound_folder(tmp_path)
    district = read_district(tmp_path)
    scenarios = scenarios_from_options({"set": ["service_days=Min", "walk_m=600"]})
    (horizon,) = build_horizons(district, WEEK, scenarios)
    assert [day.isoweekday() for day in horizon.instance.dates] == [7]
    assert horizon.district.rates.walk_m == 600
    with pytest.raises(InputError, match="--set: "):
        build_horizons(district, WEEK, scenarios_from_options({"set": ["walk_m=-1"]}))
