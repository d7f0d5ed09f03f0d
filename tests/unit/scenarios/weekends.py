"""Weekends of small districts with changes."""

from dataclasses import replace

from planner.district import District
from planner.horizon import Horizon
from planner.inputs.hours import DAY_NAMES
from planner.inputs.settings_file import Overrides
from planner.scenarios import build_horizons, scenarios_from_options
from tests.builders.districts import WEEK


def horizon_with(given: District, **texts: list[str]) -> Horizon:
    """The weekend of a district with changes; of settings, service days alone are read again."""

    def read(overrides: Overrides) -> District:
        days = overrides.get("office.service_days", ())
        numbers = tuple(map(DAY_NAMES.index, days))
        return replace(given, office=replace(given.office, service_days=numbers))

    (horizon,) = build_horizons(given, WEEK, scenarios_from_options(texts), read=read)
    return horizon
