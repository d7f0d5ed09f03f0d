"""Explanations of any place, as they become known."""

from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest

from planner.district import CalendarEntry, Permission
from planner.explain.context import ExplainContext
from planner.explain.explainer import explain_omissions, explain_progressively
from planner.explain.lifted_restriction import without_restriction
from planner.explain.parameters import Parameter
from planner.explain.reasons import Code
from planner.explain.writer import ExplanationWriter
from planner.horizon import Horizon, build_horizon
from planner.i18n.words import Words
from planner.plan import Plan
from planner.solvers.parallel import InlinePool, solve_pool
from tests.builders.districts import SATURDAY, SUNDAY, WEEK, closure
from tests.unit.explain.crowded import (
    context_of,
    crowded_context,
    crowded_district,
    explain_fully,
    place,
    told,
)


@pytest.fixture(scope="module")
def crowded() -> tuple[Horizon, ExplainContext]:
    return crowded_context()


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
    assert "50 expected; other places are worth more" in ExplanationWriter(
        horizon, Words(language="en")
    ).reason_line(found[0])


def test_the_reason_is_said_before_the_changes_are_known(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """Each answer begins with the sentences of the one before; only the last knows of no more."""
    horizon, context = crowded
    known = list(explain_progressively(horizon, context, place(horizon, "P1"), lambda venue: None))
    assert [len(found.changes) for found in known] == [0, 1, 1]
    assert [found.searched for found in known] == [False, False, True]
    texts = [told(horizon, found) for found in known]
    assert all(after.startswith(before) for before, after in pairwise(texts))
    none = replace(known[0], searched=True)
    assert "No single change that was tried brings it into the plan." in told(horizon, none)
    assert "No single change" not in texts[0]


@pytest.mark.slow
def test_two_processes_explain_as_one_does(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Searches for changes share nothing but the plan that is explained."""
    horizon, context = crowded
    alone = explain_fully(horizon, context, place(horizon, "P1"))
    with solve_pool(2, {"columns"}) as pool:
        two = explain_fully(horizon, replace(context, pool=pool), place(horizon, "P1"))
    assert told(horizon, two) == told(horizon, alone)
    assert [(each.step, each.count, each.is_certain) for each in two.changes] == [
        (each.step, each.count, each.is_certain) for each in alone.changes
    ]


def test_an_outweighed_place_is_forced_in(crowded: tuple[Horizon, ExplainContext]) -> None:
    """What the stop costs, whom it costs, what is proven, and what would bring it in."""
    horizon, context = crowded
    found = explain_fully(horizon, context, place(horizon, "P1"))
    assert found.code is Code.OUTWEIGHED
    assert found.forced is not None
    assert "P1" in found.forced.result.plan.served()
    assert found.forced.cost.worth > 0
    assert [loss.site_id for loss in found.forced.losses] == ["S1"]
    assert [change.step.parameter for change in found.changes] == [Parameter.WEIGHT]
    english, indonesian = told(horizon, found), told(horizon, found, "id")
    assert "could be visited, but the vans record more people at other places" in english
    assert "Fewer people would be recorded at: Nama S1 40 to 0." in english
    assert "worth 14.6 less, driving counted (found; proven is at least 13.8 less)" in english
    assert "With a weight 0.6 higher" in english
    assert "(ditemukan; terbukti sedikitnya 13,8 lebih rendah)" in indonesian
    assert " WIB" in indonesian


def test_a_better_plan_is_not_kept_quiet(crowded: tuple[Horizon, ExplainContext]) -> None:
    """Where the plan is empty, every place was overlooked."""
    horizon, _ = crowded
    found = explain_fully(horizon, context_of(horizon, Plan()), place(horizon, "P1"))
    assert found.code is Code.OVERLOOKED
    assert "was overlooked" in told(horizon, found)


def test_a_closed_or_refused_place_is_tried_as_if_it_were_not() -> None:
    """The school is what the van would go for."""
    closed = crowded_district(calendar=(closure("S1", "ujian"), closure("S1", "ujian", SUNDAY)))
    refused = replace(
        crowded_district(),
        venues=tuple(
            replace(venue, permission=Permission.REFUSED) if venue.id == "S1" else venue
            for venue in crowded_district().venues
        ),
    )
    for given, code in ((closed, Code.CLOSED), (refused, Code.REFUSED)):
        horizon = build_horizon(given, WEEK)
        found = explain_fully(
            horizon,
            context_of(horizon),
            place(horizon, "S1"),
            lift_restriction=partial(without_restriction, horizon),
        )
        assert found.code is code
        assert found.unrestricted is not None
        assert "If it were open and permitted, the plan found would go there" in told(
            horizon, found
        )


def test_a_plan_that_is_better_for_another_reason_is_no_gain() -> None:
    """The plan explained is empty, so any plan is better; the one found does not go to O1."""
    horizon = build_horizon(
        crowded_district(calendar=(closure("O1", "libur"), closure("O1", "libur", SUNDAY))), WEEK
    )
    lift_restriction = partial(without_restriction, horizon)
    found = explain_fully(
        horizon,
        context_of(horizon, Plan()),
        place(horizon, "O1"),
        lift_restriction=lift_restriction,
    )
    assert found.restriction_lifted
    assert found.unrestricted is None
    assert "no plan found would go there" in told(horizon, found)


def test_a_site_at_which_nobody_is_expected_any_more_says_so(
    crowded: tuple[Horizon, ExplainContext],
) -> None:
    """As after a word from the day itself; no van is sent there for the worth of it."""
    horizon, context = crowded
    deserted = context.instance.with_site(replace(context.instance.site("P1"), draws={}))
    horizon = replace(horizon, instance=deserted)
    found = explain_fully(horizon, replace(context, instance=deserted), place(horizon, "P1"))
    assert found.code is Code.NOBODY
    assert "No van goes to Nama P1: nobody expected." in told(horizon, found)
    assert explain_omissions(horizon, replace(context, instance=deserted))[0].code is Code.NOBODY


def test_a_window_too_short_for_the_fewest_people_can_be_lengthened() -> None:
    """An hour for 80 minutes: the plan goes there once it is open for longer."""
    hour = CalendarEntry(date=SATURDAY, scope="P1", hours=((28800, 32400),), reason="rapat")
    horizon = build_horizon(
        crowded_district(calendar=(hour,), venues=crowded_district().venues[:1]), WEEK
    )
    found = explain_fully(horizon, context_of(horizon), place(horizon, "P1"))
    assert found.code is Code.WINDOW
    english = told(horizon, found)
    assert (
        "Closest option: A on Sat 28/11: not open long enough (20 minutes are missing)." in english
    )
    assert "minutes longer, it would be visited; one step less is not enough (proven)" in english


def test_changes_that_were_not_tried_in_the_time_are_told() -> None:
    """The time is over before the first: no change is called insufficient."""
    horizon, context = crowded_context()
    over = replace(context, stop=lambda: True, pool=InlinePool(lambda: True))
    found = explain_fully(horizon, over, place(horizon, "P1"))
    assert "The time was over before all changes were tried" in told(horizon, found)
    assert "No single change" not in told(horizon, found)
