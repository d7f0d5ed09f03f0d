"""Weekends of scenarios."""

from collections.abc import Sequence

from planner.district import District
from planner.horizon import Horizon
from planner.scenarios import Scenario, apply_changes


def build_horizons(
    district: District, week: str, scenarios: Sequence[Scenario]
) -> tuple[Horizon, ...]:
    """The weekend of each scenario, everything that follows from its changes taken along."""
    return tuple(draft.build_horizon() for draft in apply_changes(district, week, scenarios))
