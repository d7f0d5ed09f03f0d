"""The best plan so far."""

from dataclasses import replace
from datetime import date

import pytest

from planner.plan import Plan, Route, Stop
from planner.solvers.greedy import greedy_plan
from tests.builders.columns import column, incumbent
from tests.builders.districts import SATURDAY
from tests.builders.instances import VAN, instance, site

TWO = instance(site(1), site(2))
FIRST, BOTH = column(TWO, (0, 10)), column(TWO, (0, 10), (1, 10))


def test_only_a_better_plan_is_accepted() -> None:
    """One site, then both; not one again, nor the same once more."""
    best = incumbent(TWO)
    assert [best.accept_columns([c]) for c in (FIRST, BOTH, FIRST, BOTH)] == [
        True,
        True,
        False,
        False,
    ]
    assert best.value == pytest.approx(18.5)
    assert best.columns == (BOTH,)


def test_of_plans_worth_the_same_the_one_that_drives_less_is_better() -> None:
    """Driving is free: both orders record all, by 150 and by 170 s."""
    drive_s = TWO.drive_s.copy()
    drive_s[2, 1] = 70
    given = replace(TWO, worth_s=None, drive_s=drive_s)
    best = incumbent(given)
    assert best.accept_columns([column(given, (1, 10), (0, 10))])
    assert best.accept_columns([column(given, (0, 10), (1, 10))])
    assert best.score.drive_s == 150


def test_a_required_site_counts_before_all_else() -> None:
    """The second site with five people is better than the first with ten."""
    best = incumbent(TWO, required=[1])
    assert best.accept_columns([FIRST])
    assert best.missed == 1
    assert best.accept_columns([column(TWO, (1, 5))])
    assert (best.missed, best.missing([FIRST])) == (0, frozenset({1}))


def test_the_penalty_is_more_than_plans_can_differ() -> None:
    """20 people and 1000 s of driving, at 100 s a person; objectives are multiples of 0.01."""
    best = incumbent(TWO)
    assert best.penalty > 20 + 10
    assert best.unit == pytest.approx(0.01)


def test_objectives_of_odd_weights_have_no_unit() -> None:
    """A weight of seven places."""
    assert incumbent(instance(site(1, weight=0.1234567))).unit is None


def test_people_that_routes_leave_are_counted() -> None:
    """None at the first site, ten at the second."""
    assert incumbent(TWO).remaining([FIRST]).everywhere().tolist() == [0, 10]


def test_routes_of_a_plan_are_columns_without_times() -> None:
    """There and back again."""
    best = incumbent(TWO)
    plan = greedy_plan(TWO)
    (only,) = best.columns_of(plan.routes)
    assert sorted(only.visits) == [(0, 10), (1, 10)]
    (timed,) = best.routes_of([only])
    assert timed == plan.routes[0]


def test_routes_of_other_plans_are_cut_back_to_what_fits() -> None:
    """30 people where ten are, a site that is not there, a van that is not there."""

    def route(van_id: str, day: date) -> Route:
        stops = tuple(
            Stop(site_id=name, arrive_s=0, setup_s=0, serve_s=0, packup_s=0, depart_s=0, people=30)
            for name in ("site-1", "elsewhere")
        )
        return Route(van_id=van_id, date=day, leave_s=0, return_s=0, stops=stops)

    found = list(incumbent(TWO).cut_back([route(VAN.id, SATURDAY), route("Z", SATURDAY)]))
    assert [column.visits for column in found] == [((0, 10),)]


def test_a_plan_is_accepted_as_it_is() -> None:
    """The greedy plan is worth more than the empty one."""
    best = incumbent(TWO)
    assert best.accept(greedy_plan(TWO))
    assert not best.accept(Plan())
