"""Rules that instances do not have, kept by planning again."""

from collections.abc import Sequence
from dataclasses import replace

from planner.check import violations
from planner.model import Instance
from planner.plan import Plan
from planner.scenarios import Floor
from planner.solvers import SolveReport, solve, solve_with_duals
from planner.whatif.side_rules import keep_vans_apart, meet_floors, most_people_at, people_at
from tests.builders.instances import ENOUGH, VAN, instance, site, two_halls


def solve_all(pairs: Sequence[tuple[Instance, Plan]]) -> list[SolveReport]:
    return [solve_with_duals(given, start=plan, limits=ENOUGH) for given, plan in pairs]


def test_a_floor_is_reached_at_the_smallest_price_found() -> None:
    """The van records twenty at one place, or fourteen at both where six are asked for at one."""
    hours = dict.fromkeys(VAN.shifts, (0, 350))
    given = instance(site(1, expected=20), site(2), vans=(replace(VAN, shifts=hours),))
    free = solve(given, limits=ENOUGH)
    floor = Floor(name="Melati", venue_ids=frozenset({"site-2"}), people=6)
    assert (free.people, people_at(free.plan, floor)) == (20, 0)
    found = meet_floors(given, [floor], free, solve_all)
    assert violations(given, found.plan) == ()
    assert people_at(found.plan, floor) >= 6
    assert found.people == 14
    assert found.bound is not None
    assert found.objective <= found.bound < free.objective


def test_a_floor_that_is_reached_anyway_costs_nothing() -> None:
    """Ten come, and all are recorded."""
    given = instance(site(1))
    free = solve(given, limits=ENOUGH)
    floor = Floor(name="site-1", venue_ids=frozenset({"site-1"}), people=10)
    assert meet_floors(given, [floor], free, solve_all) == free


def test_no_plan_records_more_than_would_come() -> None:
    """Two halls that draw the same twenty; where thirty are asked for, 25 is what there is."""
    given = two_halls()
    floor = Floor(name="halls", venue_ids=frozenset({"site-1", "site-2"}), people=30)
    assert most_people_at(given, floor) == 25
    free = solve(given, limits=ENOUGH)
    found = meet_floors(given, [floor], free, solve_all)
    assert people_at(found.plan, floor) == max(25, people_at(free.plan, floor))


def test_vans_are_kept_apart() -> None:
    """Two vans at a place with 100 people on one morning; apart, one goes to the other place."""
    hours = dict.fromkeys(VAN.shifts, (0, 600))
    vans = (replace(VAN, shifts=hours), replace(VAN, id="B", shifts=hours))
    given = instance(site(1, expected=100), site(2, expected=12), vans=vans)
    free = solve(given, limits=ENOUGH)
    assert [stop.site_id for _, stop in free.plan.stops()].count("site-1") == 2
    found = keep_vans_apart(given, 1, free, solve_all)
    assert violations(given, found.plan) == ()
    assert {route.van_id for route in found.plan.routes} == {"A", "B"}
    assert sorted(stop.site_id for _, stop in found.plan.stops()) == ["site-1", "site-2"]
    assert found.bound == free.bound
    assert keep_vans_apart(given, 2, free, solve_all) == free
