"""Explanations of a small district, in sentences of both languages."""

from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from planner.district import CalendarEntry, District, Permission, Venue
from planner.explain import (
    Code,
    ExplainContext,
    Explanation,
    ExplanationWriter,
    action,
    compare_visits,
    explain,
    explain_omissions,
    explain_progressively,
    without_restriction,
)
from planner.explain.counterfactual import Counterfactual, has_stop_at, site_of, with_site
from planner.explain.feasibility import Obstacle
from planner.explain.minimal_change import PARAMETER_STEPS, Parameter, find_minimal_change
from planner.explain.reasons import CODE_OF_OBSTACLE, CODE_OF_REASON
from planner.horizon import Horizon, LeftOutReason, build_horizon
from planner.i18n.words import Words
from planner.plan import Plan
from planner.solvers import Limits, solve_with_duals
from planner.solvers.parallel import SolveTask, solve_pool
from tests.districts import SATURDAY, SUNDAY, WEEK, closure, district

ERRORS = Path(__file__).parents[3] / "docs" / "errors.md"
ROUNDS = Limits(iterations=3)


def small(**changes: object) -> District:
    """The small district on one Saturday morning that is too short for all three places."""
    given = district()
    vans = tuple(replace(van, shifts={5: (28800, 43200)}, kits=1) for van in given.vehicles)
    return replace(replace(given, vehicles=vans), **changes)  # type: ignore[arg-type]


def ground_of(horizon: Horizon, plan: Plan | None = None) -> ExplainContext:
    base = solve_with_duals(horizon.instance, limits=ROUNDS)
    return ExplainContext(
        instance=horizon.instance,
        plan=base.result.plan if plan is None else plan,
        base=base,
        limits=ROUNDS,
    )


def place(horizon: Horizon, venue_id: str) -> Venue:
    (found,) = (venue for venue in horizon.district.venues if venue.id == venue_id)
    return found


def told(horizon: Horizon, found: Explanation, language: str = "en") -> str:
    words = Words(language=language, timezone="WIB")
    return "\n".join(ExplanationWriter(horizon, words).sentences(found))


def test_every_code_is_documented_with_what_to_do() -> None:
    """docs/errors.md has a row for each, in the words of the command."""
    text = ERRORS.read_text(encoding="utf-8")
    for code in Code:
        (row,) = (line for line in text.splitlines() if line.startswith(f"| {code.value} |"))
        assert row.endswith(f"| {action(code)} |")


def test_every_reason_and_obstacle_has_a_code() -> None:
    """Others that record more are found by comparing plans."""
    assert {*CODE_OF_REASON} == {*LeftOutReason} - {LeftOutReason.OUTWEIGHED}
    assert {*CODE_OF_OBSTACLE} == {*Obstacle}


@pytest.fixture(scope="module")
def crowded() -> tuple[Horizon, ExplainContext]:
    """The school takes the whole morning."""
    horizon = build_horizon(small(), WEEK)
    context = ground_of(horizon)
    assert {stop.site_id for _, stop in context.plan.stops()} == {"S1"}
    return horizon, context


def test_an_outweighed_place_is_forced_in(crowded: tuple[Horizon, ExplainContext]) -> None:
    """What the stop costs, whom it costs, what is proven, and what would bring it in."""
    horizon, context = crowded
    found = explain(horizon, context, place(horizon, "P1"))
    assert found.code is Code.OUTWEIGHED
    assert found.forced is not None
    assert has_stop_at(found.forced.result.plan, "P1")
    assert found.forced.cost.worth > 0
    assert [loss.site_id for loss in found.forced.losses] == ["S1"]
    assert [change.step.parameter for change in found.changes] == [Parameter.WEIGHT]
    english, indonesian = told(horizon, found), told(horizon, found, "id")
    assert "could be visited, but the vans record more people at other places" in english
    assert "Fewer would then be recorded at: Nama S1 40 to 0." in english
    assert "Proven: every plan with a stop there is worth at least" in english
    assert "With a weight higher by" in english
    assert "Terbukti: setiap rencana yang berhenti di sana" in indonesian
    assert " WIB" in indonesian


def test_the_suggested_weight_brings_the_place_in(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Planned anew with it there is a stop, with a step less there is none."""
    horizon, context = crowded
    (change,) = explain(horizon, context, place(horizon, "P1")).changes
    less = change.step.apply(horizon.instance, "P1", change.steps - 1)
    assert has_stop_at(solve_with_duals(change.instance, limits=ROUNDS).result.plan, "P1")
    assert not has_stop_at(solve_with_duals(less, limits=ROUNDS).result.plan, "P1")


def test_a_stop_is_compared_with_none_and_with_other_vans(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """A second van that does not fit is named as such."""
    horizon, context = crowded
    found = explain(horizon, context, place(horizon, "S1"))
    assert found.code is Code.VISITED
    assert found.without is not None
    assert found.without.people > 0
    assert "Without a stop there" in told(horizon, found)
    (van,) = small().vehicles
    two = build_horizon(small(vehicles=(van, replace(van, id="B", van_class="large"))), WEEK)
    english = told(two, explain(two, ground_of(two), place(two, "S1")))
    assert "By B on Sat 28/11: does not fit." in english


def test_another_van_is_tried_for_a_stop() -> None:
    """B has fewer kits than A, so the same stop by B records fewer."""
    (van,) = small().vehicles
    vans = (replace(van, kits=2), replace(van, id="B", kits=1))
    horizon = build_horizon(small(vehicles=vans), WEEK)
    found = explain(horizon, ground_of(horizon), place(horizon, "S1"))
    assert [(other.van_id, other.cost is not None) for other in found.others] in (
        [("B", True)],
        [("A", True)],
    )


def test_one_place_instead_of_another_is_compared(crowded: tuple[Horizon, ExplainContext]) -> None:
    """P1 and not S1; a place that cannot be visited at all is not."""
    horizon, context = crowded
    found = compare_visits(context, "S1", "P1")
    assert found is not None
    assert not has_stop_at(found.result.plan, "S1")
    writer = ExplanationWriter(horizon, Words(language="en"))
    told_all = writer.comparison_sentences(found, "S1", "P1")
    assert "With a stop at Nama P1 and none at Nama S1:" in told_all[0]
    assert "Proven: every plan that stops there and not at Nama S1 is worth" in told_all[-1]
    assert "No plan was found" in writer.comparison_sentences(None, "S1", "P1")[0]


def test_a_better_plan_is_not_kept_quiet(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Where the plan is empty, every place was overlooked."""
    horizon, _ = crowded
    found = explain(horizon, ground_of(horizon, Plan()), place(horizon, "P1"))
    assert found.code is Code.OVERLOOKED
    assert "was overlooked" in told(horizon, found)


def test_a_closed_or_refused_place_is_tried_as_if_it_were_not() -> None:
    """The school is what the van would go for."""
    closed = small(calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)))
    refused = replace(
        small(),
        venues=tuple(
            replace(venue, permission=Permission.REFUSED) if venue.id == "S1" else venue
            for venue in small().venues
        ),
    )
    for given, code in ((closed, Code.CLOSED), (refused, Code.REFUSED)):
        horizon = build_horizon(given, WEEK)
        found = explain(
            horizon,
            ground_of(horizon),
            place(horizon, "S1"),
            lift_restriction=partial(without_restriction, horizon),
        )
        assert found.code is code
        assert found.unrestricted is not None
        assert "Were it open and permitted, the plan found would go there" in told(horizon, found)


def test_a_refused_place_that_is_closed_too_is_opened_as_well() -> None:
    """Were it open and permitted means both."""
    given = small(calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)))
    venues = tuple(replace(venue, permission=Permission.REFUSED) for venue in given.venues)
    horizon = build_horizon(replace(given, venues=venues), WEEK)
    assert "S1" in without_restriction(horizon, place(horizon, "S1")).instance.site_index


def test_a_plan_that_is_better_for_another_reason_is_no_gain() -> None:
    """The plan explained is empty, so any plan is better; the one found does not go to O1."""
    horizon = build_horizon(
        small(calendar=(closure("O1", "libur"), closure("O1", "libur", SUNDAY))), WEEK
    )
    lift_restriction = partial(without_restriction, horizon)
    found = explain(
        horizon, ground_of(horizon, Plan()), place(horizon, "O1"), lift_restriction=lift_restriction
    )
    assert found.restriction_lifted
    assert found.unrestricted is None
    assert "no plan found would go there all the same" in told(horizon, found)


def test_a_site_at_which_nobody_is_expected_any_more_says_so(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """As after a word from the day itself; no van is sent there for the worth of it."""
    horizon, context = crowded
    deserted = with_site(context.instance, replace(site_of(context.instance, "P1"), expected=0))
    horizon = replace(horizon, instance=deserted)
    found = explain(horizon, replace(context, instance=deserted), place(horizon, "P1"))
    assert found.code is Code.NOBODY
    assert "No van goes to Nama P1: nobody expected." in told(horizon, found)
    assert explain_omissions(horizon, replace(context, instance=deserted))[0].code is Code.NOBODY


def test_a_place_that_costs_no_people_is_not_said_to(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Where weights and driving decide, others do not record more people."""
    horizon, context = crowded
    found = explain(horizon, context, place(horizon, "P1"))
    assert found.forced is not None
    light = replace(found.forced, cost=replace(found.forced.cost, people=-3))
    english = told(horizon, replace(found, forced=light))
    assert "record more people at other places" not in english
    assert "no plan with a stop there was found that is worth more" in english


def test_a_change_that_rests_on_plans_found_says_so(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Only what exceeds the bound on all plans without a stop is certain."""
    horizon, context = crowded
    found = explain(horizon, context, place(horizon, "P1"))
    for certain, text in ((True, "it would be visited"), (False, "the best plan found goes there")):
        changes = tuple(replace(change, certain=certain) for change in found.changes)
        assert text in told(horizon, replace(found, changes=changes))


def test_a_window_too_short_for_the_fewest_people_can_be_lengthened() -> None:
    """An hour for 80 minutes: the plan goes there once it is open for longer."""
    hour = CalendarEntry(date=SATURDAY, scope="P1", hours=((28800, 32400),), reason="rapat")
    horizon = build_horizon(small(calendar=(hour,), venues=small().venues[:1]), WEEK)
    found = explain(horizon, ground_of(horizon), place(horizon, "P1"))
    assert found.code is Code.WINDOW
    english = told(horizon, found)
    assert (
        "Nearest to possible: A on Sat 28/11: open too briefly (20 minutes are missing)." in english
    )
    assert "minutes longer opening hours it would be visited; one step less does not, proven" in (
        english
    )


def test_all_places_left_out_are_listed(crowded: tuple[Horizon, ExplainContext]) -> None:
    """A code and a line each, in both languages."""
    horizon, context = crowded
    found = explain_omissions(horizon, context)
    assert [(each.venue.id, each.code) for each in found] == [
        ("P1", Code.OUTWEIGHED),
        ("O1", Code.OUTWEIGHED),
    ]
    for language in ("en", "id"):
        writer = ExplanationWriter(horizon, Words(language=language))
        assert all(writer.reason_line(each) for each in found)
    assert "40 expected; others are worth more" in ExplanationWriter(
        horizon, Words(language="en")
    ).reason_line(found[0])


def test_the_reason_is_said_before_the_changes_are_known(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Each answer begins with the sentences of the one before; only the last knows of no more."""
    horizon, context = crowded
    known = list(explain_progressively(horizon, context, place(horizon, "P1")))
    assert [len(found.changes) for found in known] == [0, 1, 1]
    assert [found.searched for found in known] == [False, False, True]
    texts = [told(horizon, found) for found in known]
    assert all(after.startswith(before) for before, after in pairwise(texts))
    none = replace(known[0], searched=True)
    assert "No single change that was tried brings it in." in told(horizon, none)
    assert "No single change" not in texts[0]


def test_two_processes_explain_as_one_does(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Searches for changes share nothing but the plan that is explained."""
    horizon, context = crowded
    alone = explain(horizon, context, place(horizon, "P1"))
    with solve_pool(2, {"columns"}) as pool:
        two = explain(horizon, replace(context, pool=pool), place(horizon, "P1"))
    assert told(horizon, two) == told(horizon, alone)
    assert [(each.step, each.steps, each.gain) for each in two.changes] == [
        (each.step, each.steps, each.gain) for each in alone.changes
    ]


def test_solves_end_as_soon_as_they_are_decided(
    crowded: tuple[Horizon, ExplainContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No number of people brings P1 in: one solve says so; the weight takes one solve as well."""
    _, context = crowded
    asked: list[Counterfactual] = []
    task = ExplainContext.task

    def counted(context: ExplainContext, counterfactual: Counterfactual) -> SolveTask:
        asked.append(counterfactual)
        return task(context, counterfactual)

    monkeypatch.setattr(ExplainContext, "task", counted)
    known = context.result.objective
    for step in PARAMETER_STEPS[:2]:
        find_minimal_change(context, "P1", step, known=known)
        assert len(asked) <= 1, step
        assert all(counterfactual.settles == known for counterfactual in asked)
        asked.clear()
