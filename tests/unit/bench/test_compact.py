"""The compact model is the same problem: its best plan is worth what the best plan is."""

from dataclasses import replace

import pytest

from bench.compact import COMPACT, solve_compact
from planner.check import score, violations
from planner.errors import InputError
from planner.model import Instance
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.instances import VAN, instance, proven_best, site
from tests.builders.synthetic_weekends import synthetic_weekend

RT_1 = {"rt-1": 12_000}
HALLS = (
    site(1, expected=0, draws=RT_1),
    site(2, expected=4, draws=RT_1 | {"rt-2": 6_500}),
    site(3, windows={SATURDAY: ((600, 1000),)}),
    site(4, min_service_s=150),
)
TWO_DAYS = replace(VAN, shifts={SATURDAY: (0, 600), SUNDAY: (100, 700)})


@pytest.mark.parametrize("solver", COMPACT)
@pytest.mark.parametrize(
    "given",
    [
        instance(*HALLS),
        instance(*HALLS, vans=(TWO_DAYS, replace(VAN, id="B", max_people=9))),
        instance(*HALLS, vans=(replace(VAN, max_stops=1, kits=2),)),
        replace(instance(*HALLS), worth_s=None),
    ],
)
def test_its_plan_and_bound_meet_at_the_best_plan(solver: str, given: Instance) -> None:
    """Halls that share people, hours, two days, limits of people and stops, driving for nothing."""
    plan, bound = solve_compact(given, solver, seconds=20.0)
    assert violations(given, plan) == ()
    assert score(given, plan).objective == pytest.approx(proven_best(given), abs=1e-6)
    assert bound >= proven_best(given) - 1e-6


def test_vans_with_breaks_are_refused() -> None:
    """Synthetic weekends have them."""
    with pytest.raises(InputError, match="the compact model has no breaks"):
        solve_compact(synthetic_weekend(3, 1), "compact_scip", seconds=1.0)
