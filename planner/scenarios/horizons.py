"""Makes the weekend of each scenario, and names everything that is wrong with any of them."""

from collections.abc import Sequence
from pathlib import Path

from planner.district import District
from planner.errors import Mistake
from planner.horizon import Horizon
from planner.scenarios.change import CHANGES, Change
from planner.scenarios.scenario import Scenario, find_problems, written_at
from planner.scenarios.variant import Variant
from planner.value_rules import refuse


def apply_changes(
    district: District, week: str, scenarios: Sequence[Scenario], weeks: int = 1
) -> list[Variant]:
    """The district with the changes of each scenario, on the dates of a week and those after it.

    Raises
    ------
    InputError
        What is wrong with any of the scenarios, all at once.
    """
    problems, variants = [*find_problems(scenarios)], []
    for scenario in scenarios:
        variant = Variant.begin(district, week, weeks)
        for change in sorted(scenario.changes, key=_position):
            try:
                variant = change.apply(variant)
            except Mistake as mistake:
                problems.append(mistake.at(written_at(type(change), scenario.source)))
        variants.append(variant)
    refuse(dict.fromkeys(problems))
    return variants


def _position(change: Change) -> tuple[int, int]:
    """When a change is made: by phase, then in the order of options."""
    return change.phase, list(CHANGES).index(change.name)


def build_changed_horizon(horizon: Horizon, change: Change, cache: Path | None = None) -> Horizon:
    """A weekend with a single change of its district."""
    scenario = Scenario(name=str(change), changes=(change,))
    (variant,) = apply_changes(horizon.district, horizon.week, [scenario])
    return variant.build_horizon(cache)
