"""One more of each thing is asked for, once."""

from dataclasses import replace

from planner.horizon import build_horizon
from planner.plan import Plan
from planner.scenarios import OpenPlace
from planner.solvers import Limits
from planner.venues import OFFICE
from planner.whatif.marginal_questions import (
    day_questions,
    marginal_questions,
    shift_questions,
    van_day_questions,
)
from planner.whatif.scenario_plans import solve_base
from tests.builders.districts import MORNING, SATURDAY, SUNDAY, WEEK, closure, district, venue
from tests.unit.whatif.scarce import ROUNDS, scarce_district


def test_everything_is_asked_for() -> None:
    """Van-days, hours, cards, kits, the closed day, the permissions on hand and refused."""
    horizon = build_horizon(scarce_district(), WEEK)
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    asked = marginal_questions(horizon, base)
    assert [question.what for question in asked] == [
        "one more van-day like van A on 2026-11-28",
        "one more van-day like van A on 2026-11-29",
        "one hour more at the start of van A's shift",
        "one hour more at the end of van A's shift",
        "10 more cards in van A",
        "one more kit in van A",
        "one more open day: Nama S1, 2026-11-28",
        "one more open day: Nama S1, 2026-11-29",
        "permission of Nama P1, which the plan relies on",
        "permission of Nama O1 (ditolak)",
    ]
    assert str(asked[5].change) == "--kits A=+1"
    assert str(asked[6].change) == "--open S1@2026-11-28=08.00-12.00"


def test_vans_that_are_alike_are_asked_for_once() -> None:
    """A and B differ in nothing but their names; C has two kits."""
    given = scarce_district()
    (van,) = given.vehicles
    three = (van, replace(van, id="B"), replace(van, id="C", kits=2))
    horizon = build_horizon(replace(given, vehicles=three), WEEK)
    base = solve_base(horizon, seed=0, limits=Limits(iterations=0))
    assert len(list(van_day_questions(horizon.instance, base))) == 4
    assert len(list(shift_questions(horizon.instance))) == 4
    more = next(van_day_questions(horizon.instance, base)).instance.vans[-1]
    assert (more.id, set(more.shifts)) == ("A+", {SATURDAY})


def test_a_closed_place_is_there_with_a_day_however_few_it_has() -> None:
    """Only the place with most people is looked at, and the office that is closed all weekend."""
    closed = (closure("O1", "libur"), closure("O1", "libur", SUNDAY), closure("S1", "ujian"))
    horizon = build_horizon(district(calendar=closed), WEEK)
    asked = day_questions(horizon, Plan(), max_places=1)
    assert [question.what for question in asked] == [
        "one more open day: Nama S1, 2026-11-28",
        "one more open day: Nama O1, 2026-11-28",
    ]


def test_a_closed_place_of_any_id_is_asked_for() -> None:
    """An id with ``@``, as an office may have; nothing takes it apart."""
    odd = venue("RW@04: a=b", OFFICE, -7.02, backlog=30)
    closed = (closure(odd.id, "libur"), closure(odd.id, "libur", SUNDAY))
    horizon = build_horizon(district(venues=(*district().venues, odd), calendar=closed), WEEK)
    base = solve_base(horizon, seed=0, limits=Limits(iterations=0))
    asked = [
        question for question in marginal_questions(horizon, base) if odd.name in question.what
    ]
    assert [question.change for question in asked] == [
        OpenPlace(place=odd.id, day=day, hours=(MORNING,)) for day in (SATURDAY, SUNDAY)
    ]
    assert all(odd.id in question.instance.site_index for question in asked)
