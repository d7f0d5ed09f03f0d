"""A minimal change, in an instance and as what-if changes."""

import pytest

from planner.explain.minimal_change import MinimalChange
from planner.explain.parameters import STEPS, Parameter, Step
from planner.explain.what_if_changes import what_if_changes
from planner.horizon import build_horizon
from planner.scenarios import Scenario
from tests.builders.districts import WEEK
from tests.builders.scenarios import build_horizons
from tests.unit.explain.crowded import crowded_district


@pytest.mark.parametrize("step", STEPS, ids=[step.parameter.value for step in STEPS])
def test_what_if_changes_make_the_same_instance(step: Step) -> None:
    """Two steps for P1; of people there is no what-if change."""
    horizon = build_horizon(crowded_district(), WEEK)
    minimal = MinimalChange(step=step, count=2, is_certain=False, at_least=0)
    changes = what_if_changes(horizon.instance, "P1", minimal)
    assert bool(changes) == (step.parameter is not Parameter.PEOPLE)
    if changes:
        scenario = Scenario(name="two steps", changes=changes)
        (changed,) = build_horizons(horizon.district, WEEK, [scenario])
        instance = step.apply(horizon.instance, "P1", 2)
        assert changed.instance.sites == instance.sites
        assert changed.instance.vans == instance.vans
