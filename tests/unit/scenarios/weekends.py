"""Weekends of small districts with changes."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from planner.district import District
from planner.horizon import Horizon
from planner.inputs.hours import DAY_NAMES
from planner.inputs.settings_file import Overrides
from planner.scenarios import scenarios_from_options
from tests.builders.districts import WEEK
from tests.builders.scenarios import build_horizons


def horizon_with(given: District, **texts: list[str]) -> Horizon:
    """The weekend of a district with changes; of settings, service days alone are read again."""

    def read(folder: Path, overrides: Overrides) -> District:
        days = overrides.get("office.service_days", ())
        numbers = tuple(map(DAY_NAMES.index, days))
        return replace(given, office=replace(given.office, service_days=numbers))

    with patch("planner.scenarios.variant.read_district", read):
        (horizon,) = build_horizons(given, WEEK, scenarios_from_options(texts))
    return horizon
