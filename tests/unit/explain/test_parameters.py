"""What may be different of a place or a van, in an instance and as what-if changes."""

import pytest

from planner.explain.parameters import STEPS, Parameter, Step
from planner.horizon import build_horizon
from planner.scenarios import Scenario
from tests.builders.districts import SATURDAY, WEEK
from tests.builders.scenarios import build_horizons
from tests.unit.explain.crowded import crowded_district


@pytest.mark.parametrize("step", STEPS, ids=[step.parameter.value for step in STEPS])
def test_what_if_changes_make_the_same_instance(step: Step) -> None:
    """Two steps for P1; of people there is no what-if change."""
    horizon = build_horizon(crowded_district(), WEEK)
    instance = step.apply(horizon.instance, "P1", 2)
    changes = step.describe(instance, "P1", 2)
    assert bool(changes) == (step.parameter is not Parameter.PEOPLE)
    if changes:
        scenario = Scenario(name="two steps", changes=changes)
        (changed,) = build_horizons(horizon.district, WEEK, [scenario])
        assert changed.instance.sites == instance.sites
        assert changed.instance.vans == instance.vans


def test_a_step_raises_one_parameter() -> None:
    """Two of 15 minutes: P1 closes at half past twelve."""
    horizon = build_horizon(crowded_district(), WEEK)
    (step,) = (step for step in STEPS if step.parameter is Parameter.HOURS)
    site = step.apply(horizon.instance, "P1", 2).site("P1")
    assert site.windows[SATURDAY] == ((28800, 45000),)
