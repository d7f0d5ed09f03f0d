"""A point for a neighbourhood, a kelurahan first, and places that must be visited."""

from dataclasses import replace

import pytest

from planner.errors import InputError
from planner.horizon import build_horizon
from planner.scenarios import apply_changes, scenarios_from_options
from planner.solvers import Limits
from planner.solvers.parallel import share_plans
from planner.venues import OFFICE, POINT
from planner.whatif.scenario_plans import solve_base, solve_scenarios
from tests.builders.districts import KELURAHAN, WEEK, district, venue
from tests.unit.scenarios.weekends import horizon_with


def test_a_point_lies_where_people_live_and_is_like_the_others() -> None:
    """RW 001 has its people at -7.001; half of them would come, as to P1."""
    horizon = horizon_with(district(), point=["RW 1 Kecil"])
    added = next(place for place in horizon.venues if place.id == "RW 1 Kecil")
    other = next(place for place in horizon.venues if place.id == "P1")
    assert (added.lat, added.hours, added.turnout) == (-7.001, other.hours, other.turnout)
    assert not added.is_confirmed
    assert horizon.instance.site("RW 1 Kecil").max_people == 50


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("RW 99", "--point: 'RW 99' is not a neighbourhood; write for example 'RW 012 Melati'"),
        ("P1", "--point: 'P1' is not a neighbourhood"),
    ],
)
def test_what_is_no_neighbourhood_gets_no_point(name: str, told: str) -> None:
    """Where, what, and what to do."""
    with pytest.raises(InputError, match=told):
        horizon_with(district(), point=[name])


def test_a_district_without_points_says_so() -> None:
    """Nothing says what a point would be like."""
    offices = (venue("O1", OFFICE, -7.02, backlog=10),)
    with pytest.raises(InputError, match="gets no point"):
        horizon_with(district(venues=offices), point=["RW 1"])


def test_a_weight_may_be_of_all_places_in_a_kelurahan() -> None:
    """By its name, its code, or as people call it; a place of the same name goes first."""
    outside = venue("P2", POINT, -7.2)
    given = district(venues=(*district().venues, outside))
    for name in ("Kecil=3", f"{KELURAHAN}=3", "kelurahan kecil=3"):
        weights = {
            site.id: site.weight for site in horizon_with(given, weight=[name]).instance.sites
        }
        assert {weights["P1"], weights["S1"], weights["O1"]} == {3.0}
    named = tuple(
        replace(place, name="Kecil") if place.id == "O1" else place for place in given.venues
    )
    horizon = horizon_with(replace(given, venues=named), weight=["Kecil=3"])
    assert [site.weight for site in horizon.instance.sites] == [1.0, 1.0, 3.0]


def test_a_place_that_must_be_visited_is_though_it_costs_people() -> None:
    """O1 is a long way off for one van that has time for little else; the plan loses by it."""
    given = district()
    van = replace(given.vehicles[0], shifts={5: (28800, 43200)}, kits=1)
    given = replace(given, vehicles=(van,))
    (variant,) = apply_changes(given, WEEK, scenarios_from_options({"visit": ["nama o1"]}))
    assert variant.required == {"O1"}
    horizon, changed = build_horizon(given, WEEK), variant.build_horizon()
    base = solve_base(horizon, seed=0, limits=Limits(iterations=3))
    assert "O1" not in base.result.plan.served()
    (report,) = solve_scenarios(
        [changed],
        base,
        required=[variant.required],
        seed=0,
        limits=Limits(iterations=3),
        processes=1,
    )
    results = [base.result, report.result]
    shared = share_plans([horizon.instance] * 2, results, [frozenset(), variant.required])
    assert "O1" in shared[1].plan.served()
    assert shared[1].people < base.result.people
