"""The routing model: what it puts right in a greedy plan, and the rules it keeps itself."""

from dataclasses import replace
from random import Random

import pytest

from planner.model import Break, Instance
from planner.solvers import Limits, solve
from planner.solvers.params import DEFAULT_PARAMS
from planner.solvers.routing.model import reroute
from planner.solvers.routing.parts import VanDay, draw_part
from tests.builders.districts import SATURDAY, SUNDAY
from tests.builders.instances import VAN, instance, site
from tests.builders.synthetic_weekends import synthetic_weekend


def test_a_weekend_gets_better() -> None:
    """Thirty sites, two vans on two days: more people than the greedy plan after ten rounds."""
    given = synthetic_weekend(30, 2, seed=3)
    greedy = solve(given, solver="greedy")
    routed = solve(given, solver="routing", limits=Limits(iterations=10))
    assert routed.objective > greedy.objective


RULES = {
    "cards": instance(site(1), site(2), vans=(replace(VAN, max_people=10),)),
    "stops": instance(site(1), site(2), vans=(replace(VAN, max_stops=1),)),
    "class": instance(site(1), site(2, classes=("large",))),
    "window": instance(site(1), site(2, windows={SATURDAY: ((0, 179),)})),
    "date": instance(site(1), site(2, windows={SUNDAY: ((0, 1000),)})),
    "shift": instance(site(1), site(2), vans=(replace(VAN, shifts={SATURDAY: (0, 409)}),)),
}
"""The second site, its ten people taking 130 s, breaks one rule or comes a second too late."""


@pytest.mark.parametrize("rule", RULES)
def test_the_model_keeps_the_rules(rule: str) -> None:
    """Only one of the two sites can be visited with all its people."""
    assert len(routed(RULES[rule])) == 1


def test_the_model_visits_both_where_no_rule_is_broken() -> None:
    """As above, but with room for two: 3 x 50 s of driving and 2 x 130 s of work are 410 s."""
    given = instance(site(1), site(2), vans=(replace(VAN, shifts={SATURDAY: (0, 410)}),))
    assert len(routed(given)) == 2


def test_the_break_is_cut_out_of_the_day() -> None:
    """Both sites and a break of 90 s fit into 500 s; not into 499 s."""
    rest = Break(earliest_s=200, latest_s=200, length_s=90)
    for closing_s, visited in ((500, 2), (499, 1)):
        van = replace(VAN, crew_break=rest, shifts={SATURDAY: (0, closing_s)})
        assert len(routed(instance(site(1), site(2), vans=(van,)))) == visited


def routed(given: Instance) -> list[int]:
    """Sites with all their people that the model visits, from an empty plan."""
    visits: dict[VanDay, list[tuple[int, int]]] = {}
    part = draw_part(given, visits, [], DEFAULT_PARAMS.routing, Random(0))
    whole = tuple(piece for piece in part.pieces if piece.people == 10)
    part = replace(part, pieces=whole)
    return [piece.site for route in reroute(given, part, lambda: False) for piece in route]


def test_without_time_the_start_is_returned() -> None:
    """The time is over before it begins: the greedy plan, or the better one it was given."""
    given = synthetic_weekend(30, 2, seed=3)
    greedy = solve(given, solver="greedy").plan
    better = solve(given, solver="routing", limits=Limits(iterations=10)).plan
    no_time = Limits(time_limit_s=0)
    assert solve(given, solver="routing", limits=no_time).plan == greedy
    assert solve(given, solver="routing", start=better, limits=no_time).plan == better
