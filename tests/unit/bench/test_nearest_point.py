"""What planning for everybody in reach brings over planning for the nearest point."""

from pathlib import Path

import pytest

from bench.nearest_point import as_if_nearest, nearest_point_instance, rows
from planner.check import score, violations
from planner.horizon import build_horizon
from planner.inputs import read_district
from planner.model import Instance
from planner.plan import Plan
from planner.solvers import Limits, solve
from planner.venues import POINT
from tests.builders.districts import WEEK, district, venue

KAMPUNG = Path(__file__).parents[3] / "examples" / "kampung-padat"


def test_each_group_goes_to_the_site_that_draws_most_of_it() -> None:
    """100 people between two points, of whom 50 come to either: all to the first of them."""
    points = (venue("P1", POINT, -7.0), venue("P2", POINT, -7.003))
    instance = build_horizon(district(venues=points), WEEK).instance
    found = nearest_point_instance(instance)
    assert sorted(site.max_people for site in found.sites) == [0, 50]
    assert not found.catchments.are_shared


def test_stops_for_the_nearest_point_record_all_who_come_there() -> None:
    """The stop made for the half that P1 or P2 is nearest to is as long as all who come need."""
    points = (venue("P1", POINT, -7.0), venue("P2", POINT, -7.003))
    instance = build_horizon(district(venues=points), WEEK).instance
    planned: list[Plan] = []

    def make_plan(nearest: Instance) -> Plan:
        planned.append(solve(nearest, solver="greedy", limits=Limits(iterations=0)).plan)
        return planned[0]

    plan = as_if_nearest(instance, make_plan)
    assert violations(instance, plan) == ()
    assert [[stop.site_id for stop in route.stops] for route in plan.routes] == [
        [stop.site_id for stop in route.stops] for route in planned[0].routes
    ]
    assert score(instance, plan).people >= score(instance, planned[0]).people > 0


@pytest.mark.slow
def test_where_people_live_densely_catchments_decide() -> None:
    """In the kampung half as many more people; both plans keep all rules, nobody counts twice."""
    nearest, everybody = rows([KAMPUNG], WEEK, iterations=4)
    assert nearest[-1] == everybody[-1] == "0"
    assert int(everybody[2]) >= 1.5 * int(nearest[2])
    assert int(everybody[3]) > int(nearest[3])


def test_the_kampung_is_what_the_script_makes(tmp_path: Path) -> None:
    """The same bytes on every run."""
    import make_kampung_padat

    make_kampung_padat.make(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in KAMPUNG.iterdir() if path.name != "plans"
    }
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (KAMPUNG / path.name).read_bytes()


def test_in_the_kampung_everybody_has_several_places_in_reach() -> None:
    """3 to 9 of 17 for each group, and no one without."""
    horizon = build_horizon(read_district(KAMPUNG), WEEK)
    reached = sorted({len(group.draws) for group in horizon.demand.groups})
    assert (reached[0], reached[-1]) == (3, 9)
    assert horizon.uncovered == 0
