"""What the public may know of a plan."""

from dataclasses import replace

import pytest

from planner.analysis.public_schedule import public_visits
from planner.plan import Plan
from tests.builders.horizons import itinerary, result, two_vans


def test_public_hours_are_round_and_inside_the_plan() -> None:
    """Service from 08.21 to 09.33 is told as 08.25 to 09.30; one of four minutes stays."""
    route = result().plan.routes[0]
    long, short = (
        replace(route.stops[0], serve_s=30060, packup_s=34380),
        replace(route.stops[0], serve_s=30060, packup_s=30240),
    )
    for stop, hours in ((long, (30300, 34200)), (short, (30060, 30240))):
        plan = Plan(routes=(replace(route, stops=(stop,)),))
        (visit,) = public_visits(itinerary(replace(result(), plan=plan)), drafts=False)
        assert visit.hours == hours


@pytest.mark.parametrize(("gap_s", "count"), [(0, 1), (3600, 2)])
def test_vans_at_one_place_are_one_visit_unless_nobody_is_there(gap_s: int, count: int) -> None:
    """The second van begins when the first ends, or an hour later."""
    assert len(public_visits(itinerary(two_vans(gap_s)), drafts=False)) == count
