"""Breakdowns in the example district; bench/breakdowns.py tries every quarter hour."""

import pytest

from bench.breakdowns import breakdowns
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.model import Instance
from planner.office.district_folder import example_folder
from planner.plan import Plan
from planner.solvers import Limits, solve
from planner.units import HOUR_S


@pytest.fixture(scope="module")
def example() -> tuple[Instance, Plan]:
    instance = build_horizon(read_district(example_folder()), "2026-W48").instance
    return instance, solve(instance, limits=Limits(iterations=1)).plan


@pytest.mark.slow
def test_every_breakdown_has_a_plan_that_leaves_the_past_alone(
    example: tuple[Instance, Plan],
) -> None:
    """Every van of both days, every three hours; most of what was published is kept."""
    found = list(breakdowns(*example, every_s=3 * HOUR_S, limits=Limits(iterations=1)))
    assert len(found) == 8 * 4
    assert not any(each.wrong for each in found)
    assert all(each.kept >= each.promised - 5 for each in found)
