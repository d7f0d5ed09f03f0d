"""One more of each thing is asked for, once."""

from dataclasses import replace

from planner.horizon import build_horizon
from planner.solvers import Limits
from planner.whatif import marginal_questions, solve_base
from planner.whatif.marginal_questions import shift_questions, van_day_questions
from tests.builders.districts import SATURDAY, WEEK
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
