"""Closed days and open permissions are candidates."""

from planner.horizon import build_horizon
from planner.plan import Plan
from planner.scenarios import OpenPlace
from planner.solvers import Limits
from planner.venues import OFFICE
from planner.whatif import marginal_questions, solve_base
from planner.whatif.district_questions import day_questions
from tests.builders.districts import MORNING, SATURDAY, SUNDAY, WEEK, closure, district, venue


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
