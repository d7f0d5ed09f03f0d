"""One more of each thing is valued, and what is proven of it is said."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from planner.analysis.scarcity import (
    price_line,
    ranked,
    scarcity_csv,
    scarcity_dicts,
    scarcity_lines,
    worth_of,
)
from planner.district import District, Permission
from planner.horizon import build_horizon
from planner.i18n.messages import say
from planner.i18n.words import Words
from planner.plan import Plan, Result, Status
from planner.scenarios import Amount, ChangeKits, OpenPlace
from planner.solvers import Limits, SolveReport
from planner.solvers.parallel import InlinePool, SolveTask, solve_pool
from planner.venues import OFFICE, POINT
from planner.whatif import marginal_questions, rank_worths, solve_base, solve_questions
from planner.whatif.marginal_questions import shift_questions, van_day_questions
from tests.districts import MORNING, SATURDAY, SUNDAY, WEEK, closure, district, venue

ROUNDS = Limits(iterations=2)
WORDS = Words(language="en")


def result(objective: float, bound: float | None, people: int, most: int | None) -> Result:
    return Result(
        plan=Plan(),
        people=people,
        objective=objective,
        status=Status.TIME_LIMIT,
        seed=0,
        solver="columns",
        bound=bound,
        people_bound=most,
    )


@pytest.mark.parametrize(
    ("having", "told"),
    [
        (result(95, 120, 96, 120), "proven: a gain"),
        (result(85, 120, 86, 120), "found, not proven"),
        (result(80, 80, 80, 80), "proven: no gain"),
        (result(80, 95, 80, 95), "none found, not ruled out"),
        (result(80, None, 80, None), "none found, not ruled out"),
    ],
)
def test_what_is_proven_of_a_gain_is_said(having: Result, told: str) -> None:
    """The plan without it has 80 and at most 90."""
    assert worth_of(say("km"), result(80, 90, 80, 90), having).certainty == told


def test_the_smaller_of_two_bounds_holds() -> None:
    """One of the solve, one of the prices; what is not known is None."""
    base = result(80, 90, 80, 90)
    assert worth_of(say("km"), base, result(80, 120, 80, 120), bound=100.0).most == 20
    found = worth_of(say("km"), base, result(80, None, 80, None))
    assert (found.most, found.people_most) == (None, None)
    assert found.least == -10


@pytest.fixture(scope="module")
def given() -> District:
    """The school is closed, the point only promised, the office refused."""
    states = {"P1": Permission.SENT, "O1": Permission.REFUSED, "S1": Permission.APPROVED}
    small = district()
    return replace(
        small,
        venues=tuple(replace(venue, permission=states[venue.id]) for venue in small.venues),
        vehicles=tuple(replace(van, max_people=60, kits=1) for van in small.vehicles),
        calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)),
    )


def test_everything_is_asked_for(given: District) -> None:
    """Van-days, hours, cards, kits, the closed day, the permissions on hand and refused."""
    horizon = build_horizon(given, WEEK)
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    asked = marginal_questions(horizon, base)
    assert [question.what for question in asked] == [
        "van-day like A on 2026-11-28",
        "van-day like A on 2026-11-29",
        "hour of A in the morning",
        "hour of A in the evening",
        "pack of 10 cards for A",
        "kit for A",
        "day open: Nama S1, 2026-11-28",
        "day open: Nama S1, 2026-11-29",
        "permission of Nama P1, which the plan counts on",
        "permission of Nama O1 (ditolak)",
    ]
    assert str(asked[5].change) == "--kits A=+1"
    assert str(asked[6].change) == "--open S1@2026-11-28=08.00-12.00"
    found = solve_questions(asked, base, horizon.instance, InlinePool(), seed=0, limits=ROUNDS)
    worth = rank_worths(horizon.instance, base, asked, found)
    assert all(item.worth >= -1e-6 for item in worth)
    by_what = {str(item.what): item for item in worth}
    assert by_what["permission of Nama P1, which the plan counts on"].people > 0


def test_vans_that_are_alike_are_asked_for_once(given: District) -> None:
    """A and B differ in nothing but their names; C has two kits."""
    (van,) = given.vehicles
    three = (van, replace(van, id="B"), replace(van, id="C", kits=2))
    horizon = build_horizon(replace(given, vehicles=three), WEEK)
    base = solve_base(horizon, seed=0, limits=Limits(iterations=0))
    assert len(list(van_day_questions(horizon.instance, base))) == 4
    assert len(list(shift_questions(horizon.instance))) == 4
    more = next(van_day_questions(horizon.instance, base)).instance.vans[-1]
    assert (more.id, set(more.shifts)) == ("A+", {SATURDAY})


def test_the_table_is_ranked_in_people() -> None:
    """Most people first, then worth; unknown numbers are a dash."""
    base = result(80, 90, 80, 90)
    found = ranked(
        [
            worth_of(say("km"), base, result(80, None, 80, None)),
            worth_of(
                say("Maps"),
                base,
                result(95, 99, 96, 99),
                change=ChangeKits(target="A", amount=Amount(1, "+")),
            ),
        ]
    )
    rows = [line.split() for line in scarcity_lines(found, WORDS)]
    assert rows[1] == ["Maps", "proven:", "a", "gain", "+16", "19", "15.0", "5.0", "19.0"]
    assert rows[2][-5:] == ["±0", "–", "0.0", "0.0", "–"]
    assert scarcity_dicts(found, WORDS)[0]["worth_most"] == 19
    text = scarcity_csv(found, WORDS).decode("utf-8-sig").splitlines()
    assert text[1] == "Maps,16,19,15,5,19,proven: a gain,'--kits A=+1"


def test_the_dearest_places_are_named() -> None:
    """Prices are estimates, and said to be."""
    told = price_line({"a": "Balai A", "b": "Balai B"}, {"a": 0.2, "b": 0.75}, WORDS)
    assert told.endswith("(an estimate): Balai B (0.75), Balai A (0.20)")


def test_two_processes_value_as_one_does(given: District) -> None:
    """The same worth and the same bounds of every thing."""
    horizon = build_horizon(given, WEEK)
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    asked = marginal_questions(horizon, base)
    alone = solve_questions(asked, base, horizon.instance, InlinePool(), seed=0, limits=ROUNDS)
    with solve_pool(2, {"columns"}) as pool:
        two = solve_questions(asked, base, horizon.instance, pool, seed=0, limits=ROUNDS)
    assert [report.result for report in two] == [report.result for report in alone]


def test_only_what_promises_most_is_solved(given: District) -> None:
    """Of ten things the two whose bounds are farthest from that of the plan; all have bounds."""
    horizon = build_horizon(given, WEEK)
    base = solve_base(horizon, seed=0, limits=Limits(iterations=8))
    asked = marginal_questions(horizon, base)
    solved: list[SolveTask] = []

    class Counting(InlinePool):
        def solve(
            self, tasks: Sequence[SolveTask], tell: Callable[[int], None]
        ) -> tuple[SolveReport, ...]:
            solved.extend(tasks)
            few = [replace(task, limits=ROUNDS) for task in tasks]
            return super().solve(few, tell)

    heard: list[int] = []
    found = solve_questions(
        asked, base, horizon.instance, Counting(), seed=0, max_solved=2, tell=heard.append
    )
    assert len(solved) == 2
    assert heard[-1] == len(asked)
    assert all(report.result.bound is not None for report in found)
    worth = rank_worths(horizon.instance, base, asked, found)
    assert all(item.most is not None and item.most >= item.worth - 1e-6 for item in worth)


def test_a_point_closed_on_all_dates_is_valued_by_who_would_walk_there() -> None:
    """P1 is closed; its people have no other point, so that they are counted nowhere."""
    closed = (closure("P1", "lomba"), closure("P1", "lomba", SUNDAY))
    horizon = build_horizon(district(calendar=closed), WEEK)
    assert horizon.uncovered == 100
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    asked = [each for each in marginal_questions(horizon, base) if "P1" in each.what]
    assert [question.what for question in asked] == [
        "day open: Nama P1, 2026-11-28",
        "day open: Nama P1, 2026-11-29",
    ]
    found = solve_questions(asked, base, horizon.instance, InlinePool(), seed=0, limits=ROUNDS)
    worth = rank_worths(horizon.instance, base, asked, found)
    assert all(item.people > 0 for item in worth)


def test_a_closed_point_that_nobody_would_walk_to_says_so() -> None:
    """P2 lies beyond walking distance of all homes: opening it is proven to bring nothing."""
    far = venue("P2", POINT, -7.06)
    closed = (closure("P2", "lomba"), closure("P2", "lomba", SUNDAY))
    horizon = build_horizon(district(venues=(*district().venues, far), calendar=closed), WEEK)
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    (asked,) = (each for each in marginal_questions(horizon, base) if "P2" in each.what)
    assert asked.what == "day open: Nama P2, 2026-11-28 (nobody would walk there)"
    found = solve_questions([asked], base, horizon.instance, InlinePool(), seed=0, limits=ROUNDS)
    (worth,) = rank_worths(horizon.instance, base, [asked], found)
    assert (worth.people, worth.worth, worth.least, worth.most, worth.people_most) == (
        0,
        0,
        0,
        0,
        0,
    )
    assert worth.certainty == "proven: no gain"


def test_a_closed_place_is_there_with_a_day_however_few_it_has() -> None:
    """Only the place with most people is looked at, and the office that is closed all weekend."""
    closed = (closure("O1", "libur"), closure("O1", "libur", SUNDAY), closure("S1", "ujian"))
    horizon = build_horizon(district(calendar=closed), WEEK)
    base = solve_base(horizon, seed=0, limits=Limits(iterations=0))
    idle = replace(base, result=replace(base.result, plan=Plan()))
    asked = [
        each.what
        for each in marginal_questions(horizon, idle, max_places=1)
        if "day open" in each.what
    ]
    assert asked == ["day open: Nama S1, 2026-11-28", "day open: Nama O1, 2026-11-28"]


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
