"""One more of each thing is valued, and what is proven of it is said."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from planner.analysis.gain import Certainty, Gain, Worth
from planner.check import violations
from planner.district import District
from planner.horizon import build_horizon
from planner.solvers import Limits, SolveReport, solve_with_duals
from planner.solvers.parallel import InlinePool, SolveTask, solve_pool
from planner.venues import POINT
from planner.whatif.marginal_questions import marginal_questions, van_day_questions
from planner.whatif.scarcity import WIDE_S, solve_questions, value_questions
from planner.whatif.scenario_plans import solve_base
from tests.builders.districts import SUNDAY, WEEK, closure, district, venue
from tests.builders.instances import ignore_draws, two_halls
from tests.unit.whatif.scarce import ROUNDS, scarce_district


@pytest.fixture(scope="module")
def given() -> District:
    return scarce_district()


def test_one_more_never_costs_anything(given: District) -> None:
    """The second plan begins with the first; what the plan counts on is worth people."""
    horizon = build_horizon(given, WEEK)
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    asked = marginal_questions(horizon, base)
    found = solve_questions(asked, base, horizon.instance, InlinePool(), seed=0, limits=ROUNDS)
    worth = value_questions(horizon.instance, base, asked, found)
    assert all(item.gain.worth >= -1e-6 for item in worth)
    by_what = {str(item.what): item for item in worth}
    assert by_what["permission of Nama P1, which the plan relies on"].gain.people > 0


@pytest.mark.slow
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
        def solve_each(self, tasks: Sequence[SolveTask]) -> Iterator[SolveReport]:
            solved.extend(tasks)
            return super().solve_each([replace(task, limits=ROUNDS) for task in tasks])

    heard: list[tuple[int, int]] = []
    told: list[Worth] = []
    found = solve_questions(
        asked,
        base,
        horizon.instance,
        Counting(),
        seed=0,
        max_solved=2,
        on_progress=lambda done, count: heard.append((done, count)),
        on_worth=told.append,
    )
    # Two that promise most, then what is still open, the widest range first.
    assert len({id(task.instance) for task in solved[:2]}) == 2
    assert solved[2:]
    assert all(task.limits.time_limit_s == WIDE_S for task in solved[2:])
    assert len(told) == len(asked) + len(solved)
    assert heard[0][0] == 1
    assert heard[-1][0] == heard[-1][1]
    assert all(report.result.bound is not None for report in found)
    worth = value_questions(horizon.instance, base, asked, found)
    assert all(
        item.gain.upper_bound is not None and item.gain.upper_bound >= item.gain.worth - 1e-6
        for item in worth
    )


def test_a_point_closed_on_all_dates_is_valued_by_who_would_walk_there() -> None:
    """P1 is closed; its people have no other place, except pupils, who have their school."""
    closed = (closure("P1", "lomba"), closure("P1", "lomba", SUNDAY))
    horizon = build_horizon(district(calendar=closed), WEEK)
    assert horizon.uncovered == 80
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    asked = [each for each in marginal_questions(horizon, base) if "P1" in each.what]
    assert [question.what for question in asked] == [
        "one more open day: Nama P1, 2026-11-28",
        "one more open day: Nama P1, 2026-11-29",
    ]
    found = solve_questions(asked, base, horizon.instance, InlinePool(), seed=0, limits=ROUNDS)
    worth = value_questions(horizon.instance, base, asked, found)
    assert all(item.gain.people > 0 for item in worth)


def test_a_closed_point_that_nobody_would_walk_to_says_so() -> None:
    """P2 lies beyond walking distance of all homes: opening it is proven to bring nothing."""
    far = venue("P2", POINT, -7.06)
    closed = (closure("P2", "lomba"), closure("P2", "lomba", SUNDAY))
    horizon = build_horizon(district(venues=(*district().venues, far), calendar=closed), WEEK)
    base = solve_base(horizon, seed=0, limits=ROUNDS)
    (asked,) = (each for each in marginal_questions(horizon, base) if "P2" in each.what)
    assert asked.what == "one more open day: Nama P2, 2026-11-28 (nobody would walk there)"
    found = solve_questions([asked], base, horizon.instance, InlinePool(), seed=0, limits=ROUNDS)
    (worth,) = value_questions(horizon.instance, base, [asked], found)
    assert worth.gain == Gain(people=0, worth=0, lower_bound=0, upper_bound=0, people_upper_bound=0)
    assert worth.gain.certainty is Certainty.NO_GAIN


def test_one_more_van_day_records_nobody_twice() -> None:
    """It brings none of the 25 people of two halls; a plan for 45 breaks the rule."""
    given = two_halls()
    base, ignoring = (solve_with_duals(i, limits=ROUNDS) for i in (given, ignore_draws(given)))
    (asked,) = van_day_questions(given, base)
    (unaware,) = van_day_questions(ignore_draws(given), ignoring)
    (report,) = solve_questions([asked], base, given, InlinePool(), seed=0, limits=ROUNDS)
    assert violations(asked.instance, report.result.plan) == ()
    assert report.result.people == 25
    (report,) = solve_questions(
        [unaware], ignoring, unaware.instance, InlinePool(), seed=0, limits=ROUNDS
    )
    assert violations(asked.instance, report.result.plan)
