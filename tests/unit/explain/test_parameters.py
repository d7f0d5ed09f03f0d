"""What may be different of a place or a van, in an instance."""

from planner.explain.parameters import STEPS, Parameter
from planner.horizon import build_horizon
from tests.builders.districts import SATURDAY, WEEK
from tests.unit.explain.crowded import crowded_district


def test_a_step_raises_one_parameter() -> None:
    """Two of 15 minutes: P1 closes at half past twelve."""
    horizon = build_horizon(crowded_district(), WEEK)
    (step,) = (step for step in STEPS if step.parameter is Parameter.HOURS)
    site = step.apply(horizon.instance, "P1", 2).site("P1")
    assert site.windows[SATURDAY] == ((28800, 45000),)
